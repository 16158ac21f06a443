"""Activities laid out in time, with today as a line and pauses hatched (a Gantt chart)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from jobcentre.ui import formats
from jobcentre.ui.charts import svg
from jobcentre.ui.charts.svg import Chart, LegendItem, Pen, Table

ROW, AXIS = 44, 42
LETTER = 2.1  # per cent of the width that a letter takes on a narrow page, about 7 px
MOST_WEEKS = 14  # as many week numbers as have room over the rows


@dataclass(frozen=True)
class Activity:
    """One row: a half-open period. `state`: running, done, proposed or quiet (a thin line).

    `words` stand on the bar ("done 23 Nov"); `pauses` are half-open periods inside.
    """

    label: str
    starts_on: date
    ends_before: date
    state: str = "running"
    meta: str = ""
    words: str = ""
    pauses: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class Mark:
    """A day that concerns all rows, as a dotted line with its words in the legend and the table.

    `style`: 2 (quiet) or soon.
    """

    on: date
    label: str
    style: str = "2"


@dataclass(frozen=True)
class Timeline(Chart):
    """Rows of activities between `starts_on` and `ends_before`, which all are drawn to.

    Over the rows stand the months and the ISO weeks, every second or fourth week when the time is
    long.
    """

    title: str
    activities: tuple[Activity, ...]
    starts_on: date
    ends_before: date
    today: date
    note: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def _days(self) -> int:
        return max(1, (self.ends_before - self.starts_on).days)

    def _at(self, day: date) -> float:
        inside = min(max(day, self.starts_on), self.ends_before)
        return (inside - self.starts_on).days / self._days * 100

    def _months(self) -> Iterator[date]:
        day = self.starts_on.replace(day=1)
        while day < self.ends_before:
            if day >= self.starts_on:
                yield day
            day = (day + timedelta(days=32)).replace(day=1)

    def _weeks(self) -> Iterator[date]:
        """The Mondays that get a number and a line."""
        monday = self.starts_on + timedelta(days=-self.starts_on.weekday() % 7)
        every = next(n for n in (1, 2, 4, 8, 16, 52) if self._days / 7 / n <= MOST_WEEKS or n == 52)
        while monday < self.ends_before:
            yield monday
            monday += timedelta(weeks=every)

    def axis(self, uid: str, accent: str) -> SafeString:
        """Months and week numbers over the rows; only seen, the rows say their dates in words."""
        pen = Pen(f"{uid}-axis", accent)
        # A name that would not fit before the right edge is left out.
        months = [month for month in self._months() if self._at(month) <= 95]
        for index, month in enumerate(months):
            css = "m ei-chart__odd" if len(months) > 7 and index % 2 else "m"
            pen.text(svg.pct(self._at(month)), 14, formats.month_short(month), css, dx=4)
        for index, monday in enumerate(week for week in self._weeks() if self._at(week) <= 96):
            number = monday.isocalendar().week
            css = "m ei-chart__odd" if index % 2 else "m"
            shown = formats.week(monday) if index == 0 else str(number)
            pen.text(svg.pct(self._at(monday)), 34, shown, css, dx=4)
        return pen.svg("", "", AXIS)

    def draw_row(self, index: int, uid: str, accent: str) -> SafeString:
        """The bar of one activity over its lines of weeks and today."""
        activity = self.activities[index]
        pen = Pen(f"{uid}-{index}", accent)
        for monday in self._weeks():
            x = svg.pct(self._at(monday))
            pen.add("line", "l-grid w1", x1=x, x2=x, y1=0, y2=ROW)
        left, right = self._at(activity.starts_on), self._at(activity.ends_before)
        box = {"x": svg.pct(left), "width": svg.pct(max(0.6, right - left))}
        if activity.state == "proposed":
            pen.add("rect", "f-surface l1 w15 dash", y=11, height=22, rx=4, **box)
        elif activity.state == "quiet":
            pen.add("rect", "f2", y=18, height=8, rx=4, **box)
        else:
            css = "f2" if activity.state == "done" else "f1"
            pen.add("rect", css, y=11, height=22, rx=4, **box)
        if activity.pauses:
            self._pauses(pen, activity)
        for mark in self.marks:
            x = svg.pct(self._at(mark.on))
            pen.add("line", f"{svg.line_class(mark.style)} w2 dot", x1=x, x2=x, y1=0, y2=ROW)
        if self._has_today:
            x = svg.pct(self._at(self.today))
            pen.add("line", "l-late w2", x1=x, x2=x, y1=0, y2=ROW)
        # Last, over the lines: what is read is never crossed.
        if activity.words and activity.state != "quiet":
            self._words(pen, activity, left, right)
        return pen.svg(self._spoken(activity), "", ROW)

    def _pauses(self, pen: Pen, activity: Activity) -> None:
        hatch = pen.hatch()
        for starts_on, ends_before in activity.pauses:
            left, right = self._at(starts_on), self._at(ends_before)
            box = {"x": svg.pct(left), "width": svg.pct(right - left), "y": 11, "height": 22}
            pen.add("rect", "f-surface", **box)
            pen.add("rect", "l2 w1", fill=hatch, **box)

    @property
    def _has_today(self) -> bool:
        return self.starts_on <= self.today < self.ends_before

    def _words(self, pen: Pen, activity: Activity, left: float, right: float) -> None:
        """The words on the bar, else after or before it: where they have room and, if there is such
        a place, no line runs through them."""
        room = len(activity.words) * LETTER
        if (right - left) > room:
            css = {"running": "on", "done": "ei-chart__dark"}.get(activity.state, "ei-chart__over")
            pen.text(svg.pct(left), 27, activity.words, css, dx=8)
            return
        after = self._is_free(right, right + room)
        before = self._is_free(left - room, left)
        if (before or right >= 60) and not after:
            pen.text(svg.pct(left), 27, activity.words, "ei-chart__over", dx=-6, text_anchor="end")
        else:
            pen.text(svg.pct(right), 27, activity.words, "ei-chart__over", dx=6)

    def _is_free(self, left: float, right: float) -> bool:
        """Whether words from `left` to `right` stand within the chart and clear of its lines."""
        lines = [self._at(mark.on) for mark in self.marks]
        lines += [self._at(self.today)] if self._has_today else []
        return left >= 0 and right <= 100 and not any(left < at < right for at in lines)

    def _spoken(self, activity: Activity) -> str:
        words = [activity.label, formats.span(activity.starts_on, activity.ends_before, year=True)]
        words += [activity.words] if activity.words else []
        words += [
            _("paused %(days)s") % {"days": formats.span(*pause)} for pause in activity.pauses
        ]
        return ", ".join(words)

    def rows(self, uid: str, accent: str) -> list[dict]:
        """What the template lays out: label, quiet line and drawing of each activity."""
        return [
            {
                "label": activity.label,
                "meta": activity.meta,
                "svg": self.draw_row(index, uid, accent),
            }
            for index, activity in enumerate(self.activities)
        ]

    def draw(self, uid: str, accent: str) -> SafeString:
        return self.axis(uid, accent)

    def legend(self) -> tuple[LegendItem, ...]:
        states = {activity.state for activity in self.activities}
        items = [LegendItem(_("running or planned"), "1", "fill")] if "running" in states else []
        if states & {"done", "quiet"}:
            items.append(LegendItem(_("done, or not counted"), "2", "fill"))
        if "proposed" in states:
            items.append(LegendItem(_("proposed"), "1", "outline"))
        if any(activity.pauses for activity in self.activities):
            items.append(LegendItem(_("pause"), "2", "hatched"))
        if self._has_today:
            day = formats.day_short(self.today)
            items.append(LegendItem(_("today, %(day)s") % {"day": day}, "late", "mark"))
        items += [LegendItem(mark.label, mark.style, "day") for mark in self.marks]
        return tuple(items)

    def table(self) -> Table:
        return Table(
            (_("Activity"), _("Period"), _("Note")),
            tuple(
                (
                    each.label,
                    formats.span(each.starts_on, each.ends_before, year=True),
                    ", ".join(word for word in (each.words, each.meta) if word) or "–",
                )
                for each in self.activities
            )
            + tuple((mark.label, formats.day_year(mark.on), "–") for mark in self.marks),
            is_text=True,
        )
