"""Persons who have been sent to a centre and have not come yet, told through the transitions."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from intake.enums import ContactResult, ContactWay, PassingGround, ReferralEnd
from intake.models import ReferralIn, SupportObstacle
from intake.transitions import referrals_in as moves
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.enums import Source
from jobcentre.casework.identity import parse_identity

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

WISHES = (
    "Vill gärna arbeta i kök. Har arbetat på restaurang i tre år.",
    "Behöver arbete på dagtid; hämtar barn på förskola klockan fyra.",
    "Vill bli undersköterska och undrar vad som krävs.",
    "",
)


def tell_referrals(teller: Teller) -> None:
    """At each centre: one just sent, one booked, one whose day has passed, one tried, one ended; and
    one from AF and one on own initiative, whom the front desk sends."""
    obstacles = list(SupportObstacle.objects.all())
    for name, centre in teller.world.centres.items():
        unit = teller.world.districts[name][0].income_support_unit
        secretary = teller.world.secretaries[unit.pk][0]
        desk, coach = teller.world.reception[name], teller.world.coaches[name][0]
        _sent(teller, centre, secretary, 0, obstacles)
        booked = _sent(teller, centre, secretary, 2, obstacles)
        _book(teller, booked, coach, secretary)
        _sent(teller, centre, secretary, 6, obstacles)
        tried = _sent(teller, centre, secretary, 9, obstacles)
        _try(teller, tried, desk)
        ended = _sent(teller, centre, secretary, 40, obstacles)
        day = teller.workday(ended.sent_on, 12)
        with teller.on(day, 14):
            moves.end_referral(ended, ReferralEnd.NEVER_CAME, "", actor=desk, today=day)
        _sent(teller, centre, desk, 3, obstacles, Source.AF)
        own = _sent(teller, centre, desk, 1, obstacles, Source.OWN)
        _book(teller, own, coach, desk, time(13, 0))


def _sent(
    teller: Teller,
    centre: Unit,
    sender: User,
    days_ago: int,
    obstacles: list[SupportObstacle],
    source: Source = Source.INCOME_SUPPORT,
) -> ReferralIn:
    # The last working day not later than so many days ago.
    day = teller.today - timedelta(days=days_ago)
    while not teller.calendar.is_workday(day):
        day -= timedelta(days=1)
    fields, number = teller.people.person(day, is_young=False)
    is_support = source == Source.INCOME_SUPPORT
    districts = Unit.objects.filter(parent=centre, income_support_unit=sender.acting.unit)
    with teller.on(day, 10):
        return moves.send_referral(
            None,
            {key: fields[key] for key in ("given_name", "family_name", "phone", "first_language")},
            parse_identity(number, teller.today),
            moves.Sending(
                source=source,
                centre=centre,
                ground=PassingGround.ACTIVITY if is_support else PassingGround.REQUEST,
                district=districts.first() if is_support else None,
                obstacle=teller.random.choice(obstacles) if is_support else None,
                wishes=teller.random.choice(WISHES),
            ),
            actor=sender,
            today=day,
        )


def _book(
    teller: Teller, referral: ReferralIn, coach: User, sender: User, at: time = time(15, 0)
) -> None:
    day = teller.workday(teller.today, 2)
    with teller.on(referral.sent_on, 11):
        moves.book_first_meeting(
            referral,
            coach,
            timezone.make_aware(datetime.combine(day, at)),
            actor=sender,
        )


def _try(teller: Teller, referral: ReferralIn, desk: User) -> None:
    day = teller.workday(referral.sent_on, 3)
    with teller.on(day, 13):
        moves.note_contact(
            referral,
            way=ContactWay.PHONE,
            result=ContactResult.NO_ANSWER,
            next_on=max(day + timedelta(days=1), teller.today + timedelta(days=1)),
            note="",
            actor=desk,
            today=day,
        )
