"""The plan laid out in time: what is done, runs, comes and is proposed, with pauses and reviews."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activityplans.enums import PlanState
from activityplans.models import PlanLine, PlanVersion
from jobcentre.casework.models import Case
from jobcentre.ui import charts, formats


def plan_timeline(
    case: Case,
    versions: Sequence[PlanVersion],
    held: Sequence[PlanLine],
    sent: Sequence[PlanLine],
    today: date,
) -> charts.Timeline | None:
    """The timeline of the lines in force (`held`) and of those that wait for approval (`sent`);
    None when there are neither.

    No query: `versions` carry `reviewed_on` and `review_due_on`, the lines their activity, service
    and follow-up, and the case its pauses.
    """
    same = {(line.activity_id, line.starts_on, line.ends_before) for line in held}
    proposed = [
        line for line in sent if (line.activity_id, line.starts_on, line.ends_before) not in same
    ]
    lines = [*held, *proposed]
    if not lines:
        return None
    shown = [v for v in versions if v.state in (PlanState.APPROVED, PlanState.SUBMITTED)]
    starts_on = min([*(v.starts_on for v in shown), *(line.starts_on for line in lines)])
    marks = [mark for mark in _marks(versions) if mark.on >= starts_on]
    return charts.Timeline(
        title=_finding(held, proposed, today),
        note=_note(marks),
        activities=tuple(
            [_held(line, case, today) for line in held] + [_proposed(line) for line in proposed]
        ),
        starts_on=starts_on,
        ends_before=max(
            [
                *(v.ends_before for v in shown),
                *(line.ends_before for line in lines),
                *(mark.on + timedelta(days=1) for mark in marks),
            ]
        ),
        today=today,
        marks=tuple(marks),
    )


def _held(line: PlanLine, case: Case, today: date) -> charts.Activity:
    follow_up = getattr(line.activity, "follow_up", None)
    ended = follow_up.ended_on + timedelta(days=1) if follow_up else line.ends_before
    is_done = ended <= today
    words = ""
    if is_done:
        last = formats.day_short(ended - timedelta(days=1))
        words = (_("done %(day)s") if follow_up else _("ended %(day)s")) % {"day": last}
    ends_before = max(min(ended, line.ends_before), line.starts_on + timedelta(days=1))
    return charts.Activity(
        label=str(line.activity.service.label),
        starts_on=line.starts_on,
        ends_before=ends_before,
        state="done" if is_done else "running",
        meta=_meta(line),
        words=words,
        pauses=_pauses(case, line.starts_on, ends_before, today),
    )


def _proposed(line: PlanLine) -> charts.Activity:
    return charts.Activity(
        label=str(line.activity.service.label),
        starts_on=line.starts_on,
        ends_before=line.ends_before,
        state="proposed",
        meta=_meta(line),
        words=_("proposed"),
    )


def _meta(line: PlanLine) -> str:
    where = line.provider.name if line.provider else line.place
    hours = _("%(hours)s h a week") % {"hours": formats.number(line.hours_per_week)}
    return f"{where}, {hours}" if where else hours


def _pauses(case: Case, starts_on: date, ends_before: date, today: date):
    """The parts of the case's pauses inside the period; one that goes on is drawn to today."""
    cut = [
        (max(pause.starts_on, starts_on), min(pause.ends_before or today, ends_before))
        for pause in case.pauses.all()
    ]
    return tuple((first, before) for first, before in cut if first < before)


def _marks(versions: Sequence[PlanVersion]) -> list[charts.Mark]:
    done = sorted({v.reviewed_on for v in versions if v.reviewed_on})
    marks = [
        charts.Mark(day, _("reviewed %(day)s") % {"day": formats.day_short(day)}) for day in done
    ]
    due = next((v.review_due_on for v in versions if v.review_due_on), None)
    if due:
        marks.append(
            charts.Mark(
                due, _("to be reviewed by %(day)s") % {"day": formats.day_short(due)}, "soon"
            )
        )
    return marks


def _note(marks: Sequence[charts.Mark]) -> str:
    said = ", ".join(mark.label for mark in marks)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _finding(held: Sequence[PlanLine], proposed: Sequence[PlanLine], today: date) -> str:
    """What the picture says, in one sentence."""
    done = sum(line.ends_before <= today for line in held)
    running = sum(line.starts_on <= today < line.ends_before for line in held)
    coming = len(held) - done - running
    parts = []
    if running:
        parts.append(ngettext("%(n)d is running", "%(n)d are running", running) % {"n": running})
    if coming:
        parts.append(ngettext("%(n)d is coming", "%(n)d are coming", coming) % {"n": coming})
    if done:
        parts.append(ngettext("%(n)d has ended", "%(n)d have ended", done) % {"n": done})
    if proposed:
        waiting = len(proposed)
        parts.append(
            ngettext("%(n)d waits for approval", "%(n)d wait for approval", waiting)
            % {"n": waiting}
        )
    total = ngettext("%(n)d activity", "%(n)d activities", len(held) + len(proposed))
    said = total % {"n": len(held) + len(proposed)}
    return f"{said}: {', '.join(parts)}"
