"""Who coaches a case and in which track it is: another coach, a hand-over, another track."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobcentre.accounts.models import User
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.caseload_forms import AssignForm, HandOverForm, TrackForm
from jobcentre.casework.caseloads.loads import proposed_for
from jobcentre.casework.caseloads.open_work import open_work
from jobcentre.casework.forms import coaches_of
from jobcentre.casework.free_times import common_times
from jobcentre.casework.models import HandOver, TrackMove
from jobcentre.casework.transitions import cases as case_transitions
from jobcentre.casework.transitions.handing_over import Handing, hand_over
from jobcentre.casework.transitions.tracks import change_track
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header

get_or_post = require_http_methods(["GET", "POST"])
OFFERED = 6


def _page(request, case, form, act, *, template, message, **context):
    return handle_form(
        request,
        form,
        act,
        template=template,
        context={**header(case, request.user, timezone.localdate()), **context},
        success_url=reverse("casework:case", args=[case.number]),
        message=message,
    )


@get_or_post
def assign(request, number):
    """Another coach at once; the colleagues stand with what speaks for them."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    proposals = proposed_for(case, coaches_of(case.centre, today), today)
    form = AssignForm(
        request.POST or None,
        proposals=proposals,
        present=case.coach,
        version=case.version,
        initial={"coach": proposals[0].load.coach_id} if proposals else {},
    )
    return _page(
        request,
        case,
        form,
        lambda data: case_transitions.assign_coach(
            case,
            data["coach"],
            data["reason"],
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        template="casework/form.html",
        title=_("Change coach"),
        button=_("Change coach"),
        message=_("The case has a new coach."),
    )


@get_or_post
def handing_over(request, number):
    """To another coach with a note, a meeting of the three, and what is open in view."""
    case = get_visible(request, case_rows(), number=number)
    today, now = timezone.localdate(), timezone.localtime()
    proposals = proposed_for(case, coaches_of(case.centre, today), today)
    chosen = _chosen(request, proposals)
    work = open_work(case, case.coach, today, now) if case.coach else None
    # A time is offered when both are free: for the coach chosen in the address, else the first.
    offered = (
        common_times([chosen, case.coach], now, minutes=45, limit=OFFERED)
        if chosen and case.coach
        else []
    )
    form = HandOverForm(
        request.POST or None,
        proposals=proposals,
        present=case.coach,
        offered=offered,
        booked=work.meetings if work else [],
        version=case.version,
        initial={"coach": chosen.pk} if chosen else {},
    )
    return _page(
        request,
        case,
        form,
        lambda data: hand_over(
            case,
            Handing(
                coach=data["coach"],
                note=data["note"],
                meets_at=data["meets_at"],
                meetings=data["meetings"],
            ),
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        template="casework/hand_over.html",
        message=lambda given: (
            _("The case is handed over to %(name)s.") % {"name": given.coach.name}
        ),
        work=work,
        chosen=chosen,
        others=[each for each in proposals if chosen and each.load.coach_id != chosen.pk][:20],
        is_former=case.coach_id == request.user.pk,
        earlier=list(
            HandOver.objects.filter(case=case).select_related("former", "coach", "appointment")[:10]
        ),
    )


def _chosen(request, proposals) -> User | None:
    """The coach whose free times are shown: asked for in the address or the form, else proposed."""
    asked = request.POST.get("coach") or request.GET.get("coach") or ""
    ids = [each.load.coach_id for each in proposals]
    wanted = next((pk for pk in ids if str(pk) == asked), ids[0] if ids else None)
    return User.objects.filter(pk=wanted).first() if wanted else None


@get_or_post
def track(request, number):
    """Another track, with the moves so far."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    return _page(
        request,
        case,
        TrackForm(request.POST or None, present=case.track, version=case.version),
        lambda data: change_track(
            case,
            data["track"],
            data["reason"],
            data["note"],
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        template="casework/track.html",
        message=_("The case is in another track from today."),
        moves=list(TrackMove.objects.filter(case=case).select_related("moved_by")[:50]),
    )
