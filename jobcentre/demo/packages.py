"""Packages to AF of those who near the cap: the first is handed over, the next is being written."""

from datetime import timedelta

from activityplans.plan_enums import PackageBasis
from activityplans.transitions.packages import PackageInput, hand_over_package, save_package
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Deadline

WRITTEN = PackageInput(
    summary="Klarar fyra timmars arbete om dagen i lugn miljö. Praktiken i kök gick bra.",
    remains="Ett subventionerat arbete på deltid, och stöd den första tiden på platsen.",
    receiver="Sara Ek, Arbetsförmedlingen Järva",
    basis=PackageBasis.LAW,
    ground="10 kap. 28 § offentlighets- och sekretesslagen",
)


def tell_packages(teller) -> None:
    """Told a week ago, or yesterday: of the cases whose cap is less than thirty days away."""
    near = Deadline.objects.running().filter(
        kind="cap",
        due_on__range=(teller.today, teller.today + timedelta(days=30)),
        case__coach__in=list(teller.coaches),
    )
    cases = Case.objects.filter(pk__in=near.values("case")).order_by("pk")[:4]
    day = teller.near(teller.today - timedelta(days=4))
    with clock.deferred(teller.lengths):
        for index, case in enumerate(cases):
            with teller.on(min(day, teller.today), 11):
                coach = teller.coach_of(case)
                try:
                    if index % 2:
                        save_package(case, WRITTEN, actor=coach)
                    else:
                        hand_over_package(case, WRITTEN, actor=coach, today=min(day, teller.today))
                except Refused:
                    continue  # something is left to register first
