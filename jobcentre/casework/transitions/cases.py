"""What happens to a case: opened, given a coach, moved, closed. The only writers of its status."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, forget_relations, require
from jobcentre.casework.caseloads.loads import may_coach
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import CaseStatus, InvolvementKind, Outcome
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import (
    Case,
    CoachAssignment,
    Exit,
    ExitReason,
    Involvement,
    NumberSeries,
    Person,
    TargetGroup,
)
from jobcentre.casework.registries import closing_steps, opening_steps
from jobcentre.casework.saving import save_checked
from jobcentre.casework.sources import allows_own_initiative, refusal_of
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.loans import end_loans
from jobcentre.notices.writer import NoticeText, notify

# {action: (from, to)}: the moves of a case.
MOVES = {
    "case.close": (CaseStatus.OPEN, CaseStatus.CLOSED),
}


def available_actions(case: Case, user) -> frozenset[str]:
    """The acts that the table and the policy both allow now; buttons are drawn from this."""
    acts = {action for action, (source, _to) in MOVES.items() if case.status == source}
    if case.is_open:
        acts |= {
            "case.edit",
            "case.assign",
            "case.hand_over",
            "case.move",
            "case.lend",
            "case.pause",
            "case.cover",
            "case.extend",
            "appointment.book",
            "group.sign_up",
            "consent.record",
            "document.add",
        }
    acts |= {
        "note.write",
        "case.open_sensitive",
        "person.number",
        "person.protect",
        "conflict.declare",
    }
    return frozenset(action for action in acts if can(user, action, case))


def _log(actor, action, case, fields):
    log.record(
        actor, action, access=Access.CHANGE, subject=case.person.ref, obj=case, fields=fields
    )


def _next_number(today: date) -> str:
    series = NumberSeries.objects.filter(year=today.year)
    # Whoever raises the number holds it until the case is there.
    if not series.update(last=F("last") + 1):
        NumberSeries.objects.get_or_create(year=today.year)
        series.update(last=F("last") + 1)
    return f"{today.year}-{series.values_list('last', flat=True).get():04d}"


@dataclass(frozen=True)
class Enrolment:
    """What is decided when a case opens."""

    centre: Unit
    source: str
    track: str
    target_groups: list[TargetGroup] = field(default_factory=list)
    district: Unit | None = None
    coach: User | None = None


@transaction.atomic
def open_case(person: Person, enrolment: Enrolment, *, actor: User | None, today: date) -> Case:
    """Open a case for `person`, whose first visit is `today`; the clocks start, and what every app
    ties to an open case follows (referral in met, entry of the outreach register linked).

    Raises Refused when the person already has an open case, no target group is given or the
    municipality takes nobody in with that source,
    PermissionDenied when the actor may not open cases at the centre.
    """
    if actor is not None and not can(actor, "case.open", _At(enrolment.centre)):
        require(actor, "case.open", _At(enrolment.centre))
    for step in opening_steps:
        if step.hold is not None:
            step.hold(person)
    person = lock(person)
    own_initiative = allows_own_initiative()
    if refusal := refusal_of(enrolment.source, own_initiative=own_initiative):
        raise Refused(str(refusal))
    if not enrolment.target_groups:
        raise Refused(_("Choose at least one target group."))
    known = list(person.cases.order_by("ended_on", "id"))
    if any(each.is_open for each in known):
        raise Refused(_("The person already has an open case."))
    earlier = known[-1] if known else None
    unit = enrolment.district.income_support_unit if enrolment.district else None
    case = Case(
        number=_next_number(today),
        person=person,
        started_on=today,
        source=enrolment.source,
        track=enrolment.track,
        centre=enrolment.centre,
        district=enrolment.district,
        income_support_unit=unit,
        previous=earlier,
    )
    save_checked(case)
    case.target_groups.add(*enrolment.target_groups)
    record_event(
        case,
        "case.opened",
        actor=actor,
        payload={"source": case.source, "number": case.number},
    )
    if earlier is not None:
        record_event(case, "case.returned", actor=actor, payload={"number": earlier.number})
    _log(actor, "case.open", case, ["case"])
    if enrolment.coach is not None:
        give_coach(case, enrolment.coach, "", actor=actor, today=today)
    clock.recompute(case)
    for step in opening_steps:
        step.run(case, actor=actor, today=today)
    return case


@dataclass(frozen=True)
class _At:
    """A unit as the object of an access question."""

    unit: Unit

    def access_unit(self) -> Unit:
        return self.unit


def give_coach(case: Case, coach: User, reason: str, *, actor, today: date) -> None:
    """Make `coach` the coach from `today`, for transitions that have asked for the right to it and
    hold the case; who stood in for the former coach no longer does.

    Raises Refused for somebody who is no coach today or may not have the case.
    """
    is_coach = (
        Membership.objects.valid_on(today)
        .filter(
            user=coach,
            role__in=[Role.COACH, Role.YOUTH_COORDINATOR],
        )
        .exists()
    )
    if not is_coach:
        raise Refused(_("%(name)s is not a coach today.") % {"name": coach.name})
    if not may_coach(case, coach):
        raise Refused(_("%(name)s cannot have this case.") % {"name": coach.name})
    if case.coach_id is not None:
        Involvement.objects.filter(
            case=case, kind=InvolvementKind.COVER, ends_before__gt=today
        ).update(
            ends_before=Greatest("starts_on", today), visible_before=Greatest("starts_on", today)
        )
    CoachAssignment.objects.filter(case=case, ends_before__isnull=True).update(ends_before=today)
    CoachAssignment.objects.create(case=case, coach=coach, starts_on=today, reason=reason)
    case.coach = coach
    Case.objects.filter(pk=case.pk).update(coach=coach, version=case.version + 1)
    case.version += 1
    record_event(
        case,
        "case.coach_assigned",
        actor=actor,
        payload={"coach": coach.name, "from_on": today},
    )
    if actor is None or coach.pk != actor.pk:
        notify(
            NoticeText(
                user_id=coach.pk,
                key=f"coach:{case.pk}:{case.version}",
                sentence=gettext_lazy("You are the coach of case %(case)s."),
                payload={"case": case.number},
                url_name="casework:case",
                url_arg=case.number,
            )
        )


@transaction.atomic
def assign_coach(
    case: Case, coach: User, reason: str, *, actor: User, today: date, version: int
) -> Case:
    """Give the case another coach from `today`, with the reason kept in the history."""
    case = lock(case, version)
    require(actor, "case.assign", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if case.coach_id == coach.pk:
        raise Refused(_("%(name)s is already the coach.") % {"name": coach.name})
    give_coach(case, coach, reason, actor=actor, today=today)
    clock.recompute(case)
    forget_relations(actor)
    _log(actor, "case.assign", case, ["coach"])
    return case


@dataclass(frozen=True)
class Leaving:
    """What is known when a person leaves."""

    reason: ExitReason
    ended_on: date
    employment_form: str = ""
    extent_percent: int | None = None
    subsidy: str = ""
    employer_name: str = ""
    begins_on: date | None = None
    note: str = ""


def closing_obstacles(case: Case) -> list[str]:
    """What has to be put right before the case can close, as sentences."""
    steps = sorted(closing_steps, key=lambda step: step.position)
    return [str(obstacle) for step in steps for obstacle in step.obstacles(case)]


def ends_with_closing(case: Case) -> list[str]:
    """What ends when the case closes, as sentences for the one who is about to close it."""
    steps = sorted(closing_steps, key=lambda step: step.position)
    return [str(each) for step in steps if step.goes_with for each in step.goes_with(case)]


@transaction.atomic
def close_case(case: Case, leaving: Leaving, *, actor: User | None, today: date, version: int):
    """End the case with a reason; every app's closing step runs with it.

    Raises Refused with the obstacles in words, ValidationError when the exit is incomplete.
    """
    for step in closing_steps:
        if step.hold is not None:
            step.hold(case)
    case = lock(case, version)
    require(actor, "case.close", case)
    if case.status != MOVES["case.close"][0]:
        raise Refused(_("The case is already closed."))
    if leaving.ended_on > today:
        raise Refused(_("The last day cannot be in the future."))
    obstacles = closing_obstacles(case)
    if obstacles:
        raise Refused(" ".join(obstacles))
    case.status = MOVES["case.close"][1]
    case.ended_on = leaving.ended_on
    case.version += 1
    save_checked(case)
    works = leaving.reason.outcome == Outcome.WORK or leaving.reason.needs_employment
    left = Exit(
        case=case,
        reason=leaving.reason,
        outcome=leaving.reason.outcome,
        employment_form=leaving.employment_form if works else "",
        extent_percent=leaving.extent_percent if works else None,
        subsidy=leaving.subsidy if works else "",
        employer_name=leaving.employer_name,
        begins_on=leaving.begins_on,
        note=leaving.note,
        recorded_by=actor or case.coach,
    )
    save_checked(left)
    CoachAssignment.objects.filter(case=case, ends_before__isnull=True).update(
        ends_before=max(leaving.ended_on, case.started_on)
    )
    case.pauses.filter(ends_before__isnull=True, starts_on__lt=leaving.ended_on).update(
        ends_before=leaving.ended_on
    )
    end_loans(case, actor=actor, today=today)
    for step in sorted(closing_steps, key=lambda step: step.position):
        step.run(case, left, actor=actor, today=today)
    record_event(
        case,
        "case.closed",
        actor=actor,
        payload={"reason": leaving.reason.label_sv, "last_on": leaving.ended_on},
    )
    clock.recompute(case)
    _log(actor, "case.close", case, ["status", "ended_on", "exit"])
    return left
