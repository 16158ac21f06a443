"""The clocks of attendance: a talk about repeated absence, and the statement of each month."""

from datetime import timedelta

from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activityplans.models import RepeatedAbsence, Session, SupportStatement
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
from jobcentre.replay import moment_now
from jobcentre.ui import formats
from jobcentre.workdays import add_months


def talk_facts(case):
    """From the day it was noticed, met by what the coach writes of the talk."""
    return [
        ClockFact(
            started_on=row.noticed_on,
            met_on=max(row.handled_on, row.noticed_on) if row.handled_on else None,
            subject_key=f"absence:{row.reached_on.isoformat()}",
            subject_label=formats.span(row.first_on, None),
            owner_id=case.coach_id,
            url=reverse("activityplans:repeated_absence", args=[row.pk]),
        )
        for row in RepeatedAbsence.objects.filter(case=case).order_by("reached_on")
    ]


def statement_facts(case):
    """One for each month that has ended with sessions in it, from the month's last day; met by the
    first statement that was sent. A case without an income-support unit has none to send to."""
    if case.income_support_unit_id is None:
        return []
    this_month = timezone.localdate(moment_now()).replace(day=1)
    months = (
        Session.objects.filter(case=case, on__lt=this_month)
        .order_by()
        .values_list(TruncMonth("on"), flat=True)
        .distinct()
    )
    months = sorted(months)
    sent = (
        {
            statement.month: statement.sent_on
            for statement in SupportStatement.objects.filter(case=case, number=1).sent()
        }
        if months
        else {}
    )
    return [
        ClockFact(
            started_on=add_months(month, 1) - timedelta(days=1),
            met_on=max(sent[month], add_months(month, 1) - timedelta(days=1))
            if month in sent
            else None,
            subject_key=f"statement:{month:%Y-%m}",
            subject_label=formats.month(month),
            owner_id=case.coach_id,
            url=reverse("activityplans:statement_write", args=[case.number, f"{month:%Y-%m}"]),
        )
        for month in months
    ]


def cases_with_new_month(today):
    """Open cases that owe a statement of the month that has just ended."""
    if today.day > 7:
        return []
    first = add_months(today.replace(day=1), -1)
    return list(
        Session.objects.of_month(first)
        .filter(case__status="open", case__income_support_unit__isnull=False)
        .order_by("case_id")
        .values_list("case_id", flat=True)
        .distinct()
    )


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
            url_name="activityplans:statements",
            facts=statement_facts,
            begins_by_itself=cases_with_new_month,
        )
    )
