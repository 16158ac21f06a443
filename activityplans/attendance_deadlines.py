"""The clocks of attendance: a talk about repeated absence, and the statement of each month."""

from datetime import date, timedelta

from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activityplans.models import RepeatedAbsence, Session, SupportStatement
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import subjects
from jobcentre.casework.deadlines.facts import rows_of
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Case, Deadline
from jobcentre.casework.registries import Beginning, ClockFact, DeadlineKind, deadline_kinds
from jobcentre.replay import moment_now
from jobcentre.workdays import add_months


def talk_facts(case):
    """From the day it was noticed, met by what the coach writes of the talk."""
    return [
        ClockFact(
            started_on=row.noticed_on,
            met_on=max(row.handled_on, row.noticed_on) if row.handled_on else None,
            subject_key=f"absence:{row.reached_on.isoformat()}",
            subject_label=row.first_on.isoformat(),
            owner_id=case.coach_id,
            url=reverse("activityplans:repeated_absence", args=[row.pk]),
        )
        for row in _absences(case)
    ]


@rows_of("case")
def _absences():
    return RepeatedAbsence.objects.order_by("reached_on", "pk")


def statement_facts(case):
    """One for each month that has ended with sessions in it, from the month's last day; met by the
    first statement that was sent. A case without an income-support unit has none to send to."""
    if case.income_support_unit_id is None:
        return []
    months = sorted(row.month for row in _months(case))
    sent = {row.month: row.sent_on for row in _first_sent(case)} if months else {}
    return [_statement(case.number, case.coach_id, month, sent.get(month)) for month in months]


@rows_of("case")
def _months():
    """The months that have ended, with sessions in them."""
    this_month = timezone.localdate(moment_now()).replace(day=1)
    months = Session.objects.filter(on__lt=this_month).annotate(month=TruncMonth("on")).order_by()
    return months.values_list("case_id", "month", named=True).distinct()


@rows_of("case")
def _first_sent():
    return SupportStatement.objects.filter(number=1).sent().order_by("pk")


def _statement(number: str, coach_id: int | None, month: date, sent_on: date | None) -> ClockFact:
    last = add_months(month, 1) - timedelta(days=1)
    return ClockFact(
        started_on=last,
        met_on=max(sent_on, last) if sent_on else None,
        subject_key=_key(month),
        subject_label=f"{month:%Y-%m}",
        owner_id=coach_id,
        url=reverse("activityplans:statement_write", args=[number, f"{month:%Y-%m}"]),
    )


def _key(month: date) -> str:
    return f"statement:{month:%Y-%m}"


def _ended_month(today: date) -> date:
    """The first day of the month that has ended last."""
    return add_months(today.replace(day=1), -1)


def cases_with_new_month(today: date) -> list[int]:
    """Open cases that owe a statement of the month that has just ended and have no clock of it."""
    if today.day > 7:
        return []
    month = _ended_month(today)
    known = Deadline.objects.filter(kind="statement", subject_key=_key(month)).values("case")
    return list(
        Session.objects.of_month(month)
        .filter(case__status="open", case__income_support_unit__isnull=False)
        .exclude(case__in=known)
        .order_by("case_id")
        .values_list("case_id", flat=True)
        .distinct()
    )


def facts_of_new_month(case_ids: list[int], today: date) -> list[tuple[int, ClockFact]]:
    """What `statement_facts` says of that month, for many cases."""
    month = _ended_month(today)
    sent = SupportStatement.objects.filter(case__in=case_ids, number=1, month=month).sent()
    sent_on = dict(sent.values_list("case", "sent_on"))
    open_cases = Case.objects.filter(
        pk__in=case_ids, status="open", income_support_unit__isnull=False
    )
    return [
        (pk, _statement(number, coach_id, month, sent_on.get(pk)))
        for pk, number, coach_id in open_cases.values_list("pk", "number", "coach")
    ]


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key="absence_talk",
            label=_("Talk about repeated absence"),
            length=Length(3, Unit.WORKDAYS),
            pausable=True,
            warn_before=(1,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("what came of the talk is written"),
            step=_("Write about the talk"),
            url_name="activityplans:repeated_absence",
            facts=talk_facts,
            tell_subject=subjects.from_day,
        )
    )
    deadline_kinds.register(
        DeadlineKind(
            key="statement",
            label=_("Support-month statement"),
            # Counted from the month's last day: due on the 10th of the next month.
            length=Length(10, Unit.DAYS),
            pausable=False,
            warn_before=(3,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("the statement is sent to the income-support unit"),
            step=_("Write the statement"),
            url_name="activityplans:statement_write",
            facts=statement_facts,
            tell_subject=subjects.month,
            begins_by_itself=Beginning(cases_with_new_month, facts_of_new_month),
        )
    )
