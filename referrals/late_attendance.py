"""A week of sessions that a provider has not registered by the agreed day: its staff is reminded."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy

from activityplans.enums import AttendanceOutcome
from jobcentre.casework.access.queries import who_may_know
from jobcentre.notices.writer import NoticeText, notify_many
from referrals import rules
from referrals.models import Order
from referrals.own_days import sessions_of
from referrals.service_levels import levels_of
from referrals.transitions.moves import provider_staff


def remind_of_attendance(today: date) -> int:
    """Remind the staff of providers that owe the attendance of the latest week whose agreed day has
    passed; of a protected person only those named. Returns how many notices were new. Safe to run
    again."""
    monday = rules.latest_week_owed(today)
    texts = []
    for unit, orders in _orders_of(monday).items():
        lacking = (
            sessions_of(Order.objects.filter(pk__in=orders))
            .filter(
                on__range=(monday, monday + timedelta(days=6)),
                outcome=AttendanceOutcome.NOT_REGISTERED,
            )
            .select_related("case__person")
            .order_by("case_id", "pk")
        )
        persons = {session.case.person_id: session.case.person for session in lacking}
        staff, told = list(provider_staff(unit, today)) if persons else [], {}
        for person in persons.values():
            told.update((user.pk, user) for user in who_may_know(person, staff))
            if len(told) == len(staff):
                break
        texts += [
            NoticeText(
                user_id=user_id,
                key=f"attendance:{unit}:{monday.isoformat()}:{user_id}",
                sentence=gettext_lazy(
                    "Sessions of the week from %(monday)s are not registered. Attendance is "
                    "registered by Wednesday of the week after."
                ),
                payload={"monday": monday},
                url_name="referrals:portal",
                by_mail=True,
            )
            for user_id in sorted(told)
        ]
    return notify_many(texts)


def _orders_of(monday: date) -> dict[int, list[int]]:
    """{provider: its orders that ran in the week and are to be registered weekly}."""
    ran = Order.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=monday),
        started_on__lt=monday + timedelta(weeks=1),
    )
    orders = list(ran.select_related("activity").order_by("provider_id", "pk"))
    levels, found = levels_of(orders), defaultdict(list)
    for order in orders:
        if levels[order.pk].attendance_weekly:
            found[order.provider_id].append(order.pk)
    return found
