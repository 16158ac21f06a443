"""A front desk with two desks and a room, and what happens there."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from intake.enums import DeskKind, ScreenKind, VisitPurpose
from intake.models import Visit
from intake.transitions import register_visit
from intake.transitions.desks import add_desk, add_screen
from jobcentre.accounts.enums import Role
from jobcentre.casework.transitions.appointments import book_appointment
from tests.factories import noon


class FrontDesk:
    """The north centre's front desk: who works there, its desks, and who comes."""

    def __init__(self, town):
        self.town, self.centre = town, town.units["north"]
        self.per = town.user(Role.RECEPTION, name="Per")
        self.noor = town.user(Role.RECEPTION, name="Noor")
        self.coach = town.user(Role.COACH)
        self.one, self.two = (
            add_desk(self.centre, name, DeskKind.DESK, actor=None) for name in ("Disk 1", "Disk 2")
        )
        self.room = add_desk(self.centre, "Rum 7", DeskKind.ROOM, actor=None)

    def comes(self, purpose=VisitPurpose.QUESTION, **fields) -> Visit:
        return register_visit(self.centre, purpose, actor=self.per, **fields)

    def booked(self, *, hours: int = 0, **person_fields):
        """An appointment of today, `hours` after noon, of a person with a case."""
        case = self.town.opened(**person_fields)
        return book_appointment(
            case,
            self.coach,
            noon(self.town.today) + timedelta(hours=hours),
            "Uppföljning",
            actor=self.coach,
        )

    def screen(self, kind=ScreenKind.LOBBY, name="Entrén"):
        return add_screen(self.centre, kind, name, actor=None)

    def later(self, **length):
        """The clock stands so much later."""
        return time_machine.travel(timezone.now() + timedelta(**length), tick=False)

    def tomorrow(self):
        return self.later(days=1)


@pytest.fixture
def front(town):
    return FrontDesk(town)
