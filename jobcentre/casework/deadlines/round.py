"""The nightly round: warns before clocks run out, the manager too where the kind says so, and
escalates those that have."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.approvals.unit import at_work
from jobcentre.casework.deadlines.beginning import begin_by_themselves
from jobcentre.casework.deadlines.clock import Lengths
from jobcentre.casework.deadlines.rules import Unit
from jobcentre.casework.enums import Protection, WaitsFor
from jobcentre.casework.models import (
    Approval,
    ApproverCover,
    CircleMember,
    ConflictOfInterest,
    Deadline,
    Person,
)
from jobcentre.casework.registries import deadline_kinds
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.ui.addresses import page_of
from jobcentre.workdays import Calendar

WARNING = gettext_lazy("The clock %(clock)s runs out %(due_on)s in case %(case)s.")
LATE = gettext_lazy("The clock %(clock)s ran out %(due_on)s in case %(case)s.")
# A provider knows the order and no number of a case.
WARNING_OUTSIDE = gettext_lazy("%(clock)s: the last day is %(due_on)s.")
LATE_OUTSIDE = gettext_lazy("%(clock)s: the last day was %(due_on)s.")
BATCH = 2000


def round_of_clocks(today: date) -> int:
    """Queue what is to be told today; returns the number of new notices. Safe to run again.

    A notice's key holds the deadline, its due date and the step, so that a moved clock warns
    anew and a repeated round writes nothing.
    """
    lengths = Lengths.load()
    begin_by_themselves(today, lengths)
    written = 0
    batch: list[NoticeText] = []
    readers = Readers.on(today)
    left_until = _Left(today, lengths.calendar)
    rows = (
        Deadline.objects.begun(today)
        .filter(_can_be_told(today, lengths))
        .order_by("pk")
        .values_list(*(field.replace("case_", "case__", 1) for field in Told._fields))
        .iterator(chunk_size=2000)
    )
    for told in map(Told._make, rows):
        kind = deadline_kinds[told.kind]
        left = left_until(told.due_on, told.length_unit)
        if left < 0:
            to_tell = readers.of(told, and_manager=True, is_late=True)
            batch += _texts(told, kind, "late", LATE, to_tell)
            batch += _texts(told, kind, "late", LATE_OUTSIDE, readers.outside(told))
        else:
            warnings = lengths.warnings_of(kind)
            reached = min((n for n in warnings if left <= n), default=None)
            if reached is not None:
                # The manager hears of the office's own clocks while they can still be met.
                is_last = kind.tells_manager_before and reached == min(warnings)
                to_tell = readers.of(told, and_manager=is_last)
                batch += _texts(told, kind, f"warn{reached}", WARNING, to_tell)
                outside = readers.outside(told)
                batch += _texts(told, kind, f"warn{reached}", WARNING_OUTSIDE, outside)
        if len(batch) >= BATCH:
            written += notify_many(batch)
            batch = []
    return written + notify_many(batch)


class Told(NamedTuple):
    """What the round reads of a clock and its case, without making either."""

    pk: int
    kind: str
    subject_key: str
    due_on: date
    length_unit: str
    url: str
    waits_for: str
    owner_id: int | None
    unit_id: int | None
    case_number: str
    case_centre_id: int
    case_coach_id: int | None
    case_person_id: int


class _Left:
    """Working or calendar days left on `today`, -1 when it is over; each day is counted once."""

    def __init__(self, today: date, calendar: Calendar):
        self.today, self.calendar = today, calendar
        self.known: dict[tuple[date, str], int] = {}

    def __call__(self, due_on: date, unit: str) -> int:
        key = (due_on, unit)
        if key not in self.known:
            self.known[key] = self._count(due_on, unit)
        return self.known[key]

    def _count(self, due_on: date, unit: str) -> int:
        if due_on < self.today:
            return -1
        if unit == Unit.WORKDAYS.value:
            return self.calendar.workdays_between(self.today, due_on)
        return (due_on - self.today).days


def _can_be_told(today: date, lengths: Lengths) -> Q:
    """Clocks near enough their end to be told of: with twenty thousand cases most are not."""
    kinds_by_days = defaultdict(list)
    for kind in deadline_kinds:
        kinds_by_days[max(lengths.warnings_of(kind), default=0)].append(kind.key)
    near = Q(pk__in=[])
    for days, kinds in kinds_by_days.items():
        # A clock may count otherwise than its kind: the later of both days leaves none out.
        horizon = max(lengths.calendar.add_workdays(today, days), today + timedelta(days=days))
        near |= Q(kind__in=kinds, due_on__lte=horizon)
    return near


@dataclass(frozen=True)
class Readers:
    """Who may be told of which clocks today, read once for the whole round.

    `managers` by centre, `answering` those who answer for a unit (the stand-in for one who is
    away), `providing` the staff of a provider, `passed_on` the colleague an approval was passed on
    to; `circles` of the protected, and whom a conflict of interest hides a person from.
    """

    managers: dict[int, list[int]]
    answering: dict[int, list[int]]
    providing: dict[int, list[int]]
    passed_on: dict[str, list[int]]
    circles: dict[int, set[int]]
    conflicts: dict[int, set[int]]

    @classmethod
    def on(cls, today: date) -> "Readers":
        held = list(
            Membership.objects.valid_on(today)
            .filter(role__in=[Role.MANAGER, Role.SOCIAL_SECRETARY, Role.PROVIDER_STAFF])
            .values_list("unit_id", "role", "user_id")
        )
        covers = dict(
            ApproverCover.objects.filter(starts_on__lte=today, ends_before__gt=today)
            .order_by("pk")
            .values_list("away_id", "cover_id")
        )
        of_role = {role: defaultdict(list) for role in {role for _unit, role, _user in held}}
        for unit_id, role, user_id in held:
            of_role[role][unit_id].append(user_id)
        answering = of_role.get(Role.SOCIAL_SECRETARY, {})
        hidden = Person.objects.exclude(protection=Protection.NONE).values_list("pk", flat=True)
        circles: dict[int, set[int]] = {person_id: set() for person_id in hidden}
        for person_id, user_id in CircleMember.objects.filter(
            Q(ends_before__isnull=True) | Q(ends_before__gt=today),
            starts_on__lte=today,
            person__in=circles,
        ).values_list("person_id", "user_id"):
            circles[person_id].add(user_id)
        conflicts = defaultdict(set)
        for person_id, user_id in ConflictOfInterest.objects.values_list("person_id", "user_id"):
            conflicts[person_id].add(user_id)
        passed_on = Approval.objects.pending().filter(handled_by__isnull=False)
        return cls(
            managers=of_role.get(Role.MANAGER, {}),
            answering={unit: at_work(users, covers) for unit, users in answering.items()},
            providing=of_role.get(Role.PROVIDER_STAFF, {}),
            passed_on={
                f"approval:{pk}": at_work([user_id], covers)
                for pk, user_id in passed_on.values_list("pk", "handled_by_id")
            },
            circles=circles,
            conflicts=conflicts,
        )

    def of(self, told: Told, *, and_manager: bool, is_late: bool = False) -> list[int]:
        """Ids of those inside who are told: who has to act, and the managers when they are to know:
        the unit's own where it has some, else the centre's. What waits for a provider is told to
        the coach when it is late, or before when the provider has nobody who may read it."""
        manage = self.managers.get(told.unit_id) or self.managers.get(told.case_centre_id, [])
        if told.waits_for == WaitsFor.INCOME_SUPPORT:
            # A case without such a unit is answered by the managers themselves.
            answering = self.answering.get(told.unit_id) or manage
            act = self.passed_on.get(told.subject_key, answering)
        elif told.waits_for == WaitsFor.PROVIDER and not is_late and self.outside(told):
            act = []
        else:
            act = [told.owner_id or told.case_coach_id]
        return self._who_may_know(told, {*act, *(manage if and_manager else ())} - {None})

    def outside(self, told: Told) -> list[int]:
        """Ids of the provider's staff who are told of what waits for them."""
        if told.waits_for != WaitsFor.PROVIDER:
            return []
        return self._who_may_know(told, set(self.providing.get(told.unit_id, ())))

    def _who_may_know(self, told: Told, readers: set[int]) -> list[int]:
        person = told.case_person_id
        if person in self.conflicts:
            readers -= self.conflicts[person]
        if person in self.circles:
            readers &= self.circles[person]
        return sorted(readers)


def _texts(told: Told, kind, step, sentence, receivers):
    payload = {"clock": kind.label, "due_on": told.due_on, "case": told.case_number}
    url = told.url or page_of(kind.url_name, told.case_number)
    return [
        NoticeText(
            user_id=user_id,
            key=f"clock:{told.pk}:{told.due_on}:{step}:{user_id}",
            sentence=sentence,
            payload=payload,
            url=url,
            by_mail=step == "late",
        )
        for user_id in receivers
    ]
