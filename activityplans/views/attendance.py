"""The attendance of a group by day and by month, one session with its history, and absence.

The pages of the coach stand here; the portal shows the same to the provider's staff, over the
sessions of their orders.
"""

from collections.abc import Callable

from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.attendance_month import month_table
from activityplans.attendance_rules import ADVERSE, sign_of
from activityplans.forms.attendance import (
    AbsenceReportForm,
    AttendanceForm,
    DayChoice,
    MonthChoice,
    RepeatedAbsenceForm,
    SessionForm,
)
from activityplans.models import AbsenceReport, Activity, RepeatedAbsence, Session
from activityplans.transitions import absences
from activityplans.transitions.attendance import register_attendance
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.models import Case
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft

get_or_post = require_http_methods(["GET", "POST"])
MAX_ROWS, MAX_MONTH, MAX_DAYS = 200, 2000, 20
_ON_THE_TABLE = ("case", "activity", "on", "starts_at", "minutes", "outcome", "late_minutes")
SESSIONS = Session.objects.select_related(
    "case__person", "case__coach", "case__centre", "activity__service", "registered_by"
)


class Reader:
    """What the reader of a page calls the person of a session, and reads in its texts."""

    def name(self, session: Session) -> str:
        return session.case.person.name

    def text(self, session: Session, text: str) -> str:
        return text

    def prepare(self, session: Session) -> None:
        """Give the session `called`, `note_read` and its place as they are read."""
        session.called = self.name(session)
        session.note_read = self.text(session, session.note)
        session.place = self.text(session, session.place)


OWN = Reader()


def day_page(
    request,
    sessions,
    *,
    place: str,
    day_url: str,
    month_url: str,
    session_url: str,
    reader: Reader = OWN,
):
    """The attendance of a day for those of `sessions` (a queryset) that are held on it.

    `place` is who they are with, in words; the URLs are names of URLs. Saved with one button,
    and with another for the rest who were there.
    """
    today = timezone.localdate()
    choice = DayChoice(request.GET)
    day = (choice.cleaned_data.get("day") if choice.is_valid() else None) or today
    held = list(
        sessions.filter(on=day)
        .select_related("case__person", "activity__service", "registered_by")
        .order_by("starts_at", "case__person__sort_key", "pk")[:MAX_ROWS]
    )
    _prepare(held, reader)
    services = {session.activity.service.key: session.activity.service for session in held}
    chosen = request.GET.get("what", "")
    if chosen in services:
        held = [session for session in held if session.activity.service.key == chosen]
    else:
        chosen = ""
    form = AttendanceForm(request.POST or None, sessions=held)
    if request.method == "GET":
        log_list(request, [session.case.person.ref for session in held])
    all_present = request.method == "POST" and "all_present" in request.POST
    here = f"{reverse(day_url)}?day={day.isoformat()}"
    return handle_form(
        request,
        form,
        lambda _data: register_attendance(
            form.marks(all_present=all_present), actor=request.user, today=today
        ),
        template="activityplans/attendance/day.html",
        context={
            "day": day,
            "choice": DayChoice(initial={"day": day}),
            "is_future": day > today,
            "missing": sum(not session.is_registered for session in held),
            "left": _days_left(sessions, today),
            "services": sorted(services.values(), key=lambda each: (each.position, each.pk)),
            "chosen": chosen,
            "place": place,
            "here": here,
            "day_url": reverse(day_url),
            "month_url": reverse(month_url),
            "session_url": session_url,
            "today": today,
        },
        success_url=here + (f"&what={chosen}" if chosen else ""),
        message=lambda n: _("%(n)d registered.") % {"n": n},
    )


def _prepare(sessions: list[Session], reader: Reader) -> None:
    """Sessions as their reader reads them; an alias stands after the names, so that its place in
    the list says nothing of the name."""
    for session in sessions:
        reader.prepare(session)
    sessions.sort(key=lambda each: (each.starts_at, each.called != each.case.person.name))


