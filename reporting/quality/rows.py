"""The orders and sessions that the quality watch counts: the same few queries however many.

Everything is of the whole municipality: providers serve all its centres, and a figure names nobody.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce, TruncDate

from activityplans.models import AttendanceChange, Service
from intake.mapping.enums import FactKind
from intake.models import MappingFact
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.models import track_at
from jobcentre.workdays import add_months
from referrals.enums import OrderResult, OrderState, ProposalKind, ProposalState
from referrals.models import Agreement, Claim, Order, OrderProposal
from referrals.rules import AGREED_DAYS, latest_week_owed
from reporting.enums import Fate
from reporting.figures.arithmetic import Row
from reporting.figures.facts import outcome_columns
from reporting.figures.registry import FIGURES, RESULT
from reporting.quality import rules


@dataclass(frozen=True)
class Window:
    """`[starts_on, ends_before)`, whole months. Results are of those who ended at the provider the
    same time earlier, so that all have been followed equally long."""

    starts_on: date
    ends_before: date

    @property
    def followed_from(self) -> date:
        return add_months(self.starts_on, -rules.FOLLOWED_MONTHS)

    @property
    def followed_before(self) -> date:
        return add_months(self.ends_before, -rules.FOLLOWED_MONTHS)

    def has(self, day: date | None) -> bool:
        return day is not None and self.starts_on <= day < self.ends_before

    def follows(self, day: date | None) -> bool:
        return day is not None and self.followed_from <= day < self.followed_before


@dataclass(frozen=True)
class Rows:
    """What was read. Each row tells `provider_pk`, `service_pk`, `by_track` (when the order was
    sent), `person_pk` and `n`. `providers` and `services` are names; `register` leads from a provider's unit
    to its page in the register."""

    offers: list[Row]
    ended: list[Row]
    followed: list[Row]
    sessions: list[Row]
    registered: list[Row]
    providers: dict[int, str]
    services: dict[int, str]
    register: dict[int, int]


def read(window: Window) -> Rows:
    """Everything of a window; five queries."""
    orders, sessions = _orders(window), _sessions(window)
    _tell_likeness(orders)
    followed = list(_followed(orders, window))
    _tell_chances(orders, followed)
    units = Unit.objects.filter(kind=UnitKind.PROVIDER).order_by("pk")
    providers = list(units.values_list("pk", "name", "provider"))
    return Rows(
        offers=[row for row in orders if window.has(row["sent_on"])],
        ended=[row for row in orders if row["started_on"] and window.has(row["ended_on"])],
        followed=followed,
        sessions=sessions,
        registered=list(_registered(sessions)),
        providers={unit: name for unit, name, _pk in providers},
        services={each.pk: each.label for each in Service.objects.order_by("pk")},
        register={unit: pk for unit, _name, pk in providers if pk is not None},
    )


def _orders(window: Window) -> list[dict[str, Any]]:
    sent = Q(sent_on__gte=window.starts_on, sent_on__lt=window.ends_before)
    ended = Q(ended_on__gte=window.followed_from, ended_on__lt=window.ends_before)
    given_back = OrderProposal.objects.filter(
        order=OuterRef("pk"), kind=ProposalKind.UNSUITABLE, state=ProposalState.ACCEPTED
    )
    paid = (
        Claim.objects.standing()
        .filter(order=OuterRef("pk"))
        .order_by()
        .values("order")
        .annotate(amount=Sum("amount"))
        .values("amount")
    )
    rows = Order.objects.filter(sent | ended).order_by("pk")
    return list(
        rows.values(
            *("case_id", "state", "sent_on", "accepted_on", "started_on", "ended_on", "result"),
            "decline_reason",
            **outcome_columns("case__"),
            provider_pk=F("provider_id"),
            service_pk=F("activity__service_id"),
            person_pk=F("case__person_id"),
            born=F("case__person__birth_date"),
            enrolled_on=F("case__started_on"),
            exit_on=F("case__ended_on"),
            by_track=track_at("sent_on", "case__"),
            is_given_back=Exists(given_back),
            amount=Subquery(paid, output_field=DecimalField()),
            n=Value(1),
        )
    )


def _tell_likeness(orders: list[dict[str, Any]]) -> None:
    levels: dict[int, set[str]] = defaultdict(set)
    known = MappingFact.objects.current().filter(
        kind=FactKind.EDUCATION, case__in=Order.objects.values("case")
    )
    for case, level in known.order_by().values_list("case_id", "code"):
        levels[case].add(level)
    for row in orders:
        row["by_age"] = rules.age_group(row["born"], row["sent_on"])
        row["by_enrolled"] = rules.enrolled(row["enrolled_on"], row["sent_on"])
        row["by_schooling"] = rules.schooling(levels[row["case_id"]])
        row["likeness"] = tuple(
            str(row[f"by_{each}"]) for each in ("track", "age", "enrolled", "schooling")
        )
        row["fate"] = _fate(row)
        row["is_broken_off"] = (
            row["result"] == OrderResult.INTERRUPTED or row["state"] == OrderState.WITHDRAWN
        )


def _fate(row: Row) -> Fate:
    if row["is_given_back"]:
        return Fate.GIVEN_BACK
    if row["accepted_on"] is not None or row["started_on"] is not None:
        return Fate.ACCEPTED
    return Fate.DECLINED if row["state"] == OrderState.DECLINED else Fate.NOT_ANSWERED


def _followed(orders: Iterable[Row], window: Window) -> Iterator[dict[str, Any]]:
    """A person once for each provider and service, by the order that ended last, with what all of
    them have cost. Who moved or died meanwhile is left out, as in the figure of the exits."""
    result = FIGURES[RESULT]
    of_person: dict[tuple, list[Row]] = defaultdict(list)
    for row in orders:
        if row["started_on"] and window.follows(row["ended_on"]):
            of_person[row["provider_pk"], row["service_pk"], row["person_pk"]].append(row)
    for found in of_person.values():
        last = max(found, key=lambda row: row["ended_on"])
        until = add_months(last["ended_on"], rules.FOLLOWED_MONTHS)
        has_left = last["exit_on"] is not None and last["exit_on"] <= until
        if has_left and not result.population(last, None):
            continue
        amounts = [row["amount"] for row in found if row["amount"] is not None]
        yield {
            **last,
            "is_reached": has_left and result.hit(last),
            "amount": sum(amounts) if amounts else None,
        }


def _tell_chances(orders: list[dict[str, Any]], followed: list[dict[str, Any]]) -> None:
    """The chance of each, among the people of the service at all its providers; None where nobody
    has been followed or nobody else carries the service out."""
    people, providers = defaultdict(list), defaultdict(set)
    for row in followed:
        people[row["service_pk"]].append((row["likeness"], row["is_reached"]))
        providers[row["service_pk"]].add(row["provider_pk"])
    known = {
        service: rules.chances(found)
        for service, found in people.items()
        if len(providers[service]) > 1
    }
    for row in (*orders, *followed):
        of_service = known.get(row["service_pk"])
        row["chance"] = of_service.of(row["likeness"]) if of_service else None
        row["is_near"] = of_service is not None and row["chance"] >= of_service.of_all


def _sessions(window: Window) -> list[dict[str, Any]]:
    """The sessions of each order's own days in the window, by person and what became of them."""
    held = Order.objects.filter(
        Q(ended_on__isnull=True) | Q(activity__sessions__on__lte=F("ended_on")),
        Q(activity__sessions__on__gte=F("started_on")),
        activity__sessions__on__gte=window.starts_on,
        activity__sessions__on__lt=window.ends_before,
    )
    changes = AttendanceChange.objects.filter(
        session=OuterRef("activity__sessions"), old_at__isnull=False
    )
    first = Coalesce(
        Subquery(changes.order_by("old_at").values("old_at")[:1]),
        F("activity__sessions__registered_at"),
    )
    return list(
        held.order_by()
        .alias(first_registered_on=TruncDate(first))
        .values(
            provider_pk=F("provider_id"),
            service_pk=F("activity__service_id"),
            person_pk=F("case__person_id"),
            by_track=track_at("sent_on", "case__"),
            outcome=F("activity__sessions__outcome"),
            is_weekly=~Exists(
                Agreement.objects.filter(
                    provider__unit=OuterRef("provider"), in_force__attendance_weekly=False
                )
            ),
        )
        .annotate(
            n=Count("activity__sessions"),
            owed=Count("activity__sessions", filter=_is_owed(window)),
            timely=Count("activity__sessions", filter=_is_owed(window) & _is_timely()),
        )
    )


def _is_owed(window: Window) -> Q:
    """Sessions whose agreed day has passed when the window ends."""
    week = latest_week_owed(window.ends_before)
    return Q(activity__sessions__on__lt=week + timedelta(weeks=1))


def _is_timely() -> Q:
    """Sessions first registered not later than the agreed day of their week."""
    known = Q()
    for weekday in range(7):
        left = timedelta(days=AGREED_DAYS - weekday)
        known |= Q(
            activity__sessions__on__iso_week_day=weekday + 1,
            first_registered_on__lte=F("activity__sessions__on") + left,
        )
    return known


def _registered(sessions: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """The sessions that were to be registered, apart those that were it in time."""
    for row in sessions:
        if row["is_weekly"]:
            yield {**row, "n": row["timely"], "is_timely": True}
            yield {**row, "n": row["owed"] - row["timely"], "is_timely": False}
