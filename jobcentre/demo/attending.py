"""Statements of the latest month that has ended: most are sent, some of them read."""

from datetime import date

from activityplans.models import Session
from activityplans.transitions import statements
from activityplans.transitions.statements import StatementInput
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.demo.stories import Teller
from jobcentre.workdays import add_months

EXPLAINED = StatementInput(
    "given",
    "Barnet var sjukt och jag visste inte vem jag skulle ringa.",
    "Har fått numret till handledaren.",
)
LEFT = 9  # every ninth is left to write


def tell_statements(teller: Teller) -> None:
    """The coaches write the statements of last month; the first secretary of a unit reads some."""
    month = add_months(teller.today.replace(day=1), -1)
    day = teller.near(add_months(month, 1))
    if day > teller.today:
        return
    readers: dict[int, object] = {}
    for held in (
        Membership.objects.valid_on(day)
        .filter(role=Role.SOCIAL_SECRETARY)
        .select_related("user")
        .order_by("-pk")
    ):
        held.user.acting = held
        readers[held.unit_id] = held.user
    with clock.deferred(teller.lengths):
        for index, case in enumerate(_cases(month)):
            coach = teller.coaches.get(case.coach_id)
            if coach is None or index % LEFT == LEFT - 1:
                continue
            with teller.on(day, 10):
                try:
                    statement = statements.send_statement(
                        case, month, EXPLAINED, actor=coach, today=day
                    )
                except Refused:
                    continue  # something is left to register first: it stays to be written
            reader = readers.get(case.income_support_unit_id)
            if reader is not None and index % 2 and not case.person.is_protected:
                with teller.on(day, 14):
                    statements.confirm_reading(statement, actor=reader)


def _cases(month: date) -> list[Case]:
    """Cases with a unit and sessions in the month."""
    held = Session.objects.of_month(month).values("case_id")
    return list(
        Case.objects.filter(pk__in=held, income_support_unit__isnull=False, coach__isnull=False)
        .select_related("person", "coach", "centre", "income_support_unit")
        .order_by("pk")
    )
