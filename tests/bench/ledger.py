"""The month's amounts over five thousand activities, against the one statement that sums the same
attendance and the one that writes the same rows."""

import json
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from referrals.models import Claim, Order
from referrals.transitions.claims import keep_ledger
from tests.bench.clocks import copied, timed
from tests.bench.importing import forget_peak, peak

GOAL = 10  # times the raw statements
TENTH = 10
SUMS = """
    SELECT o.id, p.price_model, sum(CASE WHEN s.outcome IN ('present', 'late')
                                    THEN s.minutes - coalesce(s.late_minutes, 0) ELSE 0 END),
           count(*) FILTER (WHERE s.outcome = 'not_registered')
    FROM referrals_order o
    JOIN activityplans_activity a ON a.id = o.activity_id
    JOIN activityplans_session s ON s.activity_id = a.id AND s.on >= o.started_on
         AND (o.ended_on IS NULL OR s.on <= o.ended_on)
    JOIN referrals_provider r ON r.unit_id = o.provider_id
    JOIN referrals_agreement g ON g.provider_id = r.id
    JOIN referrals_agreementservice p
         ON p.version_id = g.in_force_id AND p.service_id = a.service_id
    GROUP BY o.id, p.price_model, date_trunc('month', s.on)
"""


def measure_ledger() -> None:
    """Make the month's amounts of a tenth of the orders and then of the rest; flat memory costs no
    more for the second. A run after that writes nothing."""
    first = timezone.localdate().replace(day=1)
    print(f"{'ledger':16}{'rows':>8}{'ms':>10}{'floor ms':>10}{'times':>8}{'goal':>6}{'again':>7}"
          f"{'memory MB':>11}")  # fmt: skip
    began = first - timedelta(days=1)
    keys = Order.objects.order_by("pk").values_list("pk", flat=True)
    rest = Order.objects.filter(pk__in=list(keys[len(keys) // TENTH :]))
    rest.update(started_on=first + timedelta(days=400))  # not begun yet
    small, _spent, _rows = _kept(first)
    rest.update(started_on=began.replace(day=1))
    grown, spent, rows = _kept(first)
    again_spent, again = timed(lambda: keep_ledger(first))
    floor = timed(_sums)[0] + copied({Claim: 0})
    print(f"{'month':16}{rows:>8}{spent * 1000:>10.0f}{floor * 1000:>10.0f}{spent / floor:>8.2f}"
          f"{GOAL:>6}{again:>7}{small:>6}/{grown:<4}")  # fmt: skip
    print(
        json.dumps(
            {
                "job": "ledger",
                "rows": rows,
                "ms": round(spent * 1000),
                "floor_ms": round(floor * 1000),
                "times": round(spent / floor, 2),
                "again": again,
                "again_ms": round(again_spent * 1000),
                "memory_mb": [small, grown],
            }
        )
    )


def _kept(today) -> tuple[int, float, int]:
    """(MB grown, seconds, rows written)."""
    forget_peak()
    before = peak()
    spent, rows = timed(lambda: keep_ledger(today))
    return peak() - before, spent, rows


def _sums() -> int:
    with connection.cursor() as cursor:
        cursor.execute(SUMS)
        return len(cursor.fetchall())
