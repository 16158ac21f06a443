"""What goes with a case to another home centre, before anything is done. Reads only; the rule of the
meetings is pure."""

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.enums import (
    AppointmentState,
    ApprovalState,
    InvolvementKind,
    MeetingFate,
)
from jobcentre.casework.models import (
    DUE_FIRST,
    Appointment,
    Approval,
    Case,
    Deadline,
    FormDraft,
    Involvement,
)
from jobcentre.casework.registries import approval_kinds, deadline_kinds, moving_steps
from jobcentre.casework.staff_times import Taken, taken_times
from jobcentre.casework.transitions.loans import staff_at

COACHING = (Role.COACH, Role.YOUTH_COORDINATOR)


@dataclass(frozen=True)
class Moving:
    """Where a case is to move, why, and who coaches it there (None: the former coach until the new
    centre has given it one)."""

    centre: Unit
    district: Unit | None
    reason: str
    coach: User | None = None


@dataclass(frozen=True)
class WhatMoves:
    """What goes along, what ends (of the other apps in `sentences`), what is to be handled, and what
    stands in the way.

    `mark` is the same as long as all of it is: the page sends it back, and the move refuses when
    it has changed since.
    """

    obstacles: list[str]
    meetings: list[tuple[Appointment, MeetingFate]] = field(default_factory=list)
    follows: list[Involvement] = field(default_factory=list)
    ends: list[Involvement] = field(default_factory=list)
    approvals: list[tuple[str, Approval]] = field(default_factory=list)
    clocks: list[tuple[str, Deadline]] = field(default_factory=list)
    texts: list[User] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    mark: str = ""

    @property
    def is_empty(self) -> bool:
        parts = (self.meetings, self.follows, self.ends, self.approvals, self.clocks, self.texts)
        return not any((*parts, self.sentences))


def fate_of(
    *, works_there: bool, is_former_coachs: bool, has_new_coach: bool, new_coach_is_free: bool
) -> MeetingFate:
    """What becomes of a booked meeting. Worked examples: docs/rules.md.

    With somebody who also works at the new centre, or with a coach who keeps the case for now, it
    stands. The former coach's goes to the new one who is free then. Nobody else of the former
    centre can open the case any more: it is told off, to be booked again.
    """
    if works_there or (is_former_coachs and not has_new_coach):
        return MeetingFate.STANDS
    if is_former_coachs and new_coach_is_free:
        return MeetingFate.GIVEN
    return MeetingFate.TOLD_OFF


def what_moves(case: Case, moving: Moving, today: date, now: datetime) -> WhatMoves:
    """What the move would do to the open work of the case; at most sixteen queries, whatever
    the number."""
    involved = list(
        Involvement.objects.filter(case=case)
        .filter(Q(ends_before__isnull=True) | Q(ends_before__gt=today))
        .select_related("unit", "user")
    )
    ends = [row for row in involved if _ends(row, moving)]
    approvals = Approval.objects.filter(case=case, state=ApprovalState.PENDING).order_by("pk")
    clocks = Deadline.objects.filter(case=case).begun(today).order_by(*DUE_FIRST)
    writers = FormDraft.objects.filter(case=case).values("user_id")
    found = WhatMoves(
        obstacles=_obstacles(case, moving, today),
        meetings=_meetings(case, moving, today, now),
        follows=[row for row in involved if row not in ends],
        ends=ends,
        approvals=[(str(approval_kinds[row.kind].label), row) for row in approvals],
        clocks=[(str(deadline_kinds[row.kind].label), row) for row in clocks],
        texts=list(User.objects.filter(pk__in=writers).order_by("name", "id")),
        sentences=_of_other_apps(case, moving),
    )
    return replace(found, mark=_mark(case, moving, found))


def _of_other_apps(case: Case, moving: Moving) -> list[str]:
    if moving.centre.pk == case.centre_id:
        return []
    return [str(sentence) for step in moving_steps for sentence in step.goes_with(case)]


def _ends(row: Involvement, moving: Moving) -> bool:
    if row.kind == InvolvementKind.COVER:
        return moving.coach is not None
    return row.kind == InvolvementKind.OTHER_CENTRE and row.unit_id == moving.centre.pk


def _meetings(
    case: Case, moving: Moving, today: date, now: datetime
) -> list[tuple[Appointment, MeetingFate]]:
    booked = list(
        Appointment.objects.filter(case=case, state=AppointmentState.BOOKED, starts_at__gt=now)
        .select_related("with_user", "also_with", "person", "case__centre", "case__person")
        .order_by("starts_at", "pk")
    )
    above = [int(pk) for pk in moving.centre.path.split(".") if pk]
    there = set(
        Membership.objects.valid_on(today)
        .filter(unit_id__in=above)
        .values_list("user_id", flat=True)
    )
    taken = taken_times([moving.coach.pk], now) if moving.coach and booked else []
    return [
        (
            each,
            fate_of(
                works_there=each.with_user_id in there,
                is_former_coachs=each.with_user_id == case.coach_id,
                has_new_coach=moving.coach is not None,
                new_coach_is_free=not _clashes(each, taken),
            ),
        )
        for each in booked
    ]


def _clashes(meeting: Appointment, taken: list[Taken]) -> bool:
    return any(each.touches(meeting.starts_at, meeting.minutes) for each in taken)


def _obstacles(case: Case, moving: Moving, today: date) -> list[str]:
    """What has to be put right before the case can move, as sentences."""
    centre, district, coach = moving.centre, moving.district, moving.coach
    found = []
    if not case.is_open:
        found.append(_("The case is closed."))
    if (centre.pk, district and district.pk) == (case.centre_id, case.district_id):
        found.append(_("The case is at that centre and in that district already."))
    if centre.kind != UnitKind.JOB_CENTRE or not centre.is_active:
        found.append(_("Choose a job centre that is in use."))
    if district is not None and not district.path.startswith(centre.path):
        found.append(
            _("%(district)s belongs to another centre than %(centre)s.")
            % {"district": district, "centre": centre}
        )
    if centre.pk == case.centre_id:
        return found
    started = Appointment.objects.filter(case=case, state=AppointmentState.ARRIVED)
    if started.exists():
        found.append(_("The person has come to a meeting that is not ended. End it first."))
    if coach is not None and not _coaches_there(coach, centre, today):
        found.append(_("%(name)s is no coach at %(centre)s.") % {"name": coach, "centre": centre})
    if coach is not None and not who_may_know(case.person, [coach]):
        found.append(_("%(name)s cannot have this case.") % {"name": coach.name})
    if case.person.is_protected and not who_may_know(case.person, staff_at(centre, today)):
        found.append(
            _("Nobody at %(centre)s may know of the person. Name somebody there first.")
            % {"centre": centre}
        )
    return found


def _coaches_there(coach: User, centre: Unit, today: date) -> bool:
    held = Membership.objects.valid_on(today)
    return held.filter(user=coach, unit=centre, role__in=COACHING).exists()


def _mark(case: Case, moving: Moving, found: WhatMoves) -> str:
    seen = {
        "case": [case.pk, case.version],
        "to": [
            moving.centre.pk,
            moving.district and moving.district.pk,
            moving.coach and moving.coach.pk,
        ],
        "meetings": [
            [row.pk, row.starts_at.isoformat(), row.with_user_id, fate]
            for row, fate in found.meetings
        ],
        "involved": [[row.pk, str(row.ends_before)] for row in (*found.follows, *found.ends)],
        "approvals": [row.pk for _label, row in found.approvals],
        "sentences": found.sentences,
    }
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:32]
