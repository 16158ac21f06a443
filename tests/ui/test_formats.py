from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from jobcentre.ui import formats

THURSDAY = date(2026, 12, 3)
NB = formats.NO_BREAK


def plain(text: str) -> str:
    return text.replace(NB, " ")


@pytest.mark.parametrize(
    ("function", "value", "swedish", "english"),
    [
        (formats.day, THURSDAY, "tors 3 dec", "Thu 3 Dec"),
        (formats.day_year, THURSDAY, "tors 3 dec 2026", "Thu 3 Dec 2026"),
        (formats.day_short, date(2026, 3, 9), "9 mars", "9 Mar"),
        (formats.day_long, THURSDAY, "torsdag 3 december 2026", "Thursday 3 December 2026"),
        (formats.month, THURSDAY, "december 2026", "December 2026"),
        (formats.month_short, date(2026, 10, 1), "okt", "Oct"),
        (formats.week, THURSDAY, "v. 49", "wk 49"),
        (formats.week, date(2027, 1, 1), "v. 53", "wk 53"),
        (formats.number, 1234.5, "1 234,5", "1,234.5"),
        (formats.number, Decimal("0.125"), "0,13", "0.13"),
        (formats.number, -1200, "−1 200", "−1,200"),
        (formats.number, 1000000, "1 000 000", "1,000,000"),
        (formats.signed, 2, "+2", "+2"),
        (formats.signed, 0, "0", "0"),
        (formats.percent, 57, "57 %", "57%"),
        (formats.percent, 12.5, "13 %", "13%"),
        (formats.kronor, Decimal(36000), "36 000 kr", "SEK 36,000"),
        (formats.kronor, Decimal("1234.5"), "1 234,50 kr", "SEK 1,234.50"),
        (formats.kronor, Decimal("0.005"), "0,01 kr", "SEK 0.01"),
        (formats.hours, 7.5, "7,5 h", "7.5 h"),
        (formats.duration, 95, "1 h 35 min", "1 h 35 min"),
        (formats.duration, 120, "2 h", "2 h"),
        (formats.duration, 0, "0 min", "0 min"),
        (formats.file_size, 340_200, "340 kB", "340 kB"),
        (formats.file_size, 1_240_000, "1,2 MB", "1.2 MB"),
    ],
)
def test_both_languages(function, value, swedish, english):
    with translation.override("sv"):
        assert plain(function(value)) == swedish
    with translation.override("en"):
        assert plain(function(value)) == english


@pytest.mark.parametrize(
    ("starts_on", "ends_before", "year", "shown"),
    [
        (date(2026, 12, 3), date(2026, 12, 19), False, "3–18 dec"),
        (date(2026, 12, 3), date(2026, 12, 19), True, "3–18 dec 2026"),
        (date(2026, 11, 18), date(2026, 12, 4), False, "18 nov – 3 dec"),
        (date(2026, 12, 28), date(2027, 1, 6), False, "28 dec 2026 – 5 jan 2027"),
        (date(2026, 12, 1), date(2027, 1, 1), False, "1–31 dec"),
        (date(2026, 12, 3), date(2026, 12, 4), False, "3 dec"),
        (date(2026, 12, 3), None, False, "från 3 dec"),
        (None, date(2026, 12, 4), True, "till 3 dec 2026"),
        (None, None, False, ""),
    ],
)
def test_a_period_is_shown_to_and_including(starts_on, ends_before, year, shown):
    with translation.override("sv"):
        assert plain(formats.span(starts_on, ends_before, year=year)) == shown


def test_an_empty_period_is_a_mistake():
    with pytest.raises(ValueError, match="empty"):
        formats.span(THURSDAY, THURSDAY)


def test_times_are_local():
    late_evening_utc = datetime(2026, 12, 3, 23, 30, tzinfo=UTC)
    with translation.override("sv"):
        assert plain(formats.moment(late_evening_utc)) == "fre 4 dec 2026 00:30"
        assert formats.clock_time(late_evening_utc) == "00:30"


def test_words_that_belong_together_do_not_break():
    with translation.override("sv"):
        assert NB in formats.day_short(THURSDAY)
        assert NB in formats.number(1234)
        assert NB in formats.percent(5)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Karin Lindqvist", "KL"),
        ("Åsa", "Å"),
        ("Anna-Lena af Ekström", "AE"),
        ("  ", "?"),
        ("(Okänd)", "?"),
    ],
)
def test_initials(name, letters):
    assert formats.initials(name) == letters
