"""What the page of a group meeting shows of the register of employers."""

from django.urls import reverse

from employers.models import Employer
from jobcentre.casework.access.checks import can
from jobcentre.casework.registries import GroupCompanies, group_companies


def named(meeting, user) -> list[tuple[str, str]]:
    """(name, address) of each employer at the meeting that the user may see, by name."""
    found = Employer.objects.visible_to(user).filter(fairs__meeting=meeting.pk)
    return [
        (name, reverse("employers:employer", args=[pk]))
        for pk, name in found.order_by("sort_key", "pk").values_list("pk", "name")
    ]


def url(meeting, user) -> str:
    """The page where the employers are chosen, for those who may."""
    return reverse("employers:fair", args=[meeting.ref]) if can(user, "fair.keep", meeting) else ""


def register() -> None:
    group_companies.register(GroupCompanies("employers", named, url))
