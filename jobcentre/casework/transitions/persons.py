"""A person registered, corrected or given another number."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import Identity
from jobcentre.casework.models import IdentityNumber, Person, PersonCorrection
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.interpreters import follow_person

EDITABLE = (
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "phone",
    "email",
    "street",
    "postcode",
    "city",
    "first_language",
    "other_languages",
    "interpreter_language",
)
ADDRESS = ("street", "postcode", "city")


def _add_number(person: Person, identity: Identity, actor) -> IdentityNumber:
    number = IdentityNumber(
        person=person, number=identity.number, kind=identity.kind, added_by=actor
    )
    try:
        with transaction.atomic():
            number.clean_fields(exclude=["person", "added_by"])  # rows that we hold
            number.save()
    except IntegrityError:
        # Whoever may be told who has it was shown the person; others learn nothing, not even that.
        raise Refused(
            _(
                "This number cannot be used. Check it; if it is right, let your manager look into it."
            )
        ) from None
    person.fill_derived()
    Person.objects.filter(pk=person.pk).update(search_text=person.search_text)
    return number


@transaction.atomic
def register_person(
    fields: dict, identity: Identity | None, unit: Unit, *, actor: User | None
) -> Person:
    """Register a new person at `unit` with the values of `fields` (names as in EDITABLE).

    Birth date and sex are proposed by the number when they are not given. Raises Refused when the
    number is somebody's already, ValidationError when a field is wrong.
    """
    person = new_person(fields, identity, unit)
    save_checked(person)
    if identity is not None:
        _add_number(person, identity, actor)
    _log_registered(person, fields, actor)
    return person


def new_person(fields: dict, identity: Identity | None, unit: Unit) -> Person:
    """A person who is not saved yet, with what the number proposes."""
    person = Person(registered_unit=unit, **{name: fields[name] for name in fields})
    if identity is not None:
        person.birth_date = person.birth_date or identity.birth_date
        if identity.sex and person.sex == "unknown":
            person.sex = identity.sex
    return person


def _log_registered(person: Person, fields: dict, actor: User | None) -> None:
    log.record(
        actor,
        "person.register",
        access=Access.CHANGE,
        subject=person.ref,
        obj=person,
        fields=sorted(fields),
    )


@transaction.atomic
def register_together(
    news: Sequence[tuple[Person, dict, Identity | None]], *, actor: User | None
) -> None:
    """Save many persons made by `new_person` from their fields and number, in three queries.

    Raises ValidationError when a field is wrong and IntegrityError when a number is somebody's
    already: nobody is registered then, and whoever calls tries them one by one.
    """
    for person, _fields, _identity in news:
        person.clean_fields(exclude=["registered_unit", "merged_into"])
    Person.objects.bulk_create(
        [person for person, _fields, _identity in news],
        numbers={person.ref: number.number for person, _fields, number in news if number},
    )
    IdentityNumber.objects.bulk_create(
        IdentityNumber(person=person, number=number.number, kind=number.kind, added_by=actor)
        for person, _fields, number in news
        if number is not None
    )
    with log.gathered_entries.open():
        for person, fields, _identity in news:
            _log_registered(person, fields, actor)


@transaction.atomic
def correct_person(person: Person, fields: dict, *, actor: User, version: int) -> list[str]:
    """Correct details of a person; returns the names of what changed.

    Raises Conflict when somebody else has changed the person since `version`.
    """
    person = lock(person, version)
    require(actor, "person.edit", case_or_unit(person))
    return write_correction(person, fields, actor=actor, action="person.edit")


def write_correction(person: Person, fields: dict, *, actor: User | None, action: str) -> list[str]:
    """As `correct_person`, for transitions that have locked the person and asked for their own
    right, `action`."""
    changed = [
        name for name in EDITABLE if name in fields and getattr(person, name) != fields[name]
    ]
    if not changed:
        return []
    former_interpreter = person.interpreter_language
    for name in changed:
        setattr(person, name, fields[name])
    person.version += 1
    save_checked(person)
    if "interpreter_language" in changed:
        follow_person(person, former_interpreter, actor=actor)
    case = person.cases.order_by("-started_on", "-id").first()
    if case is not None:
        record_event(case, "person.corrected", actor=actor, payload={"fields": changed})
    elif actor is not None:
        save_checked(PersonCorrection(person=person, fields=changed, corrected_by=actor))
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=person.ref,
        obj=person,
        fields=changed,
    )
    return changed


class _AtUnit:
    """A person without a case, as the object of an access question."""

    def __init__(self, unit: Unit):
        self.unit = unit

    def access_unit(self) -> Unit:
        return self.unit


def case_or_unit(person: Person):
    """What access to a person is asked of: the newest case, or the unit that registered them."""
    case = person.cases.order_by("-started_on", "-id").first()
    return case if case is not None else _AtUnit(person.registered_unit)


@transaction.atomic
def change_number(person: Person, identity: Identity, *, actor: User) -> IdentityNumber:
    """Replace the current number (reserve, then coordination, then personal); history is kept.

    Raises Refused when it is the current one already or another person's.
    """
    person = lock(person)
    require(actor, "person.number", case_or_unit(person))
    if person.numbers.filter(is_current=True, number=identity.number).exists():
        raise Refused(_("The person already has this number."))
    person.numbers.filter(is_current=True).update(is_current=False)
    number = _add_number(person, identity, actor)
    case = person.cases.order_by("-started_on", "-id").first()
    if case is not None:
        record_event(case, "person.number_changed", actor=actor)
    log.record(
        actor,
        "person.number",
        access=Access.CHANGE,
        subject=person.ref,
        obj=person,
        fields=["number"],
    )
    return number
