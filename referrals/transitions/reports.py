"""A provider reports on an order and ends it with the final report; the orderer returns what lacks
something, and the provider completes it. What is sent stands."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activityplans.transitions.absences import why_not_adverse
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import InvolvementKind, Protection
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.records import end_involvement
from jobcentre.notices.writer import NoticeText, notify_many
from referrals import aliases, rules
from referrals.enums import OrderState, ReportKind
from referrals.models import Claim, Order, ProviderReport, ReportedGoal, ReportReturn
from referrals.models.orders import DAYS_OF_SIGHT, DAYS_TO_COMPLETE
from referrals.own_days import sessions_of_order
from referrals.transitions.moves import (
    begin,
    end_pause,
    log_change,
    tell_coach,
    tell_provider,
)
from referrals.transitions.sessions import leave_sessions
from referrals.watchers import still_managers, watchers

WITH_GOALS = (ReportKind.MONTHLY, ReportKind.FINAL)


@dataclass(frozen=True)
class ReportInput:
    """What a provider reports. `development` are its observations, `recommendation` the next step;
    `progress` has (GoalProgress, comment) for each goal of the order, in their order."""

    kind: str
    done: str
    development: str
    recommendation: str = ""
    month: date | None = None
    progress: tuple[tuple[str, str], ...] = ()


def _unregistered_sentence(order: Order, today: date) -> str:
    """Why nothing can be concluded yet: sessions of the order's days that nobody has registered."""
    return why_not_adverse(sessions_of_order(order), today)


@transaction.atomic
def send_report(
    order: Order, written: ReportInput, *, actor: User | None, today: date
) -> ProviderReport:
    """Send a monthly report or a deviation. A deviation needs all attendance registered.

    Raises Refused when the order does not run, a goal lacks its progress, or the text is about
    another participant.
    """
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


@transaction.atomic
def return_report(report: ProviderReport, *, reason: str, actor: User, today: date) -> ReportReturn:
    """The orderer asks the provider to complete a report; it stands as it was sent. An order that has
    ended stays longer before the provider until that is done.

    Raises Refused when it is returned already, or when the provider no longer sees the order.
    """
    lock(report.order.case)
    order = lock(report.order)
    require(actor, "order.send", order)
    report = lock(report)
    if ReportReturn.objects.filter(report=report).exists():
        raise Refused(_("The report is already returned."))
    if not provider_sees(order, today):
        raise Refused(_("The provider no longer sees the order and cannot complete the report."))
    aliases.refuse_names(order, reason)
    returned = ReportReturn(report=report, reason=reason, returned_on=today, returned_by=actor)
    save_checked(returned)
    _keep_in_sight(order, today)
    payload = {"provider": order.provider.name, "kind": report.kind, "reason": reason[:300]}
    record_event(order.case, "order.report_returned", actor=actor, payload=payload)
    clock.recompute(order.case)
    sentence = gettext_lazy("%(centre)s asks you to complete a report.")
    tell_provider(order, f"returned:{report.pk}", sentence, today)
    _tell_of_money(order, report, today)
    log_change(actor, "order.send", order, ["report"])
    return returned


def _tell_of_money(order: Order, report: ProviderReport, today: date) -> None:
    """Amounts that were attested by the report are in question: those who signed them are told, or
    who else watches over agreements when they have left."""
    claims = Claim.objects.with_question().filter(order=order, questioned_on__isnull=False)
    for claim in claims.select_related("agreement").order_by("pk"):
        signed = still_managers((claim.reviewed_by_id, claim.attested_by_id), today)
        notify_many(
            NoticeText(
                user_id=user_id,
                key=f"claim:{claim.pk}:questioned:{report.pk}:{user_id}",
                sentence=gettext_lazy(
                    "A report that an attested amount of the agreement %(reference)s rests on is "
                    "returned. The amount is in question until the report is completed."
                ),
                payload={"reference": claim.agreement.reference},
                url_name="referrals:claim",
                url_arg=str(claim.pk),
                by_mail=True,
            )
            for user_id in signed or watchers(today)
        )


