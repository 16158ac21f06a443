"""What a provider has before it today: who comes when, what is to be registered, answered and reported,
and what the job centres have said. A fixed number of queries."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import lru_cache

from django.db.models import Exists, F, OuterRef, Q

from activityplans.enums import AttendanceOutcome
from activityplans.models import Service
from jobcentre.accounts.models import Membership
from jobcentre.casework.deadlines.calendar import shown_calendar
from jobcentre.casework.deadlines.explain import Explanation, explain
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import ClockPause, Deadline
from jobcentre.casework.models.together import RowsAsJson, columns_of, row_of
from jobcentre.ui.addresses import page_of
from jobcentre.workdays import Period
from referrals import aliases
from referrals.enums import OrderState, ProposalKind, ProposalState
from referrals.models import Order, OrderMessage, OrderProposal, OrderQuestion
from referrals.own_days import sessions_of_known

MAX_ORDERS, MAX_SESSIONS, MAX_DAYS = 100, 400, 10
NEWS = timedelta(days=14)  # how long an answer stands on the page
SIGNS = {
    OrderState.SENT: "soon",
    OrderState.ASKED: "soon",
    OrderState.WAITING: "soon",
    OrderState.STARTED: "ok",
    OrderState.PAUSED: "paused",
}

# What the page shows of an order, and what `aliases` takes out of a text.
_COLUMNS = (
    *("ref", "state", "starts_on", "ends_before", "case", "activity", "provider"),
    *("case__number", "case__person"),
    *(f"case__person__{name}" for name in ("ref", "given_name", "family_name", "protection")),
    *(f"case__person__{name}" for name in ("email", "phone", "street", "sort_key")),
)


@dataclass
class OfToday:
    """A session of the day, as far as the page shows it."""

    pk: int
    starts_at: time
    minutes: int
    place: str
    outcome: str

    @property
    def is_registered(self) -> bool:
        return self.outcome != AttendanceOutcome.NOT_REGISTERED


@dataclass(frozen=True)
class Waiting:
    """A clock that waits for the provider, and whom it is about."""

    order: Order
    explanation: Explanation


@dataclass(frozen=True)
class News:
    """What a job centre has answered or written: on which day, in words of `kind` ("message",
    "reply", "accepted", "refused"); `about` is who wrote, or what was proposed."""

    on: date
    kind: str
    about: str
    order: Order


@dataclass
class ProviderDay:
    """Everything of the page. Orders are `called` what the staff may read: name or alias; `service`
    is what is ordered, `url` the order's page. `ended` are those that are over and owe the completion
    of a report; `is_cut` says that more go on than `orders` has.

    `unregistered` are (day, how many) of earlier days, the latest first; `asked` the orders with a
    question or a proposal that waits for the job centre.
    """

    orders: list[Order]
    ended: list[Order] = field(default_factory=list)
    is_cut: bool = False
    sessions: list[tuple[OfToday, Order]] = field(default_factory=list)
    unregistered: list[tuple[date, int]] = field(default_factory=list)
    waiting: list[Waiting] = field(default_factory=list)
    asked: list[tuple[Order, str]] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    @property
    def to_answer(self) -> list[Order]:
        return [order for order in self.orders if order.state == OrderState.SENT]

    @property
    def left(self) -> int:
        """Sessions of earlier days that nobody has registered."""
        return sum(count for _day, count in self.unregistered)

    @property
    def left_today(self) -> int:
        return sum(not session.is_registered for session, _order in self.sessions)


def day_of(user, today: date, *, at_most: int | None = MAX_ORDERS) -> ProviderDay:
    """The day of the provider that `user` acts for; three queries.

    `at_most` so many of those that have been answered, None for all; what waits for an answer is
    never left out.
    """
    keys, is_cut = _chosen(user, at_most)
    acting = user.acting
    orders = list(_orders(acting.unit_id, acting.role, today).filter(pk__in=keys))
    services: dict[int, Service] = {}
    for order in orders:
        if order.service_id not in services:
            labels = {"label_sv": order.service_sv, "label_en": order.service_en}
            services[order.service_id] = Service(**labels)
        order.service = services[order.service_id]
        order.called = aliases.name_at_provider(order)
        order.url = page_of("referrals:order", order.ref)
        order.sign = SIGNS.get(order.state, "plain")
    orders.sort(key=lambda each: (each.called != each.case.person.name, _key(each)))
    states, unanswered = OrderState.going_on(), OrderState.unanswered()
    going_on = [order for order in orders if order.state in states]
    ended = [order for order in orders if order.state not in states]
    answered_last = sorted(going_on, key=lambda each: each.state not in unanswered)
    day = ProviderDay(answered_last, ended, is_cut)
    _sessions(day, today)
    _clocks(day, today)
    for order in going_on:
        _said(day, order)
    day.news.sort(key=lambda each: each.on, reverse=True)
    return day


def _key(order: Order) -> str:
    """Names in Swedish order; the place of an alias says nothing of the name."""
    person = order.case.person
    return person.sort_key if order.called == person.name else order.called


def _chosen(user, at_most: int | None) -> tuple[list[int], bool]:
    """(The keys of the orders to show, whether some were left out): what waits for an answer, the
    first `at_most` of what has been answered, and what is over and owes the completion of a report.
    """
    shown = Order.objects.visible_to(user, just_ended=False)
    rows = shown.order_by("pk").values_list("pk", "state")
    held = OrderState.holding()
    answered = [pk for pk, state in rows if state in held]
    left_out = set(answered[at_most:]) if at_most is not None else set()
    return [pk for pk, _state in rows if pk not in left_out], bool(left_out)


@lru_cache(maxsize=64)
def _orders(unit_id: int, role: str, today: date):
    """Orders with all that the day of a provider shows of them. What is asked is the same the whole
    day, and putting it together takes longer than asking it."""
    own = Membership.objects.filter(
        user=OuterRef("author"), unit=OuterRef("order__provider"), role=role
    )
    messages = (
        OrderMessage.objects.filter(order=OuterRef("pk"), sent_at__date__gt=today - NEWS)
        .annotate(from_us=Exists(own), who=F("author__name"), on=F("sent_at__date"))
        .order_by("-pk")[:1]
    )
    proposals = OrderProposal.objects.filter(order=OuterRef("pk")).filter(
        Q(state=ProposalState.PENDING) | Q(decided_on__gt=today - NEWS)
    )
    replies = OrderQuestion.objects.filter(order=OuterRef("pk"), replied_on__gt=today - NEWS)
    pauses = ClockPause.objects.filter(case=OuterRef("case"))
    clocks = Deadline.objects.begun(today).filter(
        case=OuterRef("case"), unit=unit_id, waits_for=WaitsFor.PROVIDER
    )
    return (
        Order.objects.select_related("case__person")
        .annotate(
            service_id=F("activity__service_id"),
            service_sv=F("activity__service__label_sv"),
            service_en=F("activity__service__label_en"),
            latest=RowsAsJson(messages, ("from_us", "who", "on")),
            proposed=RowsAsJson(proposals.order_by("-pk"), ("kind", "state", "decided_on")),
            replied=RowsAsJson(replies.order_by("-pk"), ("replied_on",)),
            clocks=RowsAsJson(clocks, columns_of(Deadline)),
            case_pauses=RowsAsJson(pauses.order_by("starts_on"), ("starts_on", "ends_before")),
        )
        .only(*_COLUMNS)
        .order_by("pk")
    )


def _sessions(day: ProviderDay, today: date) -> None:
    of_activity = {
        order.activity_id: order for order in day.orders if order.state in OrderState.holding()
    }
    unregistered = Q(on__lt=today, outcome=AttendanceOutcome.NOT_REGISTERED)
    rows = (
        sessions_of_known(list(of_activity.values()))
        .filter(Q(on=today) | unregistered)
        .order_by("-on", "starts_at", "pk")
        .values_list("activity_id", "on", "pk", "starts_at", "minutes", "place", "outcome")
    )
    left: Counter[date] = Counter()
    for activity_id, on, *shown in rows[:MAX_SESSIONS]:
        if on == today:
            order, session = of_activity[activity_id], OfToday(*shown)
            aliases.cover(order, [(session, ("place",))])
            day.sessions.append((session, order))
        else:
            left[on] += 1
    day.unregistered = sorted(left.items(), reverse=True)[:MAX_DAYS]


def _clocks(day: ProviderDay, today: date) -> None:
    waiting = [
        (row_of(Deadline, row), order)
        for order in (*day.orders, *day.ended)
        for row in order.clocks
        if ":".join(row["subject_key"].split(":")[:2]) == order.subject_key
    ]
    waiting.sort(key=lambda each: (each[0].due_on or date.max, each[0].pk))
    calendar = shown_calendar()
    for clock, order in waiting:
        explanation = explain(
            clock,
            pauses=_pauses(order),
            calendar=calendar,
            today=today,
            case_number=order.case.number,
        )
        day.waiting.append(Waiting(order, explanation))


def _pauses(order: Order) -> tuple[Period, ...]:
    """The interruptions of the order's case, as `pauses_of` gives them."""
    return tuple(
        Period(_day(row["starts_on"]), _day(row["ends_before"]) if row["ends_before"] else None)
        for row in order.case_pauses
    )


def _said(day: ProviderDay, order: Order) -> None:
    """What waits for the job centre about the order, and what it has said."""
    if order.state == OrderState.ASKED:
        day.asked.append((order, ""))
    for row in order.proposed:
        kind = ProposalKind(row["kind"]).label
        if row["state"] == ProposalState.PENDING:
            day.asked.append((order, kind))
        else:
            day.news.append(News(_day(row["decided_on"]), row["state"], kind, order))
    for row in order.replied:
        day.news.append(News(_day(row["replied_on"]), "reply", "", order))
    for row in order.latest:
        if not row["from_us"]:
            day.news.append(News(_day(row["on"]), "message", row["who"], order))


def _day(text: str) -> date:
    return date.fromisoformat(text)
