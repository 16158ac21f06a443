"""Pages of referrals in: the list, sending one, its first meeting, following up, ending."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intake.enums import ReferralState
from intake.models import ReferralIn
from intake.referrals_in.forms import (
    ContactForm,
    EndForm,
    ReferralsFilter,
    SendForm,
    SentPersonForm,
)
from intake.registrations.known import ask_who
from intake.registrations.persons import acts_for
from intake.transitions import referrals_in as transitions
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.forms import coaches_of
from jobcentre.casework.free_times import offered_times
from jobcentre.casework.meeting_forms import FirstMeetingForm
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.meetings import OFFERED, who_can_meet

get_or_post = require_http_methods(["GET", "POST"])
REFERRALS = ReferralIn.objects.select_related(
    "person",
    "sending_unit",
    "sent_by",
    "centre",
    "district",
    "appointment__with_user",
    "appointment__centre",
    "obstacle",
)
PAGE = 100


@require_GET
def referrals_in(request):
    """Those sent to the centre, or by the unit; the ones to be seen to first."""
    today = timezone.localdate()
    form = ReferralsFilter(request.GET)
    state = (form.cleaned_data["state"] if form.is_valid() else "") or "open"
    found = REFERRALS.visible_to(request.user)
    if state == "late":
        found = found.open().filter(contact_on__lte=today)
    elif state == "booked":
        found = found.filter(state=ReferralState.BOOKED)
    elif state == "ended":
        found = found.filter(ended_on__isnull=False)
    else:
        found = found.open()
    order = ["-ended_on", "-pk"] if state == "ended" else ["contact_on", "pk"]
    rows = list(found.order_by(*order)[: PAGE + 1])
    log_list(request, [row.person.ref for row in rows[:PAGE]])
    return render(
        request,
        "intake/referrals_in/list.html",
        {
            "form": ReferralsFilter(initial={"state": state}),
            "rows": rows[:PAGE],
            "more": len(rows) > PAGE,
            "state": state,
            "today": today,
            "may_send": can(request.user, "referral_in.send", _Here(request.user.acting.unit)),
        },
    )


class _Here:
    def __init__(self, unit):
        self.unit = unit

    def access_unit(self):
        return self.unit


@get_or_post
def referral_in_new(request):
    """Send a person to a centre; on the next page the first meeting is offered."""
    today = timezone.localdate()
    asked = ask_who(
        request,
        lambda: SendForm(request.POST or None, membership=request.user.acting, today=today),
    )

    def act(data):
        identity = data["identity"]
        return transitions.send_referral(
            asked.chosen(data),
            {name: data[name] for name in SendForm.PERSON},
            identity,
            transitions.Sending(
                source=data["source"],
                centre=data["goes_to"],
                ground=data["ground"],
                district=data["district"],
                exception_reason=data["exception_reason"],
                obstacle=data["obstacle"],
                wishes=data["wishes"],
            ),
            actor=request.user,
            today=today,
            protection=data["protection"],
        )

    return handle_form(
        request,
        asked.form,
        act,
        template="intake/referrals_in/new.html",
        context={"back_url": reverse("intake:referrals_in")},
        success_url=lambda referral: reverse("intake:referral_in_time", args=[referral.ref]),
        message=lambda referral: (
            _("The referral is sent to %(centre)s. Offer the first meeting now.")
            % {"centre": referral.centre.name}
        ),
    )


@require_GET
def referral_in(request, ref):
    """One referral: what was sent, the first meeting, what was done to reach the person."""
    found = get_visible(request, REFERRALS, ref=ref)
    user = request.user
    return render(
        request,
        "intake/referrals_in/referral.html",
        {
            "referral": found,
            "contacts": list(found.contacts.select_related("made_by")[:50]),
            "may_book": found.is_open and can(user, "referral_in.book", found),
            "may_follow": found.is_open and can(user, "referral_in.follow", found),
            "may_end": found.is_open and can(user, "referral_in.end", found),
            "may_agree": _may_agree(user, found),
            "may_correct": found.is_open and can(user, "referral_in.correct", found),
            "corrections": found.person.latest_corrections,
            "acts": acts_for(user, found.person),
            "is_late": found.is_open and found.contact_on < timezone.localdate(),
        },
    )


def _may_agree(user, referral: ReferralIn) -> bool:
    """Whether the user may agree how the protected person is let in to the first meeting."""
    meeting = referral.appointment
    return (
        referral.person.is_protected
        and meeting is not None
        and meeting.state == AppointmentState.BOOKED
        and can(user, "entrance.agree", meeting)
    )


@get_or_post
def referral_in_time(request, ref):
    """The first meeting: the earliest free times of the centre's coaches."""
    found = get_visible(request, REFERRALS, ref=ref)
    if not found.is_open:
        return redirect("intake:referral_in", found.ref)
    today = timezone.localdate()
    coaches = who_may_know(found.person, coaches_of(found.centre, today))
    booked = found.appointment
    form = FirstMeetingForm(
        request.POST or None,
        offered=offered_times(coaches, timezone.localtime(), limit=OFFERED, once=True),
        staff=who_can_meet(found.person, found.centre, today),
        initial={
            "interpreter_language": (
                booked if booked is not None and not booked.is_off else found.person
            ).interpreter_language
        },
    )
    return handle_form(
        request,
        form,
        lambda data: transitions.book_first_meeting(
            found,
            *data["chosen"],
            actor=request.user,
            interpreter_language=data["interpreter_language"],
        ),
        template="intake/referrals_in/form.html",
        context={
            "referral": found,
            "title": _("The first meeting"),
            "nobody": found.person.is_protected and not coaches,
            "button": _("Book the meeting"),
            "back_url": reverse("intake:referral_in", args=[found.ref]),
            "back": _("No time yet"),
        },
        success_url=reverse("intake:referral_in", args=[found.ref]),
        message=_("The first meeting is booked. Tell the person the time."),
    )


