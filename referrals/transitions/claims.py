"""The ledger keeps itself: amounts are made, stopped, let go and taken back from what has happened;
people review and attest them, two for each. The only writer of a claim's state."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import Outcome
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Exit
from jobcentre.casework.saving import save_checked
from jobcentre.replay import moment_now
from referrals.enums import (
    AgreementState,
    ClaimBlock,
    ClaimState,
    OrderState,
    PriceStep,
    ProposalState,
)
from referrals.models import (
    AgreementVersion,
    Claim,
    Order,
    OrderProposal,
)
from referrals.models.orders import DAYS_TO_COMPLETE
from referrals.money.facts import facts_of
from referrals.money.prices import Agreed, Prices, price_of
from referrals.money.rules import Due, Facts, dues, lost_on, overlaps

CHUNK = 500  # orders at a time: memory does not grow with the ledger
LOOKED_BACK = timedelta(days=500)  # a job is verified at twelve months, and some days later
MADE_FROM = ("kind", "starts_on", "ends_before", "quantity", "unit_price", "amount")
DECIDED = (ClaimState.REVIEWED, ClaimState.ATTESTED)
STANDING, STEPS = frozenset(ClaimState.standing()), frozenset(PriceStep.values)


def keep_ledger(today: date) -> int:
    """Bring the ledger in line with what has happened; returns how many amounts were written.

    A second run writes nothing. What is attested is never changed: an amount that no longer is
    right is taken back by a negative one, and claimed anew if something else is due.
    """
    prices = Prices()
    budget = Budget.load()
    written = 0
    orders = _orders(prices, today)
    while chunk := list(islice(orders, CHUNK)):
        with transaction.atomic():
            written += _keep(chunk, prices, budget, today)
    return written


def _orders(prices: Prices, today: date) -> Iterator[Order]:
    """The orders that anything may be paid for, or was: also withdrawn ones, and those whose start
    proved to be wrong."""
    since = today - LOOKED_BACK
    late_jobs = Exit.objects.filter(
        case=OuterRef("case"), outcome=Outcome.WORK, begins_on__gte=since
    )
    claimed = Claim.objects.filter(order=OuterRef("pk")).exclude(state=ClaimState.CANCELLED)
    orders = (
        Order.objects.filter(
            Q(started_on__lte=today) | Q(Exists(claimed), started_on__isnull=True),
            Q(ended_on__isnull=True) | Q(ended_on__gte=since) | Exists(late_jobs),
            state__in=[*OrderState.begun(), OrderState.WITHDRAWN],
            provider__in=prices.units,
        )
        .select_related("activity", "case")
        .only(
            *("case_id", "provider_id", "state", "started_on", "ended_on", "result"),
            *("activity__service_id", "case__person_id"),
        )
        .order_by("started_on", "pk")
    )
    for order in orders.iterator(CHUNK):
        if (order.provider_id, order.activity.service_id) in prices.sold:
            yield order


def _waiting_changes():
    """Proposed wordings of agreements, which stop what is paid by them until somebody decides."""
    return AgreementVersion.objects.filter(state=AgreementState.PROPOSED)


def _waiting_proposals():
    """Proposals of providers that stop what is paid for their orders until they are answered."""
    return OrderProposal.objects.filter(
        state=ProposalState.PENDING, order__state__in=OrderState.going_on()
    )


class Budget:
    """What stands against the ceilings: of an agreement by year, and of one person in it."""

    def __init__(self) -> None:
        self.years: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
        self.persons: dict[tuple[int, int], Decimal] = defaultdict(Decimal)  # in all their cases
        self.proposals: set[int] = set()  # agreements with a wording that waits
        self.proposed: set[int] = set()  # orders about which a provider has proposed something

    @classmethod
    def load(cls) -> "Budget":
        """What people have taken a position on counts first; the rest is counted as it is met."""
        budget = cls()
        taken = Claim.objects.filter(Q(state__in=DECIDED) | Q(reverses__isnull=False))
        for agreement, year, amount in (
            taken.order_by().values_list("agreement_id", "starts_on__year").annotate(Sum("amount"))
        ):
            budget.years[agreement, year] += amount
        for agreement, person, amount in (
            taken.order_by().values_list("agreement_id", "case__person_id").annotate(Sum("amount"))
        ):
            budget.persons[agreement, person] += amount
        budget.proposals = set(_waiting_changes().values_list("agreement_id", flat=True))
        asked = _waiting_proposals()
        budget.proposed = set(asked.values_list("order_id", flat=True))
        return budget

    def take_away(self, claim: Claim) -> None:
        """The amount no longer counts."""
        self.years[claim.agreement_id, claim.starts_on.year] -= claim.amount
        self.persons[claim.agreement_id, claim.person_pk] -= claim.amount

    def block(self, order: Order, row: Agreed, due: Due) -> str:
        """Why the agreement does not let the amount through; "" when it does, and it counts."""
        holder, key = order.case.person_id, row.agreement_id
        if key in self.proposals or order.pk in self.proposed:
            return ClaimBlock.PROPOSAL
        person = self.persons[key, holder] + due.amount
        year = self.years[key, due.starts_on.year] + due.amount
        if row.ceiling_person is not None and person > row.ceiling_person:
            return ClaimBlock.CEILING_PERSON
        if row.ceiling_year is not None and year > row.ceiling_year:
            return ClaimBlock.CEILING_YEAR
        self.persons[key, holder], self.years[key, due.starts_on.year] = person, year
        return ""


def _keep(orders: Sequence[Order], prices: Prices, budget: Budget, today: date) -> int:
    rows = {order.pk: prices.of(order) if order.started_on else (None, "") for order in orders}
    paid_by = {pk: row.price_model for pk, (row, _block) in rows.items() if row}
    facts = facts_of(orders, paid_by, today, prices.sold_by_steps())
    known: dict[int, list[Claim]] = defaultdict(list)
    cases = {order.case_id for order in orders}
    others: dict[int, list[Claim]] = defaultdict(list)
    for claim in _locked(cases):
        known[claim.order_id].append(claim)
        others[claim.case_id].append(claim)
    made: list[Claim] = []
    changed: list[Claim] = []
    for order in orders:
        row, no_agreement = rows[order.pk]
        due_now = {}
        if row is not None:
            due_now = {due.key: due for due in dues(price_of(row), facts[order.pk], today)}
        ours = known[order.pk]
        back = {claim.reverses_id for claim in ours}
        for claim in _wrong(ours, due_now, back, _lost(due_now, facts[order.pk], today)):
            made.append(_taken_back(claim))
            back.add(claim.pk)
            budget.take_away(claim)
        current = {
            claim.key: claim for claim in ours if claim.reverses_id is None and claim.pk not in back
        }
        for key, claim in current.items():
            if key not in due_now and _fall_away(claim, budget):
                changed.append(claim)
        for due in due_now.values():
            claim = current.get(due.key)
            if claim is not None and claim.state in DECIDED and _is(claim, due):
                continue  # counted when the budget was read
            if claim is not None and claim.state == ClaimState.REVIEWED:
                budget.take_away(claim)
            block = no_agreement or due.block
            block = block or _overlap(order, due, claim, others[order.case_id])
            block = block or budget.block(order, row, due)
            if claim is None:
                turn = 1 + max((each.turn for each in ours if each.key == due.key), default=0)
                claim = _new(order, row, due, turn, block)
                claim.activity_pk, claim.person_pk = order.activity_id, order.case.person_id
                made.append(claim)
                others[order.case_id].append(claim)
            elif _move(claim, due, block):
                changed.append(claim)
    Claim.objects.bulk_create(made, ignore_conflicts=True)
    fields = (*MADE_FROM, "evidence", "state", "block", "reviewed_by", "reviewed_at", "version")
    Claim.objects.bulk_update(changed, fields)
    return len(made) + len(changed)


def _locked(cases: set[int]) -> Iterable[Claim]:
    """All claims of the cases under lock, each with the activity of its order and the
    person."""
    claims = Claim.objects.select_for_update(of=("self",)).filter(case__in=cases)
    return claims.annotate(
        activity_pk=F("order__activity_id"), person_pk=F("case__person_id")
    ).order_by("pk")


def _lost(due_now: dict[str, Due], facts: Facts, today: date) -> set[str]:
    """What was paid by a report that was returned so long ago and still is not completed."""
    since = today - timedelta(days=DAYS_TO_COMPLETE)
    return {
        key
        for key, due in due_now.items()
        if (returned_on := lost_on(due, facts)) is not None and returned_on <= since
    }


def _wrong(
    claims: Sequence[Claim], due_now: dict[str, Due], back: set, lost: set[str]
) -> list[Claim]:
    """The attested claims that no longer are right and that nothing has taken back."""
    return [
        claim
        for claim in claims
        if claim.state == ClaimState.ATTESTED
        and claim.reverses_id is None
        and claim.pk not in back
        and (claim.key not in due_now or claim.key in lost or not _is(claim, due_now[claim.key]))
    ]


def _is(claim: Claim, due: Due) -> bool:
    return claim.amount == due.amount and claim.starts_on == due.starts_on


def _overlap(order: Order, due: Due, own: Claim | None, claims: Iterable[Claim]) -> str:
    """Whether another order is paid for the same job, or the same activity on the same days: the
    first claim stands. Two activities of one person may well fill the same week."""
    for claim in claims:
        if claim.order_id == order.pk or claim.reverses_id is not None:
            continue
        is_same = claim.kind in STEPS or claim.activity_pk == order.activity_id
        is_before = (
            own is None or claim.state in DECIDED or (claim.pk is not None and claim.pk < own.pk)
        )
        if is_same and is_before and claim.state in STANDING and overlaps(due, _as_due(claim)):
            return ClaimBlock.OVERLAP
    return ""


def _as_due(claim: Claim) -> Due:
    return Due(
        claim.key, claim.kind, claim.starts_on, claim.ends_before,
        claim.quantity, claim.unit_price, claim.amount, {},
    )  # fmt: skip


def _has_changed(claim: Claim) -> bool:
    """Whether what the amount is for is no longer as the ledger found it; what takes an amount back
    stands by itself."""
    if claim.reverses_id is not None:
        return False
    order = Order.objects.select_related("activity", "case").get(pk=claim.order_id)
    prices = Prices()
    # No amount is made before its period is over.
    today = max(timezone.localdate(moment_now()), claim.ends_before)
    row, no_agreement = prices.of(order) if order.started_on else (None, "")
    if row is None or no_agreement:
        return True
    facts = facts_of([order], {order.pk: row.price_model}, today, prices.sold_by_steps())
    due_now = {due.key: due for due in dues(price_of(row), facts[order.pk], today)}
    due = due_now.get(claim.key)
    asked = _waiting_proposals().filter(order=order)
    return due is None or bool(due.block) or not _is(claim, due) or asked.exists()


def _refuse_if_changed(claim: Claim) -> None:
    if (
        claim.reverses_id is None
        and _waiting_changes().filter(agreement=claim.agreement_id).exists()
    ):
        raise Refused(
            _(
                "A change of the agreement waits for an answer. The amount is looked at when that is "
                "decided."
            )
        )
    if _has_changed(claim):
        raise Refused(
            _(
                "What the amount is for has changed since the ledger was kept. It is kept again "
                "tomorrow morning."
            )
        )


def _evidence(due: Due) -> dict[str, str]:
    return {what: day.isoformat() for what, day in due.evidence.items()}


def _new(order: Order, row: Agreed, due: Due, turn: int, block: str) -> Claim:
    return Claim(
        case_id=order.case_id,
        order=order,
        agreement_id=row.agreement_id,
        priced_by_id=row.pk,
        key=due.key,
        turn=turn,
        evidence=_evidence(due),
        state=ClaimState.BLOCKED if block else ClaimState.OPEN,
        block=block,
        **{name: getattr(due, name) for name in MADE_FROM},
    )


def _taken_back(claim: Claim) -> Claim:
    return Claim(
        case_id=claim.case_id,
        order_id=claim.order_id,
        agreement_id=claim.agreement_id,
        priced_by_id=claim.priced_by_id,
        key=claim.key,
        turn=claim.turn,
        kind=claim.kind,
        starts_on=claim.starts_on,
        ends_before=claim.ends_before,
        quantity=claim.quantity,
        unit_price=claim.unit_price,
        amount=-claim.amount,
        evidence=claim.evidence,
        reverses=claim,
    )


def _fall_away(claim: Claim, budget: Budget) -> bool:
    """What it was paid for is undone before anybody attested it; whether anything changed."""
    if claim.state == ClaimState.CANCELLED:
        return False
    if claim.state == ClaimState.REVIEWED:
        budget.take_away(claim)
    _written(claim, {"state": ClaimState.CANCELLED, "block": ""})
    return True


def _move(claim: Claim, due: Due, block: str) -> bool:
    """Bring a claim that nobody has attested in line; whether anything changed."""
    after = {
        "state": ClaimState.BLOCKED if block else ClaimState.OPEN,
        "block": block,
        "evidence": _evidence(due),
        **{name: getattr(due, name) for name in MADE_FROM},
    }
    if all(getattr(claim, name) == value for name, value in after.items()):
        return False
    _written(claim, after)
    return True


def _written(claim: Claim, after: dict) -> None:
    for name, value in after.items():
        setattr(claim, name, value)
    claim.reviewed_by = claim.reviewed_at = None
    claim.version += 1


@transaction.atomic
def review_claim(claim: Claim, *, actor: User, version: int) -> Claim:
    """The first of two who look at an amount. Raises Refused unless it waits for that and is still
    due, Conflict when it has changed since the page was opened."""
    claim = lock(claim, version)
    require(actor, "claim.attest", claim)
    if claim.state != ClaimState.OPEN:
        raise Refused(_("The amount is already: %(state)s.") % {"state": claim.get_state_display()})
    _refuse_if_changed(claim)
    claim.state = ClaimState.REVIEWED
    claim.reviewed_by, claim.reviewed_at = actor, moment_now()
    claim.version += 1
    save_checked(claim)
    _log(actor, claim, ["state"])
    return claim


@transaction.atomic
def attest_claim(claim: Claim, *, actor: User, version: int) -> Claim:
    """The second of two: the amount is to be paid, and is never changed again.

    Raises Refused unless it is reviewed, by somebody else, and still due; Conflict when it has changed since
    the page was opened.
    """
    claim = lock(claim, version)
    require(actor, "claim.attest", claim)
    if claim.state != ClaimState.REVIEWED:
        raise Refused(_("The amount is already: %(state)s.") % {"state": claim.get_state_display()})
    if claim.reviewed_by_id == actor.pk:
        raise Refused(_("Somebody else than the one who reviewed it attests."))
    _refuse_if_changed(claim)
    claim.state = ClaimState.ATTESTED
    claim.attested_by, claim.attested_at = actor, moment_now()
    claim.version += 1
    save_checked(claim)
    _log(actor, claim, ["state"])
    return claim


def _log(actor: User, claim: Claim, fields: list[str]) -> None:
    log.record(
        actor,
        "claim.attest",
        access=Access.CHANGE,
        subject=claim.case.person.ref,
        obj=claim,
        fields=fields,
    )
