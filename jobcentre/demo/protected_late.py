"""Somebody who became protected after a meeting was booked: the meeting has to be moved by hand."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from jobcentre.casework.enums import Protection
from jobcentre.casework.transitions import appointments, protection
from jobcentre.demo.stories import Fate

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

PURPOSE = "Genomgång av cv"


def tell_protected_late(teller: Teller) -> None:
    """At the first centre: a meeting with a colleague of the coach, who is not in the circle."""
    name = next(iter(teller.world.centres))
    start = teller.near(teller.today - timedelta(days=20))
    fate = Fate("planned", stays_days=900, plan_after=2, here=True, in_first_queue=True)
    case = teller.tell(name, start, fate)
    for user in teller.actors:
        user.remembered_relations = {}
    coach, boss, desk = (
        teller.coach_of(case),
        teller.world.managers[name],
        teller.world.reception[name],
    )
    colleague = next(each for each in teller.world.coaches[name] if each.pk != coach.pk)
    booked_on = min(teller.near(teller.today - timedelta(days=3)), teller.today)
    at = timezone.make_aware(datetime.combine(teller.workday(teller.today, 3), time(16, 0)))
    with teller.on(booked_on, 10):
        appointments.book_appointment(case, colleague, at, PURPOSE, actor=coach, minutes=45)
    with teller.on(teller.today, 8):
        protection.protect_person(
            case.person,
            Protection.MARKED,
            [coach, boss, desk, *teller.world.secretaries.get(case.income_support_unit_id, [])],
            actor=boss,
            today=teller.today,
        )
