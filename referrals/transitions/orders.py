"""An order sent, answered, started and taken back."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.enums import PlanState
from activityplans.models import Activity, PlanLine
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.records import end_involvement, involve
from referrals import order_limits
from referrals.aliases import refuse_names
from referrals.basis import has_consent, holds
from referrals.enums import DisclosureBasis, OrderState
from referrals.models import Order, Provider
from referrals.models.orders import DAYS_OF_SIGHT, DAYS_TO_COMPLETE
from referrals.money.facts import ATTENDED
from referrals.own_days import sessions_of_order
from referrals.transitions.moves import (
    begin,
    end_pause,
    log_change,
    tell_coach,
    tell_provider,
)
from referrals.transitions.sessions import leave_sessions


@dataclass(frozen=True)
class OrderInput:
    """What the coach orders and what the provider may see."""

    provider: Unit
    requirement: str
    starts_on: date
    ends_before: date
    hours_per_week: Decimal
    needs_to_know: str = ""
    shares: tuple[str, ...] = ()
    goals: str = ""
    adaptation: str = ""
    interpreter: str = ""
    basis: str = DisclosureBasis.CONSENT
    basis_reason: str = ""
    although_full: bool = False  # the coach knows that the provider has no free place


@cache
def _orderable() -> QuerySet[PlanLine]:
    """Lines of plans in force that can be ordered: not over, not already ordered."""
    ordered = Order.objects.filter(activity=OuterRef("activity")).going_on()
    return PlanLine.objects.filter(
        ~Exists(ordered),
        version__state=PlanState.APPROVED,
        activity__follow_up__isnull=True,
        activity__broken_off__isnull=True,
    ).order_by("position")


def orderable_lines(case) -> list[PlanLine]:
    """Those of the case, with what a list shows."""
    lines = _orderable().filter(version__case=case)
    return list(lines.select_related("activity__service", "provider"))


def orderable_line(activity: Activity) -> PlanLine | None:
    """The one of the activity; None when it cannot be ordered."""
    return _orderable().filter(activity=activity).first()


@transaction.atomic
def send_order(activity: Activity, wanted: OrderInput, *, actor: User | None, today: date) -> Order:
    """Order an activity of the plan in force from a provider, with the requirement.

    Raises Refused when the activity is not in force, has ended or is ordered already, or is not on
    those days and for so many hours a week; when the provider has no free place and it is not sent
    `although_full`; when the basis is a consent that the person has not given, or when a text has
    the name of a protected person.
    """
    case = lock(activity.case)
    require(actor, "order.send", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    line = order_limits.line_in_force(activity)
    if line is None:
        raise Refused(_("Only an activity of an approved plan can be ordered."))
    if hasattr(activity, "broken_off") or hasattr(activity, "follow_up"):
        raise Refused(_("The activity has ended."))
    if wanted.basis == DisclosureBasis.CONSENT and not has_consent(case, wanted.provider, today):
        raise Refused(
            _(
                "There is no consent to exchange with providers. Record it first, or choose the "
                "other basis and say why."
            )
        )
    order_limits.refuse_ordered(activity)
    order = Order(
        case=case,
        activity=activity,
        provider=wanted.provider,
        requirement=wanted.requirement,
        needs_to_know=wanted.needs_to_know,
        goals=wanted.goals,
        adaptation=wanted.adaptation,
        interpreter=wanted.interpreter,
        shares=sorted(wanted.shares),
        basis=wanted.basis,
        basis_reason=wanted.basis_reason if wanted.basis != DisclosureBasis.CONSENT else "",
        starts_on=wanted.starts_on,
        ends_before=wanted.ends_before,
        hours_per_week=wanted.hours_per_week,
        sent_on=today,
        sent_by=actor or case.coach,
    )
    order_limits.refuse_outside(order, line)
    full = order_limits.said_full(order, order.starts_on, today)
    if full and not wanted.although_full:
        how = _("Choose another provider or other days, or send it although no place is free.")
        raise Refused(f"{full} {how}")
    written = (order.requirement, order.needs_to_know, order.goals, order.adaptation)
    refuse_names(order, *written, order.interpreter)
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
    tell_provider(
        order, "sent", gettext_lazy("An order from %(centre)s waits for an answer."), today
    )
    log_change(actor, "order.send", order, ["order"])
    return order


def _answered(order: Order, actor: User | None, today: date) -> None:
    """The first answer meets the clock; whoever was put on the waiting list has had one."""
    if order.answered_on is None:
        order.answered_on, order.answered_by = today, actor or order.sent_by


@transaction.atomic
def offer_elsewhere(
    order: Order, wanted: OrderInput, *, reason: str, actor: User | None, today: date
) -> Order:
    """Take back an order that nobody has accepted and send it to another provider, in one.

    Raises Refused when it has been accepted meanwhile, or when the provider is the same.
    """
    order = lock(order)
    if order.state not in OrderState.unanswered():
        raise Refused(_("The order is already %(state)s.") % {"state": order.get_state_display()})
    if wanted.provider == order.provider:
        raise Refused(_("Choose another provider than the one that has the order."))
    withdraw_order(order, reason=reason, actor=actor, today=today)
    return send_order(order.activity, wanted, actor=actor, today=today)


@transaction.atomic
def accept_order(
    order: Order,
    *,
    first_day_on: date,
    contact: str,
    actor: User | None,
    today: date,
    version: int | None = None,
    although_full: bool = False,
) -> Order:
    """The provider takes the person on from an agreed first day.

    Raises Refused while the ground that the order was passed on for does not hold, for a first day
    outside the order, when its last day has passed, and when no place is free unless the provider
    takes the person `although_full`.
    """
    order = begin(order, "accept", actor, version)
    # Two answers of one provider do not both take the last place.
    Provider.objects.select_for_update().filter(unit=order.provider_id).first()
    if not holds(order, today):
        raise Refused(
            _(
                "The person's consent holds no longer. The order can be accepted when the coach has "
                "given another ground or the person a new consent; the coach knows of it."
            )
        )
    order_limits.refuse_over(order, today)
    if first_day_on < order.sent_on:
        raise Refused(_("The first day cannot be before the order was sent."))
    order_limits.refuse_first_day(order, first_day_on)
    full = order_limits.said_full(order, first_day_on, today)
    if full and not although_full:
        how = _("Put the person on the waiting list, or accept although no place is free.")
        raise Refused(f"{full} {how}")
    _answered(order, actor, today)
    order.accepted_on = today
    order.first_day_on, order.contact = first_day_on, contact
    save_checked(order)
    record_event(
        order.case,
        "order.accepted_full" if full else "order.accepted",
        actor=actor,
        payload={"provider": order.provider.name, "first_on": first_day_on},
    )
    clock.recompute(order.case)
    tell_coach(order, "accepted", gettext_lazy("%(provider)s accepts the order in case %(case)s."))
    log_change(actor, "order.answer", order)
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
    order = begin(order, "decline", actor, version)
    _answered(order, actor, today)
    order.decline_reason, order.decline_note, order.ended_on = reason, note, today
    save_checked(order)
    record_event(
        order.case,
        "order.declined",
        actor=actor,
        payload={"provider": order.provider.name, "reason": reason},
    )
    end_involvement(order.case, InvolvementKind.ORDER, order.subject_key, ends_before=today)
    clock.recompute(order.case)
    tell_coach(order, "declined", gettext_lazy("%(provider)s declines the order in case %(case)s."))
    log_change(actor, "order.answer", order)
    return order


@transaction.atomic
def start_order(
    order: Order, *, started_on: date, actor: User | None, today: date, version: int | None = None
) -> Order:
    """The person has come: the activity runs at the provider. Raises Refused for a day ahead, and
    outside the order."""
    order = begin(order, "start", actor, version)
    if started_on > today:
        raise Refused(_("A start is noted when the person has come."))
    order_limits.refuse_over(order, started_on)
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
    tell_coach(
        order, "started", gettext_lazy("The person in case %(case)s has started at %(provider)s.")
    )
    log_change(actor, "order.answer", order)
    return order


@transaction.atomic
def withdraw_order(
    order: Order,
    *,
    reason: str,
    actor: User | None,
    today: date,
    version: int | None = None,
    never_started: bool = False,
) -> Order:
    """The orderer takes the order back, with a reason; with `never_started` its start as well, which
    was noted by mistake: the ledger takes back what it claimed.

    Raises Refused when somebody was there on a day of an order that never started.
    """
    order = begin(order, "withdraw", actor, version)
    if never_started and order.started_on is not None:
        if sessions_of_order(order).filter(outcome__in=ATTENDED).exists():
            raise Refused(_("The person is registered as present. Correct the attendance first."))
        order.started_on = None
    leave_sessions(order, today)
    order.withdrawn_reason, order.ended_on = reason, today
    save_checked(order)
    end_pause(order, today)
    record_event(
        order.case,
        "order.withdrawn",
        actor=actor,
        payload={"provider": order.provider.name, "reason": reason},
    )
    owes = Order.objects.filter(Order.objects.owing_completion(today), pk=order.pk).exists()
    end_involvement(
        order.case,
        InvolvementKind.ORDER,
        order.subject_key,
        ends_before=today,
        days_after=(DAYS_TO_COMPLETE if owes else DAYS_OF_SIGHT) if order.started_on else 0,
    )
    clock.recompute(order.case)
    tell_provider(
        order, "withdrawn", gettext_lazy("An order from %(centre)s was withdrawn."), today
    )
    log_change(actor, "order.withdraw", order)
    return order
