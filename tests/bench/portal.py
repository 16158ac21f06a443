"""A provider with forty participants, each with a session today: what the provider's own page reads.

The provider has no agreement, and so no amounts: the ledger is measured on the others.
"""

from datetime import date, time, timedelta
from decimal import Decimal

from django.utils import timezone

from activityplans.models import Activity, Service, Session
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.models import Case, Deadline, Involvement
from jobcentre.workdays import add_months
from referrals.enums import DisclosureBasis, OrderState, ProposalKind
from referrals.models import Order, OrderMessage, OrderProposal, OrderQuestion, Provider

PARTICIPANTS = 40
UNREGISTERED_DAYS = 5  # earlier days on which every fourth is left to register
EVERY = 4  # every fourth has a clock that waits, an answer, a message, something asked


def build_portal() -> int:
    """Fill in the provider on a migrated base with cases; returns the id of its staff."""
    today = timezone.localdate()
    service = Service.objects.get(key="work_training")
    unit, staff = _provider(service, today)
    cases = list(Case.objects.open().select_related("coach").order_by("pk")[:PARTICIPANTS])
    activities = Activity.objects.bulk_create(
        [Activity(case=case, service=service) for case in cases]
    )
    orders = Order.objects.bulk_create(
        [
            Order(
                case=case,
                activity=activity,
                provider=unit,
                state=OrderState.STARTED,
                requirement="Träna kassa och servering.",
                basis=DisclosureBasis.CONSENT,
                starts_on=today - timedelta(days=20 + n),
                ends_before=add_months(today, 4),
                hours_per_week=Decimal(20),
                sent_on=today - timedelta(days=30 + n),
                sent_by=case.coach,
                accepted_on=today - timedelta(days=25 + n),
                started_on=today - timedelta(days=20 + n),
            )
            for n, (case, activity) in enumerate(zip(cases, activities, strict=True))
        ]
    )
    Involvement.objects.bulk_create(
        [
            Involvement(
                case=order.case, kind=InvolvementKind.ORDER, subject_key=order.subject_key,
                unit=unit, label=unit.name, starts_on=order.sent_on,
            )
            for order in orders
        ]
    )  # fmt: skip
    _sessions(orders, today)
    _said(orders, staff, today)
    return staff.pk


def _provider(service: Service, today: date) -> tuple[Unit, User]:
    top = Unit.objects.get(kind=UnitKind.MUNICIPALITY)
    unit = Unit.objects.create(name="Verkstan", kind=UnitKind.PROVIDER, parent=top)
    Provider.objects.create(unit=unit, form="municipal").services.add(service)
    staff = User.objects.create(email="staff@example.org", name="Siv Textor")
    Membership.objects.create(
        user=staff, role=Role.PROVIDER_STAFF, unit=unit, valid_from=today - timedelta(days=900)
    )
    return unit, staff


def _sessions(orders: list[Order], today: date) -> None:
    left = [(order, day) for order in orders[::EVERY] for day in range(1, UNREGISTERED_DAYS + 1)]
    held = [(order, 0) for order in orders] + left
    Session.objects.bulk_create(
        [
            Session(
                case=order.case, activity=order.activity, on=today - timedelta(days=days),
                starts_at=time(8 + n % 6), minutes=180, place="Verkstaden",
            )
            for n, (order, days) in enumerate(held)
        ]
    )  # fmt: skip


def _said(orders: list[Order], staff: User, today: date) -> None:
    """Clocks that wait, messages, questions replied to and proposals, a quarter of the orders each."""
    Deadline.objects.bulk_create(
        [
            Deadline(
                case=order.case, kind="monthly_report", subject_key=f"{order.subject_key}:2026-01",
                url=f"/bestallningar/{order.ref}/rapport/", length=5, length_unit="workdays",
                started_on=today - timedelta(days=3), due_on=today + timedelta(days=n),
                waits_for="provider", unit_id=order.provider_id,
            )
            for n, order in enumerate(orders[::EVERY])
        ]
    )  # fmt: skip
    OrderMessage.objects.bulk_create(
        OrderMessage(order=order, author=order.case.coach, text="Kommer på torsdag.")
        for order in orders[1::EVERY]
    )
    OrderQuestion.objects.bulk_create(
        OrderQuestion(
            order=order, text="Vilka dagar?", asked_by=staff, asked_on=today, reply="Alla.",
            replied_by=order.case.coach, replied_on=today,
        )
        for order in orders[2::EVERY]
    )  # fmt: skip
    OrderProposal.objects.bulk_create(
        OrderProposal(
            order=order, kind=ProposalKind.EXTENSION, day=add_months(today, 5), reason="Behövs.",
            proposed_by=staff, proposed_on=today,
        )
        for order in orders[3::EVERY]
    )  # fmt: skip
