"""What is written in the mapping. The only writers of its state, its answers and their wordings."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.enums import MappingState
from intake.mapping import rules
from intake.mapping.enums import PartyKind
from intake.mapping.reading import areas_open_to, asked, current
from intake.mapping.rules import EMPTY, Outcome, Statement
from intake.models import (
    AnswerVersion,
    Mapping,
    MappingAnswer,
    MappingArea,
    MappingPart,
    SummaryVersion,
)
from intake.transitions.traces import log_change
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify
from jobcentre.replay import moment_now

MAX_PARTS = 200


@dataclass(frozen=True)
class Written:
    """What is written of one area over its wording number `edit` (0: there was none)."""

    statement: Statement
    edit: int = 0


@dataclass(frozen=True)
class MappingInput:
    """What a page of the mapping sends: areas by key, the summary over its wording `edit`."""

    areas: dict[str, Written] = field(default_factory=dict)
    summary: str = ""
    others: str = ""
    edit: int = 0


class ChangedMeanwhile(Conflict):
    """Somebody else has written in the same areas since the page was opened.

    `answers` are what stands there now, by area; `summary` the mapping when its summary is among
    what was changed. Nothing was saved.
    """

    def __init__(self, answers: dict[str, MappingAnswer], summary: Mapping | None):
        super().__init__(
            _(
                "Somebody else has written in the same areas since you opened the page. "
                "What they wrote stands beside yours: put them together and save again."
            )
        )
        self.answers, self.summary = answers, summary


def statement_of(row: MappingAnswer | AnswerVersion | None) -> Statement:
    """The wording of a row as a value; of None an empty one."""
    if row is None:
        return EMPTY
    return Statement(
        row.level, row.text, row.resources, row.obstacles, row.needs_measure, row.source
    )


@transaction.atomic
def save_mapping(
    case: Case, written: MappingInput, *, actor: User | None, today: date, complete: bool = False
) -> Mapping:
    """Begin, go on with, complete or change the mapping of a case.

    Only what differs is written, each with its author and day; the former wording is kept. Raises
    ChangedMeanwhile when somebody else has written over the same wordings, Refused when it is to
    be completed and something is missing, PermissionDenied for areas that are closed to `actor`.
    """
    case = lock(case)
    require(actor, "mapping.edit", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    areas = _areas(case, actor)
    if set(written.areas) - set(areas):
        raise PermissionDenied("mapping.edit")
    mapping = current(case)
    is_new = mapping is None
    if is_new:
        mapping = Mapping(case=case, begun_on=today, made_by=actor or case.coach, edit=0)
    answers = {} if is_new else {row.area_id: row for row in mapping.answers.all()}
    changes = _changes(mapping, answers, written)
    was_complete = mapping.state == MappingState.COMPLETED
    new_summary = (written.summary, written.others) != (mapping.summary, mapping.others)
    if new_summary and _summary_outcome(mapping, written) is not Outcome.LEAVE:
        mapping.summary, mapping.others = written.summary, written.others
        mapping.edit += 1
    else:
        new_summary = False
    if complete and not was_complete:
        standing = {key: statement_of(row) for key, row in answers.items()} | changes
        _check_complete(areas.values(), standing, mapping, today)
        mapping.state = MappingState.COMPLETED
        mapping.completed_on = today
    if is_new and mapping.edit == 0:
        mapping.edit, new_summary = 1, True
    save_checked(mapping)
    author = actor or case.coach
    if new_summary:
        _keep_summary(mapping, author)
    _write(mapping, answers, changes, author)
    _tell(case, mapping, actor, today, is_new, was_complete, len(changes) + new_summary)
    log_change(actor, "mapping.edit", mapping, case.person, ["answers", "summary"])
    return mapping


def _areas(case: Case, actor: User | None) -> dict[str, MappingArea]:
    """The areas by key that `actor` may write in; the system itself in all."""
    rows = MappingArea.objects.order_by("position", "id")
    return {area.key: area for area in (areas_open_to(actor, case) if actor else rows)}


def _changes(mapping, answers, written: MappingInput) -> dict[str, Statement]:
    """What is to be written by area. Raises ChangedMeanwhile."""
    stale = {
        key: answers[key]
        for key, each in written.areas.items()
        if key in answers and answers[key].edit != each.edit
    }
    began_with = {
        (row.answer_id, row.edit): statement_of(row)
        for row in (AnswerVersion.objects.filter(answer__in=stale.values()) if stale else ())
    }
    changes, conflicts = {}, {}
    for key, each in written.areas.items():
        row = answers.get(key)
        if row is None and each.statement.says_nothing:
            continue
        now = statement_of(row)
        base = began_with.get((row.pk, each.edit), EMPTY) if key in stale else now
        mine = each.statement
        if mine.says_nothing and base == EMPTY:
            continue  # the section was never touched on this page
        outcome = rules.merged(mine, base, now)
        if outcome is Outcome.WRITE:
            changes[key] = mine
        elif outcome is Outcome.CONFLICT:
            conflicts[key] = row
    summary = _summary_outcome(mapping, written) if mapping.pk else Outcome.WRITE
    if conflicts or summary is Outcome.CONFLICT:
        raise ChangedMeanwhile(conflicts, mapping if summary is Outcome.CONFLICT else None)
    return changes


def _summary_outcome(mapping: Mapping, written: MappingInput) -> Outcome:
    mine, now = (written.summary, written.others), (mapping.summary, mapping.others)
    base = now
    if mapping.pk and mapping.edit != written.edit:
        kept = mapping.summaries.filter(edit=written.edit).first()
        base = (kept.summary, kept.others) if kept else ("", "")
    return rules.merged(mine, base, now)


def _check_complete(areas: Iterable[MappingArea], standing, mapping: Mapping, today: date) -> None:
    required = {
        area.key: area.label
        for area in areas
        if area.is_required
        and area.valid_from <= today
        and (area.valid_to is None or area.valid_to > today)
    }
    missing = rules.unanswered(required, standing)
    if missing:
        names = ", ".join(required[key] for key in missing)
        raise Refused(
            _("Answer these areas before you complete the mapping: %(areas)s.") % {"areas": names}
        )
    if not mapping.summary.strip():
        raise Refused(_("Write the summary before you complete the mapping."))


def _keep_summary(mapping: Mapping, author: User) -> None:
    SummaryVersion.objects.create(
        mapping=mapping,
        edit=mapping.edit,
        summary=mapping.summary,
        others=mapping.others,
        changed_by=author,
    )


def _write(mapping: Mapping, answers, changes: dict[str, Statement], author: User) -> None:
    """Answers and their wordings, in a fixed number of statements."""
    at = moment_now()
    new, old = [], []
    for key, statement in changes.items():
        row = answers.get(key)
        (old if row else new).append(row := row or MappingAnswer(mapping=mapping, area_id=key))
        for name, value in asdict(statement).items():
            setattr(row, name, value)
        row.edit = row.edit + 1 if row.pk else 1
        row.changed_by, row.changed_at = author, at
        row.clean_fields(exclude=["mapping", "area", "changed_by"])
    MappingAnswer.objects.bulk_create(new)
    if old:
        names = [*asdict(EMPTY), "edit", "changed_by", "changed_at"]
        MappingAnswer.objects.bulk_update(old, names)
    AnswerVersion.objects.bulk_create(
        [
            AnswerVersion(
                answer=row,
                **asdict(statement_of(row)),
                edit=row.edit,
                changed_by=author,
                changed_at=at,
            )
            for row in (*new, *old)
        ]
    )


def _tell(case, mapping, actor, today, is_new, was_complete, changed: int) -> None:
    if is_new:
        record_event(case, "mapping.begun", actor=actor, payload={"begun_on": today})
    if mapping.state == MappingState.COMPLETED and not was_complete:
        record_event(case, "mapping.completed", actor=actor, payload={"completed_on": today})
    elif was_complete and changed:
        record_event(case, "mapping.changed", actor=actor, payload={"parts": changed})


# --- other parties -------------------------------------------------------------------------------
@dataclass(frozen=True)
class PartInput:
    """What another party has said of an area (its key) on a day."""

    area: str
    text: str
    said_on: date
    party: str = PartyKind.GUIDANCE
    name: str = ""
    organisation: str = ""
    for_person: bool = True


@transaction.atomic
def add_part(case: Case, said: PartInput, *, actor: User, today: date) -> MappingPart:
    """Add what another party has said; a study counsellor in their own name, a coach in that of
    whoever said it. Raises Refused in an area that is closed to the writer."""
    case = lock(case)
    require(actor, "mapping.contribute", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    area = asked(areas_open_to(actor, case), today).filter(key=said.area).first()
    if area is None:
        raise Refused(_("Choose one of the areas."))
    if case.mapping_parts.count() >= MAX_PARTS:
        raise Refused(_("There are already %(n)d parts in this mapping.") % {"n": MAX_PARTS})
    part = MappingPart(
        case=case,
        area=area,
        party=said.party,
        name=said.name,
        organisation=said.organisation,
        said_on=said.said_on,
        text=said.text,
        for_person=said.for_person,
        written_by=actor,
    )
    save_checked(part)
    record_event(case, "mapping.part_added", actor=actor, payload={"party": said.party})
    if case.coach_id and case.coach_id != actor.pk:
        notify(
            NoticeText(
                user_id=case.coach_id,
                key=f"mapping-part:{part.pk}",
                sentence=gettext_lazy("Somebody has added a part to the mapping of case %(case)s."),
                payload={"case": case.number},
                url_name="intake:mapping",
                url_arg=case.number,
            )
        )
    log_change(actor, "mapping.contribute", part, case.person, ["text"])
    return part
