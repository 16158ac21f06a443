"""The board: what it shows, that it renews itself, and that nobody protected is on it."""

import re
from datetime import timedelta

import pytest

from intake.enums import VisitPurpose, VisitResult
from intake.models import Desk, Visit
from intake.reception.board import board_of, forget_boards
from intake.reception.figures import by_day_and_errand, counted_visits, desk_figures
from intake.transitions import visits as moves
from intake.transitions.desks import take_desk
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.models import ConflictOfInterest

pytestmark = pytest.mark.row("J1")
BOARD, QUEUE = "/mottagning/", "/mottagning/ko/"


def page(client, path=BOARD) -> str:
    return client.get(path).content.decode()


def test_the_board_says_who_waits_since_when_for_whom_about_what(front, log_in):
    front.comes(VisitPurpose.PAPERS, person=front.town.opened(given_name="Mehmet").person)
    with front.later(minutes=17):
        shown = page(log_in(front.per))
    for part in ("Mehmet Åberg", "C\u00a01", "Lämnar papper", front.coach.name, ">17</span> min"):
        assert part in shown, part
    assert "ei-clock--late" in shown
    entry = Entry.objects.filter(action="desk").first()
    assert entry.subject_refs == [str(Visit.objects.get().person.ref)]


def test_the_number_is_masked(front, log_in):
    person = front.town.person()
    front.comes(person=person)
    number = person.numbers.get()
    shown = page(log_in(front.per))
    assert f"{number.number[2:8]}-****" in shown
    assert number.number[8:] not in re.sub(r'"[^"]*"', "", shown)


def test_one_calls_to_the_desk_one_sits_at(front, log_in):
    visit = front.comes()
    client = log_in(front.per)
    assert "Kalla C" not in page(client)
    client.post(f"/mottagning/disk/{front.one.pk}/")
    assert "Kalla C\u00a01 till Disk 1" in page(client)
    client.post(f"/besok/{visit.ref}/kalla/", {"back": "board", "desk": front.one.pk})
    slower = log_in(front.noor)
    answer = slower.post(
        f"/besok/{visit.ref}/kalla/", {"back": "board", "desk": front.two.pk}, follow=True
    )
    assert "Per kallade C\u00a01 till Disk 1 klockan 12:00." in answer.content.decode()
    assert answer.redirect_chain[-1][0] == BOARD
    client.post(f"/besok/{visit.ref}/borja/", {"back": "board"})
    answer = client.post(
        f"/besok/{visit.ref}/",
        {"token": "0b9c1bb6-9b8b-4c86-8f5c-2a8f3f6f5a11", "end": "solved"},
    )
    assert answer.status_code == 302
    visit.refresh_from_db()
    assert visit.result == VisitResult.SOLVED


def test_a_desk_is_taken_over_and_free_the_next_morning(front):
    take_desk(front.one, actor=front.per)
    take_desk(front.one, actor=front.noor)
    take_desk(front.two, actor=front.noor)
    assert list(Desk.objects.filter(staffed_by__isnull=False)) == [front.two]
    now = front.comes().arrived_at
    assert board_of(front.noor, now).mine == front.two
    assert board_of(front.noor, now + timedelta(days=1)).mine is None


def test_a_booked_person_is_registered_by_one_press(front, log_in):
    appointment = front.booked(given_name="Nadia")
    client = log_in(front.per)
    assert "Nadia" in page(client)
    answer = client.post(f"/mottagning/bokad/{appointment.pk}/", follow=True)
    assert "Kölapp B\u00a01 står i kön." in answer.content.decode()
    assert Visit.objects.get().appointment == appointment
    again = client.post(f"/mottagning/bokad/{appointment.pk}/", follow=True)
    assert "redan här sedan" in again.content.decode()


def test_a_ticket_without_a_name_and_for_a_company(front, log_in):
    client = log_in(front.per)
    token = re.search(r'name="token" value="([^"]+)"', page(client)).group(1)
    client.post("/mottagning/registrera/", {"token": token, "purpose": "question"})
    form = page(client, "/mottagning/foretag/")
    token = re.search(r'name="token" value="([^"]+)"', form).group(1)
    coordinator = front.town.user(Role.BUSINESS_COORDINATOR)
    form = page(client, "/mottagning/foretag/")
    assert coordinator.name in form
    client.post(
        "/mottagning/foretag/",
        {
            "token": token,
            "company_name": "Holm AB",
            "purpose": "event",
            "host": coordinator.pk,
        },
    )
    question, company = Visit.objects.order_by("pk")
    assert (question.ticket, question.person) == ("C\u00a01", None)
    assert (company.ticket, company.shown_name, company.host) == (
        "E\u00a01",
        "Holm AB",
        coordinator,
    )
    assert coordinator.notices.get().text_sv.startswith("Holm AB väntar på dig")