def _days_left(sessions, today):
    """The latest days with a session that nobody has registered."""
    return list(
        sessions.held_before(today)
        .unregistered()
        .order_by("-on")
        .values_list("on", flat=True)
        .distinct()[:MAX_DAYS]
    )


def month_page(
    request,
    sessions,
    *,
    place: str,
    day_url: str,
    session_url: str,
    person_url: Callable[[Session], str],
    reader: Reader = OWN,
):
    """The attendance of a month: a row for each person, a column for each day.

    `person_url` makes the address of a session's person.
    """
    today = timezone.localdate()
    choice = MonthChoice(request.GET)
    month = (choice.cleaned_data.get("month") if choice.is_valid() else None) or today
    month = month.replace(day=1)
    held = list(
        sessions.of_month(month)
        .only(*_ON_THE_TABLE)
        # A person has twenty of them: read once, not with each.
        .prefetch_related(
            Prefetch("case", Case.objects.select_related("person")),
            Prefetch("activity", Activity.objects.select_related("service")),
        )
        .order_by("on", "starts_at", "pk")[:MAX_MONTH]
    )
    log_list(request, {session.case.person.ref: None for session in held})
    mark = reverse(session_url, args=[0]).rpartition("0")
    table = month_table(
        month,
        held,
        today,
        url_of=lambda session: f"{mark[0]}{session.pk}{mark[2]}",
        person_url=person_url,
        name_of=reader.name,
    )
    return render(
        request,
        "activityplans/attendance/month.html",
        {"table": table, "place": place, "day_url": reverse(day_url), "today": today},
    )


def session_page(
    request,
    session,
    *,
    report_url: str,
    back: tuple[str, str],
    person_url: str,
    reader: Reader = OWN,
):
    """One session: what is known, who said it, what was said before, and the form to change it."""
    may_register = can(request.user, "attendance.register", session)
    today = timezone.localdate()
    reader.prepare(session)
    changes = list(session.changes.select_related("changed_by", "old_by"))
    _tell_after(changes, session)
    for change in changes:
        change.old_note = reader.text(session, change.old_note)
        change.reason = reader.text(session, change.reason)
    form = SessionForm(request.POST or None, session=session)
    is_interrupted = Session.objects.filter(pk=session.pk).in_interruption().exists()
    report = AbsenceReport.objects.filter(session=session).select_related("reported_by").first()
    if report is not None:
        report.text = reader.text(session, report.text)
    return handle_form(
        request,
        form,
        lambda _data: register_attendance(
            {session.pk: form.mark()}, actor=request.user, today=today
        ),
        template="activityplans/attendance/session.html",
        context={
            "session": session,
            "name": session.called,
            "sign": sign_of(session.outcome),
            "changes": changes,
            "report": report,
            "corrected": _correction(report, changes, session),
            "is_interrupted": is_interrupted,
            "report_url": report_url
            if may_register and report is None and session.outcome in ADVERSE and not is_interrupted
            else "",
            "may_register": may_register and session.on <= today,
            "is_future": session.on > today,
            "back_label": back[0],
            "back_url": back[1],
            "person_url": person_url,
            "today": today,
        },
        success_url=request.path,
        message=lambda n: _("The attendance is saved.") if n else _("Nothing was changed."),
    )


def _tell_after(changes, session: Session) -> None:
    """Give each change what it became: what the next one found, and for the last the session."""
    found = [(each.old_late_minutes, each.get_old_reason_display()) for each in changes[1:]]
    now = session.get_absence_reason_display() if session.absence_reason else ""
    for change, after in zip(changes, [*found, (session.late_minutes, now)], strict=False):
        change.new_late_minutes, change.new_reason = after


def _correction(report, changes, session: Session):
    """The last change of a reported absence that is none any more; None when there is none."""
    if report is None or session.outcome in ADVERSE:
        return None
    return next((each for each in reversed(changes) if each.old in ADVERSE), None)


