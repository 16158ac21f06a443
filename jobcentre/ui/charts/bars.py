"""Lying bars with their name above: figures against targets, queues, hours of a week."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobcentre.ui.charts import svg
from jobcentre.ui.charts.svg import Chart, LegendItem, Number, Pen, Table

ROW = 46


@dataclass(frozen=True)
class Bar:
    """One bar. `before` is the earlier value (last year), `target` the goal; None is unknown.

    `why_missing` says why there is no value, in a few words.
    """

    label: str
    value: Number | None
    before: Number | None = None
    target: Number | None = None
    style: str = "1"
    why_missing: str = ""


@dataclass(frozen=True)
class Bars(Chart):
    """A bar per row, in the order given. `top` is where the axis ends; None: the highest value."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""
    row_label: str = ""
    value_label: str = ""
    before_label: str = ""
    target_label: str = ""
    unit: str = ""
    top: Number | None = None

    def _has(self, name: str) -> bool:
        return any(getattr(bar, name) is not None for bar in self.bars)

    def _top(self) -> float:
        if self.top is not None:
            return float(self.top)
        numbers = [getattr(b, name) for b in self.bars for name in ("value", "before", "target")]
        return svg.nice_top(svg.highest_of(numbers))

    def draw(self, uid: str, accent: str) -> SafeString:
        pen, top = Pen(uid, accent), self._top()
        tall = ROW + (8 if self._has("before") else 0)
        for index, bar in enumerate(self.bars):
            y = index * tall
            pen.text("0", y + 15, bar.label)
            if bar.value is None:
                self._missing(pen, bar, top, y + 31)
            else:
                pen.text("100%", y + 15, svg.shown(bar.value, self.unit), "b", text_anchor="end")
                pen.add("rect", "f-sunk", x="0", y=y + 22, width="100%", height=12, rx=2)
                self._bar(pen, svg.fill_class(bar.style), bar.value, top, y + 22, 12)
            self._bar(pen, "f2", bar.before, top, y + 36, 5)
            if bar.target is not None:
                x = svg.pct(min(100.0, svg.share(bar.target, top)))
                pen.add("line", "l-text w2", x1=x, x2=x, y1=y + 18, y2=y + 38)
        about = _("The values are in the table beside the chart.")
        return pen.svg(self.title, about, max(1, len(self.bars)) * tall)

    def _missing(self, pen: Pen, bar: Bar, top: float, y: int) -> None:
        """Why there is none, in the place of the bar: beside a long name there is no room on a
        telephone. On the side where the mark of the target does not stand."""
        is_left = bar.target is None or svg.share(bar.target, top) >= 50
        words = bar.why_missing or svg.shown(None)
        side = "start" if is_left else "end"
        pen.text("0" if is_left else "100%", y, words, "m", text_anchor=side)

    def _bar(self, pen: Pen, css: str, value: Number | None, top: float, y: int, tall: int):
        if value:
            wide = min(100.0, svg.share(value, top))
            pen.add("rect", css, x="0", y=y, width=svg.pct(wide), height=tall, rx=2)

    def legend(self) -> tuple[LegendItem, ...]:
        items = [LegendItem(self.value_label, "1", "fill")] if self.value_label else []
        if self._has("before"):
            items.append(LegendItem(self.before_label, "2", "fill"))
        if self._has("target"):
            items.append(LegendItem(self.target_label, "1", "mark"))
        return tuple(items) if len(items) > 1 else ()

    def table(self) -> Table:
        names = [("value", self.value_label)]
        names += [("before", self.before_label)] if self._has("before") else []
        names += [("target", self.target_label)] if self._has("target") else []
        return Table(
            (self.row_label, *(label for _name, label in names)),
            tuple(
                (
                    bar.label,
                    *(
                        bar.why_missing
                        if name == "value" and bar.value is None and bar.why_missing
                        else svg.shown(getattr(bar, name), self.unit)
                        for name, _label in names
                    ),
                )
                for bar in self.bars
            ),
        )


@dataclass(frozen=True)
class Segment:
    """A part of a sum, in the order it is laid out."""

    label: str
    value: Number
    style: str = "1"


@dataclass(frozen=True)
class Balance(Chart):
    """Parts that should reach a need: hours a week against what is required.

    What is missing up to `need` is an empty, dashed part; the need is a line with its label.
    """

    title: str
    segments: tuple[Segment, ...]
    need: Number
    need_label: str
    note: str = ""
    row_label: str = ""
    value_label: str = ""
    missing_label: str = ""
    unit: str = "h"

    @property
    def total(self) -> float:
        return sum(float(segment.value) for segment in self.segments)

    def draw(self, uid: str, accent: str) -> SafeString:
        pen = Pen(uid, accent)
        top = max(self.total, float(self.need)) * 1.02 or 1.0
        left = 0.0
        for segment in self.segments:
            wide = svg.share(segment.value, top)
            css = svg.fill_class(segment.style)
            pen.add(
                *("rect", css),
                x=svg.pct(left),
                y=4,
                width=svg.pct(max(0.0, wide - 0.4)),
                height=22,
                rx=2,
            )
            # Only the accent carries text with enough contrast in both themes.
            if wide > 9 and segment.style == "1":
                middle = svg.pct(left + wide / 2)
                pen.text(middle, 20, svg.shown(segment.value), "on", text_anchor="middle")
            left += wide
        goal = svg.share(self.need, top)
        if left < goal - 0.01:
            pen.add(
                *("rect", "nofill l-late w15 dash"),
                x=svg.pct(left),
                y=5,
                width=svg.pct(goal - left),
                height=20,
            )
        x = svg.pct(goal)
        pen.add("line", "l-text w2", x1=x, x2=x, y1=0, y2=30)
        pen.text(x, 46, self.need_label, text_anchor="end")
        about = ", ".join(f"{s.label} {svg.shown(s.value, self.unit)}" for s in self.segments)
        return pen.svg(self.title, about, 52)

    def table(self) -> Table:
        rows = [(s.label, svg.shown(s.value, self.unit)) for s in self.segments]
        if self.total < float(self.need) and self.missing_label:
            left = float(self.need) - self.total
            rows.append((self.missing_label, svg.shown(left, self.unit)))
        return Table((self.row_label, self.value_label), tuple(rows))
