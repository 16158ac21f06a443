"""A protected person stands under an alias at the provider, for named staff, on every page."""

from datetime import time, timedelta
from uuid import UUID

import pytest
from django.urls import reverse

from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Person
from jobcentre.notices.models import Notice, OutboxMessage
from referrals import aliases
from referrals import transitions as orders
from referrals.enums import ReportKind
from referrals.models import Order, OrderMessage
from tests.factories import MONDAY
from tests.pages import url_names

pytestmark = [pytest.mark.row("J11"), pytest.mark.row("T16")]
ADDRESS = {"street": "Hemliga gatan 7", "postcode": "123 45", "city": "Gömby"}
CANARIES = ("Skuggberg", "Mirjana", "Hemliga gatan", "070-174 06 99", "mirjana@example.org")


@pytest.fixture
def named(town):
    return town.user(Role.PROVIDER_STAFF, name="Namngiven")


@pytest.fixture
def order(town, named):
    """A running order of somebody who is protected after texts with the name were written."""
    case = town.opened(
        given_name="Mirjana", family_name="Skuggberg", phone="070-174 06 99",
        email="mirjana@example.org", first_language="arabiska", **ADDRESS,
    )  # fmt: skip
    order = town.ordered(town.approved(town.consented(case)))
    Order.objects.filter(pk=order.pk).update(
        requirement="Mirjana ska träna kassa.", goals="Mirjana Skuggbergs mål", shares=["phone", "email"],
        needs_to_know="Nås på 070-174 06 99. 19840301-2384",
    )  # fmt: skip
    order.refresh_from_db()
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=named, today=MONDAY)
    order = orders.start_order(order, started_on=MONDAY, actor=named, today=MONDAY)
    plan_sessions(order.activity, [MONDAY], time(9), 180, "Mirjanas plats", actor=named)
    session = order.activity.sessions.get()
    mark = Mark("unexcused", "Mirjana kom inte.")
    register_attendance({session.pk: mark}, actor=named, today=MONDAY)
    written = orders.ReportInput(ReportKind.DEVIATION, "Mirjana kom inte.", "Ringde Skuggberg.")
    orders.send_report(order, written, actor=named, today=MONDAY)
    orders.write_message(order, "Hälsa Mirjana.", actor=town.user(Role.COACH), today=MONDAY)
    Notice.objects.all().delete()
    town.protected(order.case.person, [town.user(Role.COACH), named])
    order.case.person.refresh_from_db()
    for user in town.users.values():
        user.remembered_relations = {}
    return Order.objects.select_related("case__person").get(pk=order.pk)


def test_the_alias_is_the_same_as_long_as_the_order_lives():
    ref = UUID("8a3f0a52-5a3f-4b60-9f6e-0f3f2c1a7d11")
    assert aliases.code_of(ref) == aliases.code_of(UUID(str(ref)))
    assert len(aliases.code_of(ref)) == 5
    assert set(aliases.code_of(ref)) <= set(aliases.LETTERS)
    assert aliases.code_of(ref) != aliases.code_of(UUID(int=ref.int + 1))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Anna-Lisa von Essen kom.", "X kom."),
        ("ANNAS tider; Lisa, Essens bror", "X tider; X, X bror"),
        ("Annat och Essenhet", "Annat och Essenhet"),
        ("Ring 070-1740650 om 19840301-2384", "Ring – om –"),
    ],
)
def test_names_and_numbers_are_taken_out_of_texts(text, shown):
    person = Person(given_name="Anna-Lisa", family_name="von Essen", phone="070-1740650")
    assert aliases.without_name(text, person, "X") == shown


def pages_of(order):
    """Every address of the product that takes nothing, an order, a session or a report."""
    session, report = order.activity.sessions.get(), order.reports.get()
    for name, arguments in url_names():
        if name.startswith(("accounts:", "set_language")):
            continue
        if not arguments:
            yield name, reverse(name)
        elif arguments == ["ref"] and name.startswith("referrals:"):
            yield name, reverse(name, args=[order.ref])
        elif arguments == ["ref", "pk"]:
            yield name, reverse(name, args=[order.ref, report.pk])
        elif arguments == ["pk"]:
            yield name, reverse(name, args=[session.pk])
        elif arguments == ["number"]:
            yield name, reverse(name, args=[order.case.number])


