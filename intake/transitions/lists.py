"""A list read from a file: uploaded, matched, checked, answered, started. With `list_runs`, which
registers the rows, the only writers of its and its rows' state.

The rows are the queue: a worker that dies leaves rows that are done and rows that wait, and the
next one goes on.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from intake.lists import rules
from intake.lists.enums import Choice, Column, ImportState, RowState, Verdict
from intake.lists.models import ColumnMatching, ImportRow, ListImport
from intake.lists.reading import Sheet
from intake.transitions import list_youth
from intake.transitions.list_words import Tell, number_refused, say, write_rows
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.duplicates import Likeness, Newcomers, alike_many, facts_from
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.likeness import Facts
from jobcentre.casework.models import IdentityNumber, Person
from jobcentre.casework.saving import save_checked
from jobcentre.casework.sources import allows_own_initiative, refusal_of

KEPT_DAYS = 30
ROWS_TOGETHER = 250  # rows gone through at a time


# What the check and the registration write of a row.
def log_list_change(actor: User | None, source: ListImport, *fields: str) -> None:
    log.record(actor, "person.import", access=Access.CHANGE, obj=source, fields=fields)


class Listed(Newcomers):
    """What the rows gone through have said: who will be new, with the lines of their rows, so that
    the check knows the same person twice in a list as the registration does."""

    def __init__(self):
        super().__init__()
        self.lines: dict[UUID, int] = {}  # by the reference of the person
        self.numbers: dict[str, int] = {}  # those of a list of the young

    def add(self, facts: Facts, person: Person, line: int) -> None:
        super().add(facts, person)
        self.lines[person.ref] = line


# --- uploaded and matched ------------------------------------------------------------------------
@transaction.atomic
def upload_list(
    centre: Unit,
    file_name: str,
    sheet: Sheet,
    *,
    actor: User,
    origin: str = "",
    listed_on: date | None = None,
    is_full: bool = False,
) -> ListImport:
    """Keep the rows of a file that has been read; the columns are guessed from the headings.

    A list for the outreach register of a youth unit has `origin` (of Origin) and `listed_on`, the
    day it was drawn; others have neither, else Refused.
    """
    if (centre.kind == UnitKind.YOUTH) != bool(origin):
        raise Refused(_("A list for the outreach register has a source and a day."))
    source = ListImport(
        centre=centre,
        file_name=file_name[-200:],
        headings=list(sheet.headings),
        origin=origin,
        listed_on=listed_on,
        is_full=is_full,
        uploaded_by=actor,
        acting=actor.acting,
    )
    require(actor, "person.import", source)
    known = ColumnMatching.objects.filter(user=actor, fingerprint=_fingerprint(sheet.headings))
    remembered = known.values_list("matching", flat=True).first()
    if not set(remembered or ()) <= set(source.columns):
        remembered = None  # of a list for something else
    source.matching = remembered or rules.guessed(sheet.headings, source.columns)
    save_checked(source)
    numbered = zip(sheet.lines, sheet.rows, strict=True)
    for some in rules.parts_of(numbered, ROWS_TOGETHER):
        ImportRow.objects.bulk_create(
            ImportRow(source=source, line=line, cells=list(cells)) for line, cells in some
        )
    log_list_change(actor, source, "uploaded")
    return source


def _fingerprint(headings: Sequence[str]) -> str:
    return hashlib.sha256("\x1f".join(headings).encode()).hexdigest()


@transaction.atomic
def match_columns(
    source: ListImport, matching: Mapping[str, str], *, actor: User, today: date
) -> ListImport:
    """Say what the columns hold, and check every row; nothing is registered.

    Raises Refused when the list is being registered, or no column holds a name.
    """
    source = lock(source)
    require(actor, "person.import", source)
    if not source.may_be_changed:
        raise Refused(_("The list is being registered already."))
    columns = {column: heading for column, heading in matching.items() if heading}
    if not {Column.NAME, Column.GIVEN_NAME} & set(columns):
        raise Refused(_("Say which column holds the name."))
    if source.is_outreach and Column.NUMBER not in columns:
        raise Refused(_("Say which column holds the identity number."))
    if len(set(columns.values())) < len(columns):
        raise Refused(_("A column holds one thing only."))
    if not set(columns.values()) <= set(source.headings) or not set(columns) <= set(source.columns):
        raise Refused(_("The list has no such column."))
    source.matching = columns
    places = {column: source.headings.index(heading) for column, heading in columns.items()}
    seen = Listed()
    for some in rules.parts_of(row_numbers(source), ROWS_TOGETHER):
        rows = list(source.rows.filter(pk__in=some).order_by("line"))
        for row in rows:
            row.values = {column: row.cells[place] for column, place in places.items()}
            row.choice, row.person = Choice.UNSAID, None
        _check(source, rows, actor, today, seen)
        write_rows(rows)
    source.state = ImportState.CHECKED
    save_checked(source)
    ColumnMatching.objects.update_or_create(
        user=actor,
        fingerprint=_fingerprint(source.headings),
        defaults={"matching": columns},
    )
    log_list_change(actor, source, "matched")
    return source


# --- checked -------------------------------------------------------------------------------------
def districts_below(centre: Unit) -> dict[str, Unit]:
    """The districts of the centre by their names as people write them."""
    districts = Unit.objects.active().within(centre).filter(kind=UnitKind.DISTRICT)
    return {rules.plain(unit.name): unit for unit in districts}


def row_numbers(source: ListImport) -> list[int]:
    """The ids of the rows that wait, by line: what is gone through a part at a time, so that a
    list of ten thousand needs the memory of a part."""
    waiting = source.rows.filter(state=RowState.WAITING)
    return list(waiting.order_by("line").values_list("pk", flat=True))


def _check(
    source: ListImport,
    rows: list[ImportRow],
    actor: User,
    today: date,
    seen: Listed,
) -> None:
    """What each row is: a new person, a known one, perhaps a known one, or wrong. A fixed number of
    queries, however many rows. `seen` is what the rows before have said."""
    if source.is_outreach:
        list_youth.check(source, rows, actor, today, seen.numbers)
        return
    facts = [rules.understood(row.values, today) for row in rows]
    districts = districts_below(source.centre)
    likes = alike_many(actor, [facts_from(each.fields, each.identity) for each in facts])
    numbers = {each.identity.number for each in facts if each.identity}
    taken = set(
        IdentityNumber.objects.filter(number__in=numbers, is_current=True).values_list(
            "number", flat=True
        )
    )
    own_initiative = allows_own_initiative()
    for row, each, found in zip(rows, facts, likes, strict=True):
        number = each.identity.number if each.identity else ""
        wanted = facts_from(each.fields, each.identity)
        verdict, person, tell = verdict_of(
            row.values,
            each,
            seen.beside(wanted, found),
            number in taken,
            seen.lines,
            districts,
            today,
            own_initiative,
        )
        # Whoever an earlier row would register is nobody yet.
        say(row, verdict, person if person is not None and person.pk else None, tell)
        if verdict == Verdict.NEW:
            seen.add(wanted, Person(), row.line)


def verdict_of(
    values: Mapping[str, str],
    facts: rules.RowFacts,
    found: list[Likeness],
    is_taken: bool,
    lines: Mapping[UUID, int],
    districts: Mapping[str, Unit],
    today: date,
    own_initiative: bool,
) -> tuple[str, Person | None, Tell]:
    """What the row is, who it is or may be, and why. `found` are those alike, registered or of
    earlier rows, whose lines are `lines` by the reference of the person."""
    refusal = refusal_of(facts.source, own_initiative=own_initiative)
    district_missing = facts.district and rules.plain(facts.district) not in districts
    if facts.problems or district_missing or refusal:

        def problems() -> str:
            english = translation.get_language() == "en"
            texts = rules.understood(values, today, english=english).problems
            if district_missing:
                texts.append(
                    _("The centre has no district called %(name)s.") % {"name": facts.district[:60]}
                )
            return " ".join([*texts, str(refusal)]).strip()

        return Verdict.WRONG, None, problems
    same = next((like for like in found if like.has_number), None)
    if same is not None:
        return Verdict.KNOWN, same.person, partial(_same_number, lines.get(same.person.ref))
    if is_taken:
        return Verdict.WRONG, None, number_refused
    if found:
        best = found[0]
        return Verdict.POSSIBLE, best.person, partial(_may_be, best, lines.get(best.person.ref))
    return Verdict.NEW, None, lambda: _("A new person.")


def _same_number(line: int | None) -> str:
    if line is None:
        return _("Registered already, by the identity number.")
    return _("The same identity number as in row %(line)d.") % {"line": line}


def _may_be(like: Likeness, line: int | None) -> str:
    if line is None:
        return _("May be a person who is registered already: %(why)s.") % {"why": like.because}
    said = {"line": line, "why": like.because}
    return _("May be the same person as in row %(line)d: %(why)s.") % said


def _rows_before(source: ListImport, row: ImportRow, today: date) -> Listed:
    """What the rows before have said that are to be registered as new: one row is checked again."""
    seen = Listed()
    if source.is_outreach:
        return seen
    before = source.rows.filter(state=RowState.WAITING, verdict=Verdict.NEW, line__lt=row.line)
    for line, values in before.order_by("line").values_list("line", "values").iterator():
        facts = rules.understood(values, today)
        seen.add(facts_from(facts.fields, facts.identity), Person(), line)
    return seen


@transaction.atomic
def answer_row(
    row: ImportRow,
    values: Mapping[str, str],
    choice: str,
    *,
    actor: User,
    today: date,
) -> ImportRow:
    """Correct what stands in a row, or say whether it is the person it may be; checked anew.

    Raises Refused when the row is registered or left out already.
    """
    source = lock(row.source)
    require(actor, "person.import", source)
    row = ImportRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if source.is_active or not row.may_be_corrected:
        raise Refused(_("The row has been dealt with already."))
    changed = {c: v for c, v in values.items() if c in Column.values and row.values.get(c, "") != v}
    row.values = {**row.values, **changed}
    row.state, before = RowState.WAITING, row.person_id
    _check(source, [row], actor, today, _rows_before(source, row, today))
    row.choice = Choice(choice)
    if choice in (Choice.SAME, Choice.SEPARATE) and (changed or row.person_id != before):
        row.choice = Choice.UNSAID  # it was said of somebody else
    if row.verdict != Verdict.POSSIBLE and choice != Choice.SKIP:
        row.choice = Choice.UNSAID
    save_checked(row)
    log_list_change(actor, source, "row")
    return row


# --- registered ----------------------------------------------------------------------------------
# {action: (from, to)}: the moves of a list.
MOVES = {
    "start": ((ImportState.CHECKED,), ImportState.QUEUED),
    "retry": ((ImportState.DONE,), ImportState.QUEUED),
    "drop": ((ImportState.READ, ImportState.CHECKED), ImportState.DROPPED),
}


def available_moves(source: ListImport) -> list[str]:
    """What can be done with the list now."""
    moves = [move for move, (sources, _to) in MOVES.items() if source.state in sources]
    if "retry" in moves and not _is_left(source):
        moves.remove("retry")
    return moves


def _is_left(source: ListImport) -> bool:
    """Whether rows wait, corrected or answered, or have failed and can be tried again."""
    waiting = source.rows.filter(state=RowState.WAITING)
    return waiting.exists() or source.rows.to_try_again().exists()


@transaction.atomic
def move_list(source: ListImport, move: str, *, actor: User, now: datetime) -> ListImport:
    """Start, go on with the corrected and the failed rows, or throw the list away. Raises Refused
    out of turn."""
    source = lock(source)
    require(actor, "person.import", source)
    if move not in available_moves(source):
        raise Refused(_("The list is already %(state)s.") % {"state": source.get_state_display()})
    source.state = MOVES[move][1]
    if move == "drop":
        source.rows.all().delete()
        source.finished_at = now
    else:
        if move == "retry":
            source.rows.to_try_again().update(state=RowState.WAITING)
        if source.uploaded_by_id != actor.pk:
            source.uploaded_by, source.acting = actor, actor.acting
    save_checked(source)
    log_list_change(actor, source, move)
    return source


def forget_old_lists(now: datetime) -> int:
    """What stands in rows that nobody has gone on with for 30 days is removed; returns how many."""
    old = ImportRow.objects.filter(
        source__uploaded_at__lt=now - timedelta(days=KEPT_DAYS),
        state__in=[RowState.WAITING, RowState.FAILED],
    ).exclude(source__state__in=[ImportState.QUEUED, ImportState.RUNNING])
    return old.update(
        state=RowState.LEFT_OUT, cells=[], values={}, told_sv="", told_en="", person=None
    )
