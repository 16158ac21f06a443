"""Small counts are hidden here and nowhere else. Pure.

A count of one to four persons could be recognised, so its cell is hidden. A single hidden cell
could be computed from the whole and the others, so the next smallest is hidden with it, until at
least two cells and together at least five persons are hidden. Nobody is not a small count.
"""

from collections.abc import Mapping

LEAST = 5


def is_small(persons: int) -> bool:
    """Whether a count may not be shown by itself."""
    return 0 < persons < LEAST


def hidden_cells(persons: Mapping[str, int]) -> frozenset[str]:
    """The cells of one division to hide; `persons` is how many persons each cell is of."""
    hidden = {key for key, count in persons.items() if is_small(count)}
    if not hidden:
        return frozenset()
    # Smallest first; the key makes the choice the same every time.
    others = sorted(
        (count, key) for key, count in persons.items() if count > 0 and key not in hidden
    )
    for _count, key in others:
        if len(hidden) >= 2 and sum(persons[each] for each in hidden) >= LEAST:
            break
        hidden.add(key)
    return frozenset(hidden)
