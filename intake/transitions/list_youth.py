"""The rows of a list for the outreach register: checked together, put in the register together.

The young are known again by their number alone. Who may be registered twice under other facts is
answered with everybody else's, by those who may see both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from intake.lists.enums import Choice, RowState, Verdict
from intake.lists.models import ImportRow, ListImport
from intake.lists.young import YoungFacts, understood_young
from intake.transitions.list_words import Tell, end_row, number_refused, say, write_rows
from intake.youth.models import OutreachEntry
from intake.youth.transitions.register import OutreachRow
from intake.youth.transitions.together import register_rows
from jobcentre.accounts.models import User
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.models import IdentityNumber, Person


@dataclass(frozen=True)
class _Known:
    """Who has the numbers of some rows: `persons` those whom the user may know of, `taken` all
    numbers that somebody has, `units` the youth unit of those in a register, by their persons."""

    persons: Mapping[str, Person]
    taken: frozenset[str]
    units: Mapping[int, int]

    @classmethod
    def of(cls, many: list[YoungFacts], actor: User) -> "_Known":
        numbers = {each.person.identity.number for each in many if each.person.identity}
        held = dict(
            IdentityNumber.objects.filter(number__in=numbers, is_current=True).values_list(
                "number", "person_id"
            )
        )
        seen = unhidden_persons(actor).in_bulk(set(held.values()))
        units = OutreachEntry.objects.open().filter(person__in=seen)
        return cls(
            persons={number: seen[pk] for number, pk in held.items() if pk in seen},
            taken=frozenset(held),
            units=dict(units.values_list("person_id", "unit_id")),
        )


def check(
    source: ListImport,
    rows: list[ImportRow],
    actor: User,
    today: date,
    seen: dict[str, int] | None = None,
) -> None:
    """What each row is; nothing is put in the register. Three queries, however many rows. `seen`
    are the numbers of the rows before, with their lines."""
    facts = [understood_young(row.values, today) for row in rows]
    known = _Known.of(facts, actor)
    seen = {} if seen is None else seen
    for row, each in zip(rows, facts, strict=True):
        number = each.person.identity.number if each.person.identity else ""
        earlier = seen.get(number) if number else None
        if number:
            seen.setdefault(number, row.line)
        say(row, *_verdict_of(source, row, each, known, earlier, today))


def _verdict_of(
    source: ListImport,
    row: ImportRow,
    facts: YoungFacts,
    known: _Known,
    earlier: int | None,
    today: date,
) -> tuple[str, Person | None, Tell]:
    number = facts.person.identity.number if facts.person.identity else ""
    person = known.persons.get(number)
    if facts.problems:
        values = row.values

        def problems() -> str:
            english = translation.get_language() == "en"
            return " ".join(understood_young(values, today, english=english).problems)

        return Verdict.WRONG, person, problems
    if number in known.taken and person is None:
        return Verdict.WRONG, None, number_refused
    unit = known.units.get(person.pk) if person is not None else None
    if unit is not None and unit != source.centre_id:
        return Verdict.WRONG, person, lambda: _("Another youth unit already follows the person.")
    if earlier is not None:
        return (
            Verdict.KNOWN,
            person,
            lambda: _("The same identity number as in row %(line)d.") % {"line": earlier},
        )
    if person is None:
        return Verdict.ENTERS, None, lambda: _("New, also as a person.")
    if unit is not None:
        return Verdict.KNOWN, person, _guarded(person, _in_the_register)
    return Verdict.ENTERS, person, _guarded(person, _new_in_the_register)


def _in_the_register() -> str:
    return _("In the register already. Only what was not known is filled in.")


def _new_in_the_register() -> str:
    return _("Known as a person already, new in the register.")


def _guarded(person: Person, tell: Tell) -> Tell:
    """The sentence, and of a protected person that no address is taken."""
    if not person.is_protected:
        return tell
    return lambda: " ".join(
        (tell(), _("The person has protected details: no address is taken from the list."))
    )


def register(source: ListImport, rows: list[ImportRow], actor: User, today: date) -> None:
    """Put locked rows in the register together, or say of each why not. In the transaction of the
    caller, whom a refusal is left to."""
    facts = [understood_young(row.values, today) for row in rows]
    known = _Known.of(facts, actor)
    entering = []
    for row, each in zip(rows, facts, strict=True):
        if row.choice == Choice.SKIP:
            end_row(row, RowState.LEFT_OUT, row.person, lambda: _("Left out, as it was said."))
            continue
        verdict, person, tell = _verdict_of(source, row, each, known, None, today)
        if verdict == Verdict.WRONG:
            say(row, verdict, person, tell)
            row.state = RowState.FAILED
        else:
            entering.append((row, _as_outreach_row(source, each)))
    done = register_rows(
        [wanted for _row, wanted in entering], unit=source.centre, actor=actor, today=today
    )
    for (row, _wanted), registered in zip(entering, done, strict=True):
        person = registered.entry.person
        row.verdict = Verdict.ENTERS if registered.is_new else Verdict.KNOWN
        told = _put_in_the_register if registered.is_new else _in_the_register
        end_row(row, RowState.DONE, person, _guarded(person, told))
    write_rows(rows)


def _as_outreach_row(source: ListImport, facts: YoungFacts) -> OutreachRow:
    fields = facts.person.fields
    return OutreachRow(
        origin=source.origin,
        identity=facts.person.identity,
        school_left_on=facts.school_left_on,
        **{name: fields[name] for name in ("given_name", "family_name", "phone", "email")},
        **facts.own,
    )


def _put_in_the_register() -> str:
    return _("Put in the register. The schedule of contacts has started.")
