"""An argument of one provider among those of another, on every page: as one that is missing. (The matrix
asks every page for every object.)"""

import re
from datetime import time

import pytest
from django.urls import reverse

from activityplans.transitions.attendance import plan_sessions
from jobcentre.accounts.enums import Role
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.access.policy import GRANTS
from referrals import transitions as orders
from referrals.enums import ReportKind
from tests.access.test_matrix import EMPTY, bare
from tests.factories import MONDAY
from tests.pages import ARGUMENTS, pages_with_an_object, values_of

pytestmark = [pytest.mark.row("B7"), pytest.mark.row("J11")]


def body(answer) -> bytes:
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return re.sub(rb'name="token" value="[^"]*"', b"", bare(answer))


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_argument_of_the_other_is_as_one_that_is_missing(world, log_in, method):
    staff = world.town.user(Role.PROVIDER_STAFF)
    client, asked = log_in(staff), 0
    missing = bare(client.get("/bestallningar/00000000-0000-4000-8000-000000000000/"))
    own, other = (world.objects_for(Role.PROVIDER_STAFF, each) for each in ("own", "other"))
    for name in pages_with_an_object():
        keys = ARGUMENTS.get(name, ("number",))
        if not GRANTS[action_of(name)].get(Role.PROVIDER_STAFF):
            continue
        for mixed in ({**own, key: other.get(key)} for key in keys):
            values = values_of(name, mixed)
            if values is None or values == values_of(name, own):
                continue
            url = reverse(name, args=values)
            answer = client.get(url) if method == "get" else client.post(url, EMPTY)
            assert answer.status_code in (404, 405), (name, values)
            if answer.status_code == 404:
                assert body(answer) == missing, name
            asked += 1
    assert asked > 15


def test_what_happens_at_the_other_changes_no_byte(world, log_in):
    town = world.town
    client, other = log_in(town.user(Role.PROVIDER_STAFF)), town.user(Role.PROVIDER_STAFF, "south")
    paths = ("/utforare/", "/utforare/narvaro/", "/utforare/narvaro/manad/", "/utforare/ersattning/",
             "/utforare/ersattning/ersattningar.csv", "/aviseringar/")  # fmt: skip
    before = [body(client.get(path)) for path in paths]
    for n in range(2):
        order = town.ordered(town.approved(town.consented(town.opened(where="south"))))
        orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=other, today=MONDAY)
        order = orders.start_order(order, started_on=MONDAY, actor=other, today=MONDAY)
        plan_sessions(order.activity, [MONDAY], time(15), 60, "Söder", actor=other)
        kept = orders.ReportInput(ReportKind.DEVIATION, f"Avvikelse {n}.", "Samtal.")
        orders.send_report(order, kept, actor=other, today=MONDAY)
        orders.write_message(order, "Hej.", actor=town.user(Role.COACH, "south"), today=MONDAY)
    assert [body(client.get(path)) for path in paths] == before
