"""Search for persons, the same for the search box, the front desk and every chooser."""

import re

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobcentre import text
from jobcentre.accounts.enums import Role
from jobcentre.casework.access.checks import may_ever, role_of
from jobcentre.casework.enums import Protection
from jobcentre.casework.models import Case, Person
from jobcentre.casework.worklist import masked, with_number
from jobcentre.ui.addresses import page_of

MAX_FOUND = 20
CASE_NUMBER = re.compile(r"\s*[0-9]{4}-[0-9]{4,7}\s*")
BY_ALIAS = {Role.PROVIDER_STAFF}  # roles that know protected persons by an alias: none finds a name


def found_persons(user, query: str, today) -> list[dict]:
    """At most twenty visible persons that match every word of `query`, in Swedish order.

    A case number finds its person. Three queries at most, whatever is found.
    """
    if not text.terms(query):
        return []
    persons = Person.objects.visible_to(user)
    if role_of(user) in BY_ALIAS:
        persons = persons.filter(protection=Protection.NONE)
    by_case = CASE_NUMBER.fullmatch(query) and persons.filter(cases__number=query.strip())
    persons = by_case or persons.matching(query)
    # Who it is first, from the index alone; then what is shown of those twenty.
    first = persons.order_by("sort_key", "pk")[:MAX_FOUND].values("pk")
    found = list(
        with_number(Person.objects.filter(pk__in=first), "pk")
        .only("ref", "given_name", "family_name", "birth_date")
        .order_by("sort_key", "pk")
    )
    cases = latest_cases(user, found)
    may_open, may_correct = may_ever(user, "case.view"), may_ever(user, "person.edit")
    return [_row(person, cases.get(person.pk), may_open, may_correct, today) for person in found]


def _row(person: Person, case: Case | None, may_open: bool, may_correct: bool, today) -> dict:
    # Somebody without a case can be put right all the same.
    url = reverse("intake:person", args=[person.ref]) if case is None and may_correct else ""
    age = person.age_on(today)
    return {
        "ref": person.ref,
        "name": person.name,
        "masked": masked(person.current_number),
        "age": age,
        "case": case,
        "url": page_of("casework:case", case.number) if case and may_open else url,
        "meta": (
            masked(person.current_number),
            ngettext("%(n)d year", "%(n)d years", age) % {"n": age} if age is not None else "",
            *_case_words(case),
        ),
    }


def _case_words(case: Case | None) -> tuple[str, ...]:
    if case is None:
        return (_("no case"),)
    return (
        f"{_('open case') if case.is_open else _('closed case')} {case.number}",
        case.centre.name,
        case.coach.name if case.coach else "",
    )


def latest_cases(user, persons) -> dict[int, Case]:
    """The open or else newest visible case of each of the visible `persons`; one query."""
    cases: dict[int, Case] = {}
    for case in (
        Case.objects.of_visible_persons(user)
        .filter(person__in=[person.pk for person in persons])
        .select_related("coach", "centre")
        .only("number", "status", "person", "coach__name", "centre__name")
        .order_by("started_on", "pk")
    ):
        kept = cases.get(case.person_id)
        if kept is None or not kept.is_open:
            cases[case.person_id] = case
    return cases
