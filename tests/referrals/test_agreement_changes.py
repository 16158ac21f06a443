"""Who decides on a changed agreement sees what is changed; what it said before can be read."""

from datetime import timedelta
from decimal import Decimal

import pytest

from jobcentre.accounts.enums import Role
from jobcentre.ui import formats
from referrals.agreement_changes import changes
from referrals.models import AgreementVersion
from referrals.transitions import agreements
from tests.factories import MONDAY
from tests.referrals.test_claims import agree

pytestmark = pytest.mark.row("J12")


@pytest.fixture
def agreement(town):
    """In force; proposed are another price of one service, one service less, a day and a ceiling."""
    found = agree(town)
    rows = list(found.in_force.services.all())
    services = [
        {
            "service": row.service,
            "requirement": row.requirement,
            "price_model": row.price_model,
            "price": Decimal(7777) if n == 0 else row.price,
            "steps": row.steps,
        }
        for n, row in enumerate(rows[:-1])
    ]
    terms = {
        "title": found.in_force.title,
        "starts_on": found.in_force.starts_on,
        "ends_before": MONDAY + timedelta(days=800),
        "reports_monthly": False,
        "ceiling_year": Decimal(90000),
        "why": "Nytt pris.",
    }
    agreements.propose_change(
        found, terms, services, actor=town.user(Role.MANAGER), edit=found.version
    )
    found.refresh_from_db()
    return found


def test_only_what_differs_is_a_line(agreement):
    proposed = AgreementVersion.objects.get(number=2)
    found = {
        each.label: (each.before, each.after) for each in changes(agreement.in_force, proposed)
    }
    rows = list(agreement.in_force.services.all())
    first, last = rows[0].service.label, rows[-1].service.label
    assert len(found) == 4
    last_days = (formats.day_year(MONDAY + timedelta(days=n)) for n in (699, 799))
    assert found["Till"] == tuple(last_days)
    assert found["Tak för ett år, kronor"] == ("inget tak", "90\xa0000\xa0kr")
    assert found[first] == (
        "1\xa0000\xa0kr för en person och vecka", "7\xa0777\xa0kr för en person och vecka",
    )  # fmt: skip
    assert found[last] == ("1\xa0000\xa0kr för en person och vecka", "–")
    assert changes(proposed, proposed) == []


def test_the_page_shows_the_old_and_the_new_and_former_wordings_are_read(town, agreement, log_in):
    decider = town.user(Role.MANAGER, "south")
    client = log_in(decider)
    page = client.get(f"/avtal/{agreement.pk}/besluta/").content.decode()
    table = page[page.index('id="changes"') :].split("</table>")[0]
    for text in ("1\xa0000\xa0kr", "7\xa0777\xa0kr", "inget tak"):
        assert text in table, text
    agreements.decide_agreement(
        AgreementVersion.objects.get(number=2), approves=True, reason="", actor=decider
    )
    page = client.get(f"/avtal/{agreement.pk}/").content.decode()
    history = page[page.index('id="history"') :]
    assert "Vad version 1 sa" in history
    assert "1\xa0000\xa0kr" in history
    assert "Vad version 2 sa" not in history  # it holds, and stands on the page
