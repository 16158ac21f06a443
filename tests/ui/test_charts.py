import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from jobcentre.ui import charts, samples

TODAY = date(2026, 12, 1)
ACCENT = "#123456"
CHARTS = samples._charts(TODAY)


def figure(chart, key="one", is_print=False) -> str:
    template = Template("{% load charts %}{% chart chart key=key is_print=is_print %}")
    return template.render(Context({"chart": chart, "key": key, "is_print": is_print}))


def drawings(html: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(each) for each in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_valid_named_and_without_style(name):
    html = figure(CHARTS[name])
    drawn = drawings(html)
    named = [each for each in drawn if each.get("role") == "img"]
    assert named
    for each in named:
        ids = each.get("aria-labelledby").split()
        texts = {child.get("id"): child.text for child in each if child.get("id")}
        assert all(texts.get(name) for name in ids)
    for each in drawn:
        assert each.get("role") == "img" or each.get("aria-hidden") == "true"
    assert not re.search(r"\s(style|on\w+)=", html)


@pytest.mark.parametrize("name", CHARTS)
def test_ids_are_unique_on_a_page_with_the_chart_twice(name):
    html = figure(CHARTS[name], "one") + figure(CHARTS[name], "two")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert ids
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_a_table_with_as_many_cells_as_heads(name):
    table = CHARTS[name].table()
    assert table.rows
    assert all(table.head)
    assert {len(row) for row in table.rows} == {len(table.head)}


@pytest.mark.parametrize("name", CHARTS)
def test_paper_has_the_accent_as_a_plain_attribute_and_an_open_table(name):
    html = figure(CHARTS[name], is_print=True)
    assert "<details" not in html
    drawn = str(CHARTS[name].draw("x", ACCENT))
    if name == "timeline":
        drawn = "".join(row["svg"] for row in CHARTS[name].rows("x", ACCENT))
    assert ACCENT in drawn


def test_words_are_escaped():
    chart = charts.Bars(
        title='<script>"&', bars=(charts.Bar("<b>&'", 3),), row_label="a", value_label="b"
    )
    svg = str(chart.draw('a"b', ACCENT))
    ElementTree.fromstring(svg)
    assert "<script>" not in svg
    assert "<b>" not in svg


def test_the_heights_of_columns_follow_the_values():
    chart = charts.Columns(title="t", categories=("a", "b"), series=(charts.Series("s", (10, 5)),))
    rects = re.findall(r'<rect[^>]* height="([\d.]+)"', str(chart.draw("c", ACCENT)))
    full, half = (float(height) + 1 for height in rects)
    assert full == pytest.approx(2 * half, abs=0.2)


def test_a_missing_value_is_no_zero():
    chart = charts.Lines(
        title="t", categories=("a", "b", "c"), series=(charts.Series("s", (1, None, 3)),)
    )
    svg = str(chart.draw("c", ACCENT))
    assert svg.count("<circle") == 2
    assert 'class="l1 w3"' not in svg
    assert chart.table().rows[1][1] == "–"


def test_why_a_bar_is_missing_is_said_in_chart_and_table():
    bar = charts.Bar("Andra", None, why_missing="färre än 5")
    chart = charts.Bars(title="t", bars=(bar,), row_label="r", value_label="v", unit="%")
    assert "färre än 5" in chart.draw("b", ACCENT)
    assert chart.table().rows == (("Andra", "färre än 5"),)


@pytest.mark.parametrize(("target", "side"), [(None, "start"), (70, "start"), (20, "end")])
def test_why_a_bar_is_missing_stands_below_its_name_and_not_on_the_target(target, side):
    """Beside a long name there is no room for it on a telephone."""
    name, why = "Kommunala aktivitetsansvaret (KAA)", "ingen att räkna"
    bar = charts.Bar(name, None, target=target, why_missing=why)
    drawn = charts.Bars(title="t", bars=(bar,), unit="%", top=100).draw("b", ACCENT)
    lines = {
        words: (int(y), more)
        for y, more, words in re.findall(r'<text [^>]*?y="(\d+)"([^>]*)>([^<]*)</text>', drawn)
    }
    assert lines[why][0] >= lines[name][0] + 14
    assert f'text-anchor="{side}"' in lines[why][1]


def test_a_pause_and_today_are_drawn_in_their_place():
    chart = charts.Timeline(
        title="t",
        activities=(
            charts.Activity(
                "A",
                date(2026, 11, 1),
                date(2026, 12, 31),
                pauses=((date(2026, 11, 11), date(2026, 11, 21)),),
            ),
        ),
        starts_on=date(2026, 11, 1),
        ends_before=date(2027, 2, 9),
        today=date(2026, 11, 26),
    )
    svg = chart.rows("g", ACCENT)[0]["svg"]
    assert 'x="10.00%"' in svg
    assert 'width="10.00%"' in svg
    assert 'x1="25.00%"' in svg
    assert "2026" in svg


@pytest.mark.parametrize(
    ("starts_on", "ends_before", "anchor"),
    [
        (date(2026, 11, 1), date(2026, 11, 20), ""),  # no room before: over the line, with a rim
        (date(2026, 12, 1), date(2026, 12, 15), "end"),  # a line is after it
        (date(2027, 1, 2), date(2027, 1, 5), ""),
    ],
)
def test_no_line_runs_through_the_words(starts_on, ends_before, anchor):
    chart = charts.Timeline(
        title="t",
        activities=(charts.Activity("A", starts_on, ends_before, "done", words="klar 15 dec"),),
        starts_on=date(2026, 11, 1),
        ends_before=date(2027, 2, 9),
        today=date(2026, 12, 20) if anchor else date(2026, 11, 26),
        marks=(charts.Mark(date(2027, 2, 5), "review"),),
    )
    svg = chart.rows("g", ACCENT)[0]["svg"]
    text = svg[svg.index("<text") :]
    assert "<line" not in text
    assert ('text-anchor="end"' in text) == bool(anchor)
    assert "ei-chart__over" in text


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 1), (7, 8), (10, 10), (51, 60), (99, 100), (101, 150), (0.3, 0.3)]
)
def test_axes_end_at_round_numbers(highest, top):
    assert charts.svg.nice_top(highest) == pytest.approx(top)


def test_series_of_another_length_are_refused():
    with pytest.raises(ValueError, match="one value per category"):
        charts.Columns(title="t", categories=("a",), series=(charts.Series("s", (1, 2)),))
    with pytest.raises(ValueError, match="three axes"):
        charts.Radar(title="t", axes=("a", "b"), series=(), top=5)
