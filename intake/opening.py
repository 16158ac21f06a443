"""What intake ties to a person's open case: the referral in is met, the outreach register linked."""

from datetime import date

from intake.transitions.referrals_in import meet_referral
from intake.youth.transitions import linking
from jobcentre.casework.models import Case
from jobcentre.casework.registries import OpeningStep, opening_steps


def meet(case: Case, *, actor, today: date) -> None:
    meet_referral(case.person, case, actor=actor, today=today)


def register() -> None:
    opening_steps.register(
        OpeningStep("referral_in", meet),
        OpeningStep(
            "outreach", linking.link_case, hold=linking.hold_entry, follow=linking.follow_person
        ),
    )
