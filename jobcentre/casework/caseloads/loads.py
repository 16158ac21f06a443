"""The coaches with what they have, read in a fixed number of queries."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Q

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.caseloads import rules
from jobcentre.casework.enums import CaseloadKey, InvolvementKind, WaitsFor
from jobcentre.casework.models import (
    Case,
    CaseloadRule,
    CircleMember,
    CoachProfile,
    ConflictOfInterest,
    Deadline,
    Involvement,
    Person,
    StaffAbsence,
)
from jobcentre.text import search_text

# In force until the municipality has decided its own; no number is known from other centres.
USUAL = {
    CaseloadKey.TARGET: Decimal(30),
    CaseloadKey.DIRECT: Decimal(1),
    CaseloadKey.LATER: Decimal(1),
    CaseloadKey.SUPPORT: Decimal("1.5"),
}
SWEDISH = {"svenska", "swedish", "sv"}
_BETWEEN = re.compile(r"\s*(?:[,;/&+]|\boch\b|\band\b)\s*")


def numbers_now() -> rules.Numbers:
    """The numbers in force; one query."""
    own = {CaseloadKey(row.key): row.value for row in CaseloadRule.objects.all()}
    known = USUAL | own
    return rules.Numbers(
        known.pop(CaseloadKey.TARGET), {key.value: value for key, value in known.items()}
    )


def languages_in(text: str) -> frozenset[str]:
    """The languages that a free text names, folded; without Swedish."""
    return frozenset(each for each in _BETWEEN.split(search_text(text)) if each) - SWEDISH


def wanted_for(person: Person, groups: Iterable[str] = (), track: str = "") -> rules.Wanted:
    """What the person's case asks of a coach."""
    text = f"{person.interpreter_language},{person.first_language}"
    return rules.Wanted(languages_in(text), frozenset(groups), track)


def wanted_of(case: Case) -> rules.Wanted:
    """What the case asks of a coach; its person and target groups are read when they are not."""
    return wanted_for(case.person, (group.key for group in case.target_groups.all()), case.track)


def loads_of(coaches: Iterable[User], today: date, numbers: rules.Numbers) -> list[rules.Load]:
    """The load of each coach; six queries, whatever their number."""
    coaches = list(coaches)
    ids = [coach.pk for coach in coaches]
    cases: dict[int, dict[str, int]] = defaultdict(dict)
    counted = (
        Case.objects.open()
        .filter(coach__in=ids)
        .order_by()
        .values_list("coach_id", "track")
        .annotate(n=Count("pk"))
    )
    for coach_id, track, n in counted:
        cases[coach_id][track] = n
    away = set(away_until(ids, today))
    profiles = profiles_of(ids)
    return [_load(coach, cases[coach.pk], profiles, away, numbers) for coach in coaches]


def _load(coach: User, cases, profiles, away, numbers: rules.Numbers) -> rules.Load:
    profile = profiles.get(coach.pk)
    return rules.Load(
        coach_id=coach.pk,
        name=coach.name,
        cases=cases,
        weighed=rules.weighed(cases, numbers),
        target=rules.target_of(numbers, profile.percent if profile else rules.FULL),
        languages=tuple(
            rules.Skill(
                row.label,
                frozenset((row.key, search_text(row.label_sv), search_text(row.label_en))),
            )
            for row in (profile.languages.all() if profile else ())
        ),
        specialisations=tuple(
            rules.Skill(
                row.label,
                frozenset(group.key for group in row.target_groups.all())
                | ({row.track} if row.track else set()),
            )
            for row in (profile.specialisations.all() if profile else ())
        ),
        is_away=coach.pk in away,
    )


def profiles_of(ids: Iterable[int]) -> dict[int, CoachProfile]:
    """The profiles by the coach's id; four queries."""
    found = CoachProfile.objects.filter(user__in=ids).prefetch_related(
        "languages", "specialisations__target_groups"
    )
    return {profile.user_id: profile for profile in found}


def away_until(ids: Iterable[int], today: date) -> dict[int, date]:
    """The coaches who are away today, with the day they are back."""
    rows = (
        StaffAbsence.objects.filter(user__in=ids, starts_on__lte=today, ends_before__gt=today)
        .order_by()
        .values_list("user_id")
        .annotate(back=Max("ends_before"))
    )
    return dict(rows)


def may_coach(case: Case, coach: User) -> bool:
    """Whether the coach may have the case at all: in the circle of a protected person, and
    without a conflict of interest."""
    if ConflictOfInterest.objects.filter(person=case.person_id, user=coach).exists():
        return False
    return (
        not case.person.is_protected
        or CircleMember.objects.filter(
            person=case.person_id, user=coach, ends_before__isnull=True
        ).exists()
    )


