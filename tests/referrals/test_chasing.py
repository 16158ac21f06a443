"""Who is told when nobody answers or reports: the provider first, then the coach and the manager, and
then the order is offered elsewhere."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.round import round_of_clocks
from jobcentre.casework.models import Case, Deadline
from jobcentre.notices.models import Notice, OutboxMessage
from referrals import transitions as orders
from referrals.models import Order
from referrals.transitions.orders import OrderInput, offer_elsewhere
from tests.factories import MONDAY

pytestmark = pytest.mark.row("T4")
DAY = timedelta(days=1)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (MONDAY + n * DAY for n in range(1, 5))


@pytest.fixture
def people(town):
    return {
        "provider": town.user(Role.PROVIDER_STAFF),
        "coach": town.user(Role.COACH),
        "manager": town.user(Role.MANAGER),
        "other": town.user(Role.PROVIDER_STAFF, "south"),
    }


@pytest.fixture
def order(town, people):
    return town.ordered(town.approved(town.consented(town.opened())))


def told(people, day) -> set[str]:
    """Who is told in the round of the day."""
    last = Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with time_machine.travel(f"{day.isoformat()}T05:00:00+00:00", tick=False):
        round_of_clocks(day)
    return {name for name, user in people.items() if user.notices.filter(pk__gt=last).exists()}


def of_kind(people, name, words) -> bool:
    return people[name].notices.filter(text_sv__contains=words).exists()


def test_an_unanswered_order_reminds_then_escalates_then_asks_for_another(people, order):
    assert told(people, MONDAY) == {"provider"}
    assert of_kind(people, "provider", ": sista dag är")
    reminder = people["provider"].notices.get(key__startswith="clock:")
    assert order.case.number not in reminder.text_sv
    assert told(people, TUESDAY) == set()  # reminded already
    assert told(people, WEDNESDAY) == {"provider", "coach", "manager"}
    assert of_kind(people, "provider", "sista dag var")
    assert of_kind(people, "coach", "Inget svar: erbjud beställningen till en annan")
    assert not of_kind(people, "manager", "Inget svar")
    offer = Deadline.objects.get(kind="order_offer")
    assert (offer.started_on, offer.due_on) == (WEDNESDAY, THURSDAY)
    assert offer.url == f"/bestallningar/{order.ref}/annan/"
    assert told(people, FRIDAY) == {"coach", "manager"}
    assert of_kind(people, "manager", "Inget svar")


def test_the_late_reminder_goes_by_mail_and_says_nothing_of_the_order(people, order):
    for day in (MONDAY, WEDNESDAY):
        told(people, day)
    mail = OutboxMessage.objects.filter(recipient=people["provider"].email)
    assert mail.exists()
    for each in mail:
        assert order.case.number not in str(each.context)
        assert order.case.person.family_name not in str(each.context)


def test_the_coach_has_the_button_on_the_page_of_what_is_now(people, order, log_in):
    told(people, WEDNESDAY)
    with time_machine.travel(f"{WEDNESDAY.isoformat()}T11:00:00+00:00", tick=False):
        page = log_in(people["coach"]).get("/nu/").content.decode()
        assert f"/bestallningar/{order.ref}/annan/" in page
        compared = log_in(people["coach"]).get(f"/bestallningar/{order.ref}/annan/")
        assert compared.status_code == 200


def test_offering_elsewhere_meets_the_clock_and_begins_another(town, people, order):
    told(people, WEDNESDAY)
    wanted = OrderInput(
        provider=town.units["south_provider"], requirement="Träna.", starts_on=WEDNESDAY,
        ends_before=order.ends_before, hours_per_week=order.hours_per_week,
    )  # fmt: skip
    with time_machine.travel(f"{WEDNESDAY.isoformat()}T11:00:00+00:00", tick=False):
        offer_elsewhere(order, wanted, reason="Inget svar.", actor=people["coach"], today=WEDNESDAY)
    assert Deadline.objects.get(kind="order_offer").met_on == WEDNESDAY
    assert Deadline.objects.filter(kind="referral_answer").count() == 2
    assert told(people, WEDNESDAY) == {"other"}


def test_an_answer_in_time_begins_no_such_clock_and_a_late_one_meets_it(people, order):
    staff = people["provider"]
    orders.ask_about_order(order, "Körkort?", actor=staff, today=TUESDAY)
    orders.reply_about_order(order, "Nej.", actor=people["coach"], today=TUESDAY)
    assert "coach" not in told(people, WEDNESDAY)
    assert not Deadline.objects.filter(kind="order_offer").exists()
    told(people, THURSDAY)
    with time_machine.travel(f"{THURSDAY.isoformat()}T11:00:00+00:00", tick=False):
        orders.accept_order(order, first_day_on=THURSDAY, contact="Bo", actor=staff, today=THURSDAY)
    offer = Deadline.objects.get(kind="order_offer")
    assert (offer.started_on, offer.met_on) == (THURSDAY, THURSDAY)


def test_what_the_round_begins_is_what_the_facts_say(people, order):
    told(people, WEDNESDAY)
    fields = ("kind", "subject_key", "started_on", "due_on", "met_on", "url", "subject_label")
    before = list(Deadline.objects.order_by("pk").values_list(*fields))
    with time_machine.travel(f"{WEDNESDAY.isoformat()}T11:00:00+00:00", tick=False):
        assert clock.recompute(Case.objects.get()) == []
    assert list(Deadline.objects.order_by("pk").values_list(*fields)) == before


def test_the_round_costs_the_same_for_one_and_for_four(town, people, order):
    with CaptureQueriesContext(connection) as one:
        told(people, WEDNESDAY)
    Deadline.objects.filter(kind="order_offer").delete()
    for name in ("Ada", "Bo", "Cia"):
        town.ordered(town.approved(town.consented(town.opened(given_name=name))))
    with CaptureQueriesContext(connection) as four:
        told(people, WEDNESDAY)
    assert Deadline.objects.filter(kind="order_offer").count() == 4
    assert len(four) <= len(one)


def test_of_a_protected_person_only_the_named_are_told(town, people, order):
    named = town.user(Role.PROVIDER_STAFF, name="Namngiven")
    town.protected(order.case.person, [people["coach"], named])
    people["named"] = named
    assert told(people, MONDAY) == {"named"}
    assert told(people, WEDNESDAY) == {"named", "coach"}


def test_without_anybody_at_the_provider_the_coach_is_told_at_once(people, order):
    people["provider"].memberships.update(valid_to=MONDAY)
    assert told(people, MONDAY) == {"coach"}


def test_a_late_report_reminds_the_provider_and_then_the_coach_and_manager(town, people, order):
    staff = people["provider"]
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)
    first = MONDAY.replace(month=12, day=1)
    assert "provider" not in told(people, first)
    assert Deadline.objects.get(kind="monthly_report").due_on == first + 6 * DAY
    assert told(people, first + 3 * DAY) == {"provider"}  # Friday: one working day is left
    late = told(people, first + 7 * DAY)
    assert late >= {"provider", "coach", "manager"}
    assert Order.objects.get().state == "started"
