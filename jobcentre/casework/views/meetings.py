"""The meetings of a week, one meeting, its calendar file, and when one can be booked."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.accounts.models import Membership, User
from jobcentre.casework import calendar_file
from jobcentre.casework.absences import absences_of, booked_during
from jobcentre.casework.access.checks import can, may_on_row
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.access.ties import ties_of
from jobcentre.casework.concurrency import send_once
from jobcentre.casework.enums import AppointmentState, MissedReason
from jobcentre.casework.exceptions import AlreadySent, Refused
from jobcentre.casework.forms import CaseForm, coaches_of
from jobcentre.casework.free_times import offered_times
from jobcentre.casework.meeting_forms import (
    AbsenceForm,
    HoursForm,
    InterpreterForm,
    MissForm,
    TimeChoice,
)
from jobcentre.casework.models import Appointment, StaffAbsence, WorkHours
from jobcentre.casework.registries import meeting_steps
from jobcentre.casework.transitions import appointments, hours, interpreters
from jobcentre.casework.views.base import add_errors, handle_form
from jobcentre.ui.days import parse_day

get_or_post = require_http_methods(["GET", "POST"])
MEETINGS = Appointment.objects.select_related(
    "case__centre", "case__person", "person", "with_user", "also_with", "centre"
)
MAX_SHOWN = 200
OFFERED = 12
UNBOOKED_SHOWN = 20


def staff_of(centre, today):
    """Everybody who works at the centre today, by name."""
    held = Membership.objects.valid_on(today).filter(unit=centre).values("user_id")
    return User.objects.filter(pk__in=held).order_by("name", "id")


def who_can_meet(person, centre, today):
    """Those of the centre's staff who may know of the person, by name: a meeting is booked with
    nobody else. Three queries."""
    known = who_may_know(person, staff_of(centre, today))
    return User.objects.filter(pk__in=[user.pk for user in known]).order_by("name", "id")


@require_GET
def meetings(request):
    """A week of meetings, one's own or those of the whole centre."""
    today = timezone.localdate()
    try:
        day = parse_day(request.GET.get("vecka", "")[:10], today)
    except ValueError:
        day = today
    monday = day - timedelta(days=day.weekday())
    whole = request.GET.get("alla") == "1" or request.user.acting.role == "reception"
    found = MEETINGS.visible_to(request.user).filter(
        starts_at__date__gte=monday, starts_at__date__lt=monday + timedelta(days=7)
    )
    if not whole:
        found = found.of_staff(request.user)
    rows = list(found.order_by("starts_at", "pk")[:MAX_SHOWN])
    is_this_week = monday == today - timedelta(days=today.weekday())
    unbooked = _without_interpreter(request.user, whole) if is_this_week else []
    log_list(request, [row.person.ref for row in (*rows, *unbooked)])
    covered = ties_of(request.user, today).covered
    for row in (*rows, *unbooked):
        row.may_be_opened = _may_open(request.user, row, covered)
    days: dict = {}
    for row in rows:
        days.setdefault(timezone.localdate(row.starts_at), []).append(row)
    return render(
        request,
        "casework/meetings.html",
        {
            "days": [
                {"day": each, "rows": members, "is_today": each == today}
                for each, members in days.items()
            ],
            "count": len(rows),
            "unbooked": unbooked,
            "monday": monday,
            "before": (monday - timedelta(days=7)).isoformat(),
            "after": (monday + timedelta(days=7)).isoformat(),
            "whole": whole,
            "today": today,
        },
    )


def _may_open(user: User, row: Appointment, covered: frozenset[int]) -> bool:
    """Whether the page of a listed meeting is open to the user; asks the database nothing."""
    if row.case is None:
        return can(user, "appointment.book", row)
    return may_on_row(user, "appointment.book", row.case, is_covered=row.case_id in covered)


def _without_interpreter(user: User, whole: bool) -> list[Appointment]:
    """The meetings ahead, of any week, whose interpreter is not booked; one query."""
    found = MEETINGS.visible_to(user).filter(
        state=AppointmentState.BOOKED, starts_at__gt=timezone.now(), interpreter_booked=False
    )
    found = found.exclude(interpreter_language="")
    if not whole:
        found = found.of_staff(user)
    return list(found.order_by("starts_at", "pk")[:UNBOOKED_SHOWN])


@get_or_post
def meeting(request, ref):
    """One meeting: what it is, and what became of it."""
    found = get_visible(request, MEETINGS, ref=ref)
    error = ""
    language = found.interpreter_language
    form = InterpreterForm(initial={"interpreter_language": language, "seen": language})
    if request.POST.get("move") == "language":
        form = InterpreterForm(request.POST)
    if request.method == "POST":
        here, sent = reverse("casework:meeting", args=[found.ref]), CaseForm(request.POST)
        try:
            with transaction.atomic():
                if sent.is_valid():
                    send_once(request.user, sent.cleaned_data["token"], here)
                _act(request, found, form)
        except AlreadySent:
            return redirect(here)
        except Refused as refused:
            error = str(refused)
        except ValidationError as wrong:
            add_errors(form, wrong)
        else:
            return redirect(here)
    return render(
        request,
        "casework/meeting.html",
        {
            "meeting": found,
            "moves": appointments.available_moves(found),
            "reasons": MissedReason.choices,
            "error": error,
            "interpreter_form": form,
            "once": CaseForm(auto_id=False),
            "may_agree": found.person.is_protected
            and found.state == AppointmentState.BOOKED
            and can(request.user, "entrance.agree", found),
            "may_open_case": found.case is not None and can(request.user, "case.view", found.case),
            "moved_to": (moved_to := Appointment.objects.filter(moved_from=found).first()),
            "again_url": _again_url(found, request.user) if moved_to is None else "",
        },
        status=422 if error or (form.is_bound and form.errors) else 200,
    )


