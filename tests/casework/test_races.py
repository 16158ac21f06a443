"""Two people at the same moment: one wins, the other is told, nothing is lost.

Real threads with a connection each. Where a transition is about to save, it first waits a moment
for the other to come as far: without its lock both would have checked and both would save.
"""

import threading
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, connections

from activityplans.enums import AttendanceOutcome, PlanState
from activityplans.models import AttendanceChange, PlanVersion, Session
from activityplans.transitions import attendance
from intake.enums import VisitPurpose, VisitState
from intake.transitions import arrivals, enrol_visitor, register_visit
from intake.transitions import visits as visits_moves
from jobcentre.accounts.enums import Role
from jobcentre.casework.approvals import rules as approval_rules
from jobcentre.casework.approvals import writer
from jobcentre.casework.enums import ApprovalState, ConsentForm, ConsentPurpose, Source, Track
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.identity import parse_identity
from jobcentre.casework.models import (
    Appointment,
    Approval,
    Case,
    CaseEvent,
    Consent,
    IdentityNumber,
    NumberSeries,
    Person,
    Submission,
    TargetGroup,
)
from jobcentre.casework.registries import approval_kinds
from jobcentre.casework.transitions import appointments, cases, persons, records
from jobcentre.casework.views import base
from referrals import transitions as orders
from referrals.enums import OrderState
from referrals.models import Order
from referrals.transitions import orders as order_moves
from reporting.models import ReportJob
from reporting.transitions import reports
from tests.factories import MONDAY, noon, official_number

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql",
    reason="two at the same moment need PostgreSQL; SQLite lets one write at a time",
)
PATIENCE = 0.7  # seconds that one waits for the other where it is about to save


def _leave_the_database() -> None:
    connections.close_all()
    connection.close_pool()


