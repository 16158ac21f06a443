"""The nightly round: warns before clocks run out, the manager too where the kind says so, and
escalates those that have."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership
from jobcentre.casework.approvals.unit import at_work
from jobcentre.casework.deadlines.clock import Lengths, recompute
from jobcentre.casework.deadlines.rules import Unit
from jobcentre.casework.enums import Protection, WaitsFor
from jobcentre.casework.models import (
    Approval,
    ApproverCover,
    Case,
    CircleMember,
    ConflictOfInterest,
    Deadline,
    Person,
)
from jobcentre.casework.registries import deadline_kinds
from jobcentre.notices.writer import NoticeText, notify_many

WARNING = gettext_lazy("The clock %(clock)s runs out %(due_on)s in case %(case)s.")
LATE = gettext_lazy("The clock %(clock)s ran out %(due_on)s in case %(case)s.")
BATCH = 500


def round_of_clocks(today: date) -> int:
    """Queue what is to be told today; returns the number of new notices. Safe to run again.

    A notice's key holds the deadline, its due date and the step, so that a moved clock warns
    anew and a repeated round writes nothing.
    """
    lengths = Lengths.load()
    _begin_clocks(today, lengths)
    written = 0
    batch: list[NoticeText] = []
    readers = Readers.on(today)
    rows = (
        Deadline.objects.begun(today)
        .filter(_can_be_told(today, lengths))
        .select_related("case")
        .order_by("pk")
        .iterator(chunk_size=2000)
    )
    for deadline in rows:
        kind = deadline_kinds[deadline.kind]
        left = _left(deadline, today, lengths)
        if left < 0:
            batch += _texts(deadline, kind, "late", LATE, readers.of(deadline, and_manager=True))
        else:
            warnings = lengths.warnings_of(kind)
            reached = [n for n in warnings if left <= n]
            if reached:
                # The manager hears of the office's own clocks while they can still be met.
                is_last = kind.tells_manager_before and min(reached) == min(warnings)
                told = readers.of(deadline, and_manager=is_last)
                batch += _texts(deadline, kind, f"warn{min(reached)}", WARNING, told)
        if len(batch) >= BATCH:
            written += notify_many(batch)
            batch = []
    return written + notify_many(batch)


def _can_be_told(today: date, lengths: Lengths) -> Q:
    """Clocks near enough their end to be told of: with twenty thousand cases most are not."""
    near = Q(pk__in=[])
    for kind in deadline_kinds:
        days = max(lengths.warnings_of(kind), default=0)
        # A clock may count otherwise than its kind: the later of both days leaves none out.
        horizon = max(lengths.calendar.add_workdays(today, days), today + timedelta(days=days))
        near |= Q(kind=kind.key, due_on__lte=horizon)
    return near


def _begin_clocks(today: date, lengths: Lengths) -> None:
    """Compute the clocks that begin without anybody acting, such as monthly reports."""
    for kind in deadline_kinds:
        for case_id in kind.begins_by_itself(today) if kind.begins_by_itself else ():
            with transaction.atomic():
                recompute(Case.objects.select_for_update().get(pk=case_id), lengths)


def _left(deadline: Deadline, today: date, lengths: Lengths) -> int:
    if deadline.due_on < today:
        return -1
    if deadline.length_unit == Unit.WORKDAYS.value:
        return lengths.calendar.workdays_between(today, deadline.due_on)
    return (deadline.due_on - today).days


@dataclass(frozen=True)
class Readers:
    """Who may be told of which clocks today, read once for the whole round.

    `managers` by centre, `answering` those who answer for a unit (the stand-in for one who is
    away), `passed_on` the colleague an approval was passed on to; `circles` of the protected, and
    whom a conflict of interest hides a person from.
    """

    managers: dict[int, list[int]]
    answering: dict[int, list[int]]
    passed_on: dict[str, list[int]]
    circles: dict[int, set[int]]
    conflicts: dict[int, set[int]]

    @classmethod
    def on(cls, today: date) -> "Readers":
        held = list(
            Membership.objects.valid_on(today)
            .filter(role__in=[Role.MANAGER, Role.SOCIAL_SECRETARY])
            .values_list("unit_id", "role", "user_id")
        )
        covers = dict(
            ApproverCover.objects.filter(starts_on__lte=today, ends_before__gt=today)
            .order_by("pk")
            .values_list("away_id", "cover_id")
        )
        managers, answering = defaultdict(list), defaultdict(list)
        for unit_id, role, user_id in held:
            (managers if role == Role.MANAGER else answering)[unit_id].append(user_id)
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
            managers=managers,
            answering={unit: at_work(users, covers) for unit, users in answering.items()},
            passed_on={
                f"approval:{pk}": at_work([user_id], covers)
                for pk, user_id in passed_on.values_list("pk", "handled_by_id")
            },
            circles=circles,
            conflicts=conflicts,
        )

    def of(self, deadline: Deadline, *, and_manager: bool) -> list[int]:
        """Ids of those who are told: who has to act, and the managers when they are to know: the
        unit's own where it has some, else the centre's."""
        case = deadline.case
        manage = self.managers.get(deadline.unit_id) or self.managers.get(case.centre_id, [])
        if deadline.waits_for == WaitsFor.INCOME_SUPPORT:
            # A case without such a unit is answered by the managers themselves.
            answering = self.answering.get(deadline.unit_id) or manage
            act = self.passed_on.get(deadline.subject_key, answering)
        else:
            act = [deadline.owner_id or case.coach_id]
        told = {*act, *(manage if and_manager else ())} - {None}
        told -= self.conflicts.get(case.person_id, set())
        if case.person_id in self.circles:
            told &= self.circles[case.person_id]
        return sorted(told)


def _texts(deadline, kind, step, sentence, receivers):
    return [
        NoticeText(
            user_id=user_id,
            key=f"clock:{deadline.pk}:{deadline.due_on}:{step}:{user_id}",
            sentence=sentence,
            payload={
                "clock": kind.label,
                "due_on": deadline.due_on,
                "case": deadline.case.number,
            },
            url_name=kind.url_name if not deadline.url else "",
            url_arg=deadline.case.number,
            url=deadline.url,
            by_mail=step == "late",
        )
        for user_id in receivers
    ]
