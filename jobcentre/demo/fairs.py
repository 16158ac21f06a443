"""Which employers come to the fairs of the made-up municipality."""

from datetime import timedelta

from django.utils import timezone

from employers.fairs.transitions import add_employer
from employers.models import Employer, Fair
from jobcentre.demo.world import World
from jobcentre.replay import happening

EACH = 3


def tell(world: World) -> None:
    """Three of the register at each but the last, which has none yet; told yesterday."""
    employers = list(Employer.objects.filter(is_active=True).order_by("pk"))
    fairs = list(Fair.objects.filter(kind__for_companies=True).order_by("pk"))
    with happening(timezone.now() - timedelta(days=1)):
        for number, fair in enumerate(fairs[:-1]):
            for employer in (employers * 2)[number : number + min(EACH, len(employers))]:
                add_employer(fair, employer, actor=world.coordinator)