def proposed_for(case: Case, coaches: Iterable[User], today: date) -> list[rules.Proposal]:
    """The coaches for an open case, the one to propose first; without its present coach, those
    with a conflict of interest and, for a protected person, those outside the circle."""
    others = [coach for coach in coaches if coach.pk != case.coach_id]
    return _proposed(case.person, wanted_of(case), others, today)


def proposed_at_enrolment(
    person: Person, coaches: Iterable[User], today: date
) -> list[rules.Proposal]:
    """The coaches for a person who has no case yet: groups and track are not known."""
    return _proposed(person, wanted_for(person), coaches, today)


def _proposed(
    person: Person, wanted: rules.Wanted, coaches: Iterable[User], today: date
) -> list[rules.Proposal]:
    barred = set(ConflictOfInterest.objects.filter(person=person).values_list("user_id", flat=True))
    found = [coach for coach in coaches if coach.pk not in barred]
    if person.is_protected:
        circle = set(
            CircleMember.objects.filter(person=person, ends_before__isnull=True).values_list(
                "user_id", flat=True
            )
        )
        found = [coach for coach in found if coach.pk in circle]
    numbers = numbers_now()
    return rules.proposals(loads_of(found, today, numbers), wanted, numbers)


# --- the page of all coaches ---------------------------------------------------------------------
@dataclass
class CoachRow:
    """A line of the page: a coach of a centre with load, late clocks, absence and cover."""

    load: rules.Load
    centre: str
    works_here: bool = True
    is_elsewhere: bool = False  # coaches at another unit
    late: int = 0
    back_on: date | None = None
    covered_by: list[str] = field(default_factory=list)
    stands_in: int = 0

    @property
    def is_uncovered(self) -> bool:
        """Away with cases that nobody stands in for."""
        return self.back_on is not None and not self.covered_by and self.load.open_cases > 0


def rows_of(unit: Unit, members: list[tuple[User, str]], today: date) -> tuple[list[CoachRow], int]:
    """The coaches `members` (with the name of their centre) and those who have left cases behind
    at the centres below `unit`; and how many open cases have no coach. Eleven queries."""
    numbers = numbers_now()
    known = {user.pk for user, _centre in members}
    left: dict[int, User] = {}
    orphans = 0
    behind = (
        Case.objects.open()
        .filter(Q(coach__isnull=True) | ~Q(coach__in=known), centre__path__startswith=unit.path)
        .order_by("coach__name", "coach_id")
        .values_list("coach_id", "coach__name", "centre__name")
        .annotate(n=Count("pk"))
    )
    for coach_id, name, centre, n in behind:
        if coach_id is None:
            orphans += n
        elif coach_id not in left:
            left[coach_id] = User(pk=coach_id, name=name)
            members = [*members, (left[coach_id], centre)]
    ids = [user.pk for user, _centre in members]
    loads = {
        load.coach_id: load
        for load in loads_of({u.pk: u for u, _c in members}.values(), today, numbers)
    }
    late, away, covers = _late(ids, today), away_until(ids, today), _covers(ids, today)
    stands_in, elsewhere = _stands_in(ids, today), _coaching(left, today)
    return [
        CoachRow(
            load=loads[user.pk],
            centre=centre,
            works_here=user.pk in known,
            is_elsewhere=user.pk in elsewhere,
            late=late.get(user.pk, 0),
            back_on=away.get(user.pk),
            covered_by=covers.get(user.pk, []),
            stands_in=stands_in.get(user.pk, 0),
        )
        for user, centre in members
    ], orphans


def _coaching(ids: Iterable[int], today: date) -> set[int]:
    """Those who coach somewhere today."""
    held = Membership.objects.valid_on(today).filter(
        user__in=list(ids), role__in=[Role.COACH, Role.YOUTH_COORDINATOR]
    )
    return set(held.values_list("user_id", flat=True))


def _late(ids: list[int], today: date) -> dict[int, int]:
    """Clocks that wait for the coach and have run out, by coach."""
    rows = (
        Deadline.objects.late_on(today)
        .filter(case__coach__in=ids, waits_for=WaitsFor.COACH, case__status="open")
        .order_by()
        .values_list("case__coach_id")
        .annotate(n=Count("pk"))
    )
    return dict(rows)


def _covers(ids: list[int], today: date) -> dict[int, list[str]]:
    rows = (
        Involvement.objects.working_on(today)
        .filter(kind=InvolvementKind.COVER, case__coach__in=ids, case__status="open")
        .order_by("label")
        .values_list("case__coach_id", "label")
        .distinct()
    )
    found: dict[int, list[str]] = defaultdict(list)
    for coach_id, label in rows:
        found[coach_id].append(label)
    return found


def _stands_in(ids: list[int], today: date) -> dict[int, int]:
    rows = (
        Involvement.objects.working_on(today)
        .filter(kind=InvolvementKind.COVER, user__in=ids, case__status="open")
        .order_by()
        .values_list("user_id")
        .annotate(n=Count("case", distinct=True))
    )
    return dict(rows)
