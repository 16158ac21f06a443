"""What an administrator keeps: logged, bounded, and with what follows from it."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.core.cache import cache

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.audit.admin import LoggedAdmin
from jobcentre.audit.models import Entry
from jobcentre.casework import tasks
from jobcentre.casework.deadlines import clock
from jobcentre.casework.deadlines.calendar import shown_calendar
from jobcentre.casework.deadlines.explain import explain
from jobcentre.casework.models import CaseEvent, ClosedDay, Deadline, DeadlineRule

LISTS = "/kodlistor/casework/"
OURS = ("accounts", "casework", "intake", "activityplans", "referrals", "employers", "reporting")


@pytest.fixture
def client(town, log_in):
    return log_in(town.user(Role.ADMINISTRATOR))


def test_every_list_is_logged():
    kept = {
        model._meta.label: type(each)
        for model, each in admin.site._registry.items()
        if model._meta.app_label in OURS
    }
    assert len(kept) > 10
    assert [name for name, kind in kept.items() if not issubclass(kind, LoggedAdmin)] == []


def test_a_closed_day_leaves_its_trace(client, town):
    sent = {"on": "2026-12-28", "name": "Planeringsdag"}
    assert client.post(f"{LISTS}closedday/add/", sent).status_code == 302
    day = ClosedDay.objects.get()
    assert (
        client.post(f"{LISTS}closedday/{day.pk}/change/", {**sent, "name": "Flytt"}).status_code
        == 302
    )
    assert client.post(f"{LISTS}closedday/{day.pk}/delete/", {"post": "yes"}).status_code == 302
    entries = Entry.objects.filter(object_type="casework.closedday").order_by("pk")
    assert [each.action for each in entries] == ["list.add", "list.change", "list.remove"]
    assert {(each.actor, each.acting_role) for each in entries} == {
        (town.user(Role.ADMINISTRATOR), Role.ADMINISTRATOR)
    }
    assert entries[1].fields == ["Why"]
    assert "Flytt" not in str([each.fields for each in entries])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "plann"),
        ("warn_before", "5"),
        ("warn_before", '["3"]'),
        ("warn_before", '{"a": 1}'),
        ("warn_before", "[0]"),
        ("warn_before", "[true]"),
        ("warn_before", "[1, 2, 3, 4, 5, 6]"),
        ("length", "731"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(client, field, value):
    sent = {"kind": "plan", "length": "5", "unit": "workdays", "warn_before": "[2]"}
    assert client.post(f"{LISTS}deadlinerule/add/", {**sent, field: value}).status_code == 200
    assert not DeadlineRule.objects.exists()
    assert client.post(f"{LISTS}deadlinerule/add/", sent).status_code == 302


def test_a_new_length_is_of_the_clocks_that_begin_afterwards(town):
    """Late is late: what was sent on day seven of five is not timely because it is ten now."""
    begun = town.today - timedelta(days=28)
    case = town.opened(on=begun)
    town.submitted(case, on=begun + timedelta(days=9))
    late = case.deadlines.get(kind="plan")
    assert late.met_on > late.due_on
    DeadlineRule.objects.create(kind="plan", length=10, unit="workdays")
    clock.recompute(case)
    kept = case.deadlines.get(kind="plan")
    assert (kept.length, kept.due_on) == (5, late.due_on)
    assert town.opened().deadlines.get(kind="plan").length == 10


def test_a_clock_is_soon_when_its_first_warning_is_sent(town):
    case = town.opened(on=town.today - timedelta(days=3))  # a Friday: day 1 of 5 is today
    row = Deadline.objects.get(case=case, kind="plan")

    def sign():
        cache.clear()
        told = explain(
            row, pauses=(), calendar=shown_calendar(), today=town.today, case_number=case.number
        )
        return told.sign

    assert sign() == "ok"
    DeadlineRule.objects.create(kind="plan", length=5, unit="workdays", warn_before=[4, 2])
    assert sign() == "soon"


def test_the_open_cases_follow_when_a_district_gets_another_unit(
    town, client, django_capture_on_commit_callbacks
):
    case, elsewhere = town.opened(), town.opened(where="south")
    town.submitted(case)
    district, unit = town.units["north_district"], town.units["south_support"]
    sent = {
        "name": district.name,
        "kind": UnitKind.DISTRICT,
        "parent": district.parent_id,
        "income_support_unit": unit.pk,
        "is_active": "on",
        "latitude": "",
        "longitude": "",
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/kodlistor/accounts/unit/{district.pk}/change/", sent)
    assert answer.status_code == 302
    tasks.follow_districts()  # the worker does it; here nobody has woken it
    case.refresh_from_db()
    elsewhere.refresh_from_db()
    assert case.income_support_unit == unit
    assert elsewhere.income_support_unit == town.units["south_support"]
    moved = CaseEvent.objects.filter(case=case, kind="case.moved").get()
    assert (moved.payload["old"], moved.payload["new"]) == (
        town.units["north_support"].name,
        unit.name,
    )
    secretary = town.user(Role.SOCIAL_SECRETARY, "south")
    assert type(case).objects.visible_to(secretary).filter(pk=case.pk).exists()
    assert tasks.follow_districts() == 0


def test_a_closed_case_stays_with_the_unit_that_answered(town):
    case = town.opened()
    type(case).objects.filter(pk=case.pk).update(status="closed", ended_on=town.today)
    Unit.objects.filter(pk=town.units["north_district"].pk).update(
        income_support_unit=town.units["south_support"]
    )
    assert tasks.follow_districts() == 0
    case.refresh_from_db()
    assert case.income_support_unit == town.units["north_support"]
