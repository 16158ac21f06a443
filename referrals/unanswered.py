"""The clock of an order that nobody has answered in time: the provider was reminded, the coach and the
manager were told that it is late, and now the coach offers it to another provider."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import rules
from jobcentre.casework.deadlines.facts import own_calendar, own_length
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Deadline
from jobcentre.casework.registries import Beginning, ClockFact, DeadlineKind, deadline_kinds
from jobcentre.replay import moment_now
from referrals.deadlines import answer_facts, orders_of
from referrals.models import Order

KIND, ANSWER = "order_offer", "referral_answer"
DAY = timedelta(days=1)


def offer_facts(case):
    """From the day after the last day for the answer until there is one, or the order is taken back
    (which offering it elsewhere does). None while the answer is in time."""
    asked = answer_facts(case)
    today = timezone.localdate(moment_now())
    if not any(fact.started_on < (fact.met_on or fact.cancelled_on or today) for fact in asked):
        return []
    refs = {order.subject_key: order.ref for order in orders_of(case)}
    length = own_length(case, ANSWER, deadline_kinds[ANSWER].length)
    calendar = own_calendar(case)
    facts = []
    for fact in asked:
        due = rules.due_on(fact.length or length, fact.started_on, (), calendar)
        ended = fact.met_on or fact.cancelled_on
        if (ended or today) > due:
            ref = refs[_order_key(fact.subject_key)]
            facts.append(_fact(due, ended, fact.subject_key, fact.subject_label, ref))
    return facts


def _order_key(subject_key: str) -> str:
    """ "order:12" of "order:12:again1", the answer after a reply."""
    return ":".join(subject_key.split(":")[:2])


def _fact(due: date, ended: date | None, subject_key: str, label: str, ref) -> ClockFact:
    return ClockFact(
        started_on=due + DAY,
        met_on=ended,
        subject_key=subject_key,
        subject_label=label,
        url=reverse("referrals:elsewhere", args=[ref]),
    )


def _late_answers(today: date):
    return Deadline.objects.filter(kind=ANSWER, case__status="open").late_on(today)


def cases_without_answer(today: date) -> list[int]:
    """Open cases with an order whose answer is late."""
    return list(
        _late_answers(today).order_by("case_id").values_list("case_id", flat=True).distinct()
    )


def facts_without_answer(case_ids: list[int], today: date) -> list[tuple[int, ClockFact]]:
    """What `offer_facts` says of each that is new, from the clock of the answer as it stands."""
    late = list(_late_answers(today).filter(case__in=case_ids).order_by("pk"))
    keys = {int(_order_key(row.subject_key).split(":")[1]) for row in late}
    refs = dict(Order.objects.filter(pk__in=keys).values_list("pk", "ref"))
    return [
        (
            row.case_id,
            _fact(
                row.due_on,
                None,
                row.subject_key,
                row.subject_label,
                refs[int(_order_key(row.subject_key).split(":")[1])],
            ),
        )
        for row in late
    ]


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key=KIND,
            label=_("No answer: offer the order elsewhere"),
            length=Length(1, Unit.WORKDAYS),
            pausable=False,
            warn_before=(1,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the provider answers, or the order is offered to another provider"),
            step=_("Offer elsewhere"),
            url_name="referrals:elsewhere",
            facts=offer_facts,
            begins_by_itself=Beginning(cases_without_answer, facts_without_answer),
        )
    )
