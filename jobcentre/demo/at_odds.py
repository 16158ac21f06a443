"""What has gone against the plan at providers: one is full, a consent is withdrawn, and a report is returned
after its amount was attested."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from activityplans.enums import PlanState
from activityplans.models import PlanLine
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.models import Consent
from jobcentre.casework.transitions import records
from referrals import transitions as orders
from referrals.capacity import places_of
from referrals.enums import ClaimState, DisclosureBasis, OrderState, ReportKind
from referrals.models import Claim, Order, Provider
from referrals.places import monday
from referrals.transitions import claims
from referrals.transitions import providers as register

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

LACKING = "Rapporten säger inte vad som gjordes, och målen är inte beskrivna. Skriv det."


def tell_at_odds(teller: Teller) -> None:
    """Told last: over what stands there today."""
    for user in teller.actors:
        user.remembered_relations = {}
    _fill_a_provider(teller)
    _withdraw_a_consent(teller)
    _return_what_is_paid(teller)


def _known():
    return Order.objects.filter(
        case__person__protection="none", case__status="open"
    ).select_related("case__person", "case__centre", "provider", "activity__service")


def _fill_a_provider(teller: Teller) -> None:
    """All places are taken from this week on where the coach orders one more on purpose."""
    lines = (
        PlanLine.objects.filter(
            version__state=PlanState.APPROVED,
            version__case__status="open",
            version__case__person__protection="none",
            provider__isnull=False,
            starts_on__lte=teller.today + timedelta(days=14),
            ends_before__gt=teller.today + timedelta(days=28),
            activity__follow_up__isnull=True,
            activity__broken_off__isnull=True,
        )
        .exclude(activity__in=Order.objects.going_on().values("activity"))
        .select_related("version__case__person", "version__case__centre", "provider")
        .order_by("-starts_on", "pk")
    )
    known = []
    for line in lines:
        service = line.activity.service
        said = places_of([line.provider_id], teller.today)[line.provider_id].get(service.pk)
        if said is not None and said.now is not None:
            known.append((said.now.taken, line))
    # Where most places are taken it is best seen.
    for taken, line in sorted(known, key=lambda each: -each[0])[:1]:
        service, case = line.activity.service, line.version.case
        provider = Provider.objects.get(unit=line.provider)
        values = {"service": service, "from_on": monday(teller.today), "places": taken}
        begins_on = max(teller.today, line.starts_on)
        with teller.on(teller.today, 7):
            register.save_part(
                provider, "capacities", None, values, actor=None, edit=provider.version
            )
        with teller.on(teller.today, 8):
            orders.send_order(
                line.activity,
                orders.OrderInput(
                    provider=line.provider,
                    requirement=line.description,
                    goals=line.expected_result,
                    starts_on=begins_on,
                    ends_before=line.ends_before,
                    hours_per_week=line.hours_per_week,
                    basis=DisclosureBasis.NECESSARY,
                    basis_reason="Utföraren behöver veta vem som kommer.",
                    although_full=True,
                ),
                actor=teller.coach_of(case),
                today=teller.today,
            )


def _withdraw_a_consent(teller: Teller) -> None:
    """The person takes the consent back while the activity goes on; the coach has not answered yet."""
    running = _known().filter(state=OrderState.STARTED, basis=DisclosureBasis.CONSENT)
    for order in running.order_by("-started_on", "pk"):
        consents = Consent.objects.filter(
            case=order.case, purpose=ConsentPurpose.PROVIDERS, withdrawn_on__isnull=True
        )
        if (consent := consents.first()) is not None:
            with teller.on(teller.today, 8):
                records.withdraw_consent(
                    consent, actor=teller.coach_of(order.case), today=teller.today
                )
            return


def _return_what_is_paid(teller: Teller) -> None:
    """An amount is attested, and the report that it rests on is returned."""
    paid = Claim.objects.filter(
        Q(evidence__has_key="report") | Q(evidence__has_key="final_report"),
        state__in=[ClaimState.OPEN, ClaimState.ATTESTED],
        reverses__isnull=True,
        order__in=Order.objects.in_sight(teller.today),
        case__person__protection="none",
    ).select_related("case", "order__case__person", "order__case__centre", "order__provider")
    for claim in paid.order_by("-starts_on", "pk"):
        rests_on = Q(kind=ReportKind.FINAL)
        if "report" in claim.evidence:
            rests_on = Q(kind=ReportKind.MONTHLY, month=claim.starts_on.replace(day=1))
        report = claim.order.reports.filter(rests_on, returned__isnull=True).first()
        if report is None:
            continue
        if claim.state == ClaimState.OPEN:
            centres = {unit.pk: name for name, unit in teller.world.centres.items()}
            manager = teller.world.managers[centres[claim.case.centre_id]]
            with teller.on(teller.today, 7):
                reviewed = claims.review_claim(claim, actor=manager, version=claim.version)
                claims.attest_claim(reviewed, actor=teller.world.head, version=reviewed.version)
        with teller.on(teller.today, 8):
            orders.return_report(
                report, reason=LACKING, actor=teller.coach_of(claim.order.case), today=teller.today
            )
        return