# --- it renews itself ----------------------------------------------------------------------------
def mark_of(client) -> str:
    answer = client.get(QUEUE)
    assert answer.status_code == 200
    return answer["ETag"]


def test_nothing_new_is_304_and_leaves_no_trace(front, log_in):
    front.comes(person=front.town.person())
    client = log_in(front.per)
    mark = mark_of(client)
    before = Entry.objects.count()
    answer = client.get(QUEUE, headers={"If-None-Match": mark, "X-Poll": "1"})
    assert (answer.status_code, answer.content) == (304, b"")
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    "change",
    [
        lambda front, visit: front.comes(),
        lambda front, visit: moves.call_visit(visit, actor=front.noor),
        lambda front, visit: take_desk(front.one, actor=front.noor),
        lambda front, visit: front.town.protected(visit.person, [front.coach]),
    ],
    ids=["comes", "called", "desk taken", "protected"],
)
def test_what_changes_changes_the_mark(front, log_in, change):
    visit = front.comes(person=front.town.person())
    client = log_in(front.per)
    mark = mark_of(client)
    with front.later(seconds=1):
        change(front, visit)
    assert client.get(QUEUE, headers={"If-None-Match": mark}).status_code == 200


def test_an_idle_session_ends_although_the_board_asks(front, log_in, settings):
    client = log_in(front.per)
    page(client)
    for minutes in (20, 40):
        with front.later(minutes=minutes):
            answer = client.get(QUEUE, headers={"X-Poll": "1"})
    assert answer.status_code == 302
    assert "/konto/logga-in/" in answer["Location"]


@pytest.mark.parametrize("path", [BOARD, QUEUE])
def test_sixty_waiting_cost_what_one_costs(path, front, log_in, django_assert_max_num_queries):
    client = log_in(front.per)

    def comes():
        front.comes(person=front.town.opened().person)

    comes()
    front.booked()
    page(client)
    with django_assert_max_num_queries(9) as one:
        assert client.get(path).status_code == 200
    for _n in range(60):
        comes()
    moves.call_visit(Visit.objects.first(), actor=front.per, desk=front.one)
    take_desk(front.one, actor=front.per)
    with django_assert_max_num_queries(len(one)):
        assert client.get(path).status_code == 200


def test_nothing_new_costs_two_queries_and_the_session(
    front, log_in, settings, django_assert_num_queries
):
    client = log_in(front.per)
    mark = mark_of(client)
    with django_assert_num_queries(2 if settings.REDIS_URL else 3):
        client.get(QUEUE, headers={"If-None-Match": mark, "X-Poll": "1"})


def test_after_a_change_the_first_desk_reads_it_for_all(
    front, log_in, settings, django_assert_max_num_queries
):
    """Twenty desks ask; the second one costs the log of what it shows and the question."""
    take_desk(front.one, actor=front.per)
    take_desk(front.two, actor=front.noor)
    one, other = log_in(front.per), log_in(front.noor)
    page(other)
    front.comes(person=front.town.opened(given_name="Selma").person)
    assert "Selma" in page(one, QUEUE)
    before = Entry.objects.count()
    with django_assert_max_num_queries(3 if settings.REDIS_URL else 4):
        shown = page(other, QUEUE)
    assert "Selma" in shown
    assert Entry.objects.count() == before + 1
    # What is the other's own is the other's own.
    assert "Noor (du)" in shown
    assert f'value="{front.two.pk}"' in shown
    assert f'value="{front.one.pk}"' not in shown


def test_a_conflict_of_interest_keeps_a_desk_to_itself(front, log_in):
    person = front.town.opened(given_name="Selma").person
    front.comes(person=person)
    other, own = log_in(front.noor), log_in(front.per)
    assert "Selma" in page(own, QUEUE)
    mark = mark_of(own)
    ConflictOfInterest.objects.create(person=person, user=front.per, declared_on=front.town.today)
    assert own.get(QUEUE, headers={"If-None-Match": mark}).status_code == 200
    assert "Selma" not in page(own, QUEUE)
    assert "Selma" in page(other, QUEUE)
    forget_boards()
    assert "Selma" not in page(own, QUEUE)
    assert "Selma" in page(other, QUEUE)


@pytest.mark.parametrize("minutes", [10, 15], ids=["soon", "late"])
def test_a_wait_that_grows_long_renews_the_board(minutes, front, log_in):
    """The sign is part of the mark; the minutes are counted in the browser."""
    with front.later(minutes=2):
        front.comes()
    client = log_in(front.per)
    with front.later(minutes=minutes, seconds=30):
        mark = mark_of(client)
    # The same five minutes: nothing but the sign differs.
    for seconds, status in ((119, 304), (120, 200)):
        with front.later(minutes=minutes, seconds=seconds):
            answer = client.get(QUEUE, headers={"If-None-Match": mark})
        assert answer.status_code == status


