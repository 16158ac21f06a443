"""Quick courses in the made-up municipality: the year's budgets, and requests in every state."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from jobcentre.casework.models import Case
from referrals.transitions import courses

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

# Title, who gives it, the job, price, what becomes of it.
ASKED = (
    ("Truckkort A och B", "Truckskolan i Älvbro", "Lagret på Hamnvägen, löfte om visstid i tre månader",
     Decimal("6495.00"), "paid"),
    ("Hygienutbildning", "Köksakademin", "Skolköket i Ekhamn, timanställning från måndag",
     Decimal("1850.50"), "approved"),
    ("Heta arbeten", "Brandskyddsföreningen", "Plåtslageri i Hamnstaden som söker hjälpreda",
     Decimal("3200.00"), "requested"),
    ("Ordningsvakt", "Säkerhetsskolan", "Butikskedja som brukar anställa",
     Decimal("24900.00"), "refused"),
    ("Motorsågskörkort", "Skogsskolan", "Parkförvaltningens vinterlag",
     Decimal("5400.00"), "requested"),
)  # fmt: skip
WHY = "Anställningen är klar så fort kursen är gjord. Arbetsgivaren betalar den inte själv."
AMOUNT = Decimal("120000.00")


def tell_courses(teller: Teller) -> None:
    """All centres but the last have money; the first coach's persons ask for courses."""
    for user in teller.actors:
        user.remembered_relations = {}
    names = list(teller.world.centres)
    # Around the new year the requests lie in two years.
    for year in sorted({(teller.today + timedelta(days=n)).year for n in (-30, 0, 30)}):
        with teller.on(teller.near(date(year, 1, 8)), 9):
            for name in names[:-1]:
                courses.set_budget(
                    teller.world.centres[name],
                    year,
                    AMOUNT,
                    why="Enligt nämndens internbudget.",
                    actor=teller.world.managers[name],
                    edit=0,
                )
    first = names[0]
    manager, coach = teller.world.managers[first], teller.world.coaches[first][0]
    cases = list(
        Case.objects.open()
        .filter(coach=coach, person__protection="none", started_on__lt=teller.today)
        .select_related("person", "centre", "coach")
        .order_by("-started_on", "-pk")[: len(ASKED)]
    )
    for case, asked in zip(cases, ASKED, strict=False):
        _course(teller, case, asked, manager)


def _course(teller: Teller, case: Case, asked, manager) -> None:
    title, organiser, leads_to, price, fate = asked
    day = teller.near(max(case.started_on, teller.today - timedelta(days=20)))
    if day > teller.today:
        return
    first = teller.near(day + timedelta(days=5))
    values = {
        "title": title,
        "organiser": organiser,
        "leads_to": leads_to,
        "why": WHY,
        "starts_on": first,
        "ends_before": first + timedelta(days=2),
        "price": price,
    }
    with teller.on(day, 10):
        course = courses.request_course(case, values, actor=teller.coach_of(case), today=day)
    if fate == "requested":
        return
    with teller.on(day, 15):
        course = courses.decide_course(
            course,
            approves=fate != "refused",
            reason="Ingen arbetsgivare har lovat jobb." if fate == "refused" else "",
            actor=manager,
            today=day,
            edit=course.version,
        )
    if fate == "paid":
        with teller.on(teller.today, 11):
            courses.pay_course(
                course,
                amount=price - Decimal("300.00"),
                paid_on=teller.today,
                invoice="F 20417",
                actor=manager,
                today=teller.today,
                edit=course.version,
            )
