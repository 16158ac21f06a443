"""What happens to a person outside the centre: providers, employers, and the time after the exit."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from activityplans.enums import AbsenceReason, AttendanceOutcome
from activityplans.models import Session
from activityplans.transitions.attendance import Mark, plan_sessions, register_attendance
from employers import transitions as employers
from employers.enums import ContactForm, NeedKind, PlacementResult
from employers.models import Need
from employers.rules import parse_organisation_number
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.identity import check_digit
from jobcentre.casework.models import Case
from jobcentre.demo import agreements, ordering, providers, texts
from jobcentre.demo.reported import progress_of, tell_returned
from jobcentre.workdays import add_months
from referrals import rules as order_rules
from referrals import transitions as orders
from referrals.enums import DeclineReason, OrderResult, OrderState, ReportKind, SharedField
from referrals.models import Order
from reporting.enums import ContactWay, FollowUpKind, FollowUpState, Occupation
from reporting.models import FollowUp
from reporting.transitions.follow_ups import Answer, record_follow_up

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

REPORTED_DAYS = 150  # monthly reports are told for the latest months only
GIVEN_UP_AFTER = timedelta(days=40)  # nobody is looked for longer after an exit
SESSION_WEEKS = 6  # attendance is told for the latest weeks only
OUTCOMES = (
    (AttendanceOutcome.PRESENT, 75),
    (AttendanceOutcome.LATE, 3),
    (AttendanceOutcome.ELSEWHERE, 2),
    (AttendanceOutcome.EXCUSED, 6),
    (AttendanceOutcome.UNEXCUSED, 4),
    (AttendanceOutcome.SICK, 4),
    (AttendanceOutcome.SICK_CERTIFIED, 3),
    (AttendanceOutcome.NOT_REGISTERED, 3),
)


# --- providers -----------------------------------------------------------------------------------
def set_up_providers(teller: Teller) -> None:
    """The register of providers, and the agreements with those that the municipality buys from."""
    providers.set_up_providers(teller)
    agreements.tell_agreements(teller)


def order_activities(teller: Teller, case: Case, version, approved_on: date, leaves: date) -> None:
    """Some activities of the plan are ordered, run and end at their provider."""
    is_recent = leaves > teller.today
    for line in version.whole_lines():
        chance = teller.random.random()
        is_left_out = chance > (0.7 if is_recent else 0.12) and not teller.fate.provider
        if line.provider is None or is_left_out:
            continue
        sent = teller.workday(approved_on, 1)
        if sent > min(teller.today, leaves) or sent >= line.ends_before:
            continue
        with teller.on(sent, 10):
            order = orders.send_order(
                line.activity,
                orders.OrderInput(
                    provider=line.provider,
                    requirement=line.description,
                    goals=line.expected_result,
                    adaptation=texts.ADAPTATIONS[case.pk % len(texts.ADAPTATIONS)],
                    shares=tuple(SharedField),
                    starts_on=max(sent, line.starts_on),
                    ends_before=line.ends_before,
                    hours_per_week=line.hours_per_week,
                    needs_to_know=teller.random.choice(texts.NEEDS_TO_KNOW),
                    although_full=True,
                ),
                actor=teller.coach_of(case),
                today=sent,
            )
        if not case.person.is_protected:
            _carry_out(teller, order, sent, min(teller.today, leaves))


def _carry_out(teller: Teller, order: Order, sent: date, until: date) -> None:
    staff = teller.world.provider_staff[order.provider_id]
    answered = teller.workday(sent, teller.random.choices((1, 2), (9, 1))[0])
    if answered > until:
        return
    if teller.random.random() < 0.08 and not teller.fate.provider:
        with teller.on(answered, 11):
            orders.decline_order(
                order,
                reason=DeclineReason.FULL,
                note="",
                actor=staff,
                today=answered,
            )
        return
    first = max(teller.workday(answered, teller.random.randrange(1, 5)), order.starts_on)
    if first >= order.ends_before:
        return
    with teller.on(answered, 11):
        orders.accept_order(
            order,
            first_day_on=first,
            contact=staff.name,
            actor=staff,
            today=answered,
            although_full=True,
        )
    if first > until:
        return
    with teller.on(first, 9):
        orders.start_order(order, started_on=first, actor=staff, today=first)
    order.refresh_from_db()
    _attend(teller, order, first, staff, until)
    last = order.ends_before - timedelta(days=1)
    _report(teller, order, first, min(last, until), staff)
    if last <= until:
        end_order(teller, order, last)


def _attend(teller: Teller, order: Order, first: date, staff, until: date) -> None:
    """Sessions of the latest weeks, most of them registered."""
    since = max(first, teller.today - timedelta(weeks=SESSION_WEEKS))
    through = min(order.ends_before, teller.today + timedelta(weeks=2))
    if since >= through or until < teller.today:
        return
    per_week = 1 if order.hours_per_week < 6 else 3
    weekdays = (0, 2, 4)[:per_week]
    minutes = min(420, int(order.hours_per_week * 60 / per_week))
    days = order_rules.weekly_days(since, through, weekdays, teller.calendar.is_workday)
    with teller.on(since, 8):
        plan_sessions(
            order.activity, days, time(9, 0), max(30, minutes), order.provider.address, actor=staff
        )
    held = list(Session.objects.filter(activity=order.activity, on__lt=teller.today))
    outcomes = {session.pk: _mark(teller) for session in held}
    # What was held in ended months was registered then: their statements are sent.
    this_month = teller.today.replace(day=1)
    for part in (
        [session for session in held if session.on < this_month],
        [session for session in held if session.on >= this_month],
    ):
        if part:
            marks = {session.pk: outcomes[session.pk] for session in part}
            with teller.on(part[-1].on, 16):
                register_attendance(marks, actor=staff, today=teller.today)


def _mark(teller: Teller) -> Mark:
    """What is said of a session."""
    outcome = teller.random.choices([o for o, _n in OUTCOMES], [n for _o, n in OUTCOMES])[0]
    if outcome == AttendanceOutcome.LATE:
        return Mark(outcome, late_minutes=teller.random.choice((10, 15, 20)))
    if outcome == AttendanceOutcome.EXCUSED:
        return Mark(outcome, reason=teller.random.choice(AbsenceReason.values))
    return Mark(outcome)


def _report(teller: Teller, order: Order, first: date, until: date, staff) -> None:
    for month in order_rules.months_to_report(first, until):
        day = teller.workday(order_rules.last_day(month), teller.random.randrange(1, 6))
        is_old = until < teller.today and month < teller.today - timedelta(days=REPORTED_DAYS)
        if day > until or is_old or teller.random.random() < 0.1:
            continue
        with teller.on(day, 15):
            orders.send_report(
                order,
                orders.ReportInput(
                    ReportKind.MONTHLY,
                    teller.random.choice(texts.REPORTS_DONE),
                    teller.random.choice(texts.REPORTS_DEVELOPMENT),
                    texts.NEXT_STEP,
                    month=month,
                    progress=progress_of(teller, order),
                ),
                actor=staff,
                today=day,
            )


def end_order(teller: Teller, order: Order, last: date) -> None:
    """The provider registers what is left and ends with a final report."""
    staff = teller.world.provider_staff[order.provider_id]
    left = Session.objects.filter(
        activity=order.activity, outcome=AttendanceOutcome.NOT_REGISTERED, on__lte=teller.today
    )
    with teller.on(last, 16):
        register_attendance(
            {session.pk: (AttendanceOutcome.PRESENT, "") for session in left},
            actor=staff,
            today=teller.today,
        )
        orders.end_order(
            order,
            orders.ReportInput(
                ReportKind.FINAL,
                teller.random.choice(texts.REPORTS_DONE),
                teller.random.choice(texts.REPORTS_DEVELOPMENT),
                progress=progress_of(teller, order),
            ),
            ended_on=last,
            result=teller.random.choice((OrderResult.REACHED, OrderResult.PARTLY)),
            actor=staff,
            today=last,
        )


def end_running_orders(teller: Teller, case: Case, day: date) -> None:
    """Before an exit: what runs at a provider is ended there."""
    for order in Order.objects.filter(case=case, state=OrderState.STARTED):
        end_order(teller, order, day)


# --- employers -----------------------------------------------------------------------------------
def _organisation_number(index: int) -> str:
    """A made-up number in form right: 559 999 and a running number."""
    nine = f"55999{index:04d}"
    return parse_organisation_number(f"{nine}{check_digit(nine)}")


def tell_employers(teller: Teller) -> None:
    """Employers with needs, profiles of those who consent, and placements in every state."""
    coordinator = teller.world.coordinator
    needs: list[Need] = []
    for index, (name, sector, occupation, kind) in enumerate(texts.EMPLOYER_NEEDS):
        received = teller.near(teller.today - timedelta(days=teller.random.randrange(5, 200)))
        with teller.on(received, 10):
            employer = employers.register_employer(
                {
                    "name": name,
                    "organisation_number": _organisation_number(index),
                    "sector": sector,
                    "contact_name": teller.random.choice(texts.CONTACTS),
                    "phone": f"08-174 06 {index + 20:02d}",
                    "is_social_enterprise": index % 9 == 0,
                },
                coordinator=coordinator,
                unit=teller.world.municipality,
                actor=coordinator,
            )
            if index % 3:
                employers.note_contact(
                    employer,
                    received,
                    ContactForm.VISIT,
                    teller.random.choice(texts.CONTACT_NOTES),
                    actor=coordinator,
                )
            needs.append(
                employers.open_need(
                    employer,
                    {
                        "title": f"{occupation} till {name}",
                        "kind": kind,
                        "occupation": occupation,
                        "requirements": teller.random.choice(texts.REQUIREMENTS),
                        "needs_licence": index % 4 == 0,
                        "places": teller.random.randrange(1, 4),
                        "hours_per_week": teller.random.choice((20, 30, 40)),
                        "starts_on": teller.near(
                            teller.today + timedelta(days=teller.random.randrange(3, 60))
                        ),
                        "ends_before": None,
                        "replaces_staff": False if index % 5 else None,
                        "union_consulted_on": received if index % 4 else None,
                    },
                    actor=coordinator,
                    today=received,
                )
            )
    _place(teller, needs)
    ordering.tell_between(teller)
    tell_returned(teller)


def _place(teller: Teller, needs: list[Need]) -> None:
    cases = list(
        Case.objects.open()
        .filter(
            consents__purpose=ConsentPurpose.COMPETENCE_BANK,
            started_on__lt=teller.today - timedelta(days=30),
        )
        .select_related("person")
        .order_by("pk")[:60]
    )
    day = teller.near(teller.today - timedelta(days=4))
    if day > teller.today:
        day = teller.today
    ready = [
        need
        for need in needs
        if need.kind == NeedKind.JOB or (need.union_consulted_on and need.replaces_staff is False)
    ]
    for index, case in enumerate(cases):
        coach = teller.coach_of(case)
        with teller.on(day, 9):
            employers.save_profile(
                case,
                {
                    "headline": teller.random.choice(texts.HEADLINES),
                    "occupations": teller.random.choice(texts.OCCUPATIONS),
                    "skills": teller.random.choice(texts.SKILLS),
                    "languages": case.person.first_language,
                    "has_licence": teller.random.random() < 0.4,
                    "hours_per_week": teller.random.choice((20, 30, 40, 40)),
                    "available_from": day,
                },
                actor=coach,
                today=day,
            )
        if index < 18 and ready:
            _tell_placement(teller, case, ready[index % len(ready)], index % 6, day)


def _tell_placement(teller: Teller, case: Case, need: Need, stage: int, today: date) -> None:
    """Stage 0 proposed, 1 agreed, 2 declined, 3 and 4 running, 5 ended."""
    proposed = teller.workday(today - timedelta(days=40), 1) if stage > 1 else today
    coordinator, coach = teller.world.coordinator, teller.coach_of(case)
    need.refresh_from_db()
    if need.state != "open":
        return
    with teller.on(proposed, 13):
        placement = employers.propose_placement(
            case, need, texts.WHY_IT_FITS, actor=coach, today=proposed
        )
    if stage == 0:
        return
    answered = teller.workday(proposed, 2) if stage > 1 else today
    with teller.on(answered, 14):
        employers.answer_placement(
            placement,
            says_yes=stage != 2,
            answer="Vi tar gärna emot." if stage != 2 else "Vi hinner inte handleda nu.",
            actor=coordinator,
            today=answered,
        )
    if stage < 3:
        return
    begins = teller.workday(answered, 3)
    with teller.on(begins, 9):
        employers.start_placement(
            placement,
            employers.Start(begins, add_months(begins, 3), "Handledare på plats"),
            actor=coordinator,
            today=begins,
        )
    if stage == 5:
        ends = teller.workday(begins, 12)
        with teller.on(ends, 15):
            employers.end_placement(
                placement,
                ended_on=ends,
                result=PlacementResult.NOT_HIRED,
                note="",
                actor=coordinator,
                today=ends,
            )


# --- after the exit ------------------------------------------------------------------------------
def follow_up(teller: Teller, case: Case) -> None:
    """The answers of those who left, as far as their time has come."""
    planned_ones = FollowUp.objects.filter(case=case, due_on__lte=teller.today)
    case.coach = teller.coach_of(case)
    for planned in planned_ones.order_by("due_on"):
        planned.case = case
        chance = teller.random.random()
        day = teller.workday(planned.due_on, teller.random.randrange(0, 6))
        # What nobody has answered of late is still to do; older ones have been given up.
        waits = chance > 0.85 or teller.fate.unanswered
        if day > teller.today or (waits and day > teller.today - GIVEN_UP_AFTER):
            continue
        answer = Answer(FollowUpState.NOT_REACHED, day)
        if chance < 0.62:
            works = case.exit.outcome == "work" and teller.random.random() < 0.8
            occupation = Occupation.WORK if works else teller.random.choice(Occupation.values[1:4])
            at_work = occupation == Occupation.WORK
            answer = Answer(
                FollowUpState.ANSWERED,
                day,
                how=ContactWay.PERSON,
                occupation=occupation,
                same_job=works if at_work or planned.kind == FollowUpKind.JOB_CHECK else None,
                extent_percent=teller.random.choice((50, 75, 100)) if at_work else None,
            )
        with teller.on(day, 11):
            record_follow_up(planned, answer, actor=None, today=day)
