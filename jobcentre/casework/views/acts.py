"""The small forms of a case: note, consent, document, appointment, pause, exit."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcentre.casework.access.checks import can_read
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.enums import Area
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.forms import (
    ConsentGivenForm,
    DocumentForm,
    ExitForm,
    NoteForm,
    PersonForm,
    StrikeForm,
)
from jobcentre.casework.free_times import offered_times
from jobcentre.casework.meeting_forms import AppointmentForm
from jobcentre.casework.models import CaseEvent, Consent, Document, ExitReason
from jobcentre.casework.people import known_receivers
from jobcentre.casework.stored_files import download
from jobcentre.casework.transitions import appointments, persons, records
from jobcentre.casework.transitions import cases as case_transitions
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from jobcentre.casework.views.meetings import OFFERED, who_can_meet

get_or_post = require_http_methods(["GET", "POST"])


def _page(request, case, form, act, *, title, button, message, typed=None, **more):
    """One small form on the case: the header above, the form, back to the case."""
    return handle_form(
        request,
        form,
        act,
        template="casework/form.html",
        context={
            **header(case, request.user, timezone.localdate()),
            "title": title,
            "button": button,
            **more,
        },
        success_url=reverse("casework:case", args=[case.number]),
        message=message,
        typed=typed,
    )


@get_or_post
def note(request, number):
    case = get_visible(request, case_rows(), number=number)
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    return _page(
        request,
        case,
        NoteForm(request.POST or None, initial=typed.initial()),
        lambda data: records.write_note(case, data["text"], actor=request.user),
        title=_("Write a note"),
        button=_("Save the note"),
        message=_("The note is saved."),
        typed=typed,
    )


def _note_of(case, pk) -> CaseEvent:
    event = CaseEvent.objects.filter(case=case, pk=pk, kind__in=records.NOTE_KINDS).first()
    if event is None:
        raise Http404
    return event


@get_or_post
def note_correct(request, number, pk):
    case = get_visible(request, case_rows(), number=number)
    event = _note_of(case, pk)
    if event.actor_id != request.user.pk and not can_read(request.user, Area.NOTES, case):
        raise Http404
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    return _page(
        request,
        case,
        NoteForm(request.POST or None, initial=typed.initial() or {"text": event.text}),
        lambda data: records.correct_note(event, data["text"], actor=request.user),
        title=_("Correct a note"),
        button=_("Save the correction"),
        message=_("The correction is saved; the former note is kept."),
        typed=typed,
    )


@get_or_post
def note_strike(request, number, pk):
    case = get_visible(request, case_rows(), number=number)
    event = _note_of(case, pk)
    return _page(
        request,
        case,
        StrikeForm(request.POST or None),
        lambda data: records.strike_note(event, data["reason"], actor=request.user),
        title=_("Strike a note"),
        button=_("Strike the note"),
        message=_("The note is struck."),
    )


@get_or_post
def consent(request, number):
    case = get_visible(request, case_rows(), number=number)
    return _page(
        request,
        case,
        ConsentGivenForm(request.POST or None, initial={"given_on": timezone.localdate()}),
        lambda data: records.give_consent(
            case,
            data["purpose"],
            data["form"],
            data["given_on"],
            data["ends_before"],
            actor=request.user,
            receiver=data["receiver"],
        ),
        receivers=known_receivers(case, timezone.localdate()),
        title=_("Record a consent"),
        button=_("Save the consent"),
        message=_("The consent is saved."),
    )


@require_POST
def consent_withdraw(request, number, pk):
    case = get_visible(request, case_rows(), number=number)
    given = Consent.objects.filter(case=case, pk=pk).first()
    if given is None:
        raise Http404
    try:
        records.withdraw_consent(given, actor=request.user, today=timezone.localdate())
    except Refused as refused:
        return _told(request, case, str(refused))
    return _told(request, case, _("The consent is withdrawn."), good=True)


def _told(request, case, text, good=False):
    (messages.success if good else messages.error)(request, text)
    return redirect("casework:case", case.number)


@get_or_post
def document_add(request, number):
    case = get_visible(request, case_rows(), number=number)
    return _page(
        request,
        case,
        DocumentForm(request.POST or None, request.FILES or None),
        lambda data: records.add_document(
            case,
            data["title"],
            data["file"],
            data["content_type"],
            Area.DOCUMENTS,
            actor=request.user,
        ),
        title=_("Add a document"),
        button=_("Save the document"),
        message=_("The document is saved."),
        is_multipart=True,
    )


@require_GET
def document(request, ref):
    """The file itself, always as a download, for those who may read its area."""
    found = get_visible(request, Document.objects.select_related("case__person"), ref=ref)
    if not can_read(request.user, found.area, found.case):
        raise Http404
    return download(found)


@get_or_post
def appointment(request, number):
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    # At a centre that the person is lent to it is met by the staff there.
    centre = appointments.centre_of_meeting(case, request.user)
    staff = who_can_meet(case.person, centre, today)
    coach = case.coach if centre == case.centre and case.coach in staff else None
    form = AppointmentForm(
        request.POST or None,
        offered=offered_times([coach], timezone.localtime(), limit=OFFERED) if coach else [],
        staff=staff,
        initial={
            "with_user": coach.pk if coach else request.user.pk,
            "place": centre.name,
            "interpreter_language": case.person.interpreter_language,
        },
    )
    return _page(
        request,
        case,
        form,
        lambda data: appointments.book_appointment(
            case,
            *data["chosen"],
            data["purpose"],
            actor=request.user,
            minutes=data["minutes"],
            place=data["place"],
            interpreter_language=data["interpreter_language"],
        ),
        title=_("Book an appointment"),
        button=_("Book"),
        message=_("The appointment is booked."),
    )


@get_or_post
def close(request, number):
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    form = ExitForm(
        request.POST or None,
        reasons=ExitReason.objects.valid_on(today),
        version=case.version,
        initial={"ended_on": today},
    )
    fields = ("reason", "ended_on", "employment_form", "extent_percent", "subsidy")
    return _page(
        request,
        case,
        form,
        lambda data: case_transitions.close_case(
            case,
            case_transitions.Leaving(
                **{name: data[name] for name in (*fields, "employer_name", "begins_on", "note")}
            ),
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        title=_("Close the case"),
        button=_("Close the case"),
        message=_("The case is closed and the follow-ups are planned."),
        obstacles=case_transitions.closing_obstacles(case),
        goes_with=case_transitions.ends_with_closing(case),
    )


@get_or_post
def person_edit(request, number):
    case = get_visible(request, case_rows(), number=number)
    person = case.person
    form = PersonForm(request.POST or None, instance=person, version=person.version)
    names = [name for name in form.fields if name not in ("token", "version")]
    return _page(
        request,
        case,
        form,
        lambda data: persons.correct_person(
            type(person).objects.get(pk=person.pk),
            {name: data[name] for name in names},
            actor=request.user,
            version=data["version"],
        ),
        title=_("Change details"),
        button=_("Save the details"),
        message=lambda changed: (
            _("The details are saved.") if changed else _("Nothing was changed.")
        ),
    )
