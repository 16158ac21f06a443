"""The moves of an order: from which state to which, who may, and who is told."""

from datetime import date

from django.utils.translation import gettext as _

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.notices.writer import NoticeText, notify, notify_many
from referrals.enums import OrderState
from referrals.models import Order

# {action: (from, to)}: the moves of an order.
MOVES = {
    "accept": (tuple(OrderState.unanswered()), OrderState.ACCEPTED),
    "decline": (tuple(OrderState.unanswered()), OrderState.DECLINED),
    "ask": ((OrderState.SENT,), OrderState.ASKED),
    "reply": ((OrderState.ASKED,), OrderState.SENT),
    "wait": ((OrderState.SENT, OrderState.ASKED), OrderState.WAITING),
    "start": ((OrderState.ACCEPTED,), OrderState.STARTED),
    "pause": ((OrderState.STARTED,), OrderState.PAUSED),
    "resume": ((OrderState.PAUSED,), OrderState.STARTED),
    "end": ((OrderState.STARTED, OrderState.PAUSED), OrderState.ENDED),
    "withdraw": (tuple(OrderState.going_on()), OrderState.WITHDRAWN),
}
ACTIONS = {
    "accept": "order.answer",
    "decline": "order.answer",
    "ask": "order.answer",
    "reply": "order.send",
    "wait": "order.answer",
    "start": "order.answer",
    "pause": "order.withdraw",
    "resume": "order.withdraw",
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
    if order.state in MOVES["end"][0] and can(user, "order.report", order):
        moves.add("report")
    if order.state in (OrderState.ACCEPTED, OrderState.STARTED) and can(
        user, "attendance.register", order
    ):
        moves.add("plan_sessions")
    if order.state in OrderState.going_on() and can(user, "order.message", order):
        moves.add("write")
    return frozenset(moves)


def begin(order: Order, move: str, actor, version: int | None) -> Order:
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


def end_pause(order: Order, on: date) -> None:
    """A pause that is open ends with the order."""
    for pause in order.pauses.filter(ends_before__isnull=True):
        pause.ends_before = max(on, pause.starts_on)
        pause.save(update_fields=["ends_before"])


def log_change(actor, action, order, fields=("state",)):
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=order.case.person.ref,
        obj=order,
        fields=fields,
    )


def tell_coach(order: Order, key: str, sentence) -> None:
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


def tell_provider(
    order: Order, key: str, sentence, today: date, page: tuple[str, str] | None = None
) -> None:
    """Tells the provider's staff; of a protected person those of them who are named, and nobody with
    a conflict of interest. `page` (name, argument) is where it leads, else to the order."""
    url_name, url_arg = page or ("referrals:order", str(order.ref))
    staff = who_may_know(order.case.person, provider_staff(order.provider_id, today))
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"order:{order.pk}:{key}:{user.pk}",
            sentence=sentence,
            payload={"centre": order.case.centre.name},
            url_name=url_name,
            url_arg=url_arg,
            by_mail=True,
        )
        for user in staff
    )


def provider_staff(unit_id: int, today: date):
    """The users who act for a provider on the day."""
    held = Membership.objects.valid_on(today).filter(unit=unit_id, role=Role.PROVIDER_STAFF)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by("pk")
