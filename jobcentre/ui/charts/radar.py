"""A radar of areas on one scale: the mapping of a person, now and before."""

import math
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobcentre.ui import formats
from jobcentre.ui.charts import svg
from jobcentre.ui.charts.columns import Series
from jobcentre.ui.charts.svg import Chart, LegendItem, Pen, Table

WIDE, HIGH, RADIUS = 440, 330, 112
CENTRE = (WIDE / 2, HIGH / 2)


@dataclass(frozen=True)
class Radar(Chart):
    """Values from 0 to `top` on each axis. The first series is now, the second (dashed) before.

    A missing value leaves a gap in the outline. Raises ValueError with fewer than three axes, or
    when a series has another number of values.
    """

    title: str
    axes: tuple[str, ...]
    series: tuple[Series, ...]
    top: int
    note: str = ""
    axis_label: str = ""
    change_label: str = ""

    def __post_init__(self):
        if len(self.axes) < 3:
            raise ValueError("a radar needs at least three axes")
        if any(len(each.values) != len(self.axes) for each in self.series):
            raise ValueError("a series needs one value per axis")

    def _point(self, index: int, share: float) -> tuple[float, float]:
        angle = 2 * math.pi * index / len(self.axes) - math.pi / 2
        return (
            CENTRE[0] + RADIUS * share * math.cos(angle),
            CENTRE[1] + RADIUS * share * math.sin(angle),
        )

    def _ring(self, share: float) -> str:
        points = (self._point(index, share) for index in range(len(self.axes)))
        return " ".join(f"{svg.px(x)},{svg.px(y)}" for x, y in points)

    def draw(self, uid: str, accent: str) -> SafeString:
        pen = Pen(uid, accent)
        for step in range(1, self.top + 1):
            pen.add("polygon", "nofill l-grid w1", points=self._ring(step / self.top))
        for index, name in enumerate(self.axes):
            x, y = self._point(index, 1)
            pen.add(
                *("line", "l-grid w1"),
                x1=svg.px(CENTRE[0]),
                y1=svg.px(CENTRE[1]),
                x2=svg.px(x),
                y2=svg.px(y),
            )
            x, y = self._point(index, 1.13)
            side = "middle" if abs(x - CENTRE[0]) < 8 else "start" if x > CENTRE[0] else "end"
            pen.text(svg.px(x), y + 5, name, text_anchor=side)
        for number, each in reversed(list(enumerate(self.series))):
            self._outline(pen, each, is_before=number > 0)
        about = _("The values are in the table beside the chart.")
        return pen.svg(self.title, about, HIGH, f"0 0 {WIDE} {HIGH}")

    def _outline(self, pen: Pen, each: Series, *, is_before: bool) -> None:
        points = [
            None if value is None else self._point(index, float(value) / self.top)
            for index, value in enumerate(each.values)
        ]
        drawn = " ".join(f"{svg.px(p[0])},{svg.px(p[1])}" for p in points if p)
        if not is_before and None not in points:
            pen.add("polygon", f"{svg.fill_class(each.style)} soft", points=drawn)
        css = "l2 w2 dash" if is_before else f"{svg.line_class(each.style)} w2"
        for here, there in zip(points, [*points[1:], points[0]], strict=True):
            if here and there:
                pen.add(
                    *("line", css),
                    x1=svg.px(here[0]),
                    y1=svg.px(here[1]),
                    x2=svg.px(there[0]),
                    y2=svg.px(there[1]),
                )
        if not is_before:
            for point in points:
                if point:
                    css = svg.fill_class(each.style)
                    pen.add("circle", css, cx=svg.px(point[0]), cy=svg.px(point[1]), r=4)

    def legend(self) -> tuple[LegendItem, ...]:
        if len(self.series) < 2:
            return ()
        return tuple(
            LegendItem(each.label, "2" if number else each.style, "dashed" if number else "line")
            for number, each in enumerate(self.series)
        )

    def table(self) -> Table:
        now = self.series[0]
        before = self.series[1] if len(self.series) > 1 else None
        columns = [each.label for each in reversed(self.series)]
        head = (self.axis_label, *columns, *((self.change_label,) if before else ()))
        rows = []
        for index, name in enumerate(self.axes):
            cells = [svg.shown(each.values[index]) for each in reversed(self.series)]
            if before:
                new, old = now.values[index], before.values[index]
                known = new is not None and old is not None
                cells.append(formats.signed(new - old) if known else "–")
            rows.append((name, *cells))
        return Table(head, tuple(rows))
