"""Everything of one provider is marked, and no page, file, filter or search of another's staff has a
mark in its bytes."""

from decimal import Decimal

import pytest
from django.urls import reverse

from activityplans.models import Session
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Unit
from jobcentre.casework.access.pages import LOGGED_IN, PUBLIC, action_of
from jobcentre.casework.access.policy import GRANTS
from referrals import transitions as orders
from referrals.models import Claim, MethodSupport, Order, OrderProposal
from tests.access.test_providers_apart import body
from tests.factories import MONDAY
from tests.pages import pages_with_an_object, url_names, values_of

pytestmark = [pytest.mark.row("B7"), pytest.mark.row("J11"), pytest.mark.row("J12")]
MARK, KRONOR = "Zwxq", Decimal("717171.17")
ASKED = ({}, {"q": MARK}, {"state": "blocked"}, {"day": f"{MONDAY}"}, {"month": f"{MONDAY:%Y-%m}"})


@pytest.fixture
def marked(world):
    """The order of the south with a mark in every text of it, of its person and of its provider."""
    order = Order.objects.select_related("case__person", "provider").get(
        ref=world.objects["other"]["order"]
    )
    coach = world.town.user(Role.COACH, "south")
    orders.write_message(order, f"{MARK} ringde.", actor=coach, today=MONDAY)
    person = order.case.person
    person.given_name, person.family_name, person.phone = MARK, f"{MARK}son", "070-7171717"
    person.save()
    of_order = {
        name: f"{MARK} {name}" for name in ("requirement", "goals", "contact", "adaptation")
    }
    Order.objects.filter(pk=order.pk).update(**of_order, needs_to_know=f"{MARK} vet")
    OrderProposal.objects.filter(order=order).update(reason=f"{MARK} längre")
    MethodSupport.objects.filter(order=order).update(aim=f"{MARK} mål")
    Session.objects.filter(activity=order.activity).update(place=f"{MARK} sal", on=MONDAY)
    Claim.objects.filter(order=order).update(amount=KRONOR)
    Unit.objects.filter(pk=order.provider_id).update(name=f"{MARK} AB")
    return Order.objects.get(pk=order.pk)


def _paths(world) -> list[str]:
    """Every page that provider staff may ever open: those of no object, and those of their own."""
    own, open_to = world.objects_for(Role.PROVIDER_STAFF, "own"), []
    for name, arguments in url_names():
        action = action_of(name)
        if action != LOGGED_IN and not (
            action != PUBLIC and GRANTS[action].get(Role.PROVIDER_STAFF)
        ):
            continue
        if not arguments:
            open_to.append(reverse(name))
        elif name in pages_with_an_object() and values_of(name, own) is not None:
            open_to.append(reverse(name, args=values_of(name, own)))
    return open_to


def _marks(content: bytes, order: Order) -> list[str]:
    words = (MARK, "717171", "717 171", order.case.number, str(order.ref), "070-7171717")
    text = content.decode("utf-8", "replace").replace("\xa0", " ").replace("\u202f", " ")
    return [word for word in words if word in text]


def test_no_page_of_another_provider_has_a_mark(world, marked, log_in):
    client, read = log_in(world.town.user(Role.PROVIDER_STAFF)), 0
    for path in _paths(world):
        for asked in ASKED:
            answer = client.get(path, asked)
            if answer.status_code == 405:
                break
            # What is asked stands again in the box of a search and in the address to come back to.
            content = body(answer)
            for echo in (f'value="{MARK}"', f"q={MARK}"):
                content = content.replace(echo.encode(), b"")
            assert _marks(content, marked) == [], (path, asked)
            read += answer.status_code == 200
    assert read > 60


def test_the_marks_are_there_for_its_own_staff(world, marked, log_in):
    client = log_in(world.town.user(Role.PROVIDER_STAFF, "south"))
    for path in ("/utforare/", f"/bestallningar/{marked.ref}/"):
        assert MARK in body(client.get(path)).decode(), path
    ledger = body(client.get("/utforare/ersattning/ersattningar.csv"))
    assert "717171" in _marks(ledger, marked)
