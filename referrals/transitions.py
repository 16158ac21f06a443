"""An order sent, answered, started, reported and ended. The only writers of its state."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.enums import PlanState
from activityplans.models import Activity, PlanLine, Session
from activityplans.transitions.absences import why_not_adverse
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.consents import covers
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import ConsentPurpose, InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.records import end_involvement, involve
from jobcentre.notices.writer import NoticeText, notify, notify_many
from referrals import rules
from referrals.enums import DisclosureBasis, OrderState, ReportKind
from referrals.models import Order, OrderMessage, ProviderReport

DAYS_OF_SIGHT = 14  # the provider sees the order so long after its end

# {action: (from, to)}: the moves of an order.
MOVES = {
    "accept": ((OrderState.SENT,), OrderState.ACCEPTED),
    "decline": ((OrderState.SENT,), OrderState.DECLINED),
    "start": ((OrderState.ACCEPTED,), OrderState.STARTED),
    "end": ((OrderState.STARTED,), OrderState.ENDED),
    "withdraw": (
        (OrderState.SENT, OrderState.ACCEPTED, OrderState.STARTED),
        OrderState.WITHDRAWN,
    ),
}
ACTIONS = {
    "accept": "order.answer",
    "decline": "order.answer",
    "start": "order.answer",
    "end": "order.report",
    "withdraw": "order.withdraw",
}


def available_moves(order: Order, user) -> frozenset[str]:
    """What the user may do with the order now."""
    moves = {
        move
        for move, (sources, _target) in MOVES.items()
        if order.state in sources and can(user, ACTIONS[move], order)
    }
    if order.state == OrderState.STARTED and can(user, "order.report", order):
        moves.add("report")
    if order.state in (OrderState.ACCEPTED, OrderState.STARTED) and can(
        user, "attendance.register", order
    ):
        moves.add("plan_sessions")
    if order.state not in (OrderState.DECLINED, OrderState.WITHDRAWN, OrderState.ENDED):
        moves.add("write")
    return frozenset(moves)


def _begin(order: Order, move: str, actor, version: int | None) -> Order:
    """The order under lock, allowed for the actor and in a state that the move starts from."""
    lock(order.case)
    order = lock(order, version)
    require(actor, ACTIONS[move], order)
    sources, target = MOVES[move]
    if order.state not in sources:
        raise Refused(_("The order is already %(state)s.") % {"state": order.get_state_display()})
    order.state = target
    order.version += 1
    return order


def _log(actor, action, order, fields=("state",)):
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=order.case.person.ref,
        obj=order,
        fields=fields,
    )


def _tell_coach(order: Order, key: str, sentence) -> None:
    if order.case.coach_id:
        notify(
            NoticeText(
                user_id=order.case.coach_id,
                key=f"order:{order.pk}:{key}",
                sentence=sentence,
                payload={"provider": order.provider.name, "case": order.case.number},
                url_name="referrals:order",
                url_arg=str(order.ref),
            )
        )


def _tell_provider(order: Order, key: str, sentence, today: date) -> None:
    """Tells the provider's staff; of a protected person nobody is told by a list of names."""
    if order.case.person.is_protected:
        return
    staff = (
        Membership.objects.valid_on(today)
        .filter(unit=order.provider, role=Role.PROVIDER_STAFF)
        .values_list("user_id", flat=True)
    )
    notify_many(
        NoticeText(
            user_id=user_id,
            key=f"order:{order.pk}:{key}:{user_id}",
            sentence=sentence,
            payload={"centre": order.case.centre.name},
            url_name="referrals:order",
            url_arg=str(order.ref),
            by_mail=True,
        )
        for user_id in sorted(set(staff))
    )


@dataclass(frozen=True)
class OrderInput:
    """What the coach orders and what the provider may see."""

    provider: Unit
    requirement: str
    starts_on: date
    ends_before: date
    hours_per_week: Decimal
    needs_to_know: str = ""
    shares_phone: bool = True
    basis: str = DisclosureBasis.CONSENT
    basis_reason: str = ""


def orderable_lines(case) -> list[PlanLine]:
    """Lines of the plan in force that can be ordered: not followed up, not already ordered."""
    ordered = Order.objects.filter(case=case).going_on().values("activity_id")
    return list(
        PlanLine.objects.filter(
            version__case=case,
            version__state=PlanState.APPROVED,
            activity__follow_up__isnull=True,
        )
        .exclude(activity__in=ordered)
        .select_related("activity__service", "provider")
        .order_by("position")
    )


