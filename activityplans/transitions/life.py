"""An activity broken off, and whether the next one should be of another kind."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.in_force import replaced_on
from activityplans.known_activities import KnownActivity, known_activities
from activityplans.life import ActivityFacts, ActivityState, asks_for_another_kind, may, state_of
from activityplans.models import (
    Activity,
    ActivityBreak,
    ActivityFollowUp,
    PlanLine,
    PlanVersion,
)
from activityplans.transitions.sessions import end_sessions
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.casework.registries import activity_steps
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.ui import formats
from jobcentre.workdays import Period


def facts_of(activity: Activity, today: date) -> ActivityFacts | None:
    """What is known of the activity on `today`; None while no version with it has been in force."""
    lines = list(
        PlanLine.objects.filter(activity=activity, version__approved_on__isnull=False)
        .select_related("version")
        .order_by("version__number")
    )
    if not lines:
        return None
    line = lines[-1]
    left_out = replaced_on(line.version.number, PlanVersion.objects.filter(case=activity.case_id))
    ends_before = min(line.ends_before, left_out or line.ends_before)
    follow_up = ActivityFollowUp.objects.filter(activity=activity).first()
    broken_off = ActivityBreak.objects.filter(activity=activity).first()
    pauses = [Period(each.starts_on, each.ends_before) for each in activity.case.pauses.all()]
    return ActivityFacts(
        starts_on=min(each.starts_on for each in lines),
        ends_before=ends_before,
        is_in_force=ends_before == line.ends_before or today < ends_before,
        is_interrupted=any(pause.contains(today) for pause in pauses),
        broken_off_on=broken_off and broken_off.last_on,
        is_followed_up=follow_up is not None,
        was_replaced=follow_up is not None and follow_up.next_move == "replace",
    )


@transaction.atomic
def break_off(
    activity: Activity, last_on: date, reason: str, note: str, *, actor: User | None, today: date
) -> ActivityBreak:
    """The activity ends before its time, `last_on` being its last day; its follow-up is due from it.

    Raises Refused when it is over already, never was in force, or the day lies ahead or outside it,
    and when the case is closed.
    """
    case = lock(activity.case)
    require(actor, "activity.follow_up", activity)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    facts = facts_of(activity, today)
    if facts is None:
        raise Refused(_("The activity is not in force yet. Take it out of the plan instead."))
    state = state_of(facts, today)
    if not may("break_off", state) or facts.broken_off_on is not None:
        raise Refused(_("The activity is %(state)s.") % {"state": ActivityState(state).label})
    if last_on > today:
        raise Refused(_("An activity is broken off when it has happened, not ahead."))
    if last_on >= facts.ends_before or (last_on < facts.starts_on <= today):
        raise Refused(_("The last day must lie within the activity."))
    row = ActivityBreak(
        activity=activity,
        last_on=last_on,
        reason=reason,
        note=note.strip(),
        decided_by=actor or case.coach,
    )
    save_checked(row)
    end_sessions(activity, last_on, today)
    record_event(
        case,
        "activity.broken_off",
        actor=actor,
        payload={
            "service": activity.service.label_sv,
            "last_on": last_on,
            "reason": reason,
        },
    )
    for step in activity_steps:
        step.broken_off(activity, today)
    clock.recompute(case)
    log.record(actor, "activity.break_off", access=Access.CHANGE, subject=case.person.ref, obj=row)
    return row


def results_of(case: Case) -> dict[int, list[str]]:
    """What the follow-ups of the case said, oldest first, by the id of the service; one query."""
    found: dict[int, list[str]] = {}
    rows = ActivityFollowUp.objects.filter(activity__case=case).order_by("ended_on", "pk")
    for service_id, result in rows.values_list("activity__service_id", "result"):
        found.setdefault(service_id, []).append(result)
    return found


def other_kind_sentences(version) -> list[str]:
    """For a version about to be sent: each new activity of a kind that twice in a row gave no
    result, unless its line says why it is tried again."""
    results = results_of(version.case)
    tired = {service for service, each in results.items() if asks_for_another_kind(each)}
    if not tired:
        return []
    lines = version.lines.filter(
        activity__service__in=tired, activity__follow_up__isnull=True, change_reason=""
    )
    return [
        _(
            "%(service)s gave no result twice in a row. Choose another kind, or say at the activity "
            "why it is tried again."
        )
        % {"service": line.activity.service}
        for line in lines.select_related("activity__service")
    ]


def lengthened_sentences(version: PlanVersion, today: date) -> list[str]:
    """For a version about to be sent: each activity that has ended and that it makes longer. What is
    over has no more sessions and no new follow-up, and what waits for its follow-up would wait no
    longer; to go on is a new activity."""
    known = {
        each.line.activity_id: each
        for each in known_activities(list(version.case.plan_versions.all()))
    }
    found = []
    for line in version.whole_lines():
        before = known.get(line.activity_id)
        sentence = before and _why_not_longer(before, line.ends_before, today)
        if sentence:
            told = {"service": line.activity.service, "day": formats.day_year(before.last_on)}
            found.append(sentence % told)
    return found


def _why_not_longer(known: KnownActivity, ends_before: date, today: date) -> str:
    """Why the activity cannot go on until `ends_before`, as a wording; empty when it can."""
    if known.is_over:
        if ends_before <= known.line.ends_before:
            return ""
        return _(
            "%(service)s ended on %(day)s and cannot be made longer. To go on, take it away and add "
            "it as a new activity."
        )
    if not known.took_place or known.last_on >= today or ends_before <= known.ends_before:
        return ""
    return _(
        "%(service)s ended on %(day)s and is not followed up. Follow it up first. To go on, take it "
        "away here and add it as a new activity."
    )
