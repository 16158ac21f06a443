"""Many young people of a list put in the register together, in a fixed number of queries."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from intake.youth.models import KaaPeriod, OutreachEntry
from intake.youth.models.settings import schedule_now
from intake.youth.transitions import register
from intake.youth.transitions.register import OutreachRow, Registered
from intake.youth.transitions.upkeep import kaa_periods, log_change, set_next
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.models import Case, IdentityNumber, Person
from jobcentre.casework.transitions.persons import new_person, register_together


@transaction.atomic
def register_rows(
    rows: Sequence[OutreachRow], *, unit: Unit, actor: User, today: date
) -> list[Registered]:
    """As `register_from_row` for each of `rows`, which all have a number; what became of each.

    Twelve queries and those of the rows that fill in something about somebody who is known: these
    are registered one by one, after the others. Raises what `register_from_row` raises, and
    IntegrityError when a number is somebody's already; nobody is registered then.
    """
    register.require_writing(unit, actor)
    known = _persons(rows, actor)
    entries = {
        entry.person_id: entry
        for entry in OutreachEntry.objects.open()
        .filter(person__in=[person.pk for person in known.values()])
        .select_related("unit", "person")
    }
    cases = _cases(known, actor)
    done: dict[int, Registered] = {}
    news: list[tuple[Person, dict, object]] = []
    fresh: dict[str, OutreachEntry] = {}
    for index, row in enumerate(rows):
        person = known.get(row.identity.number)
        if row.identity.number in fresh:
            continue  # in an earlier row too: what this one adds is filled in afterwards
        if person is None:
            fields = register.person_fields(row)
            person = new_person(fields, row.identity, unit)
            news.append((person, fields, row.identity))
        elif register.fills(person, row) or person.pk in entries:
            entry = entries.get(person.pk)
            if entry is not None and entry.unit_id == unit.pk and not _adds(entry, row):
                done[index] = Registered(entry, is_new=False)
            continue
        register.refuse_other_ages(person, today)
        entry = register.new_entry(row, person, unit, actor, today, case=cases.get(person.pk))
        fresh[row.identity.number] = entry
        done[index] = Registered(entry, is_new=True)
    with log.gathered_entries.open():
        register_together(news, actor=actor) if news else None
        _write(list(fresh.values()), actor)
    for index, row in enumerate(rows):
        if index not in done:
            done[index] = register.register_from_row(row, unit=unit, actor=actor, today=today)
    return [done[index] for index in range(len(rows))]


def _persons(rows: Sequence[OutreachRow], actor: User) -> dict[str, Person]:
    """Those of the rows whom the actor may know of, by their number, locked."""
    held = dict(
        IdentityNumber.objects.filter(
            number__in={row.identity.number for row in rows}, is_current=True
        ).values_list("person_id", "number")
    )
    seen = unhidden_persons(actor).filter(pk__in=held).values("pk")
    locked = Person.objects.select_for_update().filter(pk__in=seen).order_by("pk")
    return {held[person.pk]: person for person in locked}


def _cases(known: dict[str, Person], actor: User) -> dict[int, Case]:
    """The open cases that the actor may know of, by the person's id."""
    persons = [person.pk for person in known.values()]
    found = Case.objects.visible_to(actor).open().filter(person__in=persons)
    return {case.person_id: case for case in found}


def _adds(entry: OutreachEntry, row: OutreachRow) -> bool:
    """Whether the row knows something that the register does not."""
    return bool(register.lacking(entry, row) or register.fills(entry.person, row))


def _write(entries: list[OutreachEntry], actor: User) -> None:
    """Save new entries with their next contact and KAA periods."""
    schedule = schedule_now()
    for entry in entries:
        entry.person = entry.person  # one who was saved just now has a number of row only now
        set_next(entry, schedule)
        entry.clean_fields(exclude=["person", "unit", "case", "registered_by"])
    OutreachEntry.objects.bulk_create(entries)
    KaaPeriod.objects.bulk_create(period for entry in entries for period in kaa_periods(entry))
    for entry in entries:
        log_change(actor, "youth.register", entry)
