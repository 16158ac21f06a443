"""The agreed way in of protected persons: for their circle only."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.models import PlannedEntrance
from intake.reception.forms import EntranceForm
from intake.transitions.entrances import agree_entrance, let_in
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, Case
from jobcentre.casework.views.base import handle_form

DAYS_AHEAD = 14


@require_GET
def entrances(request):
    """Who of those the user may know of is let in by agreement, today and the coming days."""
    today = timezone.localdate()
    rows = list(
        PlannedEntrance.objects.visible_to(request.user)
        .filter(at__date__gte=today, at__date__lt=today + timedelta(days=DAYS_AHEAD))
        .select_related("appointment__case", "appointment__person", "appointment__with_user")
        .order_by("at", "pk")[:100]
    )
    log_list(request, [row.appointment.person.ref for row in rows])
    return render(request, "intake/entrances.html", {"rows": rows, "today": today})


@require_http_methods(["GET", "POST"])
def entrance(request, number, pk):
    """Agree where and when the protected person is let in for an appointment of a case."""
    case = get_visible(
        request, Case.objects.select_related("person", "centre", "coach"), number=number
    )
    appointment = (
        Appointment.objects.filter(case=case, pk=pk)
        .select_related("with_user", "entrance", "person")
        .first()
    )
    if appointment is None:
        raise Http404
    return _agree(request, appointment, reverse("casework:case", args=[case.number]))


@require_http_methods(["GET", "POST"])
def meeting_entrance(request, ref):
    """The same for any meeting, also before there is a case (the first one of a referral in)."""
    appointment = get_visible(
        request,
        Appointment.objects.select_related(
            "with_user", "entrance", "person", "centre", "case__centre"
        ),
        ref=ref,
    )
    return _agree(request, appointment, reverse("casework:meeting", args=[appointment.ref]))


def _agree(request, appointment: Appointment, back_url: str):
    if not appointment.person.is_protected:
        raise Http404
    planned = getattr(appointment, "entrance", None)
    day = timezone.localdate(appointment.starts_at)
    form = EntranceForm(
        request.POST or None,
        initial={
            "at": timezone.localtime(planned.at if planned else appointment.starts_at).time(),
            "entrance": planned.entrance if planned else "",
            "met_by": planned.met_by if planned else appointment.with_user.name,
        },
    )
    return handle_form(
        request,
        form,
        lambda data: agree_entrance(
            appointment,
            form.moment_on(day),
            data["entrance"],
            data["met_by"],
            actor=request.user,
        ),
        template="intake/entrance.html",
        context={"appointment": appointment, "back_url": back_url},
        success_url=back_url,
        message=_("The entrance is agreed."),
    )


@require_POST
def entrance_used(request, pk):
    """The visitor has come by the agreed entrance."""
    planned = get_visible(
        request,
        PlannedEntrance.objects.select_related(
            "appointment__case__centre",
            "appointment__centre",
            "appointment__person",
            "appointment__with_user",
        ),
        pk=pk,
    )
    try:
        visit = let_in(planned, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("intake:entrances")
    messages.success(request, _("The visitor is let in, and the one who is to meet them is told."))
    return redirect("intake:visit", visit.ref)
