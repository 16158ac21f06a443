import contextlib
from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from jobcentre.ui.days import parse_day
from jobcentre.ui.fields import DayField, LastDayField

TUESDAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-03", date(2026, 12, 3)),
        ("20261203", date(2026, 12, 3)),
        (" 2026 - 12 - 03 ", date(2026, 12, 3)),
        ("3/12", date(2026, 12, 3)),
        ("3/12 2027", date(2027, 12, 3)),
        ("3/12-27", date(2027, 12, 3)),
        ("3.12.2026", date(2026, 12, 3)),
        ("7/1", date(2027, 1, 7)),
        ("30/11", date(2026, 11, 30)),
        ("3 dec", date(2026, 12, 3)),
        ("tors 3 dec 2026", date(2026, 12, 3)),
        ("15 oktober", date(2026, 10, 15)),
        ("1 May 2027", date(2027, 5, 1)),
        ("29/2 2028", date(2028, 2, 29)),
        ("i dag", TUESDAY),
        ("Imorgon", date(2026, 12, 2)),
        ("i går", date(2026, 11, 30)),
        ("tomorrow", date(2026, 12, 2)),
        ("fredag", date(2026, 12, 4)),
        ("tisdag", date(2026, 12, 8)),
        ("mån", date(2026, 12, 7)),
    ],
)
def test_days_as_people_type_them(text, day):
    assert parse_day(text, TUESDAY) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "snart", "32/1", "2026-02-30", "30/2", "3/13", "12", "0/0", "3 hej"),
        *("1899-12-31", "2200-01-01", "1/1 0001", "٣/١٢"),
    ],
)
def test_what_is_no_day_is_refused_with_a_sentence(text):
    with pytest.raises(ValueError, match=r"\.$"):
        parse_day(text, TUESDAY)


class DayForm(forms.Form):
    on = DayField(required=False)


def test_the_field_keeps_what_was_typed_and_says_what_is_wrong():
    form = DayForm({"on": "37/12"})
    assert form.errors["on"] == ["Den dagen finns inte i kalendern."] or form.errors["on"] == [
        "There is no such day in the calendar."
    ]
    assert 'value="37/12"' in str(form["on"])


def test_a_last_day_is_the_day_before_the_end_of_the_period():
    class PeriodForm(forms.Form):
        ends_before = LastDayField()

    form = PeriodForm({"ends_before": "2026-12-31"})
    assert form.is_valid()
    assert form.cleaned_data["ends_before"] == date(2027, 1, 1)
    shown = str(PeriodForm(initial={"ends_before": date(2027, 1, 1)})["ends_before"])
    assert 'value="2026-12-31"' in shown


def test_the_field_shows_and_reads_the_same_form():
    shown = str(DayForm(initial={"on": date(2026, 12, 3)})["on"])
    assert 'value="2026-12-03"' in shown
    assert DayForm({"on": "2026-12-03"}).is_valid()
    assert DayForm({"on": ""}).is_valid()


@given(st.text(max_size=30))
def test_no_text_does_anything_but_mean_a_day_or_be_refused(text):
    with contextlib.suppress(ValueError):
        assert isinstance(parse_day(text, TUESDAY), date)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_written_out_is_that_day(day):
    written = [
        f"{day:%Y-%m-%d}",
        f"{day:%Y%m%d}",
        f"{day.day}/{day.month} {day.year}",
        f"{day.day}.{day.month}.{day.year}",
    ]
    assert {parse_day(text, TUESDAY) for text in written} == {day}


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(1, 12), st.integers(1, 28))
def test_a_day_without_a_year_is_the_nearest(today, month, day):
    found = parse_day(f"{day}/{month}", today)
    assert (found.month, found.day) == (month, day)
    assert abs((found - today).days) <= 183


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.sampled_from(["mån", "fredag", "Sunday"]))
def test_a_weekday_is_the_next_one_and_never_today(today, word):
    assert 1 <= (parse_day(word, today) - today).days <= 7
    assert parse_day(word, today).weekday() == {"mån": 0, "fredag": 4, "Sunday": 6}[word]


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("29/2", date(2027, 1, 1), date(2028, 2, 29)),
        ("31/12", date(2027, 1, 3), date(2026, 12, 31)),
        ("1 jan", date(2026, 12, 30), date(2027, 1, 1)),
        ("I ÖVERMORGON", date(2026, 12, 30), date(2027, 1, 1)),
    ],
)
def test_around_new_year_and_leap_days(text, today, day):
    assert parse_day(text, today) == day


def test_the_29th_of_february_far_from_a_leap_year_is_refused():
    with pytest.raises(ValueError, match=r"\.$"):
        parse_day("29/2", date(2026, 3, 1))