@transaction.atomic
def send_order(activity: Activity, wanted: OrderInput, *, actor: User | None, today: date) -> Order:
    """Order an activity of the plan in force from a provider, with the requirement.

    Raises Refused when the activity is not in force, or when the basis is a consent that the
    person has not given.
    """
    case = lock(activity.case)
    require(actor, "order.send", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    in_force = PlanLine.objects.filter(activity=activity, version__state=PlanState.APPROVED)
    if not in_force.exists():
        raise Refused(_("Only an activity of an approved plan can be ordered."))
    if wanted.basis == DisclosureBasis.CONSENT and not _has_consent(case, wanted.provider, today):
        raise Refused(
            _(
                "There is no consent to exchange with providers. Record it first, or choose the "
                "other basis and say why."
            )
        )
    if Order.objects.filter(activity=activity, provider=wanted.provider).going_on().exists():
        raise Refused(_("The activity is already ordered from this provider."))
    order = Order(
        case=case,
        activity=activity,
        provider=wanted.provider,
        requirement=wanted.requirement,
        needs_to_know=wanted.needs_to_know,
        shares_phone=wanted.shares_phone and not case.person.is_protected,
        basis=wanted.basis,
        basis_reason=wanted.basis_reason if wanted.basis != DisclosureBasis.CONSENT else "",
        starts_on=wanted.starts_on,
        ends_before=wanted.ends_before,
        hours_per_week=wanted.hours_per_week,
        sent_on=today,
        sent_by=actor or case.coach,
    )
    save_checked(order)
    involve(
        case,
        InvolvementKind.ORDER,
        label=wanted.provider.name,
        starts_on=today,
        subject_key=order.subject_key,
        unit=wanted.provider,
        phone=wanted.provider.phone,
    )
    record_event(
        case,
        "order.sent",
        actor=actor,
        payload={
            "service": activity.service.label_sv,
            "provider": wanted.provider.name,
            "basis": order.basis,
        },
    )
    clock.recompute(case)
    _tell_provider(
        order, "sent", gettext_lazy("An order from %(centre)s waits for an answer."), today
    )
    _log(actor, "order.send", order, ["order"])
    return order


def _has_consent(case, provider: Unit, today: date) -> bool:
    """Whether the person lets us exchange with that provider."""
    given = case.consents.filter(purpose=ConsentPurpose.PROVIDERS)
    return covers(given, ConsentPurpose.PROVIDERS, today, provider.name)


@transaction.atomic
def accept_order(
    order: Order,
    *,
    first_day_on: date,
    contact: str,
    actor: User | None,
    today: date,
    version: int | None = None,
) -> Order:
    """The provider takes the person on from an agreed first day."""
    order = _begin(order, "accept", actor, version)
    if first_day_on < order.sent_on:
        raise Refused(_("The first day cannot be before the order was sent."))
    order.answered_on, order.answered_by = today, actor or order.sent_by
    order.first_day_on, order.contact = first_day_on, contact
    save_checked(order)
    record_event(
        order.case,
        "order.accepted",
        actor=actor,
        payload={"provider": order.provider.name, "first_on": first_day_on},
    )
    clock.recompute(order.case)
    _tell_coach(order, "accepted", gettext_lazy("%(provider)s accepts the order in case %(case)s."))
    _log(actor, "order.answer", order)
    return order


@transaction.atomic
def decline_order(
    order: Order,
    *,
    reason: str,
    note: str,
    actor: User | None,
    today: date,
    version: int | None = None,
) -> Order:
    """The provider says no, with a reason; it stops seeing the person at once."""
    order = _begin(order, "decline", actor, version)
    order.answered_on, order.answered_by = today, actor or order.sent_by
    order.decline_reason, order.decline_note = reason, note
    save_checked(order)
    record_event(
        order.case,
        "order.declined",
        actor=actor,
        payload={"provider": order.provider.name, "reason": reason},
    )
    end_involvement(order.case, InvolvementKind.ORDER, order.subject_key, ends_before=today)
    clock.recompute(order.case)
    _tell_coach(
        order, "declined", gettext_lazy("%(provider)s declines the order in case %(case)s.")
    )
    _log(actor, "order.answer", order)
    return order


@transaction.atomic
def start_order(
    order: Order, *, started_on: date, actor: User | None, today: date, version: int | None = None
) -> Order:
    """The person has come: the activity runs at the provider."""
    order = _begin(order, "start", actor, version)
    if started_on > today:
        raise Refused(_("A start is noted when the person has come."))
    if started_on < order.sent_on:
        raise Refused(_("The first day cannot be before the order was sent."))
    order.started_on = started_on
    save_checked(order)
    record_event(
        order.case,
        "order.started",
        actor=actor,
        payload={"provider": order.provider.name, "from_on": started_on},
    )
    clock.recompute(order.case)
    _tell_coach(
        order, "started", gettext_lazy("The person in case %(case)s has started at %(provider)s.")
    )
    _log(actor, "order.answer", order)
    return order


@transaction.atomic
def withdraw_order(
    order: Order, *, reason: str, actor: User | None, today: date, version: int | None = None
) -> Order:
    """The orderer takes the order back, with a reason."""
    order = _begin(order, "withdraw", actor, version)
    order.withdrawn_reason, order.ended_on = reason, today
    save_checked(order)
    record_event(
        order.case,
        "order.withdrawn",
        actor=actor,
        payload={"provider": order.provider.name, "reason": reason},
    )
    end_involvement(
        order.case,
        InvolvementKind.ORDER,
        order.subject_key,
        ends_before=today,
        days_after=DAYS_OF_SIGHT if order.started_on else 0,
    )
    clock.recompute(order.case)
    _tell_provider(
        order, "withdrawn", gettext_lazy("An order from %(centre)s was withdrawn."), today
    )
    _log(actor, "order.withdraw", order)
    return order


@dataclass(frozen=True)
class ReportInput:
    """What a provider reports."""

    kind: str
    done: str
    development: str
    recommendation: str = ""
    month: date | None = None


def _unregistered_sentence(order: Order, today: date) -> str:
    """Why nothing can be concluded yet: sessions that nobody has registered."""
    return why_not_adverse(Session.objects.filter(activity=order.activity), today)


@transaction.atomic
def send_report(
    order: Order, written: ReportInput, *, actor: User | None, today: date
) -> ProviderReport:
    """Send a monthly report or a deviation. A deviation needs all attendance registered."""
    lock(order.case)
    order = lock(order)
    require(actor, "order.report", order)
    if order.state != OrderState.STARTED:
        raise Refused(_("Reports are written while the activity runs."))
    if written.kind == ReportKind.DEVIATION:
        sentence = _unregistered_sentence(order, today)
        if sentence:
            raise Refused(sentence)
    report = _save_report(order, written, actor, today)
    clock.recompute(order.case)
    return report


def _save_report(order, written: ReportInput, actor, today) -> ProviderReport:
    month = written.month.replace(day=1) if written.month else None
    report = ProviderReport(
        order=order,
        kind=written.kind,
        month=month if written.kind == ReportKind.MONTHLY else None,
        done=written.done,
        development=written.development,
        recommendation=written.recommendation,
        submitted_on=today,
        author=actor or order.answered_by or order.sent_by,
    )
    save_checked(report)
    record_event(
        order.case,
        "order.reported",
        actor=actor,
        payload={"provider": order.provider.name, "kind": written.kind},
    )
    _tell_coach(
        order,
        f"report:{report.pk}",
        gettext_lazy("%(provider)s has sent a report in case %(case)s."),
    )
    _log(actor, "order.report", order, ["report"])
    return report


@transaction.atomic
def end_order(
    order: Order,
    written: ReportInput,
    *,
    ended_on: date,
    result: str,
    actor: User | None,
    today: date,
    version: int | None = None,
) -> Order:
    """The activity ends with a final report and a result.

    Raises Refused while a session that was held is not registered: nothing may be concluded about
    a person from what nobody has registered (mission row B2).
    """
    order = _begin(order, "end", actor, version)
    if ended_on > today:
        raise Refused(_("The last day cannot be in the future."))
    if ended_on < order.started_on:
        raise Refused(_("The last day cannot be before the first."))
    sentence = _unregistered_sentence(order, today)
    if sentence:
        raise Refused(sentence)
    order.ended_on, order.result = ended_on, result
    save_checked(order)
    _save_report(order, written, actor, today)
    record_event(
        order.case,
        "order.ended",
        actor=actor,
        payload={"provider": order.provider.name, "last_on": ended_on, "result": result},
    )
    end_involvement(
        order.case,
        InvolvementKind.ORDER,
        order.subject_key,
        ends_before=ended_on,
        days_after=DAYS_OF_SIGHT,
    )
    clock.recompute(order.case)
    _log(actor, "order.report", order)
    return order


@transaction.atomic
def write_message(order: Order, text: str, *, actor: User, today: date) -> OrderMessage:
    """Write to the other side about the order."""
    require(actor, "order.view", order)
    if "write" not in available_moves(order, actor):
        raise Refused(_("The order is ended."))
    if not text.strip():
        raise Refused(_("Write something first."))
    message = OrderMessage(order=order, author=actor, text=text.strip())
    save_checked(message)
    if actor.acting.role == Role.PROVIDER_STAFF:
        _tell_coach(
            order,
            f"message:{message.pk}",
            gettext_lazy("A message from %(provider)s in case %(case)s."),
        )
    else:
        _tell_provider(
            order, f"message:{message.pk}", gettext_lazy("A message from %(centre)s."), today
        )
    _log(actor, "order.message", order, ["message"])
    return message


def reportable_months(order: Order, today: date) -> list[date]:
    """The first days of months that are not reported yet, the running one last."""
    sent = set(order.reports.filter(kind=ReportKind.MONTHLY).values_list("month", flat=True))
    if order.started_on is None:
        return []
    months = [*rules.months_to_report(order.started_on, today), today.replace(day=1)]
    return [month for month in months if month not in sent]
