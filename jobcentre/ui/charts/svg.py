"""The pen: elements, colours, axes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from jobcentre.ui import formats

Number = int | float | Decimal
FONT: Final = "Source Sans 3, sans-serif"

# Class of the style sheet -> attributes on paper. `accent` is filled in by the municipality.
_PAPER: Final = {
    "f1": {"fill": "accent"},
    "f2": {"fill": "#a9b4af"},
    "f3": {"fill": "#b87503"},
    "f-ok": {"fill": "#2f8a58"},
    "f-soon": {"fill": "#b87503"},
    "f-late": {"fill": "#c22a2e"},
    "f-paused": {"fill": "#7b819c"},
    "f-surface": {"fill": "#ffffff"},
    "f-sunk": {"fill": "#eef1ef"},
    "f-text": {"fill": "#17211d"},
    "nofill": {"fill": "none"},
    "l1": {"stroke": "accent"},
    "l2": {"stroke": "#6f7b76"},
    "l3": {"stroke": "#b87503"},
    "l-ok": {"stroke": "#2f8a58"},
    "l-soon": {"stroke": "#b87503"},
    "l-grid": {"stroke": "#dfe4e1"},
    "l-axis": {"stroke": "#6f7b76"},
    "l-text": {"stroke": "#17211d"},
    "l-late": {"stroke": "#c22a2e"},
    "l-paused": {"stroke": "#7b819c"},
    "l-surface": {"stroke": "#ffffff"},
    "w1": {"stroke-width": "1"},
    "w15": {"stroke-width": "1.5"},
    "w2": {"stroke-width": "2"},
    "w3": {"stroke-width": "3"},
    "dash": {"stroke-dasharray": "5 4"},
    "dot": {"stroke-dasharray": "1.5 3.5", "stroke-linecap": "round"},
    "soft": {"fill-opacity": "0.14"},
    "m": {"fill": "#55615b"},
    "b": {"font-weight": "600"},
    "on": {"fill": "#ffffff", "font-weight": "600"},
}
FILLS: Final = ("1", "2", "3", "ok", "soon", "late", "paused")


def fill_class(style: str) -> str:
    """The class of a filled shape in a style: 1, 2, 3, ok, soon, late or paused."""
    if style not in FILLS:
        raise ValueError(f"no chart style {style!r}; there are {', '.join(FILLS)}")
    return f"f{style}" if style.isdigit() else f"f-{style}"


def line_class(style: str) -> str:
    """The class of a line in a style."""
    fill_class(style)
    return f"l{style}" if style.isdigit() else f"l-{style}"


@dataclass(frozen=True)
class LegendItem:
    """One entry of a legend. `kind`: fill, line, dashed, dotted, day, target, outline,
    hatched or mark."""

    label: str
    style: str = "1"
    kind: str = "fill"


@dataclass(frozen=True)
class Table:
    """The same values as the chart, in words. The first cell of a row is its header.

    `is_text`: the cells are words, set to the left and not as numbers.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_text: bool = False


class Chart:
    """What every chart has. `title` is the finding in words; `note` a quiet line under it."""

    title: str
    note: str = ""

    def draw(self, uid: str, accent: str) -> SafeString:
        raise NotImplementedError

    def legend(self) -> tuple[LegendItem, ...]:
        return ()

    def table(self) -> Table:
        raise NotImplementedError


