"""The life of an order: who may do what from which state, its clocks, what is told, and the
alternatives."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError

from activityplans.models import Service
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Deadline
from referrals import rules
from referrals import transitions as orders
from referrals.comparison import alternatives
from referrals.enums import OrderState, ReportKind
from referrals.models import Order, OrderPause, OrderQuestion
from referrals.transitions import providers as register
from tests.factories import MONDAY, Town
from tests.test_rules_document import examples

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
DAY = timedelta(days=1)
FINAL = orders.ReportInput(ReportKind.FINAL, "Kassa.", "Tar ansvar.")


@pytest.fixture(scope="module")
def told(module_transaction):
    """An order that has been sent."""
    town = Town()
    return town, town.ordered(town.approved(town.consented(town.opened())))


@pytest.fixture
def town(told_here):
    return told_here[0]


@pytest.fixture
def order(told_here):
    return told_here[1]


def accept(order, staff, today=MONDAY):
    return orders.accept_order(order, first_day_on=today, contact="Bo", actor=staff, today=today)


# What each move is, by whom; the same words as the table.
ACTS = {
    "accept": (Role.PROVIDER_STAFF, accept),
    "decline": (
        Role.PROVIDER_STAFF,
        lambda o, u: orders.decline_order(o, reason="full", note="", actor=u, today=MONDAY),
    ),
    "ask": (
        Role.PROVIDER_STAFF,
        lambda o, u: orders.ask_about_order(o, "Körkort?", actor=u, today=MONDAY),
    ),
    "reply": (
        Role.COACH,
        lambda o, u: orders.reply_about_order(o, "Nej.", actor=u, today=MONDAY),
    ),
    "wait": (
        Role.PROVIDER_STAFF,
        lambda o, u: orders.put_on_waiting_list(
            o, reason="Fullt.", expected_on=MONDAY + DAY, actor=u, today=MONDAY
        ),
    ),
    "start": (
        Role.PROVIDER_STAFF,
        lambda o, u: orders.start_order(o, started_on=MONDAY, actor=u, today=MONDAY),
    ),
    "pause": (
        Role.COACH,
        lambda o, u: orders.pause_order(o, starts_on=MONDAY, reason="Sjuk.", actor=u, today=MONDAY),
    ),
    "resume": (
        Role.COACH,
        lambda o, u: orders.resume_order(o, back_on=MONDAY, actor=u, today=MONDAY),
    ),
    "end": (
        Role.PROVIDER_STAFF,
        lambda o, u: orders.end_order(
            o, FINAL, ended_on=MONDAY, result="reached", actor=u, today=MONDAY
        ),
    ),
    "withdraw": (
        Role.COACH,
        lambda o, u: orders.withdraw_order(o, reason="Fick jobb.", actor=u, today=MONDAY),
    ),
}
# How an order comes to each state.
WAYS = {
    "sent": [],
    "asked": ["ask"],
    "waiting": ["wait"],
    "accepted": ["accept"],
    "declined": ["decline"],
    "started": ["accept", "start"],
    "paused": ["accept", "start", "pause"],
    "ended": ["accept", "start", "end"],
    "withdrawn": ["withdraw"],
}
# The table of docs/rules.md, once more and by hand.
MAY = {
    "sent": {"accept", "decline", "ask", "wait", "withdraw"},
    "asked": {"accept", "decline", "reply", "wait", "withdraw"},
    "waiting": {"accept", "decline", "withdraw"},
    "accepted": {"start", "withdraw"},
    "declined": set(),
    "started": {"pause", "end", "withdraw"},
    "paused": {"resume", "end", "withdraw"},
    "ended": set(),
    "withdrawn": set(),
}


@pytest.mark.row("T4")
@pytest.mark.parametrize("move", ACTS)
@pytest.mark.parametrize("state", WAYS)
def test_every_move_from_every_state(order, town, state, move):
    for each in WAYS[state]:
        role, act = ACTS[each]
        act(order, town.user(role))
    assert Order.objects.get().state == state
    role, act = ACTS[move]
    user = town.user(role)
    if move in MAY[state]:
        act(order, user)
        assert Order.objects.get().state == orders.MOVES[move][1]
    else:
        # Of a declined order, or one withdrawn before it began, the provider knows nothing more.
        with pytest.raises((Refused, PermissionDenied)):
            act(order, user)
        assert Order.objects.get().state == state


def test_the_grid_is_of_every_state_and_move():
    assert set(WAYS) == set(MAY) == set(OrderState.values)
    assert set(ACTS) == set(orders.MOVES)


@pytest.mark.parametrize(("move", "role"), [("accept", Role.COACH), ("pause", Role.PROVIDER_STAFF)])
def test_the_one_side_does_not_act_for_the_other(order, town, staff, move, role):
    if move == "pause":
        accept(order, staff)
        ACTS["start"][1](order, staff)
    with pytest.raises(PermissionDenied):
        ACTS[move][1](order, town.user(role))


def clock(kind, key=""):
    found = Deadline.objects.filter(kind=kind, subject_key__endswith=key or "").order_by("pk")
    return [(each.started_on, each.met_on, each.cancelled_on) for each in found]


def test_a_question_stops_the_clock_and_the_reply_starts_a_new_one(order, staff, coach):
    orders.ask_about_order(order, "Körkort?", actor=staff, today=MONDAY)
    assert clock("referral_answer") == [(MONDAY, MONDAY, None)]
    assert clock("order_question") == [(MONDAY, None, None)]
    assert coach.notices.filter(text_sv__contains="fråga").exists()
    orders.reply_about_order(order, "Nej.", actor=coach, today=MONDAY + DAY)
    assert clock("order_question") == [(MONDAY, MONDAY + DAY, None)]
    assert clock("referral_answer") == [(MONDAY, MONDAY, None), (MONDAY + DAY, None, None)]
    accept(order, staff, MONDAY + 2 * DAY)
    assert clock("referral_answer")[1] == (MONDAY + DAY, MONDAY + 2 * DAY, None)
    question = OrderQuestion.objects.get()
    assert (question.text, question.reply) == ("Körkort?", "Nej.")


def test_the_waiting_list_has_a_clock_of_its_own(order, staff):
    ACTS["wait"][1](order, staff)
    assert clock("referral_answer") == [(MONDAY, MONDAY, None)]
    assert clock("order_waiting") == [(MONDAY, None, None)]
    assert clock("first_meeting") == []
    accept(order, staff, MONDAY + 3 * DAY)
    assert clock("order_waiting") == [(MONDAY, MONDAY + 3 * DAY, None)]
    assert clock("first_meeting") == [(MONDAY + 3 * DAY, None, None)]
    assert Order.objects.get().answered_on == MONDAY


def test_a_place_on_the_waiting_list_says_why_and_when(order, staff):
    with pytest.raises(Refused):
        orders.put_on_waiting_list(
            order, reason="Fullt.", expected_on=MONDAY, actor=staff, today=MONDAY
        )
    with pytest.raises(ValidationError):
        orders.put_on_waiting_list(
            order, reason="", expected_on=MONDAY + DAY, actor=staff, today=MONDAY
        )
    assert Order.objects.get().state == OrderState.SENT


def test_a_pause_has_a_clock_and_ends_with_the_order(order, staff, coach):
    accept(order, staff)
    ACTS["start"][1](order, staff)
    with pytest.raises(Refused):  # not ahead
        orders.pause_order(order, starts_on=MONDAY + DAY, reason="Sjuk.", actor=coach, today=MONDAY)
    ACTS["pause"][1](order, coach)
    assert clock("order_pause") == [(MONDAY, None, None)]
    after = MONDAY + 2 * DAY
    orders.end_order(order, FINAL, ended_on=after, result="reached", actor=staff, today=after)
    assert OrderPause.objects.get().ends_before == after
    assert clock("order_pause") == [(MONDAY, after, None)]


def test_two_pauses_do_not_overlap(order, staff, coach):
    accept(order, staff)
    ACTS["start"][1](order, staff)
    ACTS["pause"][1](order, coach)
    later = MONDAY + 4 * DAY
    orders.resume_order(order, back_on=later, actor=coach, today=later)
    with pytest.raises(Refused):
        orders.pause_order(
            order, starts_on=MONDAY + DAY, reason="Sjuk igen.", actor=coach, today=later
        )


# --- what the provider is told -------------------------------------------------------------------
@pytest.mark.parametrize("shares", [(), ("phone",), ("language", "interpreter"), ("email", "age")])
def test_the_provider_is_shown_exactly_the_chosen_fields(town, staff, log_in, shares):
    person = town.person(
        phone="070-174 06 77",
        email="eva@example.org",
        first_language="tigrinja",
        interpreter_language="amhariska",
    )
    case = town.approved(town.consented(town.opened(person=person)))
    activity = case.activities.get()
    wanted = orders.OrderInput(
        town.units["north_provider"],
        "Träna.",
        MONDAY,
        MONDAY + 30 * DAY,
        Decimal(20),
        shares=shares,
    )
    order = orders.send_order(activity, wanted, actor=town.user(Role.COACH), today=MONDAY)
    page = log_in(staff).get(f"/bestallningar/{order.ref}/").content.decode()
    shown = {
        "phone": "070-174 06 77",
        "email": "eva@example.org",
        "age": f"{person.age_on(MONDAY)}</dd>",
        "language": "tigrinja",
        "interpreter": "amhariska",
    }
    assert {name for name, value in shown.items() if value in page} == set(shares)


# --- elsewhere -----------------------------------------------------------------------------------
def test_an_unanswered_order_is_offered_elsewhere_in_one_moment(order, town, staff, coach, log_in):
    south = town.units["south_provider"]
    wanted = orders.OrderInput(south, "Träna.", MONDAY, MONDAY + 30 * DAY, Decimal(20))
    same = orders.OrderInput(order.provider, "Träna.", MONDAY, MONDAY + 30 * DAY, Decimal(20))
    with pytest.raises(Refused):
        orders.offer_elsewhere(order, same, reason="Inget svar.", actor=coach, today=MONDAY)
    assert Order.objects.get().state == OrderState.SENT
    new = orders.offer_elsewhere(order, wanted, reason="Inget svar.", actor=coach, today=MONDAY)
    order.refresh_from_db()
    assert (order.state, order.withdrawn_reason) == (OrderState.WITHDRAWN, "Inget svar.")
    assert (new.state, new.provider) == (OrderState.SENT, south)
    assert log_in(staff).get(f"/bestallningar/{order.ref}/").status_code == 404


def test_an_accepted_order_is_not_offered_elsewhere(order, town, staff, coach):
    accept(order, staff)
    south = town.units["south_provider"]
    wanted = orders.OrderInput(south, "Träna.", MONDAY, MONDAY + 30 * DAY, Decimal(20))
    with pytest.raises(Refused):
        orders.offer_elsewhere(order, wanted, reason="Inget svar.", actor=coach, today=MONDAY)


# --- the alternatives ----------------------------------------------------------------------------
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "interval"), ids=" ".join)
def test_examples_of_intervals(row):
    low, high = rules.interval(int(row[0]), int(row[1]))
    assert f"{low:.0f}–{high:.0f}" == row[2]


def test_the_middle_of_the_waiting_days():
    assert rules.median_days([]) is None
    assert rules.median_days([9, 1, 2]) == 2
    assert rules.median_days([1, 2, 3, 9]) == 3


def _offering(town, where, service, places):
    provider = register.add_provider(
        town.units[f"{where}_provider"],
        {"form": "municipal", "organisation_number": "", "description": ""},
        [service],
        actor=None,
    )
    values = {"service": service, "from_on": MONDAY, "places": places}
    register.save_part(provider, "capacities", None, values, actor=None, edit=1)
    return provider


@pytest.mark.row("T4")
def test_alternatives_stand_by_when_they_have_a_place(town, staff):
    service = Service.objects.get(key="work_training")
    north, south = _offering(town, "north", service, 0), _offering(town, "south", service, 2)
    found = alternatives(service, "later", MONDAY)
    assert [each.provider for each in found] == [south, north]
    assert [each.first_free_on for each in found] == [MONDAY, None]
    assert all(each.waiting is None and each.share is None for each in found)


def test_results_are_of_the_track_and_hidden_for_few(town, staff):
    service = Service.objects.get(key="work_training")
    _offering(town, "north", service, 9)
    for number in range(5):
        order = town.ordered(town.approved(town.consented(town.opened())))
        accept(order, staff)
        ACTS["start"][1](order, staff)
        found = alternatives(service, order.case.track, MONDAY)[0]
        assert found.share is None
        result = "reached" if number else "not_reached"
        orders.end_order(order, FINAL, ended_on=MONDAY, result=result, actor=staff, today=MONDAY)
        cache.clear()  # what has been is read again ten minutes later
    found = alternatives(service, order.case.track, MONDAY)[0]
    assert (found.ended, found.share, found.waiting) == (5, 80.0, 0)
    assert alternatives(service, "direct", MONDAY)[0].share is None


def test_the_page_compares_and_keeps_what_is_typed(town, coach, log_in):
    service = Service.objects.get(key="work_training")
    south = _offering(town, "south", service, 2)
    case = town.approved(town.consented(town.opened()))
    path = f"/aktiviteter/{case.activities.get().ref}/bestall/?utforare={south.unit_id}"
    page = log_in(coach).get(path).content.decode()
    assert "2 av 2" in page
    assert f'<option value="{south.unit_id}" selected' in page
    assert "data-draft" in page
