"""What a row of a list for the outreach register says. Pure functions on values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from intake.lists.enums import Column
from intake.lists.rules import RowFacts, day_of, understood
from intake.youth import rules

LENGTHS = {
    Column.STREET: 200,
    Column.POSTCODE: 10,
    Column.CITY: 100,
    Column.SCHOOL: 200,
    Column.GUARDIAN: 200,
}


@dataclass(frozen=True)
class YoungFacts:
    """A row understood: the person's fields and number, address and school (`own`), the day the
    school was left. `problems` are sentences; a row with one is not put in the register."""

    person: RowFacts
    own: dict[str, str]
    school_left_on: date | None
    problems: list[str]


def understood_young(value: Mapping[str, str], today: date, *, english: bool = False) -> YoungFacts:
    """What the cells of a row of the young say today.

    The number is needed: by it the young are known again, so that no list doubles anybody.
    """
    person = understood(value, today, english=english)
    problems = list(person.problems)
    if not value.get(Column.NUMBER):
        problems.append(
            _("The identity number is missing. Whoever has none is registered by hand.")
        )
    own = {str(column): value.get(column, "") for column in LENGTHS}
    for column, longest in LENGTHS.items():
        if len(own[column]) > longest:
            problems.append(
                _("%(what)s has more than %(n)d characters.")
                % {"what": str(column.label).capitalize(), "n": longest}
            )
    left_on = None
    if written := value.get(Column.LEFT_ON, ""):
        left_on = day_of(written)
        if left_on is None:
            problems.append(
                _("The day the school was left cannot be read: %(day)s. Write it as 2026-06-12.")
                % {"day": written[:40]}
            )
        elif left_on > today:
            problems.append(_("The day the school was left is in the future."))
    if person.identity is not None:
        born = person.identity.birth_date
        if born is not None and not rules.is_of_register_age(born, today):
            problems.append(
                _("The register is for those who have left compulsory school and are not yet 25.")
            )
    return YoungFacts(person, own, left_on, problems)