@transaction.atomic
def complete_report(
    report: ProviderReport, written: ReportInput, *, actor: User, today: date
) -> ProviderReport:
    """The provider completes a returned report with a new version of the same kind and month.

    Raises Refused when it is not returned, or when a colleague has completed it already.
    """
    lock(report.order.case)
    order = lock(report.order)
    require(actor, "order.report", order)
    report = lock(report)
    if not ReportReturn.objects.filter(report=report).exists():
        raise Refused(_("Only what is returned is completed."))
    if ProviderReport.objects.filter(completes=report).exists():
        raise Refused(_("The report is already completed by a colleague."))
    completed = _save_report(order, written, actor, today, completes=report)
    _keep_in_sight(order, today)
    clock.recompute(order.case)
    return completed


def provider_sees(order: Order, today: date) -> bool:
    """Whether the staff of the provider still have the order before them."""
    return Order.objects.in_sight(today).filter(pk=order.pk).exists()


def _keep_in_sight(order: Order, today: date) -> None:
    """The case is seen as long as the order, when that has ended."""
    if order.ended_on is not None:
        owes = Order.objects.filter(Order.objects.owing_completion(today), pk=order.pk).exists()
        end_involvement(
            order.case,
            InvolvementKind.ORDER,
            order.subject_key,
            ends_before=order.ended_on,
            days_after=DAYS_TO_COMPLETE if owes else DAYS_OF_SIGHT,
        )


def _refuse_another_person(order: Order, written: ReportInput, actor: User | None) -> None:
    """A report tells of one person: whole names of others who are at the provider now, as the
    reader may know them, are a sign of the wrong page."""
    if actor is None:
        return
    others = (
        Order.objects.visible_to(actor)
        .going_on()
        .filter(provider=order.provider_id, case__person__protection=Protection.NONE)
        .exclude(case__person=order.case.person_id)
        .order_by("pk")
        .values_list("case__person__given_name", "case__person__family_name")
    )
    comments = [comment for _step, comment in written.progress]
    texts = (written.done, written.development, written.recommendation, *comments)
    text, own = "\n.\n".join(texts), order.case.person.name
    for given, family in others:
        name = f"{given} {family}".strip()
        if rules.has_whole_name(text, given, family) and not rules.has_whole_name(
            own, given, family
        ):
            raise Refused(
                _(
                    "The text names %(name)s, but this report is about %(participant)s. Look "
                    "whether you are on the right page; a report tells of one person only."
                )
                % {"name": name, "participant": aliases.name_at_provider(order)}
            )


def _save_report(
    order: Order,
    written: ReportInput,
    actor: User | None,
    today: date,
    completes: ProviderReport | None = None,
) -> ProviderReport:
    goals = rules.goals_of(order.goals) if written.kind in WITH_GOALS else []
    if len(written.progress) != len(goals):
        raise Refused(_("Say how it goes with each goal."))
    _refuse_another_person(order, written, actor)
    month = written.month.replace(day=1) if written.month else None
    report = ProviderReport(
        order=order,
        kind=written.kind,
        month=month if written.kind == ReportKind.MONTHLY else None,
        number=completes.number + 1 if completes else 1,
        completes=completes,
        done=written.done,
        development=written.development,
        recommendation=written.recommendation,
        submitted_on=today,
        author=actor or order.answered_by or order.sent_by,
    )
    save_checked(report)
    for position, (goal, (step, comment)) in enumerate(zip(goals, written.progress, strict=True)):
        save_checked(
            ReportedGoal(
                report=report, position=position, goal=goal, progress=step, comment=comment
            )
        )
    kind = "order.report_completed" if completes else "order.reported"
    payload = {"provider": order.provider.name, "kind": written.kind}
    record_event(order.case, kind, actor=actor, payload=payload)
    if completes:
        sentence = gettext_lazy("%(provider)s has completed a report in case %(case)s.")
    else:
        sentence = gettext_lazy("%(provider)s has sent a report in case %(case)s.")
    tell_coach(order, f"report:{report.pk}", sentence)
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
    leave_sessions(order, ended_on)
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
    _keep_in_sight(order, today)
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