class Pen:
    """Collects the elements of one SVG. Every text and attribute is escaped here."""

    def __init__(self, uid: str, accent: str):
        self.uid = uid
        self.accent = accent
        self.parts: list[str] = []

    def add(self, tag: str, css: str = "", text: str | None = None, **attributes) -> None:
        self.parts.append(self.element(tag, css, text, **attributes))

    def element(self, tag: str, css: str = "", text: str | None = None, **attributes) -> str:
        shown: dict[str, str] = {"class": css} if css else {}
        for name in css.split():
            for key, value in _PAPER.get(name, {}).items():
                shown[key] = self.accent if value == "accent" else value
        shown.update({key.rstrip("_").replace("_", "-"): f"{v}" for key, v in attributes.items()})
        written = "".join(f' {key}="{escape(value)}"' for key, value in shown.items())
        if text is None:
            return f"<{tag}{written}/>"
        return f"<{tag}{written}>{escape(text)}</{tag}>"

    def text(self, x: str, y: float, words: str, css: str = "", **attributes) -> None:
        extra = {} if set(css.split()) & {"m", "on"} else {"fill": "#17211d"}
        self.add("text", css, words, x=x, y=_px(y), **{**extra, **attributes})

    def hatch(self, style: str = "text") -> str:
        """Define a hatched pattern and return the value for `fill`."""
        name = f"{self.uid}-hatch"
        line = self.element("path", f"l-{style} w15", d="M0 0V6")
        self.parts.append(
            f'<defs><pattern id="{escape(name)}" width="6" height="6"'
            f' patternUnits="userSpaceOnUse" patternTransform="rotate(45)">{line}</pattern></defs>'
        )
        return f"url(#{name})"

    def svg(self, title: str, description: str, height: int, view_box: str = "") -> SafeString:
        """The finished SVG. Without a title it is hidden from screen readers."""
        size = f' viewBox="{view_box}"' if view_box else ' width="100%"'
        css = "ei-chart ei-chart--drawn" if view_box else "ei-chart"
        told, names = "", []
        for tag, words in (("title", title), ("desc", description)):
            if words:
                name = escape(f"{self.uid}-{tag}")
                names.append(name)
                told += f'<{tag} id="{name}">{escape(words)}</{tag}>'
        role = f'role="img" aria-labelledby="{" ".join(names)}"' if title else 'aria-hidden="true"'
        return mark_safe(  # every part is escaped in `element` and above
            f'<svg class="{css}"{size} height="{height}" {role}'
            f' font-family="{FONT}" font-size="14">{told}{"".join(self.parts)}</svg>'
        )


def legend_sign(item: LegendItem, accent: str) -> SafeString:
    """The small drawing beside the words of a legend entry."""
    pen = Pen("sign", accent)
    box = {"x": "0.75", "y": "0.75", "width": "18.5", "height": "10.5", "rx": "2"}
    if item.kind == "fill":
        pen.add("rect", fill_class(item.style), **box)
    elif item.kind == "outline":
        pen.add("rect", f"nofill {line_class(item.style)} w15 dash", **box)
    elif item.kind == "hatched":
        pen.add("path", "nofill l-axis w15", d="M1 11 7 1M7 11 13 1M13 11 19 1")
        pen.add("rect", "nofill l-axis w1", **box)
    elif item.kind == "mark":
        css = line_class(item.style) if item.style == "late" else "l-text"
        pen.add("path", f"{css} w2", d="M10 0V12")
    else:
        dashes = {
            "line": "w3",
            "dashed": "w2 dash",
            "dotted": "w15 dot",
            "day": "w2 dot",
            "target": "w15 dash",
        }[item.kind]
        css = "l-text" if item.kind in ("dotted", "target") else line_class(item.style)
        pen.add("path", f"{css} {dashes}", d="M0 6H20")
    return mark_safe(  # drawn from constants only
        '<svg viewBox="0 0 20 12" width="20" height="12" aria-hidden="true">'
        f"{''.join(pen.parts)}</svg>"
    )


def _px(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def px(value: float) -> str:
    """A length in px with at most one decimal."""
    return _px(value)


def share(part: Number, whole: Number) -> float:
    """`part` of `whole` in per cent; 0 of nothing is 0."""
    return 0.0 if not whole else float(part) / float(whole) * 100


def pct(value: float) -> str:
    """A position or width in per cent."""
    return f"{value:.2f}%"


def nice_top(highest: Number) -> float:
    """The round number that an axis from 0 ends at, so that `highest` fits."""
    highest = float(highest)
    if highest <= 0:
        return 1.0
    size = 1.0
    while size * 10 <= highest:
        size *= 10
    while size > highest:
        size /= 10
    for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if step * size >= highest - 1e-9:
            return step * size
    return 10 * size


def shown(value: Number | None, unit: str = "") -> str:
    """A value in a table or on a bar; missing is a dash. `unit` is written after a space."""
    if value is None:
        return "–"
    if unit == "%":
        return formats.percent(value, 0)
    return f"{formats.number(value)}{formats.NO_BREAK}{unit}" if unit else formats.number(value)


def highest_of(values: Sequence[Number | None]) -> float:
    return max((float(value) for value in values if value is not None), default=0.0)
