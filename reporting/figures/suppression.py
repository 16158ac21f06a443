"""Small counts are hidden here and nowhere else. Pure.

A count of one to four persons could be recognised, so its cell is hidden. A single hidden cell
could be computed from the whole and the others, so the next smallest is hidden with it, until at
least two cells and together at least five persons are hidden, and more persons than cells: of five
cells with five persons everybody knows that each has one. Nobody is not a small count, and shown,
unless all others are hidden and there are no more persons than cells.

A number that is divided further (in time and late, with their share) tells its parts too: the share
and what it is of give both. So each part has to bear being shown, and what is hidden for the sake
of one part is hidden of them all. The cells hidden for a count follow from that count alone: two
figures that tell the same count hide it alike, and none tells what the other hides.
"""

from collections.abc import Iterable, Mapping

LEAST = 5


def is_small(persons: int) -> bool:
    """Whether a count may not be shown by itself."""
    return 0 < persons < LEAST


def tells_too_much(parts: Iterable[int]) -> bool:
    """Whether numbers that tell all of these counts may not be shown."""
    return any(is_small(persons) for persons in parts)


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
        together = sum(persons[each] for each in hidden)
        if len(hidden) >= 2 and together >= LEAST and together > len(hidden):
            break
        hidden.add(key)
    else:
        # All that is not nought is hidden. With the noughts shown, five in five cells are one each.
        if LEAST <= sum(persons.values()) <= len(persons):
            return frozenset(persons)
    return frozenset(hidden)


def hidden_with_parts(parts: Iterable[Mapping[str, int]]) -> frozenset[str]:
    """The cells to hide where each tells several counts: `parts` has each count by cell."""
    return frozenset().union(*(hidden_cells(persons) for persons in parts))
