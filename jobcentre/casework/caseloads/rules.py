"""What a caseload weighs and which coach to propose. Pure; worked examples in docs/rules.md."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")
FULL = 100


@dataclass(frozen=True)
class Numbers:
    """The municipality's numbers: the target of a full-time coach, and what a case weighs by track."""

    target: Decimal
    weights: Mapping[str, Decimal]

    def weight_of(self, track: str) -> Decimal:
        """What one case in the track weighs; 1 while the track is not chosen."""
        return self.weights.get(track, Decimal(1))


@dataclass(frozen=True)
class Skill:
    """A language or a specialisation: how it is said, and by what it is recognised.

    `words` of a language are its names, folded; of a specialisation its target groups and track.
    """

    label: str
    words: frozenset[str]


@dataclass(frozen=True)
class Load:
    """A coach with the open cases by track, what they weigh, and the target for their share."""

    coach_id: int
    name: str
    cases: Mapping[str, int] = field(default_factory=dict)
    weighed: Decimal = Decimal(0)
    target: Decimal = Decimal(0)
    languages: tuple[Skill, ...] = ()
    specialisations: tuple[Skill, ...] = ()
    is_away: bool = False

    @property
    def open_cases(self) -> int:
        return sum(self.cases.values())

    @property
    def room(self) -> Decimal:
        """Weighed cases up to the target; negative above it."""
        return self.target - self.weighed

    @property
    def fill(self) -> Decimal:
        """The share of the target that is taken: 1 at the target."""
        return self.weighed / self.target if self.target else Decimal(1)


@dataclass(frozen=True)
class Wanted:
    """What a person's case asks of a coach: folded names of languages, target groups, track."""

    languages: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    track: str = ""


@dataclass(frozen=True)
class Proposal:
    """A coach for a case with what speaks for them: a language, specialisations, room."""

    load: Load
    language: str = ""
    specialisations: tuple[str, ...] = ()
    has_room: bool = True

    @property
    def points(self) -> int:
        """A shared language counts two, a specialisation that fits one."""
        return 2 * bool(self.language) + bool(self.specialisations)


def weighed(cases: Mapping[str, int], numbers: Numbers) -> Decimal:
    """What open cases by track weigh together, to a tenth of a case."""
    total = sum((numbers.weight_of(track) * n for track, n in cases.items()), Decimal(0))
    return total.quantize(TENTH, ROUND_HALF_UP)


def target_of(numbers: Numbers, percent: int) -> Decimal:
    """The target of a coach who coaches `percent` of full time, to a tenth of a case."""
    return (numbers.target * percent / FULL).quantize(TENTH, ROUND_HALF_UP)


def proposals(loads: Iterable[Load], wanted: Wanted, numbers: Numbers) -> list[Proposal]:
    """Every coach, the one to propose first.

    Who is here comes before who is away, who has room for the case before who has none, then
    language and specialisation, then the smaller share of the target, then the name.
    """
    found = [_proposal(load, wanted, numbers) for load in loads]
    return sorted(
        found,
        key=lambda each: (
            each.load.is_away,
            not each.has_room,
            -each.points,
            each.load.fill,
            each.load.name,
            each.load.coach_id,
        ),
    )


def _proposal(load: Load, wanted: Wanted, numbers: Numbers) -> Proposal:
    asked = wanted.groups | ({wanted.track} if wanted.track else set())
    return Proposal(
        load,
        next((each.label for each in load.languages if each.words & wanted.languages), ""),
        tuple(each.label for each in load.specialisations if each.words & asked),
        load.room >= numbers.weight_of(wanted.track),
    )


def spread(wanted: Sequence[Wanted], loads: Iterable[Load], numbers: Numbers) -> list[int]:
    """A coach's id for each case in turn, each proposed after the ones before are given."""
    known = {load.coach_id: load for load in loads}
    given = []
    for each in wanted:
        best = proposals(known.values(), each, numbers)[0].load
        known[best.coach_id] = replace(
            best,
            cases={**best.cases, each.track: best.cases.get(each.track, 0) + 1},
            weighed=best.weighed + numbers.weight_of(each.track),
        )
        given.append(best.coach_id)
    return given
