"""A deadline in words: what a user reads on the page, in the user's language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobcentre.casework.deadlines import rules
from jobcentre.casework.deadlines.calendar import ShownCalendar
from jobcentre.casework.deadlines.rules import State, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Deadline
from jobcentre.casework.registries import deadline_kinds
from jobcentre.ui import formats
from jobcentre.ui.addresses import page_of
from jobcentre.workdays import Calendar, Period, add_months

# State -> the sign of the design: late, soon, ok, paused.
_SIGNS = {
    State.LATE: "late",
    State.SOON: "soon",
    State.RUNNING: "ok",
    State.PAUSED: "paused",
    State.MET: "ok",
    State.MET_LATE: "late",
    State.CANCELLED: "paused",
}


@dataclass(frozen=True)
class Explanation:
    """What the page shows of one clock. `sentence` is the whole thing in one text."""

    name: str
    sign: str
    words: str
    date: str
    tell_why: Callable[[], str]
    waits_for: str
    step: str
    url: str
    state: str
    is_late: bool

    @property
    def why(self) -> str:
        """How the date is reckoned and what stops the clock; a list does not ask for it."""
        return self.tell_why()

    @property
    def sentence(self) -> str:
        return " ".join(f"{part}." for part in (self.words, self.date, self.why) if part)


def explain(
    deadline: Deadline,
    *,
    pauses: tuple[Period, ...],
    calendar: Calendar,
    today: date,
    case_number: str,
) -> Explanation:
    """The explanation of `deadline` on `today`.

    `pauses` are those of the case; `calendar` the municipality's. No query is made.
    """
    kind = deadline_kinds[deadline.kind]
    length = rules.Length(deadline.length, Unit(deadline.length_unit))
    counted = pauses if kind.pausable else ()
    standing = rules.standing(
        length,
        deadline.started_on,
        deadline.due_on,
        deadline.met_on,
        deadline.cancelled_on or deadline.stopped_on,
        counted,
        calendar,
        today,
        warn_before=_soon(kind, calendar),
    )
    name = formats.said(kind.label)
    if deadline.subject_label:
        name = f"{name}: {kind.tell_subject(deadline.subject_label)}"
    elif kind.says_length:
        name = f"{name}: {_amount(length)}"
    return Explanation(
        name=name,
        sign=_SIGNS[standing.state],
        words=_words(standing, length),
        date=_date(deadline, standing),
        tell_why=lambda: _why(deadline, length, kind),
        waits_for=formats.said(WaitsFor(deadline.waits_for).label) if deadline.waits_for else "",
        step=formats.said(kind.step),
        url=deadline.url or page_of(kind.url_name, case_number),
        state=standing.state.value,
        is_late=standing.is_late,
    )


def _soon(kind, calendar: Calendar) -> int:
    """How long before its last day a clock is soon: from its first warning, the municipality's if it
    has decided one. Else a page would be calm about what its reader has been warned of."""
    default = max(kind.warn_before, default=1)
    return calendar.soon.get(kind.key, default) if isinstance(calendar, ShownCalendar) else default


def _words(standing, length) -> str:
    workdays = length.unit is Unit.WORKDAYS
    if standing.state is State.CANCELLED:
        return _("Cancelled")
    if standing.state is State.MET:
        return _("Done in time")
    if standing.state is State.MET_LATE:
        return _("Done late")
    if standing.state is State.PAUSED:
        return _("Paused")
    left = standing.left
    if left < 0:
        if workdays:
            return ngettext("%(n)d working day late", "%(n)d working days late", -left) % {
                "n": -left
            }
        return ngettext("%(n)d day late", "%(n)d days late", -left) % {"n": -left}
    if left == 0:
        return _("Today, the last day")
    if workdays:
        return ngettext("%(n)d working day left", "%(n)d working days left", left) % {"n": left}
    if left >= 28:
        weeks = left // 7
        return ngettext("%(n)d week left", "%(n)d weeks left", weeks) % {"n": weeks}
    return ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}


def _date(deadline, standing) -> str:
    if deadline.cancelled_on or deadline.stopped_on:
        return _("the case ended %(day)s") % {
            "day": formats.day_year(deadline.cancelled_on or deadline.stopped_on)
        }
    if deadline.met_on:
        return _("done %(met)s, due %(due)s") % {
            "met": formats.day_year(deadline.met_on),
            "due": formats.day_year(deadline.due_on) if deadline.due_on else "-",
        }
    if deadline.due_on is None:
        return _("no date until the person is back")
    text = _("due %(day)s") % {"day": formats.day_year(deadline.due_on)}
    if standing.of and deadline.length_unit == Unit.WORKDAYS.value:
        return _("day %(n)d of %(of)d, %(due)s") % {
            "n": standing.day_number,
            "of": standing.of,
            "due": text,
        }
    return text


def _why(deadline, length, kind) -> str:
    started = formats.day_year(deadline.started_on)
    text = _("%(amount)s from %(day)s") % {"amount": _amount(length), "day": started}
    if deadline.paused_days:
        text = ngettext(
            "%(text)s, paused %(n)d day",
            "%(text)s, paused %(n)d days",
            deadline.paused_days,
        ) % {"text": text, "n": deadline.paused_days}
    if kind.extendable and _is_extended(deadline, length):
        text = _("%(text)s, extended by decision") % {"text": text}
    return _("%(text)s; met when %(met_by)s") % {"text": text, "met_by": kind.met_by}


def _amount(length) -> str:
    return {
        Unit.WORKDAYS: ngettext("%(n)d working day", "%(n)d working days", length.n),
        Unit.MONTHS: ngettext("%(n)d month", "%(n)d months", length.n),
        Unit.DAYS: ngettext("%(n)d day", "%(n)d days", length.n),
    }[length.unit] % {"n": length.n}


def _is_extended(deadline, length) -> bool:
    """Whether the day is later than its length and the interruptions make it."""
    reckoned = add_months(deadline.started_on, length.n) + timedelta(days=deadline.paused_days)
    return deadline.due_on is not None and deadline.due_on > reckoned
