"""What an agreement has promised away: due, and to come of the orders that go on."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobcentre.accounts.enums import Role
from referrals import transitions as orders
from referrals.money.budget import money_of
from referrals.money.coming import Ahead, coming
from referrals.money.rules import Price
from referrals.transitions import claims
from tests.factories import MONDAY
from tests.referrals.test_claims import agree, attest, begun
from tests.test_rules_document import examples

pytestmark = pytest.mark.row("J12")
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
STEPS = {"started": 30, "completed": 30, "job": 40}
DAY = timedelta(days=1)


@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "to come"), ids=" ".join)
def test_examples_of_what_is_to_come(row):
    priced, first, last, hours, begun, wanted = row
    model, amount = priced.split()
    price = Price(model, Decimal(amount), STEPS if model == "steps" else {})
    ahead = Ahead(
        date.fromisoformat(first),
        date.fromisoformat(last) + DAY,
        Decimal(hours),
        has_started=begun == "yes",
    )
    assert f"{coming(price, ahead, date(2026, 11, 18), 2026):.2f}" == wanted


def test_what_orders_will_cost_is_committed(town, log_in):
    staff, manager = town.user(Role.PROVIDER_STAFF), town.user(Role.MANAGER)
    agreement = agree(town, ceiling_year=Decimal(20000))
    town.ordered(town.approved(town.consented(town.opened())))  # nobody has accepted it
    begun(town, staff)  # seven weeks begin in the year
    accepted = town.ordered(town.approved(town.consented(town.opened())))
    orders.accept_order(
        accepted, first_day_on=MONDAY + 7 * DAY, contact="Bo", actor=staff, today=MONDAY
    )  # six weeks

    def money(today=MONDAY):
        found = money_of(agreement, 2026, today)
        return tuple(
            int(found[name]) for name in ("attested", "due", "coming", "committed", "left")
        )

    assert money() == (0, 0, 13000, 13000, 7000)
    claims.keep_ledger(MONDAY + 7 * DAY)
    assert money(MONDAY + 7 * DAY) == (0, 1000, 12000, 13000, 7000)
    managers = manager, town.user(Role.MANAGER, name="Annan Chef")
    attest(agreement.claims.get(), managers)
    assert money(MONDAY + 7 * DAY) == (1000, 0, 12000, 12000, 7000)
    assert money_of(agreement, 2027, MONDAY)["coming"] == 4000  # two orders, two weeks each
    page = log_in(manager).get(f"/avtal/{agreement.pk}/").content.decode()
    assert "ännu inte" in page
    own = log_in(staff).get("/utforare/ersattning/").content.decode()
    assert "Återstår av pågående" in own


def test_many_orders_cost_the_queries_of_one(town):
    staff = town.user(Role.PROVIDER_STAFF)
    agreement = agree(town)
    money_of(agreement, 2026, MONDAY)
    counts = []
    for _n in range(3):
        begun(town, staff)
        with CaptureQueriesContext(connection) as queries:
            money_of(agreement, 2026, MONDAY)
        counts.append(len(queries))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 3