def _again_url(found: Appointment, user: User) -> str:
    """Where a new time is booked after a meeting that nobody came to; "" when there is none."""
    if found.state not in (AppointmentState.MISSED, AppointmentState.CANCELLED):
        return ""
    if found.case is None:
        urls = [step.again_url(found, user) for step in meeting_steps]
        return next((url for url in urls if url), "")
    if found.case.is_open and can(user, "appointment.book", found.case):
        return reverse("casework:appointment", args=[found.case.number])
    return ""


def _act(request, found: Appointment, form: InterpreterForm) -> None:
    move = request.POST.get("move", "")
    if move in ("hold", "cancel"):
        appointments.move_appointment(found, move, actor=request.user)
        messages.success(
            request, _("The meeting is held.") if move == "hold" else _("The meeting is cancelled.")
        )
    elif move == "miss":
        form = MissForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Choose why the person did not come."))
        appointments.move_appointment(
            found, "miss", actor=request.user, reason=form.cleaned_data["reason"]
        )
        messages.success(request, _("It is noted that the person did not come. Book a new time."))
    elif move == "leave":
        appointments.move_appointment(found, move, actor=request.user)
        messages.success(request, _("It is noted that the person left before the meeting."))
    elif move in ("interpreter", "no_interpreter"):
        interpreters.book_interpreter(found, move == "interpreter", actor=request.user)
        messages.success(request, _("The interpreter is noted."))
    elif move == "language":
        _set_interpreter(request, found, form)
    else:
        raise Refused(_("Choose what became of the meeting."))


def _set_interpreter(request, found: Appointment, form: InterpreterForm) -> None:
    if not form.is_valid():
        raise ValidationError({})
    data = form.cleaned_data
    changed = interpreters.set_interpreter(
        found, data["interpreter_language"], actor=request.user, seen=data["seen"]
    )
    if found.interpreter_booked and not changed.interpreter_booked:
        messages.warning(
            request, _("The interpreter of the meeting is changed. Tell the one who was booked.")
        )
    else:
        messages.success(request, _("The interpreter of the meeting is saved."))


@get_or_post
def meeting_move(request, ref):
    """Another time, or another colleague; the free ones first."""
    found = get_visible(request, MEETINGS, ref=ref)
    now, today = timezone.localtime(), timezone.localdate()
    centre = found.at_centre
    coaches = [found.with_user] if found.case else coaches_of(centre, today)
    form = TimeChoice(
        request.POST or None,
        minutes=found.minutes,
        offered=offered_times(
            who_may_know(found.person, coaches), now, minutes=found.minutes, limit=OFFERED
        ),
        staff=who_can_meet(found.person, centre, today),
        initial={"with_user": found.with_user_id},
    )
    return handle_form(
        request,
        form,
        lambda data: appointments.rebook_appointment(found, *data["chosen"], actor=request.user),
        template="casework/meeting_move.html",
        context={"meeting": found, "back_url": reverse("casework:meeting", args=[found.ref])},
        success_url=lambda new: reverse("casework:meeting", args=[new.ref]),
        message=lambda new: _moved_message(found, new),
    )


def _moved_message(old: Appointment, new: Appointment) -> str:
    if old.interpreter_booked and not new.interpreter_booked:
        return _("The meeting is moved. Tell the interpreter, and book one for the new time.")
    return _("The meeting is moved.")


@require_GET
def meeting_file(request, ref):
    """The meeting for a calendar; nothing in it says whom it is with or why."""
    found = get_visible(request, MEETINGS, ref=ref)
    histories = {found.ref: calendar_file.history_of(found)}
    answer = HttpResponse(
        calendar_file.calendar_of([found], histories=histories),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="{found.ref}.ics"'
    return answer


@get_or_post
def my_hours(request):
    """When the user can be booked in a week."""
    rows = list(WorkHours.objects.filter(user=request.user))
    today = timezone.localdate()
    form = HoursForm(request.POST or None, hours=rows)
    away = absences_of([request.user.pk], today)[request.user.pk]
    booked = booked_during({request.user.pk: away}, today)
    log_list(request, [meeting.person.ref for meeting in booked])
    return handle_form(
        request,
        form,
        lambda _data: hours.set_hours(request.user, form.spans(), actor=request.user),
        template="casework/hours.html",
        context={
            "absences": [
                {
                    "absence": each,
                    "meetings": [row for row in booked if each.holds(row.starts_at)],
                }
                for each in away
            ],
            "absence_form": AbsenceForm(),
        },
        success_url=reverse("casework:my_hours"),
        message=_("Your hours are saved."),
    )


@get_or_post
def my_absence(request):
    """Days on which the user cannot be booked; `remove` takes one away."""
    if request.method != "POST":
        return redirect("casework:my_hours")
    if "remove" in request.POST:
        wanted = request.POST["remove"][:20]
        absence = StaffAbsence.objects.filter(
            user=request.user, pk=int(wanted) if wanted.isascii() and wanted.isdigit() else None
        ).first()
        if absence is not None:
            hours.remove_absence(absence, actor=request.user)
            messages.success(request, _("The absence is taken away."))
        return redirect("casework:my_hours")
    form = AbsenceForm(request.POST)
    return handle_form(
        request,
        form,
        lambda data: hours.add_absence(
            request.user, data["starts_on"], data["ends_before"], actor=request.user
        ),
        template="casework/absence.html",
        context={"back_url": reverse("casework:my_hours")},
        success_url=reverse("casework:my_hours"),
        message=_("The absence is saved. Move the meetings of those days."),
    )
