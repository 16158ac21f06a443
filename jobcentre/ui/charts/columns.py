"""Upright columns over time: attendance per week, inflow per month. Stacked or side by side."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobcentre.ui.charts import svg
from jobcentre.ui.charts.svg import Chart, LegendItem, Number, Pen, Table

TOP, PLOT, FOOT = 22, 110, 26


@dataclass(frozen=True)
class Series:
    """One value per category, None where it is missing (never drawn as 0).

    `style`: 1, 2, 3, ok, soon, late or paused. `is_hatched` marks what is not known for sure.
    """

    label: str
    values: tuple[Number | None, ...]
    style: str = "1"
    is_hatched: bool = False


@dataclass(frozen=True)
class Columns(Chart):
    """Columns per category; several series are stacked, or side by side with `stacked=False`.

    `target` draws a dashed line with `target_label`. Raises ValueError when a series has another
    number of values than there are categories.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    note: str = ""
    category_label: str = ""
    unit: str = ""
    stacked: bool = True
    target: Number | None = None
    target_label: str = ""

    def __post_init__(self):
        if any(len(each.values) != len(self.categories) for each in self.series):
            raise ValueError("a series needs one value per category")

    def _top(self) -> float:
        values = [self.target] if self.target is not None else []
        if self.stacked:
            values.extend(
                sum(float(each.values[index] or 0) for each in self.series)
                for index in range(len(self.categories))
            )
        else:
            values.extend(value for each in self.series for value in each.values)
        return svg.nice_top(svg.highest_of(values))

    def draw(self, uid: str, accent: str) -> SafeString:
        pen, top, base = Pen(uid, accent), self._top(), TOP + PLOT
        hatch = pen.hatch() if any(each.is_hatched for each in self.series) else ""
        slot = 100 / max(1, len(self.categories))
        for part in (0.5, 1):
            y = svg.px(base - PLOT * part)
            pen.add("line", "l-grid w1", x1="0", x2="100%", y1=y, y2=y)
        pen.text("0", base - PLOT - 6, svg.shown(top, self.unit), "m")
        for index, category in enumerate(self.categories):
            self._column(pen, index, slot, top, hatch)
            css = "m ei-chart__odd" if len(self.categories) > 6 and index % 2 else "m"
            pen.text(svg.pct((index + 0.5) * slot), base + 19, category, css, text_anchor="middle")
        pen.add("line", "l-axis w1", x1="0", x2="100%", y1=base, y2=base)
        if self.target is not None:
            y = base - PLOT * float(self.target) / top
            pen.add("line", "l-text w15 dash", x1="0", x2="100%", y1=svg.px(y), y2=svg.px(y))
            pen.text("100%", y - 6, self.target_label, text_anchor="end")
        about = _("The values are in the table beside the chart.")
        return pen.svg(self.title, about, TOP + PLOT + FOOT)

    def _column(self, pen: Pen, index: int, slot: float, top: float, hatch: str) -> None:
        base = float(TOP + PLOT)
        wide = slot * (0.64 if self.stacked else 0.76)
        left = index * slot + (slot - wide) / 2
        if not self.stacked:
            wide /= max(1, len(self.series))
        for number, each in enumerate(self.series):
            value = each.values[index]
            if not value:
                continue
            tall = PLOT * float(value) / top
            box = {
                "x": svg.pct(left if self.stacked else left + number * wide),
                "width": svg.pct(wide if self.stacked else wide * 0.92),
                "y": svg.px(base - tall),
                "height": svg.px(max(1.0, tall - (1 if self.stacked else 0))),
            }
            if each.is_hatched:
                pen.add("rect", "f-surface", **box)
                pen.add("rect", "l-axis w1", fill=hatch, **box)
            else:
                pen.add("rect", svg.fill_class(each.style), **box)
            if self.stacked:
                base -= tall

    def legend(self) -> tuple[LegendItem, ...]:
        items = [
            LegendItem(each.label, each.style, "hatched" if each.is_hatched else "fill")
            for each in self.series
        ]
        if self.target is not None:
            items.append(LegendItem(self.target_label, "1", "target"))
        return tuple(items) if len(items) > 1 else ()

    def table(self) -> Table:
        return Table(
            (self.category_label, *(each.label for each in self.series)),
            tuple(
                (category, *(svg.shown(each.values[index], self.unit) for each in self.series))
                for index, category in enumerate(self.categories)
            ),
        )
