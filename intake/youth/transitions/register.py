"""Into the register, corrected, given a responsible coordinator, linked to a case, out again."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.youth import rules
from intake.youth.enums import EndReason, MeasureState
from intake.youth.models import OutreachEntry
from intake.youth.transitions.upkeep import locked, log_change, move, settle
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.access.checks import forget_relations, require
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import Identity
from jobcentre.casework.models import Case, Person, TargetGroup
from jobcentre.casework.saving import save_checked
from jobcentre.casework.transitions.cases import Enrolment, open_case
from jobcentre.casework.transitions.persons import (
    ADDRESS,
    register_person,
    write_correction,
)
from jobcentre.notices.writer import NoticeText, notify

CONTACT = ("phone", "email", *ADDRESS)
NAMES = ("given_name", "family_name")
OWN = ("school", "school_left_on", "completed_on", "guardian")
YOUTH_GROUP = "youth"


@dataclass(frozen=True)
class OutreachRow:
    """One young person as a list or a form gives them. `identity` or `birth_date` is needed.

    `origin` is a value of Origin; texts are empty when not known.
    """

    origin: str
    given_name: str
    family_name: str = ""
    identity: Identity | None = None
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    school: str = ""
    school_left_on: date | None = None
    guardian: str = ""


@dataclass(frozen=True)
class Registered:
    """What became of a row: its entry, and whether it is new."""

    entry: OutreachEntry
    is_new: bool


@dataclass(frozen=True)
class _At:
    """A youth unit as the object of an access question."""

    unit: Unit

    def access_unit(self) -> Unit:
        return self.unit


@transaction.atomic
def register_from_row(
    row: OutreachRow,
    *,
    unit: Unit,
    actor: User | None,
    today: date,
    coordinator: User | None = None,
    known: Person | None = None,
) -> Registered:
    """Put the young person of `row` in the register of `unit`; the contact schedule starts. `known`
    is the registration that it is said to be.

    Safe to repeat: somebody who is there already gets what was not known before, and `is_new` is
    False. Raises Refused for somebody outside the ages of the register, without number and birth
    date, or followed by another unit; ValidationError when a field is wrong.
    """
    require_writing(unit, actor)
    person = known or _person_of(row, unit, actor)
    refuse_other_ages(person, today, row.birth_date)
    person = lock(person)
    followed = OutreachEntry.objects.open().filter(person=person).select_related("unit").first()
    if followed is not None:
        if followed.unit_id != unit.pk:
            raise Refused(_("Another youth unit already follows the person."))
        return Registered(_filled(followed, row, actor, today), is_new=False)
    _fill_person(person, row)
    entry = new_entry(row, person, unit, actor, today, case=_known_case(person, actor))
    entry.coordinator = coordinator
    _check_coordinator(coordinator, unit, today)
    save_checked(entry)
    settle(entry, today)
    log_change(actor, "youth.register", entry)
    return Registered(entry, is_new=True)


def require_writing(unit: Unit, actor: User | None) -> None:
    """Raises PermissionDenied unless the actor may write in the register of the unit."""
    require(actor, "youth.write", _At(unit))


def refuse_other_ages(person: Person, today: date, said: date | None = None) -> None:
    """Raises Refused for somebody whom the register is not for today; `said` is the birth date of
    one who has none yet."""
    born = person.birth_date or said
    if born is None:
        raise Refused(_("Write the identity number or the birth date."))
    if not rules.is_of_register_age(born, today):
        raise Refused(
            _("The register is for those who have left compulsory school and are not yet 25.")
        )


def new_entry(
    row: OutreachRow,
    person: Person,
    unit: Unit,
    actor: User | None,
    today: date,
    *,
    case: Case | None,
) -> OutreachEntry:
    """An entry that is not saved yet, searched for from today on."""
    return OutreachEntry(
        person=person,
        unit=unit,
        origin=row.origin,
        school=row.school,
        school_left_on=row.school_left_on,
        guardian=row.guardian,
        since=today,
        registered_on=today,
        next_on=today,
        registered_by=actor,
        case=case,
    )


def person_fields(row: OutreachRow) -> dict:
    """What the row says of the person, by the fields of Person."""
    names = ("given_name", "family_name", "birth_date", *CONTACT)
    return {name: getattr(row, name) for name in names}


def _person_of(row: OutreachRow, unit: Unit, actor) -> Person:
    """The person with the number of the row, else a new one.

    A number of somebody hidden from the actor is refused by the register of persons itself.
    """
    if row.identity is not None:
        known = Person.objects.all() if actor is None else unhidden_persons(actor)
        person = known.filter(numbers__number=row.identity.number, numbers__is_current=True).first()
        if person is not None:
            return person
    else:
        same = OutreachEntry.objects.open().filter(
            unit=unit,
            person__birth_date=row.birth_date,
            person__given_name__iexact=row.given_name,
            person__family_name__iexact=row.family_name,
        )
        if row.birth_date is not None and same.exists():
            raise Refused(
                _("Somebody with that name and birth date is in the register. Write the number.")
            )
    return register_person(person_fields(row), row.identity, unit, actor=actor)


def fills(person: Person, row: OutreachRow) -> list[str]:
    """The birth date and contact details that the row knows and the register of persons does not;
    never an address of a protected person."""
    return [
        name
        for name in ("birth_date", *CONTACT)
        if getattr(row, name)
        and not getattr(person, name)
        and not (person.is_protected and name in ADDRESS)
    ]


def lacking(entry: OutreachEntry, row: OutreachRow) -> list[str]:
    """What the row knows of school and guardian and the entry does not."""
    return [
        name
        for name in ("school", "school_left_on", "guardian")
        if getattr(row, name) and not getattr(entry, name)
    ]


def _fill_person(person: Person, row: OutreachRow) -> list[str]:
    """Write contact details that were not known, never over known ones; their names."""
    names = fills(person, row)
    for name in names:
        setattr(person, name, getattr(row, name))
    if names:
        person.version += 1
        save_checked(person)
    return names


def _filled(entry: OutreachEntry, row: OutreachRow, actor, today: date) -> OutreachEntry:
    entry = locked(entry, "youth.write", actor)
    names = lacking(entry, row)
    for name in names:
        setattr(entry, name, getattr(row, name))
    names += _fill_person(entry.person, row)
    if names:
        entry.version += 1
        settle(entry, today)
        log_change(actor, "youth.register", entry, fields=names)
    return entry


def _known_case(person: Person, actor) -> Case | None:
    """The person's open case, if the actor may know of it."""
    if actor is None:
        return None
    return Case.objects.visible_to(actor).open().filter(person=person).first()


