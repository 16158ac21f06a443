"""A provider reports on an order, and ends it with the final report."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.models import Session
from activityplans.transitions.absences import why_not_adverse
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.records import end_involvement
from referrals import rules
from referrals.enums import OrderState, ReportKind
from referrals.models import Order, ProviderReport
from referrals.transitions.moves import DAYS_OF_SIGHT, begin, end_pause, log_change, tell_coach


@dataclass(frozen=True)
class ReportInput:
    """What a provider reports."""

    kind: str
    done: str
    development: str
    recommendation: str = ""
    month: date | None = None


def _unregistered_sentence(order: Order, today: date) -> str:
    """Why nothing can be concluded yet: sessions that nobody has registered."""
    return why_not_adverse(Session.objects.filter(activity=order.activity), today)


@transaction.atomic
def send_report(
    order: Order, written: ReportInput, *, actor: User | None, today: date
) -> ProviderReport:
    """Send a monthly report or a deviation. A deviation needs all attendance registered."""
    lock(order.case)
    order = lock(order)
    require(actor, "order.report", order)
    if order.state not in (OrderState.STARTED, OrderState.PAUSED):
        raise Refused(_("Reports are written while the activity runs."))
    if written.kind == ReportKind.DEVIATION:
        sentence = _unregistered_sentence(order, today)
        if sentence:
            raise Refused(sentence)
    report = _save_report(order, written, actor, today)
    clock.recompute(order.case)
    return report


def _save_report(order, written: ReportInput, actor, today) -> ProviderReport:
    month = written.month.replace(day=1) if written.month else None
    report = ProviderReport(
        order=order,
        kind=written.kind,
        month=month if written.kind == ReportKind.MONTHLY else None,
        done=written.done,
        development=written.development,
        recommendation=written.recommendation,
        submitted_on=today,
        author=actor or order.answered_by or order.sent_by,
    )
    save_checked(report)
    record_event(
        order.case,
        "order.reported",
        actor=actor,
        payload={"provider": order.provider.name, "kind": written.kind},
    )
    tell_coach(
        order,
        f"report:{report.pk}",
        gettext_lazy("%(provider)s has sent a report in case %(case)s."),
    )
    log_change(actor, "order.report", order, ["report"])
    return report


@transaction.atomic
def end_order(
    order: Order,
    written: ReportInput,
    *,
    ended_on: date,
    result: str,
    actor: User | None,
    today: date,
    version: int | None = None,
) -> Order:
    """The activity ends with a final report and a result.

    Raises Refused while a session that was held is not registered: nothing may be concluded about
    a person from what nobody has registered (mission row B2).
    """
    order = begin(order, "end", actor, version)
    if ended_on > today:
        raise Refused(_("The last day cannot be in the future."))
    if ended_on < order.started_on:
        raise Refused(_("The last day cannot be before the first."))
    sentence = _unregistered_sentence(order, today)
    if sentence:
        raise Refused(sentence)
    order.ended_on, order.result = ended_on, result
    save_checked(order)
    end_pause(order, ended_on)
    _save_report(order, written, actor, today)
    record_event(
        order.case,
        "order.ended",
        actor=actor,
        payload={"provider": order.provider.name, "last_on": ended_on, "result": result},
    )
    end_involvement(
        order.case,
        InvolvementKind.ORDER,
        order.subject_key,
        ends_before=ended_on,
        days_after=DAYS_OF_SIGHT,
    )
    clock.recompute(order.case)
    log_change(actor, "order.report", order)
    return order


def reportable_months(order: Order, today: date) -> list[date]:
    """The first days of months that are not reported yet, the running one last."""
    sent = set(order.reports.filter(kind=ReportKind.MONTHLY).values_list("month", flat=True))
    if order.started_on is None:
        return []
    months = [*rules.months_to_report(order.started_on, today), today.replace(day=1)]
    return [month for month in months if month not in sent]
