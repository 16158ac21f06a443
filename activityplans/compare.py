"""The difference between two versions in the words of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from activityplans.models import PlanVersion, Service
from activityplans.rules import Change
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
    "starts_on",
    "ends_before",
    "hours_per_week",
)


def field_name(name: str) -> str:
    names = {
        "description": _("What the person does"),
        "expected_result": _("Expected result"),
        "provider": _("Provider"),
        "place": _("Place"),
        "starts_on": _("From"),
        "ends_before": _("To and including"),
        "hours_per_week": _("Hours per week"),
    }
    return names.get(name) or str(PlanVersion._meta.get_field(name).verbose_name).capitalize()


def in_words(name: str, value) -> str:
    """A value of the content as people write it; the end of a period to and including."""
    if value in (None, ""):
        return "-"
    if name == "starts_on":
        return formats.day_year(date.fromisoformat(value))
    if name == "ends_before":
        return formats.day_year(date.fromisoformat(value) - timedelta(days=1))
    if name in ("hours_per_week", "weekly_target", "own_search_hours"):
        return formats.number(float(value))
    return str(value)


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
            if change.fields[name] != (None, "") and change.fields[name] != ("", None)
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
