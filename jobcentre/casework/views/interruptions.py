"""Interruptions of a case: entered, changed, ended; and what each moved."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from jobcentre.casework.access.checks import open_areas
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.deadlines.moves import moves_of
from jobcentre.casework.forms import PauseEndForm, PauseForm
from jobcentre.casework.interrupted_meetings import coming_meetings, touched
from jobcentre.casework.models import ClockPause, Document
from jobcentre.casework.transitions import clocks
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.ui import formats

get_or_post = require_http_methods(["GET", "POST"])
FIELDS = ("starts_on", "ends_before", "reason", "note", "expected_back_on", "document")


def _move(each: dict) -> str:
    said = _("%(name)s from %(old)s to %(new)s") % each
    return f"{said} ({each['verdict']})" if each["verdict"] else said


def _told(pause: ClockPause) -> str:
    """What the interruption moved, and which meetings somebody has to think of."""
    moves = moves_of(pause)
    if moves:
        listed = "; ".join(_move(each) for each in moves)
        said = [_("Saved. Moved: %(clocks)s.") % {"clocks": listed}]
    else:
        said = [_("Saved. No clock was moved.")]
    count = len(touched(pause.case, [pause], timezone.now()).get(pause.pk, []))
    if count:
        said.append(
            ngettext(
                "%(n)d booked meeting lies in the interruption: keep, move or cancel it.",
                "%(n)d booked meetings lie in the interruption: keep, move or cancel each.",
                count,
            )
            % {"n": count}
        )
    return " ".join(said)


def _told_back(pause: ClockPause) -> str:
    """The same, and when the person and the staff meet next."""
    meeting = next(iter(coming_meetings(pause.case, timezone.now())), None)
    if meeting is None:
        return f"{_told(pause)} {_('No meeting is booked: book one for the restart.')}"
    told = _("The next meeting is %(when)s.") % {"when": formats.moment(meeting.starts_at)}
    return f"{_told(pause)} {told}"


def _page(request, case, form, act, *, title, button, intro="", told=_told):
    return handle_form(
        request,
        form,
        act,
        template="casework/form.html",
        context={
            **header(case, request.user, timezone.localdate()),
            "title": title,
            "button": button,
            "intro": intro,
        },
        success_url=reverse("casework:case", args=[case.number]),
        message=told,
    )


def _documents(case, user):
    return Document.objects.filter(case=case, area__in=open_areas(user, case)).order_by("-pk")


@get_or_post
def pause(request, number):
    case = get_visible(request, case_rows(), number=number)
    return _page(
        request,
        case,
        PauseForm(request.POST or None, documents=_documents(case, request.user)),
        lambda data: clocks.pause_clock(
            case,
            data["starts_on"],
            data["ends_before"],
            data["reason"],
            data["note"],
            actor=request.user,
            expected_back_on=data["expected_back_on"],
            document=data["document"],
        ),
        title=_("Register an interruption"),
        button=_("Pause the clocks"),
    )


@get_or_post
def pause_change(request, number, pk):
    case = get_visible(request, case_rows(), number=number)
    current = case.pauses.filter(pk=pk).first()
    if current is None:
        raise Http404
    return _page(
        request,
        case,
        PauseForm(
            request.POST or None,
            documents=_documents(case, request.user),
            initial={name: getattr(current, name) for name in FIELDS},
        ),
        lambda data: clocks.change_pause(
            current,
            clocks.PauseInput(**{name: data[name] for name in FIELDS}),
            actor=request.user,
        ),
        title=_("Change an interruption"),
        button=_("Save and compute the clocks anew"),
        intro=_("Every clock of the case is computed anew, and what moves is told."),
    )


@get_or_post
def pause_end(request, number):
    case = get_visible(request, case_rows(), number=number)
    current = case.pauses.filter(ends_before__isnull=True).first()
    if current is None:
        raise Http404
    return _page(
        request,
        case,
        PauseEndForm(request.POST or None, initial={"ends_before": timezone.localdate()}),
        lambda data: clocks.end_pause(current, data["ends_before"], actor=request.user),
        title=_("The person is back"),
        button=_("Start the clocks"),
        told=_told_back,
    )