def _outside(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """In place of pytest-django's: a database of its own, where what is saved is committed.

    A copy, because the append-only tables of the tests' database cannot be emptied afterwards.
    """
    original = connection.settings_dict["NAME"]
    copy = f"{original}_races"
    with django_db_blocker.unblock():
        _leave_the_database()
        _outside(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
        _outside(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            _leave_the_database()
            connection.settings_dict["NAME"] = original
            _outside(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


class Meeting:
    """Where two threads wait for each other, at most `PATIENCE` seconds.

    Bare locks: the clock of the tests stands still, and everything else in `threading` asks it.
    """

    def __init__(self):
        self.gates = {}
        self.guard = threading.Lock()
        self.met = 0

    def wait(self) -> None:
        me = threading.get_ident()
        with self.guard:
            if me in self.gates or len(self.gates) == 2:
                return
            mine = self.gates[me] = threading.Lock()
            mine.acquire()
            others = [gate for ident, gate in self.gates.items() if ident != me]
            for gate in others:
                gate.release()
        if not others:
            self.met += mine.acquire(timeout=PATIENCE)


def meet_at(monkeypatch, module, name: str) -> Meeting:
    """From now on `module.name` first waits for the other thread to come there too."""
    meeting, original = Meeting(), getattr(module, name)

    def meeting_first(*args, **kwargs):
        meeting.wait()
        return original(*args, **kwargs)

    monkeypatch.setattr(module, name, meeting_first)
    return meeting


def at_once(*acts) -> list:
    """What each act returned or raised, all begun at the same moment."""
    outcomes: list = [None] * len(acts)

    def run(index, act):
        try:
            outcomes[index] = act()
        except Exception as error:  # noqa: BLE001 - told to the one who started the thread
            outcomes[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def parted(outcomes) -> tuple[list, list[Exception]]:
    """(results, errors); whatever nobody expects is raised."""
    errors = [each for each in outcomes if isinstance(each, Exception)]
    for error in errors:
        if not isinstance(error, Refused):
            raise error
    return [each for each in outcomes if not isinstance(each, Exception)], errors


def test_each_thread_sees_what_is_committed_here(town):
    names, _errors = parted(at_once(Person.objects.count, lambda: connection.settings_dict["NAME"]))
    assert names[1].endswith("_races")
    town.person()
    assert at_once(Person.objects.count) == [1]


# --- the plan ------------------------------------------------------------------------------------
def test_two_approvers_one_decision(town, monkeypatch):
    approval = town.submitted(town.opened())
    first, second = (town.user(Role.SOCIAL_SECRETARY, name=name) for name in ("Sara", "Sten"))
    kind = approval_kinds["plan"]
    seen = approval_rules.content_hash(kind.content(kind.subject(approval)))
    meet_at(monkeypatch, writer, "save_checked")

    def decided(actor, state, reason=""):
        return lambda: writer.decide(
            approval, state, actor=actor, today=MONDAY, seen_hash=seen, reason=reason
        )

    done, refused = parted(
        at_once(
            decided(first, ApprovalState.APPROVED),
            decided(second, ApprovalState.RETURNED, "Timmarna räcker inte."),
        )
    )
    assert len(done) == len(refused) == 1
    assert str(refused[0])
    saved, version = Approval.objects.get(), PlanVersion.objects.get()
    assert (saved.state, saved.decided_by) == (done[0].state, done[0].decided_by)
    assert version.state == (
        PlanState.APPROVED if saved.state == ApprovalState.APPROVED else PlanState.RETURNED
    )
    assert CaseEvent.objects.filter(kind__in=["plan.approved", "plan.returned"]).count() == 1


def one_winner(outcomes) -> None:
    """The judge of the race: one answer is kept, and all others are told by whom."""
    done, refused = parted(outcomes)
    assert len(done) == 1
    assert len(refused) == len(outcomes) - 1
    assert all(done[0].decided_by.name in str(each) for each in refused)


def twelve_approvers(town) -> list:
    return [town.user(Role.SOCIAL_SECRETARY, name=f"Sekreterare {n}") for n in range(12)]


def test_twelve_approvers_one_decision(town):
    approval = town.submitted(town.opened())
    kind = approval_kinds["plan"]
    seen = approval_rules.content_hash(kind.content(kind.subject(approval)))

    def decided(actor):
        return lambda: writer.decide(
            approval, ApprovalState.APPROVED, actor=actor, today=MONDAY, seen_hash=seen
        )

    one_winner(at_once(*(decided(actor) for actor in twelve_approvers(town))))
    assert Approval.objects.get().state == ApprovalState.APPROVED
    assert CaseEvent.objects.filter(kind="plan.approved").count() == 1


@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded table", "unguarded table"])
def test_a_naive_view_loses_the_race_of_twelve(town, is_guarded):
    """Reads, looks and writes without a lock. On the table as it is the database refuses eleven of
    them, without a sentence; without the trigger all twelve believe that they decided."""
    approval = town.submitted(town.opened())
    approvers, start = twelve_approvers(town), threading.Barrier(12)

    def naive(actor):
        def act():
            seen = Approval.objects.get(pk=approval.pk)
            connections.close_all()  # the pool has fewer connections than approvers
            start.wait()
            if seen.state != ApprovalState.PENDING:
                raise Refused("")
            seen.state, seen.decided_by, seen.decided_on = ApprovalState.APPROVED, actor, MONDAY
            seen.save()
            return seen

        return act

    if not is_guarded:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE casework_approval DISABLE TRIGGER approval_guarded")
    outcomes = at_once(*(naive(actor) for actor in approvers))
    with pytest.raises(IntegrityError if is_guarded else AssertionError):
        one_winner(outcomes)
    winners = [each for each in outcomes if isinstance(each, Approval)]
    assert len(winners) == (1 if is_guarded else 12)


# --- the front desk ------------------------------------------------------------------------------
def _enrolment(town, where="north"):
    return cases.Enrolment(
        centre=town.units[where],
        source=Source.INCOME_SUPPORT,
        track=Track.LATER,
        target_groups=list(TargetGroup.objects.filter(key="income_support")),
        district=town.units[f"{where}_district"],
        coach=town.user(Role.COACH, where),
    )


def test_two_receptions_one_case(town, monkeypatch):
    """The person stands in the queue of two centres; one of them opens the case."""
    person, wheres = town.person(), ("north", "south")
    desks = [town.user(Role.RECEPTION, where) for where in wheres]
    visits = [
        register_visit(town.units[where], VisitPurpose.ENROL, actor=desk, person=person)
        for where, desk in zip(wheres, desks, strict=True)
    ]
    enrolments = [_enrolment(town, where) for where in wheres]
    meet_at(monkeypatch, cases, "save_checked")
    done, refused = parted(
        at_once(
            *(
                lambda visit=visit, desk=desk, enrolment=enrolment: enrol_visitor(
                    visit, enrolment, None, actor=desk, today=MONDAY
                )
                for visit, desk, enrolment in zip(visits, desks, enrolments, strict=True)
            )
        )
    )
    assert len(done) == len(refused) == 1
    assert "ärende" in str(refused[0])
    assert Case.objects.get().number == "2026-0001"
    states = sorted(type(visit).objects.get(pk=visit.pk).state for visit in visits)
    assert states == sorted([VisitState.DONE, VisitState.WAITING])


def test_two_desks_call_one_visitor(town, monkeypatch):
    desks = [town.user(Role.RECEPTION, name=name) for name in ("Rut", "Ragnar")]
    visit = register_visit(town.units["north"], VisitPurpose.QUESTION, actor=desks[0])
    meet_at(monkeypatch, visits_moves, "save_checked")
    done, refused = parted(
        at_once(*(lambda desk=desk: visits_moves.call_visit(visit, actor=desk) for desk in desks))
    )
    assert len(done) == len(refused) == 1
    assert done[0].called_by.name in str(refused[0])
    visit.refresh_from_db()
    assert visit.called_by == done[0].called_by


def test_two_who_come_at_once_get_two_tickets(town, monkeypatch):
    desks = [town.user(Role.RECEPTION, name=name) for name in ("Rut", "Ragnar")]
    meet_at(monkeypatch, arrivals, "save_checked")
    done, refused = parted(
        at_once(
            *(
                lambda desk=desk: register_visit(
                    town.units["north"], VisitPurpose.QUESTION, actor=desk
                )
                for desk in desks
            )
        )
    )
    assert refused == []
    assert sorted(visit.ticket_number for visit in done) == [1, 2]


def test_two_cases_get_two_numbers(town, monkeypatch):
    people, enrolment = [town.person(), town.person()], _enrolment(town)
    town.opened()
    meet_at(monkeypatch, NumberSeries, "save")
    done, _refused = parted(
        at_once(
            *(
                lambda person=person: cases.open_case(person, enrolment, actor=None, today=MONDAY)
                for person in people
            )
        )
    )
    assert sorted(case.number for case in done) == ["2026-0002", "2026-0003"]


def test_one_number_one_person(town, monkeypatch):
    identity = parse_identity(official_number(MONDAY.replace(year=1990)), MONDAY)
    meet_at(monkeypatch, persons, "_add_number")
    names = {"given_name": "Eva", "family_name": "Åberg"}
    register = lambda: persons.register_person(  # noqa: E731
        names, identity, town.units["north"], actor=None
    )
    done, refused = parted(at_once(register, register))
    assert len(done) == len(refused) == 1
    assert Person.objects.count() == IdentityNumber.objects.count() == 1


def test_a_coach_is_booked_once_at_a_time(town, monkeypatch):
    coach, mine = town.user(Role.COACH), [town.opened(), town.opened()]
    meet_at(monkeypatch, Appointment, "save")
    done, refused = parted(
        at_once(
            *(
                lambda case=case: appointments.book_appointment(
                    case, coach, noon(MONDAY), "Planering", actor=coach
                )
                for case in mine
            )
        )
    )
    assert len(done) == len(refused) == 1
    assert "har redan en bokad tid" in str(refused[0])
    assert Appointment.objects.count() == 1


# --- an order ------------------------------------------------------------------------------------
def _ordered(town):
    return town.ordered(town.approved(town.consented(town.opened())))


def test_an_order_is_answered_once(town, monkeypatch):
    order = _ordered(town)
    staff = [town.user(Role.PROVIDER_STAFF, name=name) for name in ("Ulla", "Ulf")]
    meet_at(monkeypatch, order_moves, "save_checked")
    done, refused = parted(
        at_once(
            *(
                lambda one=one: orders.accept_order(
                    order,
                    first_day_on=MONDAY,
                    contact=one.name,
                    actor=one,
                    today=MONDAY,
                    version=order.version,
                )
                for one in staff
            )
        )
    )
    assert len(done) == len(refused) == 1
    assert isinstance(refused[0], Conflict)
    saved = Order.objects.get()
    assert (saved.state, saved.contact) == (OrderState.ACCEPTED, done[0].contact)
    assert CaseEvent.objects.filter(kind="order.accepted").count() == 1


def test_an_activity_is_ordered_once(town, monkeypatch):
    case = town.approved(town.consented(town.opened()))
    meet_at(monkeypatch, order_moves, "save_checked")
    done, refused = parted(at_once(lambda: town.ordered(case), lambda: town.ordered(case)))
    assert len(done) == len(refused) == 1
    assert Order.objects.count() == 1


def test_two_at_one_register_keep_what_was_overwritten(town, monkeypatch):
    order = _ordered(town)
    staff = [town.user(Role.PROVIDER_STAFF, name=name) for name in ("Ulla", "Ulf")]
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff[0], today=MONDAY)
    orders.start_order(order, started_on=MONDAY, actor=staff[0], today=MONDAY)
    attendance.plan_sessions(order.activity, [MONDAY], time(9), 180, "", actor=staff[0])
    session = Session.objects.get()
    meet_at(monkeypatch, attendance, "save_checked")
    said = (AttendanceOutcome.PRESENT, AttendanceOutcome.UNEXCUSED)
    done, refused = parted(
        at_once(
            *(
                lambda one=one, outcome=outcome: attendance.register_attendance(
                    {session.pk: (outcome, "")}, actor=one, today=MONDAY
                )
                for one, outcome in zip(staff, said, strict=True)
            )
        )
    )
    assert (done, refused) == ([1, 1], [])
    session.refresh_from_db()
    kept = AttendanceChange.objects.get()
    assert {kept.old, session.outcome} == set(said)
    assert (kept.new, kept.changed_by) == (session.outcome, session.registered_by)


# --- one form, one person ------------------------------------------------------------------------
def test_a_form_sent_twice_is_one_note(town, client_of, monkeypatch):
    coach, case, token = town.user(Role.COACH), town.opened(), str(uuid4())
    clients = [client_of(coach), client_of(coach)]
    meet_at(monkeypatch, base, "send_once")
    answers, _errors = parted(
        at_once(
            *(
                lambda client=client: client.post(
                    f"/arenden/{case.number}/anteckning/", {"token": token, "text": "Ringde."}
                )
                for client in clients
            )
        )
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer["Location"] for answer in answers} == {f"/arenden/{case.number}/"}
    assert CaseEvent.objects.filter(kind="note.written").count() == 1
    assert Submission.objects.count() == 1


def _two_corrections(town, monkeypatch):
    person = town.opened().person
    desks = [town.user(Role.RECEPTION, name=name) for name in ("Rut", "Ragnar")]
    meeting = meet_at(monkeypatch, persons, "save_checked")
    changes = ({"phone": "070-174 06 51"}, {"email": "eva@example.org"})
    outcomes = at_once(
        *(
            lambda desk=desk, change=change: persons.correct_person(
                person, change, actor=desk, version=person.version
            )
            for desk, change in zip(desks, changes, strict=True)
        )
    )
    return person, meeting, outcomes


def test_two_clerks_one_person(town, monkeypatch):
    person, meeting, outcomes = _two_corrections(town, monkeypatch)
    done, refused = parted(outcomes)
    assert len(done) == len(refused) == 1
    assert isinstance(refused[0], Conflict)
    assert meeting.met == 0
    saved = Person.objects.get(pk=person.pk)
    values = {"phone": "070-174 06 51", "email": "eva@example.org"}
    assert [name for name in values if getattr(saved, name) == values[name]] == done[0]
    assert saved.version == person.version + 1


def test_without_the_lock_one_change_would_be_lost(town, monkeypatch):
    """The planted fault: read without a lock, both are told that all went well."""
    monkeypatch.setattr(persons, "lock", lambda row, _version: type(row).objects.get(pk=row.pk))
    person, meeting, outcomes = _two_corrections(town, monkeypatch)
    assert meeting.met == 1
    assert sorted(outcomes) == [["email"], ["phone"]]
    saved = Person.objects.get(pk=person.pk)
    assert (saved.phone, saved.email) != ("070-174 06 51", "eva@example.org")


def test_two_managers_one_coach(town, monkeypatch):
    case = town.opened()
    managers = [town.user(Role.MANAGER, name=name) for name in ("Maj", "Mats")]
    coaches = [town.user(Role.COACH, name=name) for name in ("Kim", "Kai")]
    meet_at(monkeypatch, cases, "give_coach")
    done, refused = parted(
        at_once(
            *(
                lambda manager=manager, coach=coach: cases.assign_coach(
                    case, coach, "Ny fördelning", actor=manager, today=MONDAY, version=case.version
                )
                for manager, coach in zip(managers, coaches, strict=True)
            )
        )
    )
    assert len(done) == len(refused) == 1
    assert isinstance(refused[0], Conflict)
    saved = Case.objects.get()
    assert saved.coach == done[0].coach
    assert saved.coach_history.filter(ends_before__isnull=True).count() == 1


def test_a_consent_is_given_once(town, monkeypatch):
    case, coach = town.opened(), town.user(Role.COACH)
    meet_at(monkeypatch, records, "save_checked")
    give = lambda: records.give_consent(  # noqa: E731
        case, ConsentPurpose.PROVIDERS, ConsentForm.ORAL, MONDAY, None, actor=coach
    )
    done, refused = parted(at_once(give, give))
    assert len(done) == len(refused) == 1
    assert Consent.objects.count() == 1


def test_two_workers_claim_one_report(town):
    job = reports.order_report(
        MONDAY - timedelta(days=90),
        MONDAY,
        [town.units["north"]],
        "sv",
        actor=town.user(Role.MANAGER),
        today=MONDAY,
    )
    claims = at_once(*[lambda: reports.claim(job.pk, noon(MONDAY))] * 4)
    assert sum(claim is not None for claim in claims) == 1
    assert ReportJob.objects.get().attempts == 1
