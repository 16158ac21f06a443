"""Charts as SVG: drawn on the server, the same on a page and in a PDF.

A chart is a frozen value. `draw(uid, accent)` gives the SVG; `legend()` and `table()` what stands
beside it, so that nothing is told by colour or shape alone. Widths are in per cent and heights in
px, so text is never scaled. Colours stand twice: as a class, which the style sheet of the page
overrides per theme, and as plain attributes, which the PDF engine reads.

The title of a chart says the finding ("Half of those who left went to work"), not the topic.
"""

from jobcentre.ui.charts.bars import Balance, Bar, Bars, Segment
from jobcentre.ui.charts.columns import Columns, Series
from jobcentre.ui.charts.lines import Lines
from jobcentre.ui.charts.radar import Radar
from jobcentre.ui.charts.svg import Chart, LegendItem, Table
from jobcentre.ui.charts.timeline import Activity, Mark, Timeline

__all__ = [
    "Activity",
    "Balance",
    "Bar",
    "Bars",
    "Chart",
    "Columns",
    "LegendItem",
    "Lines",
    "Mark",
    "Radar",
    "Segment",
    "Series",
    "Table",
    "Timeline",
]