def test_no_page_tells_the_provider_the_name_number_or_address(order, named, log_in):
    client, alias = log_in(named), aliases.alias_of(order)
    number = order.case.person.numbers.get().number
    seen, with_alias = 0, set()
    for name, path in pages_of(order):
        for answer in (client.get(path), client.post(path, {"q": "Skuggberg"})):
            body = answer.content.decode(errors="replace") if not answer.streaming else ""
            shown = body.replace('value="Skuggberg"', "")
            found = [word for word in (*CANARIES, number, number[2:]) if word in shown]
            assert found == [], (name, found)
            seen += answer.status_code in (200, 422)
            if aliases.code_of(order.ref) in body:
                with_alias.add(name)
    assert seen > 20
    assert {
        "referrals:portal", "referrals:order", "referrals:attendance", "referrals:session",
        "referrals:attendance_month", "referrals:report", "referrals:end", "referrals:propose",
        "referrals:report_absence",
    } <= with_alias  # fmt: skip
    assert alias in client.get(reverse("referrals:order", args=[order.ref])).content.decode()


def test_who_is_not_named_sees_neither_name_nor_alias(town, order, log_in):
    client = log_in(town.user(Role.PROVIDER_STAFF))
    for path in ("/utforare/", "/utforare/narvaro/", "/utforare/narvaro/manad/"):
        page = client.get(path).content.decode()
        assert aliases.code_of(order.ref) not in page
        assert "Skuggberg" not in page
    assert client.get(f"/bestallningar/{order.ref}/").status_code == 404


def test_the_coach_reads_the_name_and_the_alias_with_it(town, order, log_in):
    page = log_in(town.user(Role.COACH)).get(f"/bestallningar/{order.ref}/").content.decode()
    assert "Mirjana Skuggberg" in page
    assert aliases.alias_of(order) in page
    assert "Ringde Skuggberg." in page  # what stands is not changed, only what the provider reads


def test_only_named_staff_are_told_and_without_a_name(town, order, named):
    town.user(Role.PROVIDER_STAFF)
    orders.write_message(order, "Ring mig.", actor=town.user(Role.COACH), today=MONDAY)
    notice = Notice.objects.get()
    assert notice.user == named
    mails = OutboxMessage.objects.values_list("context", flat=True)
    for text in (notice.text_sv, notice.text_en, *map(str, mails)):
        assert not any(word in text for word in CANARIES)


@pytest.mark.parametrize("text", ["Mirjana kommer sent.", "Fru SKUGGBERG", "19840301-2384"])
def test_the_coach_cannot_write_the_name_to_the_provider(town, order, text):
    with pytest.raises(Refused, match=aliases.code_of(order.ref)):
        orders.write_message(order, text, actor=town.user(Role.COACH), today=MONDAY)
    assert OrderMessage.objects.count() == 1


def test_an_order_of_a_protected_person_is_not_sent_with_the_name(town, named):
    case = town.consented(town.opened(given_name="Mirjana", family_name="Skuggberg"))
    town.approved(case)
    town.protected(case.person, [town.user(Role.COACH), named])
    case.person.refresh_from_db()
    line = orders.orderable_lines(case)[0]
    wanted = orders.OrderInput(
        provider=line.provider, requirement="Träna med Mirjana.", starts_on=MONDAY,
        ends_before=MONDAY + timedelta(days=30), hours_per_week=line.hours_per_week,
    )  # fmt: skip
    with pytest.raises(Refused, match=r"alias|Deltagare|Participant"):
        orders.send_order(line.activity, wanted, actor=town.user(Role.COACH), today=MONDAY)
    assert not Order.objects.exists()
