"""Which changes of a plan in force come into force without approval. Pure; see docs/rules.md."""

import re
from collections.abc import Iterable

from activityplans.rules import Change

SPELLING = "spelling"
SHORTEST_WORD = 5  # in shorter words one letter is often another word: "inte", "kan", "ska"


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _one_slip(old: str, new: str) -> bool:
    """Whether one letter was put in, taken out, changed or swapped with its neighbour, but not the
    first: "omöjlig" is no spelling of "möjlig", and "deltid" none of "heltid"."""
    if old == new:
        return True
    if old[0] != new[0] or min(len(old), len(new)) < SHORTEST_WORD or abs(len(old) - len(new)) > 1:
        return False
    if any(each.isdigit() for each in old + new):
        return False
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    old, new = old[start:], new[start:]
    return (
        old[1:] == new  # one too many
        or old == new[1:]  # one too few
        or old[1:] == new[1:]  # another letter
        or (old[:2] == new[1::-1] and len(old) > 1 and old[2:] == new[2:])  # two swapped
    )


def is_spelling(old, new) -> bool:
    """Whether `new` says the same as `old` but for signs, capitals and slips of one letter in
    long words. Numbers, short words and the number of words must be the same."""
    if not isinstance(old, str) or not isinstance(new, str):
        return False
    before, after = _words(old), _words(new)
    return len(before) == len(after) and all(
        _one_slip(*pair) for pair in zip(before, after, strict=True)
    )


def needs_approval(changes: Iterable[Change], free: frozenset[str]) -> bool:
    """Whether any of the changes (see `rules.differences`) has to be approved.

    `free` are the fields whose change need not be, and "spelling" when corrections need not be.
    An activity that is new or taken away always needs approval; the reason for a change never.
    """
    for change in changes:
        if change.key.startswith("line:") and change.what != "changed":
            return True
        for name, (old, new) in change.fields.items():
            if name in free or name == "change_reason":
                continue
            if SPELLING in free and name not in DATED and is_spelling(old, new):
                continue
            return True
    return False


# Codes, days and numbers written as text are never spelling.
DATED = frozenset(
    {"starts_on", "ends_before", "service", "provider", "hours_per_week", "weekly_target",
     "own_search_hours", "goal_on", "goal_track", "applications", "follow_up_on", "times"}
)  # fmt: skip
