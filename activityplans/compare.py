"""The difference between two versions in the words of the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from activityplans.models import PlanVersion, Service
from activityplans.plan_enums import Party, Span
from activityplans.rules import Change
from activityplans.schedule import Slot
from intake.mapping import ssyk
from jobcentre.casework.enums import Track
from jobcentre.ui import formats


@dataclass(frozen=True)
class Field:
    """One changed field: its name and both values in words."""

    name: str
    old: str
    new: str


@dataclass(frozen=True)
class Described:
    """A change as the approver reads it."""

    title: str
    what: str
    fields: list[Field]
    reason: str


_ORDER = (
    "description",
    "expected_result",
    "provider",
    "place",
    "contact",
    "starts_on",
    "ends_before",
    "times",
    "hours_per_week",
    "follow_up_on",
)


def field_name(name: str) -> str:
    names = {
        "description": _("What the person does"),
        "expected_result": _("Expected result"),
        "provider": _("Provider"),
        "place": _("Place"),
        "starts_on": _("From"),
        "ends_before": _("To and including"),
        "times": _("Times in the week"),
        "hours_per_week": _("Hours per week"),
        "contact": _("Who the person meets"),
        "follow_up_on": _("Followed up midway"),
        "sub_goals": _("Sub-goals"),
        "promises": _("What others promise"),
        "steering": _("Decided together"),
    }
    return names.get(name) or str(PlanVersion._meta.get_field(name).verbose_name).capitalize()


def in_words(name: str, value) -> str:
    """A value of the content as people write it; the end of a period to and including."""
    if not value and value != 0:
        return "-"
    if name in _LISTS:
        return _LISTS[name](value)
    if name in _CODES:
        return str(_CODES[name](value))
    if name == "starts_on" or name.endswith("_on"):
        return formats.day_year(date.fromisoformat(value))
    if name == "ends_before":
        return formats.day_year(date.fromisoformat(value) - timedelta(days=1))
    if name in ("hours_per_week", "weekly_target", "own_search_hours"):
        return formats.number(float(value))
    return str(value)


def _day(text: str) -> str:
    return formats.day_year(date.fromisoformat(text)) if text else ""


def _sub_goals(rows) -> str:
    return "; ".join(f"{text} ({_day(due)})" if due else text for due, text in rows)


def _promises(rows) -> str:
    return "; ".join(
        f"{Party(party).label}{', ' if contact else ''}{contact}: {text}"
        + (f" ({_day(due)})" if due else "")
        for party, contact, text, due in rows
    )


def _steering(rows) -> str:
    return "; ".join(f"{_day(held)}, {who}: {text}" for held, who, text, _service in rows)


def slots_of(times: Iterable[str]) -> list[Slot]:
    """The slots of the content's times ("1 09:00 180")."""
    parts = (each.split() for each in times)
    return [Slot(int(day), time.fromisoformat(start), int(long)) for day, start, long in parts]


def times_in_words(slots: Iterable[Slot]) -> str:
    """The schedule as people say it: "Mon-Wed 09:00-12:00, Fri 13:00-15:00"."""
    days: dict[tuple[time, int], list[int]] = {}
    for slot in slots:
        days.setdefault((slot.starts_at, slot.minutes), []).append(slot.weekday)
    said = []
    for (starts_at, minutes), weekdays in sorted(
        days.items(), key=lambda each: (each[1][0], each[0])
    ):
        end = Slot(1, starts_at, minutes).ends_at
        said.append(f"{_days(sorted(weekdays))} {starts_at:%H:%M}\u2013{end:%H:%M}")
    return ", ".join(said)


def _days(weekdays: list[int]) -> str:
    names = [WEEKDAYS_ABBR[day - 1] for day in weekdays]
    in_a_row = weekdays == list(range(weekdays[0], weekdays[-1] + 1))
    if len(names) > 2 and in_a_row:
        return f"{names[0]}\u2013{names[-1]}"
    return ", ".join(str(name) for name in names)


_LISTS = {
    "times": lambda value: times_in_words(slots_of(value)),
    "sub_goals": _sub_goals,
    "promises": _promises,
    "steering": _steering,
}
_CODES = {
    "goal_track": lambda value: Track(value).label,
    "goal_occupation": ssyk.label_of,
    "applications_per": lambda value: Span(value).label,
}


def described(changes: list[Change], old: Mapping | None, new: Mapping) -> list[Described]:
    """The changes with titles and both values; at most one query for the services' names."""
    titles = {service.key: service.label for service in Service.objects.all()}
    found = []
    for change in changes:
        if change.key.startswith("line:"):
            ref = change.key.removeprefix("line:")
            line = new["lines"].get(ref) or (old or {}).get("lines", {}).get(ref, {})
            title = titles.get(line.get("service"), "")
            names = [name for name in _ORDER if name in change.fields]
        else:
            title, names = field_name(change.key), list(change.fields)
        fields = [
            Field(
                field_name(name),
                in_words(name, change.fields[name][0]),
                in_words(name, change.fields[name][1]),
            )
            for name in names
            if any(change.fields[name])
        ]
        found.append(Described(title, change.what, fields, change.reason))
    return found


def unchanged_count(old: Mapping | None, new: Mapping) -> int:
    """How many lines are the same in both versions."""
    if old is None:
        return 0
    skipped = ("change_reason", "position")

    def bare(line):
        return {name: value for name, value in line.items() if name not in skipped}

    return sum(
        ref in old["lines"] and bare(old["lines"][ref]) == bare(line)
        for ref, line in new["lines"].items()
    )
