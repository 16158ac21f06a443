"""What happens to a plan: an activity broken off, paused or replaced, a change that waits for an
answer, an interruption with its paper, the next period approved ahead, a refusal. A case or two of
each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from activityplans.enums import BreakReason, FollowUpResult, NextMove
from activityplans.models import PlanLine, PlanVersion
from activityplans.rules import latest_end
from activityplans.transitions import follow_ups, plans
from activityplans.transitions.life import break_off
from activityplans.transitions.plan_inputs import LINE_PLAIN, PLAIN, LineInput, PlanInput
from jobcentre.casework.approvals.writer import decide
from jobcentre.casework.enums import ApprovalState, Area, PauseReason
from jobcentre.casework.models import Approval, Case
from jobcentre.casework.transitions import clocks, records
from jobcentre.demo import paper, texts
from jobcentre.demo.stories import Fate

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

BROKEN_OFF = (
    (BreakReason.NOT_FITTING, "Gruppen var för stor. Vill pröva något enskilt i stället."),
    (BreakReason.HEALTH, "Läkaren avråder från att sitta stilla så länge."),
)
REPLACED = "Den förra gav inget mer. Den nya är närmare målet."
CERTIFICATE = "Läkarintyg"
BEGUN_DAYS = 44
ENDING_DAYS = 170  # a plan that began then has a week or two left
REFUSED = (
    "Målet och aktiviteterna motsvarar inte det vi kom överens om vid nybesöket, och inget hindrar att "
    "arbetsträningen börjar nu."
)


def tell_plan_lives(teller: Teller) -> None:
    """Each of another case of the first coach, begun six weeks ago with activities at the centre."""
    for reason, note in BROKEN_OFF:
        _break_off(teller, _in_force(teller), reason, note)
    for is_answered in (True, False):
        _replace(teller, _in_force(teller), is_answered=is_answered)
    _follow_up_replaced(teller, _in_force(teller))
    _interrupt_now(teller, _in_force(teller))
    _interrupted(teller, _in_force(teller))
    _coming(teller)
    _refused(teller)


def _in_force(teller: Teller) -> PlanVersion | None:
    """The plan of one more case; None when its answer has not come."""
    start = teller.near(teller.today - timedelta(days=BEGUN_DAYS))
    fate = Fate("planned", stays_days=900, plan_after=2, here=True, in_first_queue=True)
    case = teller.tell(next(iter(teller.world.centres)), start, fate)
    _forget_rights(teller)
    return plans.version_in_force(case)


def _coming(teller: Teller) -> None:
    """Reviewed in time: the plan of the next period is approved and begins when this one is over."""
    start = teller.near(teller.today - timedelta(days=ENDING_DAYS))
    fate = Fate("planned", stays_days=900, plan_after=2, here=True, in_first_queue=True)
    case = teller.tell(next(iter(teller.world.centres)), start, fate)
    _forget_rights(teller)
    version = plans.version_in_force(case)
    if version is None or version.ends_before <= teller.today:
        return
    day, first = _lately(teller, 4), version.ends_before
    kept = {name: getattr(version, name) for name in PLAIN}
    last = latest_end(first)
    written = PlanInput(
        **{**kept, "starts_on": first, "ends_before": last, "change_reason": texts.NEXT_PERIOD},
        lines=teller.lines(case, first, last),
    )
    coach = teller.coach_of(case)
    with teller.on(day, 10):
        follow_ups.review_plan(case, texts.REVIEWS[0], actor=coach, today=day)
        draft = plans.save_draft(case, written, actor=coach, today=day)
        approval = plans.submit_plan(draft, actor=coach, today=day)
    answered = teller.near(day + timedelta(days=1))
    with teller.on(answered, 11):
        _answer(teller, approval, ApprovalState.APPROVED, answered)


def _refused(teller: Teller) -> None:
    """A first plan that was refused, with the grounds and how to have it tried."""
    start = teller.near(teller.today - timedelta(days=10))
    case = teller.tell(
        next(iter(teller.world.centres)),
        start,
        Fate("submitted", plan_after=3, here=True, in_first_queue=True),
    )
    _forget_rights(teller)
    approval = Approval.objects.pending().filter(case=case).first()
    if approval is None:
        return
    day = min(teller.workday(approval.requested_on, 1), teller.today)
    with teller.on(day, 14):
        _answer(teller, approval, ApprovalState.REFUSED, day, REFUSED)


def _answer(teller: Teller, approval, state: ApprovalState, day: date, reason: str = "") -> None:
    decide(
        approval,
        state,
        actor=teller.world.secretaries[approval.case.income_support_unit_id][0],
        today=day,
        seen_hash=approval.content_hash,
        reason=reason,
    )


def _forget_rights(teller: Teller) -> None:
    for user in teller.actors:
        user.remembered_relations = {}


def _going_on(version: PlanVersion, teller: Teller) -> PlanLine:
    """The activity of the plan that goes on longest."""
    lines = version.lines.filter(starts_on__lt=teller.today - timedelta(days=10))
    return lines.select_related("activity__service", "activity__case").order_by("-ends_before")[0]


def _lately(teller: Teller, days: int) -> date:
    return min(teller.near(teller.today - timedelta(days=days)), teller.today)


def _break_off(teller: Teller, version: PlanVersion | None, reason: str, note: str) -> None:
    if version is None:
        return
    day = _lately(teller, 5)
    activity, actor = _going_on(version, teller).activity, teller.coach_of(version.case)
    with teller.on(day, 14):
        break_off(activity, day, reason, note, actor=actor, today=day)


def _follow_up_replaced(teller: Teller, version: PlanVersion | None) -> None:
    """Ended by a follow-up that says that another activity comes instead."""
    if version is None:
        return
    day = _lately(teller, 4)
    with teller.on(day, 11):
        follow_ups.follow_up_activity(
            _going_on(version, teller).activity,
            ended_on=day,
            result=FollowUpResult.PARTLY,
            comment="Kan momenten nu. Behöver öva på en arbetsplats i stället.",
            next_move=NextMove.REPLACE,
            actor=teller.coach_of(version.case),
            today=day,
        )


def _replace(teller: Teller, version: PlanVersion | None, *, is_answered: bool) -> None:
    """A change of the plan with another activity in the place of one; the first is approved, the
    second waits for an answer."""
    if version is None:
        return
    case = version.case
    day = _lately(teller, 6 if is_answered else 1)
    coach = teller.coach_of(case)
    with teller.on(day, 10):
        draft = plans.save_draft(case, _changed(teller, version, day), actor=coach, today=day)
        approval = plans.submit_plan(draft, actor=coach, today=day)
    if approval is None or not is_answered:
        return
    answered = teller.near(day + timedelta(days=1))
    with teller.on(answered, 13):
        _answer(teller, approval, ApprovalState.APPROVED, answered)


def _changed(teller: Teller, version: PlanVersion, day: date) -> PlanInput:
    """The plan as it stands, but for one activity, and a reason."""
    old = _going_on(version, teller)
    had = set(version.lines.values_list("activity__service__key", flat=True))
    key, _hours, description, result = next(
        each for each in texts.ACTIVITIES[version.case.track] if each[0] not in had
    )
    lines = []
    for line in version.lines.select_related("activity__service", "provider"):
        slots = tuple(each.slot for each in line.times.all())
        values = {name: getattr(line, name) for name in LINE_PLAIN}
        if line.pk == old.pk:
            values |= {
                "description": description,
                "expected_result": result,
                "starts_on": day,
                "follow_up_on": None,
                "change_reason": REPLACED,
            }
        lines.append(
            LineInput(
                service=teller.codes.services[key] if line.pk == old.pk else line.activity.service,
                activity=None if line.pk == old.pk else line.activity,
                hours_per_week=line.hours_per_week,
                times=slots,
                **values,
            )
        )
    kept = {name: getattr(version, name) for name in PLAIN}
    return PlanInput(**{**kept, "change_reason": REPLACED}, lines=lines)


def _certificate(teller: Teller, case: Case, title: str):
    file = paper.one_page(f"{title}. Provexemplar, gäller ingen verklig person.")
    return records.add_document(
        case, title, file, "application/pdf", Area.SENSITIVE, actor=teller.coach_of(case)
    )


def _interrupt_now(teller: Teller, version: PlanVersion | None) -> None:
    """Ill since last week: what goes on in the plan is paused."""
    if version is None:
        return
    case, day = version.case, _lately(teller, 6)
    with teller.on(day, 9):
        clocks.pause_clock(
            case,
            day,
            None,
            PauseReason.ILLNESS,
            "Ringde själv. Vill komma tillbaka till samma grupp.",
            actor=teller.coach_of(case),
            expected_back_on=teller.near(teller.today + timedelta(days=15)),
            document=_certificate(teller, case, f"{CERTIFICATE}, inlämnat {day}"),
        )


def _interrupted(teller: Teller, version: PlanVersion | None) -> None:
    """Away for some days this month and back again; the clocks were moved."""
    if version is None:
        return
    case, day = version.case, _lately(teller, 17)
    actor = teller.coach_of(case)
    with teller.on(day, 9):
        pause = clocks.pause_clock(
            case,
            day,
            None,
            PauseReason.TREATMENT,
            "",
            actor=actor,
            expected_back_on=day + timedelta(days=7),
            document=_certificate(teller, case, f"Kallelse till behandling, {day}"),
        )
    back = teller.near(day + timedelta(days=8))
    with teller.on(back, 8):
        clocks.end_pause(pause, back, actor=actor)
