"""A list read from a file: uploaded, matched, checked, registered row by row. The only writers of
its and its rows' state.

The rows are the queue: a worker that dies leaves rows that are done and rows that wait, and the
next one goes on. A row is registered whole, in a transaction of its own, or not at all.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext as _

from intake.lists import rules
from intake.lists.enums import Choice, Column, ImportState, RowState, Verdict
from intake.lists.models import ColumnMatching, ImportRow, ListImport
from intake.lists.reading import Sheet
from intake.transitions.referrals_in import Sending, send_referral
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, require
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.concurrency import lock
from jobcentre.casework.duplicates import Likeness, alike, alike_many, facts_from
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import IdentityNumber, Person
from jobcentre.casework.saving import save_checked
from jobcentre.casework.transitions.merging import answer_pair
from jobcentre.casework.transitions.persons import register_person

LEASE = timedelta(minutes=5)
KEPT_DAYS = 30
logger = structlog.get_logger(__name__)
Tell = Callable[[], str]


def _log(actor: User | None, source: ListImport, *fields: str) -> None:
    log.record(actor, "person.import", access=Access.CHANGE, obj=source, fields=fields)


def _both(tell: Tell) -> dict[str, str]:
    """A sentence in both languages."""
    found = {}
    for code in ("sv", "en"):
        with translation.override(code):
            found[f"told_{code}"] = tell()[:500]
    return found


# --- uploaded and matched ------------------------------------------------------------------------
@transaction.atomic
def upload_list(centre: Unit, file_name: str, sheet: Sheet, *, actor: User) -> ListImport:
    """Keep the rows of a file that has been read; the columns are guessed from the headings."""
    source = ListImport(
        centre=centre,
        file_name=file_name[-200:],
        headings=list(sheet.headings),
        uploaded_by=actor,
        acting=actor.acting,
    )
    require(actor, "person.import", source)
    known = ColumnMatching.objects.filter(user=actor, fingerprint=_fingerprint(sheet.headings))
    remembered = known.values_list("matching", flat=True).first()
    source.matching = remembered or rules.guessed(sheet.headings)
    save_checked(source)
    ImportRow.objects.bulk_create(
        [
            ImportRow(source=source, line=line, cells=list(cells))
            for line, cells in zip(sheet.lines, sheet.rows, strict=True)
        ],
        batch_size=500,
    )
    _log(actor, source, "uploaded")
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
    if len(set(columns.values())) < len(columns):
        raise Refused(_("A column holds one thing only."))
    if not set(columns.values()) <= set(source.headings) or not set(columns) <= set(Column.values):
        raise Refused(_("The list has no such column."))
    source.matching = columns
    places = {column: source.headings.index(heading) for column, heading in columns.items()}
    rows = list(source.rows.order_by("line"))
    for row in rows:
        row.values = {column: row.cells[place] for column, place in places.items()}
        row.choice, row.person = Choice.UNSAID, None
    _check(source, rows, actor, today)
    ImportRow.objects.bulk_update(
        rows, ["values", "choice", "person", "verdict", "told_sv", "told_en"], batch_size=200
    )
    source.state = ImportState.CHECKED
    save_checked(source)
    ColumnMatching.objects.update_or_create(
        user=actor,
        fingerprint=_fingerprint(source.headings),
        defaults={"matching": columns},
    )
    _log(actor, source, "matched")
    return source


# --- checked -------------------------------------------------------------------------------------
def districts_below(centre: Unit) -> dict[str, Unit]:
    """The districts of the centre by their names as people write them."""
    districts = Unit.objects.active().within(centre).filter(kind=UnitKind.DISTRICT)
    return {rules.plain(unit.name): unit for unit in districts}


def _check(source: ListImport, rows: list[ImportRow], actor: User, today: date) -> None:
    """What each row is: a new person, a known one, perhaps a known one, or wrong. A fixed number of
    queries, however many rows."""
    facts = [rules.understood(row.values, today) for row in rows]
    districts = districts_below(source.centre)
    likes = alike_many(actor, [facts_from(each.fields, each.identity) for each in facts])
    numbers = {each.identity.number for each in facts if each.identity}
    taken = set(
        IdentityNumber.objects.filter(number__in=numbers, is_current=True).values_list(
            "number", flat=True
        )
    )
    seen: dict[str, int] = {}
    for row, each, found in zip(rows, facts, likes, strict=True):
        number = each.identity.number if each.identity else ""
        earlier = seen.get(number) if number else None
        if number:
            seen.setdefault(number, row.line)
        verdict, person, tell = _verdict(
            row.values, each, found, number in taken, earlier, districts, today
        )
        _say(row, verdict, person, tell)


def _say(row: ImportRow, verdict: str, person: Person | None, tell: Tell) -> None:
    row.verdict, row.person = verdict, person
    for name, text in _both(tell).items():
        setattr(row, name, text)


def _verdict(
    values: Mapping[str, str],
    facts: rules.RowFacts,
    found: list[Likeness],
    is_taken: bool,
    earlier: int | None,
    districts: Mapping[str, Unit],
    today: date,
) -> tuple[str, Person | None, Tell]:
    district_missing = facts.district and rules.plain(facts.district) not in districts
    if facts.problems or district_missing:

        def problems() -> str:
            english = translation.get_language() == "en"
            texts = rules.understood(values, today, english=english).problems
            if district_missing:
                texts.append(
                    _("The centre has no district called %(name)s.") % {"name": facts.district[:60]}
                )
            return " ".join(texts)

        return Verdict.WRONG, None, problems
    same = next((like for like in found if like.has_number), None)
    if same is not None:
        return (
            Verdict.KNOWN,
            same.person,
            lambda: _("Registered already, by the identity number."),
        )
    if is_taken:
        return Verdict.WRONG, None, number_refused
    if earlier is not None:
        return (
            Verdict.KNOWN,
            None,
            lambda: _("The same identity number as in row %(line)d.") % {"line": earlier},
        )
    if found:
        best = found[0]
        return (
            Verdict.POSSIBLE,
            best.person,
            lambda: (
                _("May be a person who is registered already: %(why)s.") % {"why": best.because}
            ),
        )
    return Verdict.NEW, None, lambda: _("A new person.")


def number_refused() -> str:
    """What is said of a number that somebody hidden has: nothing of who or why."""
    return _("This number cannot be used. Check it; if it is right, let your manager look into it.")


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
    _check(source, [row], actor, today)
    row.choice = Choice(choice)
    if choice in (Choice.SAME, Choice.SEPARATE) and (changed or row.person_id != before):
        row.choice = Choice.UNSAID  # it was said of somebody else
    if row.verdict != Verdict.POSSIBLE and choice != Choice.SKIP:
        row.choice = Choice.UNSAID
    save_checked(row)
    _log(actor, source, "row")
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
    if "retry" in moves and not source.rows.filter(state=RowState.WAITING).exists():
        moves.remove("retry")
    return moves


@transaction.atomic
def move_list(source: ListImport, move: str, *, actor: User, now: datetime) -> ListImport:
    """Start, go on with the corrected rows, or throw the list away. Raises Refused out of turn."""
    source = lock(source)
    require(actor, "person.import", source)
    if move not in available_moves(source):
        raise Refused(_("The list is already %(state)s.") % {"state": source.get_state_display()})
    source.state = MOVES[move][1]
    if move == "drop":
        source.rows.all().delete()
        source.finished_at = now
    elif source.uploaded_by_id != actor.pk:
        source.uploaded_by, source.acting = actor, actor.acting
    save_checked(source)
    _log(actor, source, move)
    return source


@transaction.atomic
def claim(pk: int, now: datetime) -> ListImport | None:
    """Take a list; one winner, by a conditional update. None when somebody else was first."""
    taken = (
        ListImport.objects.claimable(now)
        .filter(pk=pk)
        .update(state=ImportState.RUNNING, attempts=F("attempts") + 1, lease_until=now + LEASE)
    )
    if not taken:
        return None
    return ListImport.objects.select_related("centre", "uploaded_by", "acting__unit").get(pk=pk)


def keep_lease(source: ListImport, now: datetime) -> bool:
    """Go on holding the list; False when the lease went to somebody else."""
    held = ListImport.objects.filter(
        pk=source.pk, state=ImportState.RUNNING, attempts=source.attempts
    )
    return bool(held.update(lease_until=now + LEASE))


def register_row(source: ListImport, pk: int, *, actor: User, today: date) -> bool:
    """Register one row, whole or not at all; False when another worker has the list now.

    Doing it again changes nothing: a row that is done is left alone.
    """
    try:
        with transaction.atomic():
            held = ListImport.objects.select_for_update().filter(
                pk=source.pk, state=ImportState.RUNNING, attempts=source.attempts
            )
            if not held.exists():
                return False
            row = ImportRow.objects.select_for_update(of=("self",)).get(pk=pk)
            if row.state == RowState.WAITING:
                _register(source, row, actor, today)
    except (Refused, ValidationError) as error:
        text = str(error) if isinstance(error, Refused) else " ".join(error.messages)
        _fail(pk, lambda: text)
    except Exception:
        logger.exception("row not registered", list_id=source.pk, row_id=pk)
        _fail(pk, lambda: _("Something went wrong with this row. Nothing of it was registered."))
    return True


@transaction.atomic
def _fail(pk: int, tell: Tell) -> None:
    row = ImportRow.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.state == RowState.WAITING:
        row.state = RowState.FAILED
        for name, text in _both(tell).items():
            setattr(row, name, text)
        row.save()


def _register(source: ListImport, row: ImportRow, actor: User, today: date) -> None:
    if row.choice == Choice.SKIP:
        _end(row, RowState.LEFT_OUT, row.person, lambda: _("Left out, as it was said."))
        return
    facts = rules.understood(row.values, today)
    found = alike(actor, facts_from(facts.fields, facts.identity))
    is_taken = (
        facts.identity is not None
        and IdentityNumber.objects.filter(number=facts.identity.number, is_current=True).exists()
    )
    answered = row.choice if row.person_id in {like.person.pk for like in found} else ""
    verdict, person, tell = _verdict(
        row.values, facts, found, is_taken, None, districts_below(source.centre), today
    )
    if verdict == Verdict.POSSIBLE and answered == Choice.SAME:
        person = unhidden_persons(actor).get(pk=row.person_id)
        tell = lambda: _("Registered already, as it was said.")  # noqa: E731
    elif (verdict == Verdict.POSSIBLE and not answered) or verdict == Verdict.WRONG:
        _say(row, verdict, person, tell)
        row.state = RowState.FAILED
        save_checked(row)
        return
    elif verdict != Verdict.KNOWN:
        person = register_person(facts.fields, facts.identity, source.centre, actor=actor)
        for like in found:
            answer_pair(person, like.person, PairAnswer.SEPARATE, actor=actor)
        tell = lambda: _("Registered as a new person.")  # noqa: E731
    row.verdict = verdict
    if _refer(source, facts, person, actor, today):
        told = tell
        tell = lambda: " ".join((told(), _("Referred to the centre.")))  # noqa: E731
    _end(row, RowState.DONE, person, tell)


def _refer(
    source: ListImport, facts: rules.RowFacts, person: Person, actor: User, today: date
) -> bool:
    """Send the person to the centre when the row says by whom and on what ground, and the one who
    uploaded the list may; whether it was done. Raises Refused when the person is there already."""
    may_send = can(actor, "referral_in.send", source)
    if not facts.source or not facts.ground or not may_send:
        return False
    districts = districts_below(source.centre)
    send_referral(
        person,
        {},
        None,
        Sending(
            source=facts.source,
            centre=source.centre,
            ground=facts.ground,
            district=districts.get(rules.plain(facts.district)) if facts.district else None,
        ),
        actor=actor,
        today=today,
    )
    return True


def _end(row: ImportRow, state: str, person: Person | None, tell: Tell) -> None:
    row.state, row.person, row.cells, row.values = state, person, [], {}
    for name, text in _both(tell).items():
        setattr(row, name, text)
    save_checked(row)


@transaction.atomic
def finish(source: ListImport, now: datetime, actor: User | None) -> bool:
    """The list is done; False when the lease went to somebody else."""
    done = ListImport.objects.filter(
        pk=source.pk, state=ImportState.RUNNING, attempts=source.attempts
    ).update(state=ImportState.DONE, lease_until=None, finished_at=now)
    if done:
        _log(actor, source, "done")
    return bool(done)


def stop_without_right(source: ListImport, now: datetime) -> None:
    """The uploader's right has ended: what is left is not registered."""
    rows = source.rows.filter(state=RowState.WAITING)
    for pk in list(rows.order_by("line").values_list("pk", flat=True)):
        _fail(pk, lambda: _("The one who uploaded the list may not register any more."))
    finish(source, now, None)


def forget_old_lists(now: datetime) -> int:
    """What stands in rows that nobody has gone on with for 30 days is removed; returns how many."""
    old = ImportRow.objects.filter(
        source__uploaded_at__lt=now - timedelta(days=KEPT_DAYS),
        state__in=[RowState.WAITING, RowState.FAILED],
    ).exclude(source__state__in=[ImportState.QUEUED, ImportState.RUNNING])
    return old.update(
        state=RowState.LEFT_OUT, cells=[], values={}, told_sv="", told_en="", person=None
    )