@get_or_post
def referral_in_contact(request, ref):
    """An attempt to reach the person, and when the next one is."""
    found = get_visible(request, REFERRALS, ref=ref)
    today = timezone.localdate()
    return handle_form(
        request,
        ContactForm(request.POST or None, initial={"next_on": today + timedelta(days=3)}),
        lambda data: transitions.note_contact(
            found,
            way=data["way"],
            result=data["result"],
            next_on=data["next_on"],
            note=data["note"],
            actor=request.user,
            today=today,
        ),
        template="intake/referrals_in/form.html",
        context={
            "referral": found,
            "title": _("Note an attempt to reach the person"),
            "button": _("Save the attempt"),
            "back_url": reverse("intake:referral_in", args=[found.ref]),
        },
        success_url=reverse("intake:referral_in", args=[found.ref]),
        message=_("The attempt is saved."),
    )


@get_or_post
def referral_in_person(request, ref):
    """Name, phone and e-mail put right by the sender, while the person has not come."""
    found = get_visible(request, REFERRALS, ref=ref)
    if not found.is_open and request.method == "GET":
        return redirect("intake:referral_in", found.ref)
    person = found.person
    form = SentPersonForm(request.POST or None, instance=person, version=person.version)
    return handle_form(
        request,
        form,
        lambda data: transitions.correct_sent_person(
            found,
            {name: data[name] for name in transitions.SENT},
            actor=request.user,
            version=data["version"],
        ),
        template="intake/referrals_in/form.html",
        context={
            # The form writes what was typed into its own.
            "referral": REFERRALS.get(pk=found.pk) if request.method == "POST" else found,
            "title": _("Put the details right"),
            "button": _("Save the details"),
            "back_url": reverse("intake:referral_in", args=[found.ref]),
        },
        success_url=reverse("intake:referral_in", args=[found.ref]),
        message=lambda changed: (
            _("The details are saved.") if changed else _("Nothing was changed.")
        ),
    )


@get_or_post
def referral_in_end(request, ref):
    """The referral ends without a case, with the reason; the sender is told."""
    found = get_visible(request, REFERRALS, ref=ref)
    return handle_form(
        request,
        EndForm(request.POST or None),
        lambda data: transitions.end_referral(
            found, data["reason"], data["note"], actor=request.user, today=timezone.localdate()
        ),
        template="intake/referrals_in/form.html",
        context={
            "referral": found,
            "title": _("End the referral"),
            "button": _("End the referral"),
            "back_url": reverse("intake:referral_in", args=[found.ref]),
        },
        success_url=reverse("intake:referral_in", args=[found.ref]),
        message=_("The referral is ended and the sender is told."),
    )