@transaction.atomic
def correct_entry(
    entry: OutreachEntry,
    fields: dict,
    *,
    actor: User,
    today: date,
    version: int,
    person_version: int | None = None,
) -> OutreachEntry:
    """Correct contact details, school, when upper secondary school was completed, and the name as
    long as the person has no case, whose staff it is then for.

    `fields` has names of CONTACT, NAMES and OWN. Raises Conflict when somebody has saved the entry
    since `version` or the person since `person_version`.
    """
    entry = locked(entry, "youth.write", actor, version)
    person = lock(entry.person, person_version)
    of_person = CONTACT if person.cases.exists() else (*NAMES, *CONTACT)
    known = {name: fields[name] for name in of_person if name in fields}
    corrected = write_correction(person, known, actor=actor, action="youth.write")
    changed = [name for name in OWN if name in fields and getattr(entry, name) != fields[name]]
    for name in changed:
        setattr(entry, name, fields[name])
    if entry.completed_on is not None and entry.completed_on > today:
        raise Refused(_("The day cannot be in the future."))
    if not changed and not corrected:
        return entry
    entry.person = person
    entry.version += 1
    settle(entry, today)
    if changed:
        log_change(actor, "youth.write", entry, fields=changed)
    return entry


def _check_coordinator(coordinator: User | None, unit: Unit, today: date) -> None:
    if coordinator is None:
        return
    held = Membership.objects.valid_on(today).filter(
        user=coordinator, unit=unit, role=Role.YOUTH_COORDINATOR
    )
    if not held.exists():
        raise Refused(
            _("%(name)s is not a youth coordinator of the unit today.") % {"name": coordinator.name}
        )


