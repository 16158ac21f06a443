"""Support by a method: begun, taken through its steps, logged, tapered and ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from intake.groups.models import GroupSeries
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, forget_relations, require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.records import end_involvement, involve
from jobcentre.ui import formats
from jobcentre.workdays import add_months
from referrals.aliases import refuse_names
from referrals.enums import OrderState
from referrals.methods.enums import Method, MethodEnd
from referrals.methods.rules import STEPS, may_go_to
from referrals.models import (
    FuturePlan,
    MethodContact,
    MethodIntensity,
    MethodStage,
    MethodSupport,
    Order,
)
from referrals.transitions.method_notices import (
    CHANGED,
    ENDED,
    tell_job_coach,
    tell_left,
    tell_others,
    tell_placed,
)

MONTHS_AHEAD = 6  # so far a change of the support is planned
CONTACT_FIELDS = ("on", "kind", "minutes", "with_whom", "name", "text")
PLAN_FIELDS = ("picture", "strengths", "steps", "help_wanted", "told_on")


@dataclass(frozen=True)
class Start:
    """What the coach begins. Without `order` and `job_coach` the person's coach leads, whoever
    that is; `minutes_per_week` is what is planned from the first day."""

    method: str
    aim: str
    started_on: date
    minutes_per_week: int
    order: Order | None = None
    job_coach: User | None = None
    series: GroupSeries | None = None


def job_coaches(case: Case, today: date):
    """Coaches of the municipality who may be told of the person, but the person's own, by name."""
    held = Membership.objects.valid_on(today).filter(role=Role.COACH)
    users = User.objects.filter(pk__in=held.values("user_id"), is_active=True)
    known = who_may_know(case.person, users.exclude(pk=case.coach_id))
    return users.filter(pk__in=[user.pk for user in known]).order_by("name", "id")


def orders_for(case: Case):
    """Orders in which a provider can carry out the support."""
    return (
        Order.objects.filter(case=case, state__in=OrderState.holding())
        .select_related("provider", "activity__service")
        .order_by("-sent_on", "-pk")
    )


def available_moves(support: MethodSupport, user) -> frozenset[str]:
    """What the user may do with the support now: log, lead, end."""
    if support.ended_on is not None:
        return frozenset()
    asked = {"log": "method.work", "lead": "method.start", "end": "method.end"}
    return frozenset(move for move, action in asked.items() if can(user, action, support))


