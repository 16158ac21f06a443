"""What happens to an order between sending and ending: questions, the waiting list, pauses."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.casework.deadlines import clock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from referrals.aliases import refuse_names
from referrals.models import Order, OrderPause, OrderQuestion
from referrals.transitions.moves import begin, log_change, tell_coach, tell_provider


@transaction.atomic
def ask_about_order(
    order: Order, text: str, *, actor: User, today: date, version: int | None = None
) -> OrderQuestion:
    """The provider asks before it answers; the clock of the answer waits for the reply."""
    order = begin(order, "ask", actor, version)
    save_checked(order)
    question = OrderQuestion(order=order, text=text, asked_by=actor, asked_on=today)
    save_checked(question)
    _record(order, "order.asked", actor)
    tell_coach(
        order,
        f"asked:{question.pk}",
        gettext_lazy("%(provider)s has a question about the order in case %(case)s."),
    )
    log_change(actor, "order.answer", order, ["state", "question"])
    return question


@transaction.atomic
def reply_about_order(
    order: Order, reply: str, *, actor: User, today: date, version: int | None = None
) -> OrderQuestion:
    """The orderer replies; the provider has a new working day for its answer."""
    order = begin(order, "reply", actor, version)
    refuse_names(order, reply)
    question = order.questions.filter(replied_on__isnull=True).get()
    question.reply, question.replied_by, question.replied_on = reply, actor, today
    save_checked(question)
    save_checked(order)
    _record(order, "order.replied", actor)
    sentence = gettext_lazy("%(centre)s has replied to your question about an order.")
    tell_provider(order, f"replied:{question.pk}", sentence, today)
    log_change(actor, "order.send", order, ["state", "reply"])
    return question


@transaction.atomic
def put_on_waiting_list(
    order: Order,
    *,
    reason: str,
    expected_on: date,
    actor: User | None,
    today: date,
    version: int | None = None,
) -> Order:
    """The provider will take the person when there is a place, and says why not now and when.

    An open question stays without a reply. Raises Refused when the day is not ahead.
    """
    order = begin(order, "wait", actor, version)
    if expected_on <= today:
        raise Refused(
            _("A place is expected on a day ahead; accept the order if there is one now.")
        )
    order.answered_on, order.answered_by = today, actor or order.sent_by
    order.waiting_reason, order.expected_on = reason, expected_on
    save_checked(order)
    payload = {"provider": order.provider.name, "reason": reason, "expected_on": expected_on}
    record_event(order.case, "order.waiting", actor=actor, payload=payload)
    clock.recompute(order.case)
    tell_coach(
        order,
        "waiting",
        gettext_lazy("%(provider)s has a waiting list for the order in case %(case)s."),
    )
    log_change(actor, "order.answer", order, ["state", "waiting_reason", "expected_on"])
    return order


@transaction.atomic
def pause_order(
    order: Order,
    *,
    starts_on: date,
    reason: str,
    actor: User | None,
    today: date,
    version: int | None = None,
) -> Order:
    """The orderer lets the activity stand still from a day, at most today, with a reason."""
    order = begin(order, "pause", actor, version)
    refuse_names(order, reason)
    if starts_on > today:
        raise Refused(_("A pause is noted when it has begun."))
    if starts_on < order.started_on:
        raise Refused(_("The pause cannot begin before the first day."))
    latest = order.pauses.order_by("-starts_on").first()
    if latest is not None and starts_on < latest.ends_before:
        raise Refused(_("The order was paused then already."))
    save_checked(order)
    save_checked(OrderPause(order=order, starts_on=starts_on, reason=reason))
    payload = {"provider": order.provider.name, "from_on": starts_on, "reason": reason}
    record_event(order.case, "order.paused", actor=actor, payload=payload)
    clock.recompute(order.case)
    sentence = gettext_lazy("An order from %(centre)s is paused.")
    tell_provider(order, f"paused:{order.version}", sentence, today)
    log_change(actor, "order.withdraw", order, ["state", "pause"])
    return order


@transaction.atomic
def resume_order(
    order: Order, *, back_on: date, actor: User | None, today: date, version: int | None = None
) -> Order:
    """The activity goes on from a day, at most today."""
    order = begin(order, "resume", actor, version)
    pause = order.pauses.filter(ends_before__isnull=True).get()
    if back_on > today:
        raise Refused(_("The day back is noted when the person is back."))
    if back_on < pause.starts_on:
        raise Refused(_("The day back must not be before the first day."))
    pause.ends_before = back_on
    save_checked(pause)
    save_checked(order)
    payload = {"provider": order.provider.name, "from_on": back_on}
    record_event(order.case, "order.resumed", actor=actor, payload=payload)
    clock.recompute(order.case)
    sentence = gettext_lazy("An order from %(centre)s goes on after its pause.")
    tell_provider(order, f"resumed:{order.version}", sentence, today)
    log_change(actor, "order.withdraw", order, ["state", "pause"])
    return order


def _record(order: Order, kind: str, actor: User) -> None:
    record_event(order.case, kind, actor=actor, payload={"provider": order.provider.name})
    clock.recompute(order.case)