# --- the protected -------------------------------------------------------------------------------
@pytest.mark.row("B7")
def test_a_protected_person_is_on_no_board_not_even_for_the_circle(front, log_in):
    appointment = front.booked(given_name="Skyddad")
    person = appointment.person
    visit = front.comes(person=front.town.opened(given_name="Annan").person)
    front.town.protected(person, [front.per, front.coach])
    client = log_in(front.per)
    assert "Skyddad" not in page(client)
    assert "Skyddad" not in page(client, QUEUE)
    front.town.protected(visit.person, [front.per])
    assert "Annan" not in page(client)
    assert "Ingen väntar" in page(client)


@pytest.mark.row("B7")
def test_a_protected_visit_has_no_ticket_and_is_in_no_count(front):
    person = front.town.opened(given_name="Skyddad").person
    front.town.protected(person, [front.per, front.coach])
    front.comes()
    visit = front.comes(VisitPurpose.DROP_IN, person=person)
    assert (visit.ticket, visit.state) == ("", "meeting")
    assert front.comes().ticket == "C\u00a02"
    today = front.town.today
    counted = counted_visits(front.centre, today, today + timedelta(days=1))
    assert counted.count() == 2


# --- figures -------------------------------------------------------------------------------------
def test_the_figures_of_a_day(front):
    solved, unsolved = front.comes(), front.comes(VisitPurpose.PAPERS)
    company = front.comes(VisitPurpose.COMPANY, company_name="Holm AB")
    booked = front.comes(VisitPurpose.BOOKED, person=front.booked().person)
    waits = {solved: 4, unsolved: 9, company: 20, booked: 6}
    for visit, minutes in waits.items():
        with front.later(minutes=minutes):
            moves.call_visit(visit, actor=front.per)
    with front.later(minutes=30):
        moves.finish_visit(solved, VisitResult.SOLVED, actor=front.per)
        moves.finish_visit(unsolved, VisitResult.UNSOLVED, actor=front.per)
        moves.finish_visit(booked, VisitResult.MET, actor=front.per)
    front.comes()
    today = front.town.today
    visits = counted_visits(front.centre, today, today + timedelta(days=1))
    figures = desk_figures(visits)
    assert (figures.visits, figures.companies, figures.called) == (5, 1, 4)
    assert (figures.median_wait, figures.longest_wait) == (7.5, 20)
    assert (figures.solved, figures.solvable) == (1, 2)
    assert [(row["purpose"], row["count"]) for row in by_day_and_errand(visits)] == [
        ("booked", 1),
        ("company", 1),
        ("papers", 1),
        ("question", 2),
    ]
    assert counted_visits(front.town.units["labour"], today, today + timedelta(days=1)).count() == 5
    assert counted_visits(front.town.units["south"], today, today + timedelta(days=1)).count() == 0
    assert counted_visits(front.centre, today + timedelta(days=1), today).count() == 0


def test_a_person_who_becomes_protected_leaves_the_figures(front):
    visit = front.comes(person=front.town.person())
    today = front.town.today
    front.town.protected(visit.person, [front.per])
    assert counted_visits(front.centre, today, today + timedelta(days=1)).count() == 0


def test_a_coach_opens_the_visit_but_not_the_board(front, log_in):
    visit = front.comes(person=front.town.opened().person)
    client = log_in(front.coach)
    assert client.get(BOARD).status_code == 404
    answer = client.get(f"/besok/{visit.ref}/")
    assert answer.status_code == 200
    read = Entry.objects.filter(action="visit.register", access="read").first()
    assert (read.actor, read.subject_ref) == (front.coach, visit.person.ref)
    client.post(f"/besok/{visit.ref}/kalla/", {"back": "visit", "desk": front.room.pk})
    visit.refresh_from_db()
    assert visit.desk == front.room


def test_a_wrong_desk_is_said(front, log_in):
    visit = front.comes()
    answer = log_in(front.per).post(
        f"/besok/{visit.ref}/kalla/", {"back": "board", "desk": "999999"}, follow=True
    )
    assert "Välj en disk" in answer.content.decode()


def test_who_it_is_is_said_afterwards(front, log_in):
    known = front.booked(given_name="Känd")
    visit, other = front.comes(), front.comes()
    client = log_in(front.per)
    number = known.person.numbers.get().formatted

    def send(found, **fields):
        form = page(client, f"/besok/{found.ref}/vem/")
        token = re.search(r'name="token" value="([^"]+)"', form).group(1)
        return client.post(f"/besok/{found.ref}/vem/", {"token": token, **fields})

    assert send(visit, identity="").status_code == 422
    read = known.person.numbers.get().number
    assert send(visit, identity=number, read=read).status_code == 302
    visit.refresh_from_db()
    assert visit.person == known.person
    assert send(other, given_name="Ny").status_code == 302
    other.refresh_from_db()
    assert other.person.given_name == "Ny"
