"""A referral in follows its first meeting: moved with it, looked after when nobody came."""

from django.urls import reverse

from intake.models import ReferralIn
from intake.transitions import referrals_in
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import can
from jobcentre.casework.models import Appointment
from jobcentre.casework.registries import MeetingStep, meeting_steps


def again_url(meeting: Appointment, user: User) -> str:
    """The page that gives the referral of the meeting another time; "" without an open one."""
    referral = (
        ReferralIn.objects.open()
        .filter(appointment=meeting)
        .select_related("person", "centre", "sending_unit")
        .first()
    )
    if referral is None or not can(user, "referral_in.book", referral):
        return ""
    return reverse("intake:referral_in_time", args=[referral.ref])


def register() -> None:
    meeting_steps.register(
        MeetingStep(
            "referral_in",
            hold=referrals_in.hold_referral_of,
            moved=referrals_in.follow_moved,
            off=referrals_in.follow_called_off,
            again_url=again_url,
        )
    )
