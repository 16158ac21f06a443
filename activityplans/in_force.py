"""Which version of the plan holds on which days. Pure; nothing stores it.

An approved version holds from its first day, at the earliest from the day after its approval, and
until a newer one begins, its period is over or the case ends. One that is approved ahead of its
period therefore leaves the one before it standing until then.

A version is anything with `number`, `starts_on`, `ends_before`, `approved_on` and `ended_on`.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar

from jobcentre.workdays import Period

_DAY = timedelta(days=1)


class Version(Protocol):
    """What decides when a version holds; `approved_on` None: never; `ended_on` its last day when
    the case ended before it."""

    number: int
    starts_on: date
    ends_before: date
    approved_on: date | None
    ended_on: date | None


V = TypeVar("V", bound=Version)


def _approved(versions: Iterable[V]) -> list[V]:
    """Those that were approved, newest first."""
    found = [each for each in versions if each.approved_on is not None]
    return sorted(found, key=lambda each: each.number, reverse=True)


def first_day(version: Version) -> date:
    """The first day on which an approved version asks anything: the day of approval never does."""
    return max(version.starts_on, version.approved_on + _DAY)


def replaced_on(number: int, versions: Iterable[Version]) -> date | None:
    """The day from which a newer version holds instead of version `number`; None: no such."""
    return min((first_day(v) for v in _approved(versions) if v.number > number), default=None)


def days_held(versions: Iterable[Version]) -> dict[int, Period]:
    """{number: the days on which it holds}, of each version that holds on any; they never overlap."""
    held: dict[int, Period] = {}
    until = date.max
    for version in _approved(versions):
        if version.ended_on is not None:
            until = min(until, version.ended_on + _DAY)
        first, before = first_day(version), min(version.ends_before, until)
        if first < before:
            held[version.number] = Period(first, before)
        until = min(until, first)
    return held


def followed_on(versions: Iterable[V], today: date) -> V | None:
    """The version that the person follows on `today`: the newest from its first day on, until then
    the one before it while that holds. None when none is approved or the plan has ended."""
    approved = _approved(versions)
    if not approved or approved[0].ended_on is not None:
        return None
    newest = approved[0]
    if newest.starts_on <= today:
        return newest
    held = days_held(approved)
    return next(
        (v for v in approved if v.number in held and held[v.number].contains(today)), newest
    )
