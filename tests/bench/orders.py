"""Providers, agreements and orders in bulk: what the comparison of an order and the ledger read.

Twenty providers carry out one service, each by a price model of its own; their orders all ran the
whole month before this one, with a session each weekday.
"""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from activityplans.enums import AttendanceOutcome
from activityplans.models import Activity, PlanLine, PlanVersion, Service, Session
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.models import Case
from jobcentre.workdays import add_months
from referrals.enums import AgreementState, DisclosureBasis, OrderResult, OrderState, PriceModel
from referrals.models import (
    Agreement,
    AgreementService,
    AgreementVersion,
    Order,
    Provider,
    ProviderSite,
    ServiceCapacity,
)

PROVIDERS, ACTIVITIES = 20, 5_000
MODELS = (PriceModel.HOUR, PriceModel.MONTH, PriceModel.WEEK, PriceModel.PLACE)
OUTCOMES = (*(AttendanceOutcome.PRESENT,) * 8, AttendanceOutcome.SICK, AttendanceOutcome.LATE)


def build_orders(coach: User) -> str:
    """Fill in ACTIVITIES orders, a fifth of them ended with a result; returns the reference of an
    activity in the coach's caseload that can be ordered."""
    today = timezone.localdate()
    month = add_months(today.replace(day=1), -1)
    service = Service.objects.get(key="work_training")
    units = _providers(service, coach, month)
    cases = list(Case.objects.order_by("pk")[:ACTIVITIES])
    activities = Activity.objects.bulk_create(
        [Activity(case=case, service=service) for case in cases], batch_size=2000
    )
    orders = []
    for n, activity in enumerate(activities):
        has_ended = n % 5 == 0
        orders.append(
            Order(
                case_id=activity.case_id,
                activity=activity,
                provider=units[n % PROVIDERS],
                state=OrderState.ENDED if has_ended else OrderState.STARTED,
                requirement="Träna kassa och servering.",
                basis=DisclosureBasis.CONSENT,
                starts_on=month,
                ends_before=add_months(month, 6),
                hours_per_week=Decimal(20),
                sent_on=month - timedelta(days=n % 14),
                sent_by=coach,
                accepted_on=month,
                started_on=month,
                ended_on=today - timedelta(days=1) if has_ended else None,
                result=(OrderResult.REACHED, OrderResult.NOT_REACHED)[n % 2] if has_ended else "",
            )
        )
    Order.objects.bulk_create(orders, batch_size=2000)
    _sessions(activities, month, coach)
    return _orderable(service, units[0], coach, today)


def _providers(service: Service, coach: User, month: date) -> list[Unit]:
    top = Unit.objects.get(kind=UnitKind.MUNICIPALITY)
    other = User.objects.exclude(pk=coach.pk).order_by("pk").first()
    units = []
    for n in range(PROVIDERS):
        unit = Unit.objects.create(name=f"Utförare {n + 1}", kind=UnitKind.PROVIDER, parent=top)
        provider = Provider.objects.create(unit=unit, form="contracted")
        provider.services.add(service)
        ProviderSite.objects.create(
            provider=provider, name="Verkstaden", street=f"Storgatan {n + 1}", city="Mätby"
        )  # fmt: skip
        ServiceCapacity.objects.create(
            provider=provider,
            service=service,
            from_on=month - timedelta(days=month.weekday()),
            places=n * 20,
        )
        agreement = Agreement.objects.create(provider=provider, reference=f"M-{n + 1}", version=1)
        agreement.in_force = AgreementVersion.objects.create(
            agreement=agreement, number=1, title="Arbetsträning", why="Nytt.",
            state=AgreementState.APPROVED, starts_on=add_months(month, -12),
            ends_before=add_months(month, 24), reports_monthly=False,
            proposed_by=coach, decided_by=other, decided_at=timezone.now(),
        )  # fmt: skip
        agreement.save()
        AgreementService.objects.create(
            version=agreement.in_force,
            service=service,
            requirement="Handledare.",
            price_model=MODELS[n % len(MODELS)],
            price=Decimal("312.50"),
        )
        units.append(unit)
    return units


def _sessions(activities: list[Activity], month: date, coach: User) -> None:
    after = add_months(month, 1)
    days = (month + timedelta(days=n) for n in range((after - month).days))
    weekdays = [day for day in days if day.weekday() < 5]
    now: datetime = timezone.now()
    for first in range(0, len(activities), 500):
        Session.objects.bulk_create(
            [
                Session(
                    case_id=activity.case_id, activity=activity, on=day, starts_at=time(9),
                    minutes=180, outcome=outcome, registered_by=coach, registered_at=now,
                    late_minutes=20 if outcome == AttendanceOutcome.LATE else None,
                )
                for index, activity in enumerate(activities[first : first + 500])
                for n, day in enumerate(weekdays)
                for outcome in (OUTCOMES[(index + n) % len(OUTCOMES)],)
            ],
            batch_size=5000,
        )  # fmt: skip


def _orderable(service: Service, unit: Unit, coach: User, today: date) -> str:
    case = Case.objects.filter(coach=coach, status="open").order_by("-pk").first()
    version = PlanVersion.objects.create(
        case=case, number=9, state="approved", starts_on=today,
        ends_before=add_months(today, 6), created_by=coach, last_edited_by=coach,
        submitted_on=today, approved_on=today,
    )  # fmt: skip
    activity = Activity.objects.create(case=case, service=service)
    PlanLine.objects.create(
        version=version, activity=activity, description="Tränar.", expected_result="Klarar en dag.",
        provider=unit, starts_on=today, ends_before=add_months(today, 3),
        hours_per_week=Decimal(20),
    )  # fmt: skip
    return str(activity.ref)
