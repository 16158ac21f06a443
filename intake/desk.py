"""What the front desk may know: who it is, and who already works with the person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from intake.forms import districts_of
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, User
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.caseloads.loads import proposed_at_enrolment
from jobcentre.casework.free_times import offered_times
from jobcentre.casework.identity import Identity, IdentityError, parse_identity
from jobcentre.casework.models import Case, Person
from jobcentre.casework.panels import who_works_with_each
from jobcentre.casework.search import found_persons
from jobcentre.casework.worklist import masked_number
from jobcentre.ui import formats


@dataclass(frozen=True)
class Card:
    """One person as the front desk sees them."""

    ref: str
    name: str
    masked: str
    age: int | None
    case: Case | None
    who: list[dict]
    elsewhere: bool
    is_protected: bool


def identity_in(query: str, today) -> tuple[Identity | None, IdentityError | None]:
    """The identity number that the query is, if it looks like one; else what is wrong with it."""
    digits = sum(letter.isdigit() for letter in query)
    if digits < 9:
        return None, None
    try:
        return parse_identity(query, today), None
    except IdentityError as error:
        return None, error


def card_of(person: Person, today, *, elsewhere: bool = False) -> Card:
    """The person with the open case and who works with them, whichever centre it is at: the one
    thing reception has to know to avoid a second case."""
    return cards_of([person], today, elsewhere=elsewhere)[0]


def cards_of(persons: Sequence[Person], today, *, elsewhere: bool = False) -> list[Card]:
    """The card of each person (numbers prefetched); two queries in all."""
    cases = {
        case.person_id: case
        for case in Case.objects.filter(person__in=[person.pk for person in persons])
        .open()
        .select_related("coach", "centre", "income_support_unit")
    }
    who = who_works_with_each(list(cases.values()), today)
    return [
        Card(
            ref=str(person.ref),
            name=person.name,
            masked=masked_number(person),
            age=person.age_on(today),
            case=cases.get(person.pk),
            who=who[cases[person.pk].pk] if person.pk in cases else [],
            elsewhere=elsewhere,
            is_protected=person.is_protected,
        )
        for person in persons
    ]


def person_by_number(user, identity: Identity) -> Person | None:
    """The person who has exactly this number, else who had it, at any centre; the protected only
    for their circle."""
    return (
        unhidden_persons(user)
        .filter(numbers__number=identity.number)
        .prefetch_related("numbers")
        .order_by("-numbers__is_current", "-pk")
        .first()
    )


def cards_for(user, query: str, today) -> tuple[list[Card], Identity | None, IdentityError | None]:
    """Who the query may mean: an exact number in the whole municipality, else own centre."""
    identity, error = identity_in(query, today)
    if identity is not None:
        person = person_by_number(user, identity)
        if person is None:
            return [], identity, None
        seen = Person.objects.visible_to(user).filter(pk=person.pk).exists()
        return [card_of(person, today, elsewhere=not seen)], identity, None
    rows = found_persons(user, query, today)[:8]
    persons = {
        person.ref: person
        for person in Person.objects.filter(ref__in=[row["ref"] for row in rows]).prefetch_related(
            "numbers"
        )
    }
    return cards_of([persons[row["ref"]] for row in rows], today), None, error


def enrol_choices(person: Person, centre, today) -> dict:
    """What the enrolment form chooses among: the coaches with what speaks for each, the proposed
    one first, and the proposed one's first free time."""
    held = Membership.objects.valid_on(today).filter(unit=centre, role=Role.COACH)
    coaches = User.objects.filter(pk__in=held.values("user_id")).order_by("name", "id")
    proposals = proposed_at_enrolment(person, coaches, today)
    proposed = next(
        (each for each in coaches if proposals and each.pk == proposals[0].load.coach_id), None
    )
    return {
        "proposals": proposals,
        "districts": districts_of(centre),
        "proposed": proposed.pk if proposed else None,
        "at": first_free_today(proposed) if proposed else None,
    }


def free_today_sentence(coach: User) -> str:
    """When the coach can be met today, for one who asked for a time that is taken."""
    free = first_free_today(coach)
    if free is None:
        return _("No time is left with %(name)s today; choose another coach.") % {
            "name": coach.name
        }
    return _("The first free time today is %(time)s.") % {"time": formats.clock_time(free)}


def first_free_today(coach: User) -> datetime | None:
    """The first time today that the coach can be offered, as for every other meeting; None when
    there is none. Nothing is proposed then: a visitor who is met now has a time typed."""
    offered = offered_times([coach], timezone.localtime(), days=1, limit=1)
    return timezone.localtime(offered[0].starts_at) if offered else None
