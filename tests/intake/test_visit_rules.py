"""Tickets, waiting times and the tablet's comparison of names."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.enums import VisitPurpose
from intake.reception import rules
from tests.test_rules_document import DOCUMENT, examples


def at(clock: str) -> datetime:
    hour, minute, *rest = (int(part) for part in clock.split(":"))
    return datetime(2026, 11, 16, hour, minute, *rest, tzinfo=UTC)


@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "waits"), ids=" ".join)
def test_waits_as_the_document_says(row):
    registered, called, minutes, sign = row
    waited = rules.waited_minutes(at(registered), at(called))
    assert (str(waited), rules.wait_sign(waited)) == (minutes, sign)


@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "medians"), ids=" ".join)
def test_medians_as_the_document_says(row):
    waits, median = row
    found = rules.median_wait(int(each) for each in waits.split(",") if each.strip())
    assert ("-" if found is None else f"{found:g}") == median


def test_a_wrong_example_is_found():
    planted = "<!-- examples: medians -->\n| a | b |\n|---|---|\n| 1, 2 | 1 |\n"
    row = examples(planted, "medians")[0]
    assert f"{rules.median_wait([1, 2]):g}" != row[1]


def test_every_errand_has_a_letter():
    assert set(rules.TICKET_LETTERS) == set(VisitPurpose)
    assert rules.ticket_text("B", 14) == "B\u00a014"
    assert rules.ticket_text("", None) == ""


def test_the_appointment_nearest_in_time_is_meant():
    now = at("10:00")
    nine, eleven, two = at("09:00"), at("11:00"), at("14:00")
    assert rules.nearest_start(now, [two, eleven]) == eleven
    assert rules.nearest_start(now, [eleven, nine]) == nine  # as near: the earlier
    assert rules.nearest_start(now, []) is None


@pytest.mark.parametrize(
    ("typed", "given", "same"),
    [
        ("eva", "eva", True),
        ("eva", "anna eva", True),
        ("anna eva", "anna eva", True),
        ("ev", "eva", False),
        ("", "eva", False),
        ("", "", False),
        ("maria", "eva", False),
    ],
)
def test_first_names(typed, given, same):
    assert rules.is_same_first_name(typed, given) is same


def test_a_tablet_takes_twenty_in_ten_minutes():
    assert not rules.is_too_many(19)
    assert rules.is_too_many(20)
    assert at("10:00") - rules.check_ins_since(at("10:00")) == timedelta(minutes=10)
