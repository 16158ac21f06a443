"""Orders that somebody has begun to write and not sent: the text kept on their pages, found again."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from activityplans.models import Activity
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.drafts import KEPT_DAYS
from jobcentre.casework.models import Case, FormDraft
from referrals.enums import OrderState
from referrals.models import Order

_REF = re.compile(
    r"/(?P<kind>aktiviteter|bestallningar)/(?P<ref>[0-9a-f-]{36})/(?:bestall|annan)/\Z"
)


@dataclass(frozen=True)
class OrderDraft:
    """One order being written. `provider` is the one chosen, empty when none is; `last_on` the last
    day on which it is kept."""

    case: Case
    activity: Activity
    provider: str
    saved_at: object
    last_on: date
    url: str


def order_drafts(user: User, case: Case | None = None) -> list[OrderDraft]:
    """The orders that the user is writing and can still send, the latest first; in one case when
    `case` is given. At most four queries, however many."""
    rows = FormDraft.objects.filter(user=user).filter(
        case__in=cases_for(Case.objects.open(), user, "order.send").values("pk")
    )
    if case is not None:
        rows = rows.filter(case=case)
    texts = {}
    for row in rows.select_related("case__person").order_by("-saved_at", "-pk"):
        match = _REF.search(row.page)
        if match:
            texts[match["kind"], UUID(match["ref"])] = row
    if not texts:
        return []
    activities = _activities([ref for kind, ref in texts if kind == "aktiviteter"])
    orders = _orders([ref for kind, ref in texts if kind == "bestallningar"])
    names = _providers(texts.values())
    found = []
    for (kind, ref), row in texts.items():
        activity = activities.get(ref) if kind == "aktiviteter" else orders.get(ref)
        if activity is None:  # sent, ended or answered meanwhile: nothing can be done with the text
            continue
        page = "referrals:send" if kind == "aktiviteter" else "referrals:elsewhere"
        found.append(
            OrderDraft(
                row.case,
                activity,
                names.get(_chosen(row), ""),
                row.saved_at,
                timezone.localdate(row.saved_at) + timedelta(days=KEPT_DAYS),
                reverse(page, args=[ref]),
            )
        )
    return found


def _chosen(row: FormDraft) -> int:
    """The provider in the text; 0 when none is chosen."""
    value = dict(row.fields).get("provider", "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 10 else 0


def _activities(refs) -> dict[UUID, Activity]:
    ordered = Order.objects.going_on().values("activity_id")
    rows = Activity.objects.filter(ref__in=refs, follow_up__isnull=True).exclude(pk__in=ordered)
    return {row.ref: row for row in rows.select_related("service")}


def _orders(refs) -> dict[UUID, Activity]:
    rows = Order.objects.filter(ref__in=refs, state__in=OrderState.unanswered())
    return {row.ref: row.activity for row in rows.select_related("activity__service")}


def _providers(rows) -> dict[int, str]:
    chosen = {_chosen(row) for row in rows} - {0}
    return dict(Unit.objects.filter(pk__in=chosen).values_list("pk", "name")) if chosen else {}
