"""Follow-ups are planned by closing the case and recorded with what is known."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.deadlines.explain import explain
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import CaseEvent, Deadline, ExitReason, TargetGroup
from jobcentre.casework.transitions.cases import Enrolment, Leaving, close_case, open_case
from reporting.enums import FollowUpKind, FollowUpState
from reporting.models import FollowUp, FollowUpTime, Target
from reporting.transitions.follow_ups import Answer, record_follow_up
from tests.reporting.world import TODAY

STARTED, ENDED = date(2026, 1, 7), date(2026, 3, 31)


@pytest.fixture
def close(town):
    """Walk a case through its transitions and close it with a reason."""

    def _close(reason="work", **leaving):
        case = open_case(
            town.person(),
            Enrolment(town.north, "af", "direct", [TargetGroup.objects.first()], coach=town.coach),
            actor=None,
            today=STARTED,
        )
        chosen = ExitReason.objects.get(key=reason)
        if chosen.outcome == "work":
            leaving = {
                "employment_form": "temporary",
                "extent_percent": 75,
                "subsidy": "none",
                **leaving,
            }
        close_case(
            case,
            Leaving(chosen, ENDED, **leaving),
            actor=town.coach,
            today=ENDED,
            version=case.version,
        )
        case.refresh_from_db()
        return case

    return _close


def _answer(state=FollowUpState.ANSWERED, on=date(2026, 6, 30), **more):
    if state == FollowUpState.ANSWERED:
        more = {"how": "person", "occupation": "work", **more}
    return Answer(state, on, **more)


def _first(case):
    return FollowUp.objects.get(case=case, kind=FollowUpKind.AFTER_EXIT, months=3)


@pytest.mark.row("F3")
@pytest.mark.row("F4")
@pytest.mark.row("B5")
def test_closing_plans_the_follow_ups_and_their_clocks(close):
    case = close(begins_on=date(2026, 4, 15))
    planned = list(FollowUp.objects.filter(case=case).values_list("kind", "months", "due_on"))
    assert planned == [
        ("job_check", 1, date(2026, 5, 15)),
        ("after_exit", 3, date(2026, 6, 30)),
        ("after_exit", 6, date(2026, 9, 30)),
        ("after_exit", 12, date(2027, 3, 31)),
    ]
    clocks = Deadline.objects.running().filter(case=case).order_by("due_on")
    assert [(clock.kind, clock.due_on) for clock in clocks] == [
        ("job_check", date(2026, 5, 15)),
        ("follow_up", date(2026, 6, 30)),
        ("follow_up", date(2026, 9, 30)),
        ("follow_up", date(2027, 3, 31)),
    ]
    assert CaseEvent.objects.get(case=case, kind="follow_up.planned").payload == {
        "months": "3, 6, 12"
    }


def test_a_clock_says_the_months_that_it_runs(close):
    """The reason on the page must lead to the date beside it: six months are not three."""
    case = close()
    clocks = Deadline.objects.filter(case=case, kind="follow_up").order_by("due_on")
    assert [clock.length for clock in clocks] == [
        each.months
        for each in FollowUp.objects.filter(case=case, kind=FollowUpKind.AFTER_EXIT).order_by(
            "due_on"
        )
    ]
    assert len({clock.length for clock in clocks}) > 1


def test_the_times_are_the_municipality_s_own(close):
    FollowUpTime.objects.filter(months=3).update(valid_to=ENDED)
    FollowUpTime.objects.create(months=8, valid_from=ENDED)
    months = FollowUp.objects.filter(case=close("studies")).values_list("months", flat=True)
    assert list(months) == [6, 8, 12]


def test_who_moved_is_not_followed_up(close):
    assert not FollowUp.objects.filter(case=close("moved")).exists()


def test_an_answer_is_kept_told_and_meets_the_clock(close, town):
    case = close()
    kept = record_follow_up(
        _first(case),
        _answer(same_job=True, extent_percent=100),
        actor=town.coach,
        today=TODAY,
        version=1,
    )
    assert (kept.state, kept.occupation, kept.same_job) == ("answered", "work", True)
    assert kept.recorded_by == town.coach
    clock = Deadline.objects.get(case=case, subject_key="follow_up:after_exit:3")
    assert clock.met_on == date(2026, 6, 30)
    event = CaseEvent.objects.get(case=case, kind="follow_up.answered")
    assert event.payload == {"months": 3, "kind": "after_exit", "occupation": "work"}


def test_late_is_late_even_when_answered_afterwards(close, town):
    case = close()
    record_follow_up(_first(case), _answer(on=TODAY), actor=town.coach, today=TODAY)
    clock = Deadline.objects.get(case=case, subject_key="follow_up:after_exit:3")
    assert clock.met_on > clock.due_on


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (_answer(on=date(2026, 6, 15)), "too early"),
        (_answer(on=date(2026, 7, 2)), "future"),
        (_answer(how="phone"), "not consented"),
    ],
)
def test_what_is_refused(close, town, answer, words, settings):
    settings.LANGUAGE_CODE = "en"
    follow_up = _first(close())
    with pytest.raises(Refused, match=words):
        record_follow_up(follow_up, answer, actor=town.coach, today=TODAY)
    follow_up.refresh_from_db()
    assert follow_up.state == FollowUpState.WAITING


def test_with_a_consent_the_person_may_be_called(close, town):
    case = close()
    town.consent(case)
    kept = record_follow_up(_first(case), _answer(how="phone"), actor=town.coach, today=TODAY)
    assert kept.how == "phone"


def test_not_reached_may_be_answered_later_but_an_answer_is_final(close, town):
    case = close()
    follow_up = record_follow_up(
        _first(case), _answer(FollowUpState.NOT_REACHED), actor=town.coach, today=TODAY
    )
    follow_up = record_follow_up(follow_up, _answer(), actor=town.coach, today=TODAY)
    with pytest.raises(Refused):
        record_follow_up(follow_up, _answer(), actor=town.coach, today=TODAY)


def test_calling_off_cancels_the_clock_and_needs_a_reason(close, town):
    case = close()
    with pytest.raises(ValidationError):
        record_follow_up(
            _first(case), _answer(FollowUpState.CANCELLED), actor=town.coach, today=TODAY
        )
    off = _answer(FollowUpState.CANCELLED, note="Personen har avlidit.")
    record_follow_up(_first(case), off, actor=town.coach, today=TODAY)
    clock = Deadline.objects.get(case=case, subject_key="follow_up:after_exit:3")
    assert (clock.met_on, clock.cancelled_on) == (None, date(2026, 6, 30))


def test_two_who_answer_at_once_do_not_overwrite_each_other(close, town):
    follow_up = _first(close())
    record_follow_up(
        follow_up, _answer(FollowUpState.NOT_REACHED), actor=town.coach, today=TODAY, version=1
    )
    with pytest.raises(Conflict):
        record_follow_up(follow_up, _answer(), actor=town.manager, today=TODAY, version=1)


def test_another_centre_s_manager_may_not_answer(close, town):
    with pytest.raises(PermissionDenied):
        record_follow_up(_first(close()), _answer(), actor=town.manager_south, today=TODAY)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "answered"},
        {"occupation": "work"},
        {"months": 4},
        {"extent_percent": 50},
        {"state": "cancelled", "answered_on": TODAY},
    ],
)
def test_the_database_refuses_half_an_answer(close, wrong):
    follow_up = _first(close())
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=follow_up.pk).update(**wrong)


def test_a_follow_up_is_planned_once(close):
    follow_up = _first(close())
    follow_up.pk, follow_up.ref = None, "6b1f7c1e-5d0a-4c29-9a51-0d5c5d1c2f77"
    with pytest.raises(IntegrityError), transaction.atomic():
        follow_up.save(force_insert=True)


def test_one_target_holds_for_a_source_at_a_time(db):
    assert dict(Target.objects.values_list("source", "percent")) == {
        "af": 70,
        "income_support": 50,
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(source="af", percent=60, valid_from=TODAY)


def test_the_list_shows_what_is_to_do_and_is_logged(close, town, browse, today):
    case = close()
    close(begins_on=date(2026, 9, 1))
    client = browse(town.coach)
    page = client.get(reverse("reporting:followups"))
    assert page.status_code == 200
    text = page.content.decode()
    assert case.number in text
    assert "Inget samtycke" in text
    assert "3 månader" in text
    # Two three-month follow-ups and one job check are due by today.
    assert "3 uppföljningar att göra" in text
    coming = client.get(reverse("reporting:followups"), {"state": "coming"}).content.decode()
    assert "12 månader" in coming
    names = {
        explain(
            deadline,
            pauses=(),
            calendar=municipal_calendar(),
            today=today,
            case_number=case.number,
        ).name
        for deadline in case.deadlines.filter(kind__in=("follow_up", "job_check"))
    }
    assert "Uppföljning efter avslut: 12 månader" in names
    assert "Kontroll av jobbet efter en månad" in names
    assert client.get(reverse("reporting:followups"), {"state": "done"}).status_code == 200


def test_the_list_takes_as_many_queries_for_ten_rows_as_for_one(
    close, town, browse, today, django_assert_num_queries
):
    client = browse(town.coach)
    close("studies")
    client.get(reverse("reporting:followups"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("reporting:followups"))
    for _n in range(9):
        close("studies")
    with django_assert_num_queries(len(one)):
        client.get(reverse("reporting:followups"))


def test_the_answer_is_recorded_on_the_page(close, town, browse, today):
    case = close()
    follow_up = _first(case)
    client = browse(town.coach)
    url = reverse("reporting:followup", args=[follow_up.ref])
    assert "Personen får inte kontaktas" in client.get(url).content.decode()
    form = client.get(url).context["form"]
    sent = {
        "token": str(form.initial["token"]),
        "version": form.initial["version"],
        "state": "answered",
        "answered_on": "2026-06-30",
        "note": "Ringde själv.",
    }
    missing = client.post(url, sent)
    assert missing.status_code == 422
    assert "Välj hur vi vet det." in missing.content.decode()
    assert "Ringde själv." in missing.content.decode()
    called = client.post(url, {**sent, "how": "phone", "occupation": "work"})
    assert called.status_code == 422
    assert "inte samtyckt" in called.content.decode()
    done = client.post(
        url, {**sent, "how": "person", "occupation": "work", "same_job": "yes"}, follow=True
    )
    assert done.redirect_chain[-1][0] == reverse("casework:case", args=[case.number])
    assert "Avslut och uppföljning" in done.content.decode()
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.same_job) == ("answered", True)


def test_a_follow_up_of_another_centre_is_not_there(close, town, browse, today):
    client = browse(town.manager_south)
    url = reverse("reporting:followup", args=[_first(close()).ref])
    assert client.get(url).status_code == 404


def test_a_colleague_sees_that_it_is_there_but_may_not_answer(close, town, browse, today):
    colleague = town.user("Kalle Kollega", "coach", town.north)
    url = reverse("reporting:followup", args=[_first(close()).ref])
    assert browse(colleague).get(url).status_code == 403