def report_page(
    request, session, *, action: str, back_url: str, receiver: str, reader: Reader = OWN, known=None
):
    """Report an unexcused absence, once; `receiver` is who is told, in words, `known` the sessions
    that the reporter has (None: all)."""
    reader.prepare(session)
    form = AbsenceReportForm(request.POST or None)
    today = timezone.localdate()
    before = absences.period_of_report(session, action, known)
    return handle_form(
        request,
        form,
        lambda data: absences.report_absence(
            session,
            data["contact"],
            data["text"],
            actor=request.user,
            today=today,
            action=action,
            known=known,
        ),
        template="activityplans/attendance/report.html",
        context={
            "session": session,
            "name": session.called,
            "back_url": back_url,
            "receiver": receiver,
            "obstacle": absences.why_not_adverse(before, today),
        },
        success_url=back_url,
        message=_("The absence is reported."),
    )


# --- the coach -----------------------------------------------------------------------------------
def _own_sessions(request):
    own = cases_for(Case.objects.all(), request.user, "attendance.day")
    return Session.objects.filter(case__in=own.values("pk"))


@get_or_post
def attendance(request):
    """The attendance of a day for the coach's own persons, whoever carries the activity out."""
    return day_page(
        request,
        _own_sessions(request),
        place=request.user.acting.unit.name,
        day_url="activityplans:attendance",
        month_url="activityplans:attendance_month",
        session_url="activityplans:session",
    )


@require_GET
def attendance_month(request):
    """The attendance of a month for the coach's own persons."""
    return month_page(
        request,
        _own_sessions(request),
        place=request.user.acting.unit.name,
        day_url="activityplans:attendance",
        session_url="activityplans:session",
        person_url=lambda each: reverse("casework:tab", args=[each.case.number, "attendance"]),
    )


@get_or_post
def session(request, pk):
    """One session of a case."""
    found = get_visible(request, SESSIONS, pk=pk)
    tab = reverse("casework:tab", args=[found.case.number, "attendance"])
    return session_page(
        request,
        found,
        report_url=reverse("activityplans:report_absence", args=[found.pk]),
        back=(_("Activities and attendance"), tab),
        person_url=reverse("casework:case", args=[found.case.number]),
    )


@get_or_post
def report_absence(request, pk):
    """The coach reports an absence to the income-support unit."""
    found = get_visible(request, SESSIONS, pk=pk)
    unit = found.case.income_support_unit
    return report_page(
        request,
        found,
        action="attendance.report",
        back_url=reverse("activityplans:session", args=[found.pk]),
        receiver=unit.name if unit else _("the case only; it has no income-support unit"),
    )


@get_or_post
def repeated_absence(request, pk):
    """What came of the talk about repeated absence."""
    row = get_visible(
        request, RepeatedAbsence.objects.select_related("case__person", "handled_by"), pk=pk
    )
    case = case_rows().get(pk=row.case_id)
    today = timezone.localdate()
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    return handle_form(
        request,
        RepeatedAbsenceForm(request.POST or None, initial=typed.initial() or {"talked_on": today}),
        lambda data: absences.handle_repeated(
            row,
            talked_on=data["talked_on"],
            person_view=data["person_view"],
            agreed=data["agreed"],
            actor=request.user,
            today=today,
        ),
        template="activityplans/attendance/repeated.html",
        context={
            **header(case, request.user, today),
            "row": row,
            "days": absences.the_rule().days,
            "absences": list(
                Session.objects.filter(
                    case=case,
                    on__range=(row.first_on, row.reached_on),
                    outcome__in=ADVERSE,
                )
                .select_related("activity__service", "absence_report")
                .order_by("on", "starts_at")[:50]
            ),
        },
        success_url=reverse("casework:tab", args=[case.number, "attendance"]),
        message=_("The talk is noted."),
        typed=typed,
    )
