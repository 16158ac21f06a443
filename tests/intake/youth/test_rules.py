"""The worked examples of the outreach in docs/rules.md are true."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake.youth import rules
from intake.youth.enums import ContactChannel, OutreachState
from intake.youth.models.settings import USUAL_DAYS
from jobcentre.workdays import Period
from tests.test_rules_document import examples

pytestmark = pytest.mark.row("U1")
DOCUMENT = (Path(__file__).resolve().parents[3] / "docs" / "rules.md").read_text()
SCHEDULE = rules.Schedule(
    tuple(
        rules.Step(days, ContactChannel(channel))
        for days, channel in ((0, "letter"), (7, "phone"), (14, "sms"), (30, "home_visit"))
    ),
    USUAL_DAYS,
)


def day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


@pytest.mark.parametrize("row", examples(DOCUMENT, "kaa"), ids=" ".join)
def test_kaa_periods(row):
    born, since, completed, left, school, wanted = row
    in_school = tuple(
        Period(date.fromisoformat(first), day(before))
        for first, before in re.findall(r"(\d{4}-\d\d-\d\d):(\d{4}-\d\d-\d\d)?", school)
    )
    spans = rules.kaa_spans(
        rules.KaaFacts(day(born), day(since), day(left), day(completed), in_school)
    )
    shown = ", ".join(f"{each.starts_on}:{each.ends_before} {each.why}" for each in spans)
    assert (shown or "-") == wanted


@pytest.mark.parametrize("row", examples(DOCUMENT, "next contact"), ids=" ".join)
def test_next_contact(row):
    state, since, attempts, until, wanted = row
    made = [
        rules.Made(date.fromisoformat(on), ContactChannel(channel))
        for channel, on in re.findall(r"(\w+) (\d{4}-\d\d-\d\d)", attempts)
    ]
    upcoming = rules.next_contact(OutreachState(state), day(since), made, SCHEDULE, day(until))
    if upcoming is None:
        assert wanted == "-"
        return
    how = f" {upcoming.channel} {upcoming.step} of {upcoming.of}" if upcoming.channel else ""
    assert f"{upcoming.on}{how}" == wanted


@pytest.mark.parametrize("row", examples(DOCUMENT, "youth ages"), ids=" ".join)
def test_ages(row):
    born, register_from, kaa_until, register_until = (day(cell) for cell in row)
    assert rules.school_duty_ends_before(born) == register_from
    assert rules.birthday(born, rules.KAA_AGE) == kaa_until
    assert rules.birthday(born, rules.REGISTER_AGE) == register_until
    assert rules.is_of_register_age(born, register_from)
    assert not rules.is_of_register_age(born, register_from - timedelta(days=1))
    assert not rules.is_of_register_age(born, register_until)


@pytest.mark.parametrize(
    ("today", "half", "last"),
    [
        (date(2026, 6, 30), date(2026, 1, 1), date(2025, 7, 1)),
        (date(2026, 7, 1), date(2026, 7, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 1, 1), date(2025, 7, 1)),
    ],
)
def test_half_years(today, half, last):
    assert rules.half_year(today)[0] == half
    assert rules.last_half_year(today) == (last, rules.half_year(last)[1])


def test_the_database_counts_ages_as_the_rules_do(followed):
    """Those under 20 in a list are those whose KAA time has not run out."""
    from_list = followed(date(2006, 11, 16)), followed(date(2006, 11, 17))
    turned, under = from_list
    model = type(turned)
    today = date(2026, 11, 16)
    assert model.objects.from_twenty_on(today).get() == turned
    assert model.objects.under_twenty_on(today).get() == under
    assert model.objects.in_kaa_on(today).get() == under