@transaction.atomic
def start_method(case: Case, wanted: Start, *, actor: User, today: date) -> MethodSupport:
    """Begin a support in the first step of its method.

    Raises Refused when the case is closed, the day is ahead or before the case, or the order is
    not carried out; ValidationError when the person already has support by the method.
    """
    case = lock(case)
    require(actor, "method.start", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if not case.started_on <= wanted.started_on <= today:
        raise Refused(_("The first day lies between the start of the case and today."))
    support = MethodSupport(
        case=case,
        method=wanted.method,
        aim=wanted.aim,
        started_on=wanted.started_on,
        series=wanted.series if wanted.method == Method.MOBILISATION else None,
        started_by=actor,
    )
    _set_leader(support, wanted.order, wanted.job_coach, today)
    _refuse_names(support, wanted.aim)
    save_checked(support)
    save_checked(
        MethodStage(support=support, step=STEPS[wanted.method][0], starts_on=wanted.started_on)
    )
    save_checked(
        MethodIntensity(
            support=support,
            from_on=wanted.started_on,
            minutes_per_week=wanted.minutes_per_week,
            decided_by=actor,
        )
    )
    _involve_leader(support, today)
    tell_placed(support, today)
    record_event(
        case,
        "method.started",
        actor=actor,
        payload={"method": support.method, "who": leader_name(support)},
    )
    _log(actor, "method.start", support, ["method"])
    return support


def leader_name(support: MethodSupport) -> str:
    """Who leads: the provider, the job coach, else the person's coach."""
    if support.order_id:
        return support.order.provider.name
    leader = support.job_coach or support.case.coach
    return leader.name if leader else "–"


def _set_leader(support, order: Order | None, job_coach: User | None, today: date) -> None:
    if order is not None and not orders_for(support.case).filter(pk=order.pk).exists():
        raise Refused(_("Choose an order that the provider has accepted."))
    if job_coach is not None and not job_coaches(support.case, today).filter(pk=job_coach.pk):
        raise Refused(_("Choose a coach who may know of the person."))
    support.order, support.job_coach = order, job_coach


def _involve_leader(support: MethodSupport, today: date) -> None:
    """The job coach sees the case from today, and is told."""
    if support.job_coach is None:
        return
    case = support.case
    known = case.involvements.filter(kind=InvolvementKind.METHOD, subject_key=support.subject_key)
    row = known.first()
    if row is None:
        involve(
            case,
            InvolvementKind.METHOD,
            label=support.job_coach.name,
            starts_on=today,
            subject_key=support.subject_key,
            user=support.job_coach,
            phone=support.job_coach.phone,
        )
    else:
        row.user, row.label, row.phone = (
            support.job_coach,
            support.job_coach.name,
            support.job_coach.phone,
        )
        row.starts_on, row.ends_before, row.visible_before = today, None, None
        save_checked(row)
    forget_relations(support.job_coach)
    tell_job_coach(support)


def _begin(support: MethodSupport, action: str, actor: User | None, edit: int | None):
    """The support under lock, with its case; refused when it has ended."""
    case = lock(support.case)
    support = lock(support, edit)
    support.case = case
    require(actor, action, support)
    acting = getattr(actor, "acting", None)
    if acting is not None and acting.unit.kind == UnitKind.PROVIDER:
        provider = support.order and support.order.provider_id
        if provider != acting.unit_id:  # another provider of the person has nothing to do with it
            raise PermissionDenied(action)
    if support.ended_on is not None:
        raise Refused(_("The support has ended."))
    return support


@transaction.atomic
def change_leader(
    support: MethodSupport,
    *,
    order: Order | None,
    job_coach: User | None,
    actor: User,
    today: date,
    edit: int,
) -> MethodSupport:
    """Another leads from today: a provider's order, a job coach, or (neither) the person's coach."""
    support = _begin(support, "method.start", actor, edit)
    former, former_order = support.job_coach, support.order
    _set_leader(support, order, job_coach, today)
    support.version += 1
    save_checked(support)
    if support.job_coach is None:
        _release(support, former, today)
    elif support.job_coach != former:
        _involve_leader(support, today)
        if former is not None:
            forget_relations(former)
    if support.order != former_order:
        tell_placed(support, today)
        if former_order is not None:
            tell_left(support, former_order, today)
    record_event(
        support.case,
        "method.led",
        actor=actor,
        payload={"method": support.method, "who": leader_name(support)},
    )
    _log(actor, "method.start", support, ["job_coach", "order"])
    return support


def _release(support: MethodSupport, former: User | None, today: date) -> None:
    """The job coach no longer sees the case by the support."""
    end_involvement(support.case, InvolvementKind.METHOD, support.subject_key, ends_before=today)
    if former is not None:
        forget_relations(former)


@transaction.atomic
def take_step(
    support: MethodSupport,
    step: str,
    *,
    on: date,
    outcome: str,
    actor: User,
    today: date,
    edit: int,
) -> MethodStage:
    """Leave the current step, with what came of it, for another one, forward or back.

    Raises Refused when the step is not another one of the method, or the day is ahead or before
    the current step began.
    """
    support = _begin(support, "method.work", actor, edit)
    current = support.stages.get(ends_before__isnull=True)
    if not may_go_to(support.method, current.step, step):
        raise Refused(_("Choose another step of the method."))
    if not current.starts_on <= on <= today:
        raise Refused(_("The day lies between the first day of the current step and today."))
    _refuse_names(support, outcome)
    current.ends_before, current.outcome = on, outcome
    save_checked(current)
    stage = MethodStage(support=support, step=step, starts_on=on)
    save_checked(stage)
    _changed(support, actor, today)
    record_event(
        support.case,
        "method.step",
        actor=actor,
        payload={"method": support.method, "step": step},
    )
    _log(actor, "method.work", support, ["step"])
    return stage


@transaction.atomic
def set_intensity(
    support: MethodSupport,
    minutes_per_week: int,
    *,
    from_on: date,
    why: str,
    actor: User,
    today: date,
    edit: int,
) -> MethodIntensity:
    """Plan more or less support from a day on, which lies after the latest change and at most six
    months ahead: a later one by mistake would stop every change before it.

    Raises Refused when it is the same as before, or not on such a day.
    """
    support = _begin(support, "method.work", actor, edit)
    latest = support.intensities.last()
    if from_on <= latest.from_on:
        raise Refused(_("Choose a day after the latest change."))
    if from_on > add_months(today, MONTHS_AHEAD):
        raise Refused(
            _("Plan at most six months ahead: until %(day)s.")
            % {"day": formats.day_year(add_months(today, MONTHS_AHEAD))}
        )
    if minutes_per_week == latest.minutes_per_week:
        raise Refused(_("That is what is planned already."))
    _refuse_names(support, why)
    row = MethodIntensity(
        support=support,
        from_on=from_on,
        minutes_per_week=minutes_per_week,
        why=why,
        decided_by=actor,
    )
    save_checked(row)
    _changed(support, actor, today)
    record_event(
        support.case,
        "method.intensity",
        actor=actor,
        payload={"method": support.method, "minutes": minutes_per_week, "from_on": from_on},
    )
    _log(actor, "method.work", support, ["intensity"])
    return row


def _refuse_names(support: MethodSupport, *texts: str) -> None:
    """The provider that carries out the support knows a protected person by an alias only."""
    if support.order is not None:
        refuse_names(support.order, *texts)


def _changed(support: MethodSupport, actor: User, today: date) -> None:
    support.version += 1
    support.save(update_fields=["version"])
    tell_others(support, CHANGED, actor, today)


@transaction.atomic
def log_contact(
    support: MethodSupport, values: Mapping, *, actor: User, today: date
) -> MethodContact:
    """Write a contact in the log; `values` by CONTACT_FIELDS.

    Raises Refused when the day is ahead or before the support began.
    """
    support = _begin(support, "method.work", actor, None)
    contact = _contact(support, values, actor, today)
    record_event(
        support.case,
        "method.contact",
        actor=actor,
        payload={"kind": contact.kind, "with_whom": contact.with_whom, "held_on": contact.on},
    )
    return contact


@transaction.atomic
def correct_contact(
    contact: MethodContact, values: Mapping, *, actor: User, today: date
) -> MethodContact:
    """Write what counts instead of `contact`, which is kept and marked as corrected.

    Raises Refused when somebody else wrote it, or when it is corrected already.
    """
    support = _begin(contact.support, "method.work", actor, None)
    if contact.written_by_id != actor.pk:
        raise Refused(_("Only the one who wrote a contact corrects it."))
    if MethodContact.objects.filter(corrects=contact).exists():
        raise Refused(_("The contact is corrected already."))
    return _contact(support, values, actor, today, corrects=contact)


def _contact(support, values, actor, today, corrects=None) -> MethodContact:
    on = values["on"]
    if not support.started_on <= on <= today:
        raise Refused(_("The day lies between the first day of the support and today."))
    _refuse_names(support, values["name"], values["text"])
    stage = support.stages.filter(starts_on__lte=on).last()
    contact = MethodContact(
        support=support,
        step=stage.step,
        written_by=actor,
        corrects=corrects,
        **{name: values[name] for name in CONTACT_FIELDS},
    )
    save_checked(contact)
    _log(actor, "method.work", support, ["contact"])
    return contact


@transaction.atomic
def write_future_plan(
    support: MethodSupport, values: Mapping, *, actor: User, today: date, edit: int
) -> FuturePlan:
    """Keep a new wording of the participant's own plan; `values` by PLAN_FIELDS.

    Raises Refused for another method than Mobilisering, or a day ahead.
    """
    support = _begin(support, "method.work", actor, edit)
    if support.method != Method.MOBILISATION:
        raise Refused(_("Only Mobilisering has an own future plan."))
    if values["told_on"] > today:
        raise Refused(_("The day cannot be in the future."))
    _refuse_names(support, *(values[name] for name in PLAN_FIELDS if name != "told_on"))
    latest = support.plans.first()
    plan = FuturePlan(
        support=support,
        number=latest.number + 1 if latest else 1,
        written_by=actor,
        **{name: values[name] for name in PLAN_FIELDS},
    )
    save_checked(plan)
    _changed(support, actor, today)
    record_event(support.case, "method.future_plan", actor=actor, payload={"number": plan.number})
    _log(actor, "method.work", support, ["future_plan"])
    return plan


@transaction.atomic
def end_method(
    support: MethodSupport,
    *,
    on: date,
    reason: str,
    note: str,
    outcome: str,
    actor: User | None,
    today: date,
    edit: int | None = None,
) -> MethodSupport:
    """The support is no longer needed or wanted; the step it was in ends with what came of it.

    Raises Refused when the day is ahead, or before the current step began.
    """
    support = _begin(support, "method.end", actor, edit)
    current = support.stages.get(ends_before__isnull=True)
    if not current.starts_on <= on <= today:
        raise Refused(_("The day lies between the first day of the current step and today."))
    current.ends_before, current.outcome = on, outcome
    save_checked(current)
    support.ended_on, support.end_reason, support.end_note = on, reason, note
    support.version += 1
    save_checked(support)
    tell_others(support, ENDED, actor, today)
    _release(support, support.job_coach, today)
    record_event(
        support.case,
        "method.ended",
        actor=actor,
        payload={"method": support.method, "reason": reason},
    )
    _log(actor, "method.end", support, ["ended_on"])
    return support


def end_with_case(case: Case, today: date) -> None:
    """The case closes otherwise than by work: the support ends with it."""
    for support in MethodSupport.objects.filter(case=case).going_on():
        current = support.stages.get(ends_before__isnull=True)
        end_method(
            support,
            on=max(current.starts_on, min(today, case.ended_on or today)),
            reason=MethodEnd.CASE_CLOSED,
            note="",
            outcome=current.outcome,
            actor=None,
            today=today,
        )


def _log(actor: User | None, action: str, support: MethodSupport, fields: list[str]) -> None:
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=support.case.person.ref,
        obj=support,
        fields=fields,
    )
