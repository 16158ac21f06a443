"""The charts of figures, drawn from their rows."""

from django.utils.translation import gettext as _

from jobcentre.ui.charts import Bar, Bars
from reporting.enums import Split, UnitOf
from reporting.figures import wording
from reporting.figures.publishing import Section


def division_chart(section: Section, split: str) -> Bars | None:
    """Bars of one division, with last year's value beside and targets marked; None without any."""
    division = section.division(split)
    if division is None or not any(row.value is not None for row in division.rows):
        return None
    is_percent = section.whole.unit == UnitOf.PERCENT
    has_targets = any(row.target is not None for row in division.rows)
    return Bars(
        title=wording.target_finding(division) if has_targets else wording.spread_finding(division),
        bars=tuple(
            Bar(
                row.cell_label[:1].upper() + row.cell_label[1:],
                row.value,
                row.before,
                row.target,
                why_missing=str(row.get_missing_display()) if row.missing else "",
            )
            for row in division.rows
        ),
        note=section.whole.label,
        row_label=str(Split(split).label),
        value_label=_("the period"),
        before_label=_("a year before"),
        target_label=_("target"),
        unit="%" if is_percent else "",
        top=100 if is_percent else None,
    )
