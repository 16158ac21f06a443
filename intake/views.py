"""Enrolment and the first day. The front desk is in `intake/reception/views/`, the mapping in
`intake/mapping/views/`."""

from datetime import datetime

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake import desk as front
from intake import transitions
from intake.forms import EnrolForm, FirstDayForm
from intake.models import ReferralIn, Visit
from intake.registrations.asking import alike_to
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.models import TargetGroup
from jobcentre.casework.transitions.cases import Enrolment
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header

get_or_post = require_http_methods(["GET", "POST"])
VISITS = Visit.objects.select_related("person", "centre", "case__coach", "case__centre")


@get_or_post
def enrol(request, ref):
    """Open a case for the visitor: one form, with coach and time proposed."""
    found = get_visible(request, VISITS, ref=ref)
    today = timezone.localdate()
    if not found.is_open or found.person is None:
        return redirect("intake:visit", found.ref)
    choices = front.enrol_choices(found.person, found.centre, today)
    referral = ReferralIn.objects.open().filter(person=found.person).first()
    form = EnrolForm(
        request.POST or None,
        districts=choices["districts"],
        groups=TargetGroup.objects.valid_on(today),
        proposals=choices["proposals"],
        initial=_enrol_initial(choices, referral),
    )

    def act(data):
        enrolment = Enrolment(
            centre=found.centre,
            source=data["source"],
            track=data["track"],
            target_groups=list(data["target_groups"]),
            district=data["district"],
            coach=data["coach"],
        )
        starts_at = timezone.make_aware(datetime.combine(today, data["at"]))
        return transitions.enrol_visitor(
            found, enrolment, starts_at, actor=request.user, today=today
        )

    return handle_form(
        request,
        form,
        act,
        template="intake/enrol.html",
        context={
            "visit": found,
            "card": front.card_of(found.person, today),
            "no_coach": not choices["proposals"],
            "referral": referral,
            "alikes": alike_to(request, found.person),
        },
        success_url=lambda case: reverse("casework:case", args=[case.number]),
        message=lambda case: (
            _("Case %(number)s is open. The clock for the plan has started.")
            % {"number": case.number}
        ),
    )


def _enrol_initial(choices: dict, referral: ReferralIn | None) -> dict:
    """What the form proposes; a referral in says who sent the person and from which district, and
    its first meeting is with the coach."""
    initial = {"coach": choices["proposed"], "at": choices["at"]}
    if referral is not None:
        initial |= {"source": referral.source, "district": referral.district_id}
        coaches = {each.load.coach_id for each in choices["proposals"]}
        if referral.appointment and referral.appointment.with_user_id in coaches:
            initial["coach"] = referral.appointment.with_user_id
            starts_at = timezone.localtime(referral.appointment.starts_at)
            if starts_at.date() == timezone.localdate():
                initial["at"] = starts_at.time()
    return initial


@get_or_post
def rights(request, number):
    """The first day: rights and duties, and the registration with AF, in one form."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    form = FirstDayForm(
        request.POST or None,
        initial={
            "given_on": today,
            "language": case.person.interpreter_language or _("Swedish"),
            "with_interpreter": case.person.needs_interpreter,
        },
    )

    def act(data):
        transitions.check_af(
            case,
            status=data["af_status"],
            since=data["af_since"],
            actor=request.user,
            today=today,
        )
        return transitions.give_rights(
            case,
            given_on=data["given_on"],
            form=data["form"],
            language=data["language"],
            with_interpreter=data["with_interpreter"],
            actor=request.user,
        )

    return handle_form(
        request,
        form,
        act,
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Rights, duties and AF"),
            "button": _("Save"),
        },
        success_url=reverse("casework:case", args=[case.number]),
        message=_("Rights, duties and the AF registration are saved."),
    )
