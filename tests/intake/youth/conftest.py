"""A town with somebody to look for."""

from datetime import date

import pytest

from intake.youth.enums import Origin
from intake.youth.transitions.register import OutreachRow, register_from_row
from jobcentre.accounts.enums import Role
from jobcentre.casework.identity import parse_identity
from tests.factories import MONDAY, official_number


def row_of(born: date, **fields) -> OutreachRow:
    """A row of a list about somebody born that day."""
    values = {
        "origin": Origin.POPULATION,
        "given_name": "Lo",
        "family_name": "Ek",
        "identity": parse_identity(official_number(born), MONDAY),
        "phone": "070-174 06 50",
        **fields,
    }
    return OutreachRow(**values)


@pytest.fixture
def coordinator(town):
    return town.user(Role.YOUTH_COORDINATOR)


@pytest.fixture
def followed(town, coordinator):
    """Makes an entry of somebody born that day (17 years old when absent)."""

    def make(born: date = date(2009, 3, 4), **fields):
        return register_from_row(
            row_of(born, **fields),
            unit=town.units["youth"],
            actor=coordinator,
            today=town.today,
            coordinator=coordinator,
        ).entry

    return make
