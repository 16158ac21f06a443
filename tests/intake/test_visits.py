"""The way of a visit: registered, called, met, ended; and what the database refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from intake.enums import VisitPurpose, VisitResult, VisitState
from intake.models import Visit
from intake.transitions import visits as moves
from intake.transitions.arrivals import register_visit
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, CaseEvent
from jobcentre.notices.models import Notice

pytestmark = pytest.mark.row("J1")


def kinds(case) -> list[str]:
    return list(
        CaseEvent.objects.filter(case=case, kind__startswith="visit.")
        .order_by("id")
        .values_list("kind", flat=True)
    )


def test_tickets_are_counted_by_letter_and_day(front):
    first = front.comes()
    assert (first.ticket, first.came_on) == ("C\u00a01", front.town.today)
    assert front.comes(VisitPurpose.PAPERS).ticket == "C\u00a02"
    assert front.comes(VisitPurpose.ENROL).ticket == "A\u00a01"
    assert front.comes(VisitPurpose.COMPANY, company_name="Holm AB").ticket == "D\u00a01"
    with front.tomorrow():
        assert front.comes().ticket == "C\u00a01"


def test_the_whole_way_of_a_booked_visit(front):
    appointment = front.booked()
    case = appointment.case
    visit = front.comes(VisitPurpose.BOOKED, person=case.person)
    appointment.refresh_from_db()
    assert (visit.appointment, visit.case, visit.host) == (appointment, case, front.coach)
    assert appointment.state == AppointmentState.ARRIVED
    with front.later(minutes=8):
        moves.call_visit(visit, actor=front.coach, desk=front.room)
    with front.later(minutes=9):
        moves.begin_meeting(visit, actor=front.coach)
    with front.later(minutes=40):
        visit = moves.finish_visit(visit, VisitResult.MET, actor=front.coach)
    appointment.refresh_from_db()
    assert appointment.state == AppointmentState.HELD
    assert (visit.state, visit.result) == (VisitState.DONE, VisitResult.MET)
    assert visit.called_at - visit.arrived_at == timedelta(minutes=8)
    assert kinds(case) == ["visit.arrived", "visit.called", "visit.met", "visit.done"]
    logged = Entry.objects.filter(object_type="intake.visit", subject_ref=case.person.ref)
    assert {entry.action for entry in logged} >= {"visit.call", "visit.begin", "visit.finish"}


@pytest.mark.row("J2")
def test_the_coach_is_told_once_that_the_visitor_is_here(front, log_in):
    visit = front.comes(VisitPurpose.BOOKED, person=front.booked().person)
    notice = Notice.objects.get(user=front.coach, key__startswith="visit:")
    assert visit.ticket in notice.text_sv
    assert visit.case.number in notice.text_en
    assert log_in(front.coach).get(notice.url).status_code == 200


def test_the_nearest_of_two_appointments_is_met(front):
    early = front.booked(hours=-3)
    late = front.booked(hours=0)
    late.case = early.case
    late.person = early.person
    late.save()
    visit = front.comes(VisitPurpose.BOOKED, person=early.person)
    assert visit.appointment == late


def test_another_errand_leaves_the_appointment_alone(front):
    appointment = front.booked(hours=4)
    visit = front.comes(VisitPurpose.PAPERS, person=appointment.person)
    appointment.refresh_from_db()
    assert (visit.appointment, appointment.state) == (None, AppointmentState.BOOKED)


def test_who_leaves_before_the_meeting_is_only_booked_again(front):
    appointment = front.booked()
    visit = front.comes(VisitPurpose.BOOKED, person=appointment.person)
    visit = moves.leave(visit, actor=front.per)
    appointment.refresh_from_db()
    assert (visit.state, appointment.state) == (VisitState.LEFT, AppointmentState.BOOKED)


def test_two_desks_call_the_same_visitor_and_the_slower_is_told(front):
    visit = front.comes()
    moves.call_visit(visit, actor=front.per, desk=front.one)
    with pytest.raises(Refused, match=r"Per kallade C.1 till Disk 1 klockan 12:00"):
        moves.call_visit(visit, actor=front.noor, desk=front.two)
    visit.refresh_from_db()
    assert (visit.called_by, visit.desk) == (front.per, front.one)


def test_one_visitor_at_a_desk(front):
    moves.call_visit(front.comes(), actor=front.per, desk=front.one)
    second = front.comes()
    with pytest.raises(Refused, match="Disk 1 har redan en besökare"):
        moves.call_visit(second, actor=front.noor, desk=front.one)
    moves.call_visit(second, actor=front.noor, desk=front.two)


def test_a_desk_of_another_centre_is_refused(front):
    elsewhere = register_visit(
        front.town.units["south"], "question", actor=front.town.user(Role.RECEPTION, "south")
    )
    with pytest.raises(Refused):
        moves.call_visit(elsewhere, actor=front.town.user(Role.RECEPTION, "south"), desk=front.one)
    with pytest.raises(PermissionDenied):
        moves.call_visit(elsewhere, actor=front.per, desk=front.one)


def test_who_does_not_come_when_called_waits_at_the_old_place(front):
    first, second = front.comes(), front.comes()
    moves.call_visit(first, actor=front.per, desk=front.one)
    moves.put_back(first, actor=front.per)
    waiting = list(Visit.objects.waiting())
    assert waiting == [first, second]
    assert (waiting[0].called_at, waiting[0].desk) == (None, None)


def test_a_person_is_in_the_queue_once(front):
    person = front.town.person()
    front.comes(person=person)
    with pytest.raises(Refused, match="redan här sedan 12:00: C"):
        front.comes(person=person)


def test_who_was_left_over_yesterday_comes_again(front):
    person = front.town.person()
    old = front.comes(person=person)
    with front.tomorrow():
        new = front.comes(person=person)
    old.refresh_from_db()
    assert (old.state, new.state) == (VisitState.LEFT, VisitState.WAITING)


def test_sent_on_to_a_colleague_who_is_told(front):
    visit = moves.send_on(front.comes(), front.coach, actor=front.per)
    assert (visit.state, visit.sent_to, visit.called_at) == (VisitState.SENT_ON, front.coach, None)
    assert Notice.objects.filter(user=front.coach, key=f"visit-sent:{visit.pk}").exists()


@pytest.mark.parametrize(
    "end",
    [
        lambda visit, who: moves.finish_visit(visit, VisitResult.SOLVED, actor=who),
        lambda visit, who: moves.leave(visit, actor=who),
        lambda visit, who: moves.send_on(visit, who, actor=who),
    ],
)
def test_an_ended_visit_moves_no_more(front, end):
    visit = front.comes()
    end(visit, front.per)
    for move in (moves.call_visit, moves.begin_meeting, moves.put_back, moves.leave):
        with pytest.raises(Refused):
            move(visit, actor=front.per)
    assert moves.available_moves(Visit.objects.get(pk=visit.pk)) == frozenset()


def test_an_enrolment_is_no_result_that_one_may_choose(front):
    with pytest.raises(ValueError, match="enrolled"):
        moves.finish_visit(front.comes(), VisitResult.ENROLLED, actor=front.per)


def test_a_visitor_without_a_name_gets_one(front):
    appointment = front.booked()
    visit = front.comes()
    named = moves.name_visitor(visit, appointment.person, {}, None, actor=front.per)
    assert (named.person, named.case, named.host) == (
        appointment.person,
        appointment.case,
        front.coach,
    )
    with pytest.raises(Refused):
        moves.name_visitor(named, front.town.person(), {}, None, actor=front.per)
    other = front.comes()
    with pytest.raises(Refused, match="redan i kön"):
        moves.name_visitor(other, appointment.person, {}, None, actor=front.per)


# --- what the database refuses -------------------------------------------------------------------
NOW, EARLIER, PER = "now", "an hour earlier", "Per"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "called"}, "visit_state_fits_its_times"),
        ({"state": "left"}, "visit_state_fits_its_times"),
        ({"ended_at": NOW}, "visit_state_fits_its_times"),
        (
            {"state": "called", "called_at": EARLIER, "called_by_id": PER},
            "visit_times_are_in_order",
        ),
        ({"state": "left", "ended_at": EARLIER}, "visit_times_are_in_order"),
        ({"state": "left", "met_at": NOW, "ended_at": NOW}, "visit_times_are_in_order"),
        ({"state": "called", "called_at": NOW}, "visit_called_by_somebody"),
        ({"state": "sent_on", "ended_at": NOW}, "visit_sent_on_to_somebody"),
        ({"result": "solved"}, "visit_done_has_a_result"),
        (
            {
                "state": "done",
                "result": "enrolled",
                "called_by_id": PER,
                "called_at": NOW,
                "ended_at": NOW,
            },
            "visit_enrolled_has_a_case",
        ),
        ({"company_name": "Holm AB"}, "visit_is_of_somebody"),
        ({"purpose": "company"}, "visit_errand_fits_the_visitor"),
        ({"ticket_number": None}, "visit_ticket_is_letter_and_number"),
        ({"ticket_letter": "X"}, "visit_ticket_is_letter_and_number"),
        ({"registered_by": None}, "visit_registered_by_somebody"),
        ({"nameless_at": NOW}, "visit_nameless_has_no_name"),
    ],
    ids=lambda value: value if isinstance(value, str) else "+".join(value),
)
def test_the_database_refuses_wrong_rows(front, change, constraint):
    visit = front.comes()
    meant = {
        NOW: timezone.now(),
        EARLIER: timezone.now() - timedelta(hours=1),
        PER: front.per.pk,
    }
    values = {name: meant.get(value, value) for name, value in change.items()}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(**values)
    for name, value in values.items():
        setattr(visit, name, value)
    with pytest.raises(ValidationError):
        visit.full_clean()


def test_the_database_gives_a_ticket_and_a_desk_once(front):
    person = front.town.person()
    first, second = front.comes(person=person), front.comes()
    moves.call_visit(first, actor=front.per, desk=front.one)
    for change in (
        {"ticket_number": first.ticket_number},
        {"person": person},
        {
            "state": "called",
            "called_at": second.arrived_at,
            "called_by": front.per,
            "desk": front.one,
        },
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Visit.objects.filter(pk=second.pk).update(**change)


# --- what becomes of the meeting that the visitor had come for ---------------------------------------
def _after(appointment) -> str:
    return Appointment.objects.get(pk=appointment.pk).state


def test_who_has_to_come_back_has_not_had_the_meeting(front):
    appointment = front.booked()
    visit = front.comes(VisitPurpose.BOOKED, person=appointment.person)
    assert _after(appointment) == AppointmentState.ARRIVED
    moves.finish_visit(visit, VisitResult.UNSOLVED, actor=front.per)
    assert _after(appointment) == AppointmentState.BOOKED


def test_a_meeting_that_had_begun_was_held_though_nothing_was_solved(front):
    appointment = front.booked()
    visit = front.comes(VisitPurpose.BOOKED, person=appointment.person)
    visit = moves.begin_meeting(visit, actor=front.coach)
    moves.finish_visit(visit, VisitResult.UNSOLVED, actor=front.coach)
    assert _after(appointment) == AppointmentState.HELD


def test_sent_on_to_whom_the_meeting_is_with_the_visitor_has_met(front):
    appointment = front.booked()
    visit = front.comes(VisitPurpose.BOOKED, person=appointment.person)
    moves.send_on(visit, front.coach, actor=front.per)
    assert _after(appointment) == AppointmentState.HELD
    assert not Notice.objects.filter(key__startswith="visit-sent-elsewhere").exists()


def test_sent_on_to_somebody_else_the_meeting_is_only_booked_again(front):
    appointment = front.booked(given_name="Bodil")
    visit = front.comes(VisitPurpose.BOOKED, person=appointment.person)
    moves.send_on(visit, front.noor, actor=front.per)
    assert _after(appointment) == AppointmentState.BOOKED
    told = Notice.objects.get(key__startswith="visit-sent-elsewhere")
    assert told.user == front.coach
    assert "Noor" in told.text_sv
    assert "Bodil" not in told.text_sv
