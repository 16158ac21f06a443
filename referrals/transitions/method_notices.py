"""Who is told what happens to support by a method: those who work by it together, but the one who
did it."""

from datetime import date

from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import User
from jobcentre.notices.writer import NoticeText, notify
from referrals.models import MethodSupport, Order
from referrals.transitions.moves import tell_provider

CHANGED = (
    gettext_lazy("The support by a method in case %(case)s has been changed."),
    gettext_lazy("%(centre)s has changed the support by a method in your order."),
)
ENDED = (
    gettext_lazy("The support by a method in case %(case)s has ended."),
    gettext_lazy("The support by a method in your order from %(centre)s has ended."),
)


def tell_job_coach(support: MethodSupport) -> None:
    _tell_user(
        support,
        support.job_coach_id,
        "job_coach",
        gettext_lazy("You are the job coach in case %(case)s."),
    )


def tell_placed(support: MethodSupport, today: date) -> None:
    """The provider is told that its order carries the support from now on."""
    if support.order is not None:
        sentence = gettext_lazy("%(centre)s has placed support by a method in your order.")
        _tell_provider(support, support.order, sentence, today, _page(support))


def tell_left(support: MethodSupport, order: Order, today: date) -> None:
    """The provider is told that its order no longer carries the support."""
    sentence = gettext_lazy("%(centre)s has let somebody else lead the support by a method.")
    _tell_provider(support, order, sentence, today)


def tell_others(support: MethodSupport, sentences: tuple, actor: User | None, today: date) -> None:
    """The coach, the job coach and the provider's staff are told what one of them did; the staff of
    a provider are one. `sentences` are for a reader of the case, and for the provider."""
    own, at_provider = sentences
    users = {support.case.coach_id, support.job_coach_id} - {None, actor and actor.pk}
    for user_id in sorted(users):
        _tell_user(support, user_id, f"told:{user_id}", own)
    acting = getattr(actor, "acting", None)
    if support.order is None or (acting and acting.unit.kind == UnitKind.PROVIDER):
        return
    _tell_provider(support, support.order, at_provider, today, _page(support))


def _page(support: MethodSupport) -> tuple[str, str]:
    return "referrals:method", str(support.ref)


def _tell_user(support: MethodSupport, user_id: int, key: str, sentence) -> None:
    url_name, url_arg = _page(support)
    notify(
        NoticeText(
            user_id=user_id,
            key=f"method:{support.pk}:{support.version}:{key}",
            sentence=sentence,
            payload={"case": support.case.number},
            url_name=url_name,
            url_arg=url_arg,
        )
    )


def _tell_provider(support: MethodSupport, order: Order, sentence, today: date, page=None) -> None:
    tell_provider(order, f"method:{support.pk}:{support.version}", sentence, today, page)
