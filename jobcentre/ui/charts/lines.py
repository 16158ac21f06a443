"""Lines over time: a trend, with last year and the target beside it."""

import itertools
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobcentre.ui.charts import svg
from jobcentre.ui.charts.columns import Series
from jobcentre.ui.charts.svg import Chart, LegendItem, Number, Pen, Table

TOP, PLOT, FOOT = 22, 120, 26


@dataclass(frozen=True)
class Lines(Chart):
    """A line per series. A missing value breaks the line. The second series is dashed.

    `top` is where the axis ends; None: above the highest value. Raises ValueError when a series
    has another number of values than there are categories.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""
    category_label: str = ""
    unit: str = ""
    top: Number | None = None
    target: Number | None = None
    target_label: str = ""

    def __post_init__(self):
        if any(len(each.values) != len(self.categories) for each in self.series):
            raise ValueError("a series needs one value per category")

    def _top(self) -> float:
        if self.top is not None:
            return float(self.top)
        values = [value for each in self.series for value in each.values] + [self.target]
        return svg.nice_top(svg.highest_of(values))

    def draw(self, uid: str, accent: str) -> SafeString:
        pen, top, base = Pen(uid, accent), self._top(), TOP + PLOT
        slot = 100 / max(1, len(self.categories))
        for part in (0.5, 1):
            y = svg.px(base - PLOT * part)
            pen.add("line", "l-grid w1", x1="0", x2="100%", y1=y, y2=y)
        pen.text("0", base - PLOT - 6, svg.shown(top, self.unit), "m")
        pen.add("line", "l-axis w1", x1="0", x2="100%", y1=base, y2=base)
        for index, category in enumerate(self.categories):
            css = "m ei-chart__odd" if len(self.categories) > 6 and index % 2 else "m"
            pen.text(svg.pct((index + 0.5) * slot), base + 19, category, css, text_anchor="middle")
        if self.target is not None:
            y = base - PLOT * float(self.target) / top
            pen.add("line", "l-text w15 dot", x1="0", x2="100%", y1=svg.px(y), y2=svg.px(y))
        # The first series is drawn last, on top.
        for number, each in reversed(list(enumerate(self.series))):
            self._line(pen, number, each, slot, top)
        about = _("The values are in the table beside the chart.")
        return pen.svg(self.title, about, TOP + PLOT + FOOT)

    def _line(self, pen: Pen, number: int, each: Series, slot: float, top: float) -> None:
        base = TOP + PLOT
        points = [
            None
            if value is None
            else (svg.pct((index + 0.5) * slot), svg.px(base - PLOT * float(value) / top))
            for index, value in enumerate(each.values)
        ]
        css = f"{svg.line_class(each.style)} {'w2 dash' if number == 1 else 'w3'}"
        for here, there in itertools.pairwise(points):
            if here and there:
                pen.add("line", css, x1=here[0], y1=here[1], x2=there[0], y2=there[1])
        for point in points:
            if point:
                css = svg.fill_class(each.style)
                pen.add("circle", css, cx=point[0], cy=point[1], r=3 if number else 4)
        known = [(p, v) for p, v in zip(points, each.values, strict=True) if p]
        if known and number == 0:
            (x, y), value = known[-1]
            pen.text(x, float(y) - 10, svg.shown(value, self.unit), "b", text_anchor="middle")

    def legend(self) -> tuple[LegendItem, ...]:
        items = [
            LegendItem(each.label, each.style, "dashed" if number == 1 else "line")
            for number, each in enumerate(self.series)
        ]
        if self.target is not None:
            items.append(LegendItem(self.target_label, "1", "dotted"))
        return tuple(items) if len(items) > 1 else ()

    def table(self) -> Table:
        return Table(
            (self.category_label, *(each.label for each in self.series)),
            tuple(
                (category, *(svg.shown(each.values[index], self.unit) for each in self.series))
                for index, category in enumerate(self.categories)
            ),
        )
