"""Enrolment. The first day is in `intake/first_day_views.py`, the front desk in
`intake/reception/views/`, the mapping in `intake/mapping/views/`."""

from datetime import datetime

from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake import desk as front
from intake import transitions
from intake.forms import EnrolForm
from intake.models import ReferralIn, Visit
from intake.registrations.asking import alike_to
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.exceptions import Occupied, Refused
from jobcentre.casework.models import TargetGroup
from jobcentre.casework.transitions.cases import Enrolment
from jobcentre.casework.views.base import handle_form

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
    if choices["proposals"] and form.initial["at"] is None:
        form.fields["at"].help_text = _(
            "The proposed coach has no free time left today. Write a time if they meet now."
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
        try:
            return transitions.enrol_visitor(
                found, enrolment, starts_at, actor=request.user, today=today
            )
        except Occupied as occupied:
            raise Refused(f"{occupied} {front.free_today_sentence(data['coach'])}") from None

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