@transaction.atomic
def assign_coordinator(
    entry: OutreachEntry, coordinator: User, *, actor: User | None, today: date, version: int
) -> OutreachEntry:
    """Make `coordinator` responsible; they are told."""
    entry = locked(entry, "youth.write", actor, version)
    _check_coordinator(coordinator, entry.unit, today)
    entry.coordinator = coordinator
    entry.version += 1
    save_checked(entry)
    log_change(actor, "youth.write", entry, fields=["coordinator"])
    if actor is None or actor.pk != coordinator.pk:
        notify(
            NoticeText(
                user_id=coordinator.pk,
                key=f"outreach:{entry.pk}:{entry.version}",
                sentence=gettext_lazy(
                    "You are responsible for one more young person in the outreach register."
                ),
                url_name="intake:youth_entry",
                url_arg=str(entry.ref),
            )
        )
    return entry


@transaction.atomic
def search_again(
    entry: OutreachEntry, *, actor: User | None, today: date, version: int
) -> OutreachEntry:
    """The contact is lost, or somebody who declined is asked again: the schedule starts over."""
    entry = locked(entry, "youth.write", actor, version)
    move(entry, "search_again", today)
    entry.version += 1
    settle(entry, today)
    log_change(actor, "youth.write", entry, fields=["state"])
    return entry


@transaction.atomic
def end_entry(
    entry: OutreachEntry,
    because: str,
    ended_on: date,
    *,
    actor: User | None,
    today: date,
    version: int,
) -> OutreachEntry:
    """The young person leaves the register on `ended_on`, its first day outside.

    Raises Refused while a contract or a measure runs, and for a lasting occupation before the 20th
    birthday: until then the municipality keeps itself informed (29 kap. 9 § skollagen).
    """
    entry = locked(entry, "youth.write", actor, version)
    if because not in set(EndReason) - {EndReason.TURNED_25}:
        raise Refused(_("Choose why the person leaves the register."))
    if ended_on > today:
        raise Refused(_("The day cannot be in the future."))
    born = entry.person.birth_date
    if because == EndReason.OCCUPATION and (
        born is None or ended_on < rules.birthday(born, rules.KAA_AGE)
    ):
        raise Refused(
            _(
                "Until the 20th birthday the municipality keeps itself informed; note the occupation."
            )
        )
    if entry.contracts.running().exists():
        raise Refused(_("End the education contract first."))
    if entry.measures.filter(state__in=[MeasureState.OFFERED, MeasureState.BEGUN]).exists():
        raise Refused(_("Note first what became of the measure."))
    move(entry, "end", today)
    entry.ended_on, entry.ended_because = ended_on, because
    entry.version += 1
    settle(entry, today)
    log_change(actor, "youth.write", entry, fields=["state"])
    return entry


@transaction.atomic
def open_case_of(
    entry: OutreachEntry,
    *,
    centre: Unit,
    coach: User,
    track: str,
    source: str,
    target_groups: list[TargetGroup],
    actor: User | None,
    today: date,
    district: Unit | None = None,
) -> Case:
    """Open a case at a job centre, with a coach of the centre or a coordinator of the youth unit,
    by the transition of every case, which links the entry.

    The target group of the young is always among the groups. Raises what `open_case` raises.
    """
    entry = locked(entry, "youth.write", actor)
    groups = {group.pk: group for group in target_groups}
    for group in TargetGroup.objects.valid_on(today).filter(key=YOUTH_GROUP):
        groups[group.pk] = group
    case = open_case(
        entry.person,
        Enrolment(
            centre=centre,
            source=source,
            track=track,
            target_groups=list(groups.values()),
            district=district,
            coach=coach,
        ),
        actor=actor,
        today=today,
    )
    if actor is not None:
        forget_relations(actor)
    return case
