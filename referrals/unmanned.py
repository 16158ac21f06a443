"""Providers where nobody can log in while orders go on there: the orderer is told, and it stands on the
register and on the orders. Nothing of the orders is changed."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.models import Case
from jobcentre.notices.writer import NoticeText, notify_many
from referrals.models import Order


def unmanned(unit_ids: Iterable[int], today: date) -> set[int]:
    """Those of the units where no user who may log in has a membership on the day; one query."""
    manned = Membership.objects.valid_on(today).filter(
        unit__in=set(unit_ids), role=Role.PROVIDER_STAFF, user__is_active=True
    )
    return set(unit_ids) - set(manned.values_list("unit_id", flat=True))


def tell_of_unmanned(today: date) -> int:
    """Tell the coaches whose orders go on at a provider that has lost its last user, once for each
    time it happens; returns how many notices were new. Safe to run again."""
    going_on = Order.objects.filter(provider=OuterRef("pk")).going_on()
    units = Unit.objects.filter(Exists(going_on), kind=UnitKind.PROVIDER)
    without = unmanned(units.values_list("pk", flat=True), today)
    if not without:
        return 0
    ends = Membership.objects.filter(unit__in=without, role=Role.PROVIDER_STAFF)
    since = dict(ends.values("unit").annotate(last=Max("valid_to")).values_list("unit", "last"))
    orders = (
        Order.objects.filter(provider__in=without)
        .going_on()
        .select_related("case__person", "case__coach", "provider")
        .order_by("pk")
    )
    texts = []
    for order in orders:
        for coach in who_may_know(order.case.person, _coach_of(order.case)):
            texts.append(
                NoticeText(
                    user_id=coach.pk,
                    key=f"order:{order.pk}:unmanned:{since.get(order.provider_id)}:{coach.pk}",
                    sentence=gettext_lazy(
                        "Nobody at %(provider)s can log in, and an order of case %(case)s is there."
                    ),
                    payload={"provider": order.provider.name, "case": order.case.number},
                    url_name="referrals:order",
                    url_arg=str(order.ref),
                    by_mail=True,
                )
            )
    return notify_many(texts)


def _coach_of(case: Case) -> list:
    return [case.coach] if case.coach_id else []
