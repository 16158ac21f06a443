"""When an activity ended: what its follow-up clock starts from, and what happens to its sessions."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone

from activityplans.life import last_day
from activityplans.models import Session
from activityplans.schedule import Slot
from activityplans.transitions import follow_ups, life, plans
from jobcentre.casework.deadlines.clock import recompute
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Deadline
from jobcentre.replay import happening
from tests.factories import MONDAY

DAY = timedelta(days=1)
BEGAN = MONDAY - 56 * DAY  # a Monday
ENDED = MONDAY - 26 * DAY  # a Wednesday: due the Wednesday after
TIMES = (Slot(1, time(9), 180), Slot(2, time(9), 180))


def clock(case) -> tuple[date, date, date | None]:
    row = Deadline.objects.get(case=case, kind="activity_end")
    return row.started_on, row.due_on, row.met_on


def followed_up(activity, ended_on, today=MONDAY, next_move="done"):
    return follow_ups.follow_up_activity(
        activity,
        ended_on=ended_on,
        result="reached",
        comment="Gick bra.",
        next_move=next_move,
        actor=None,
        today=today,
    )


@pytest.fixture
def case(town) -> Case:
    """Began eight weeks ago with an activity on Mondays and Tuesdays that ended on ENDED."""
    case = town.opened(on=BEGAN)
    written = town.plan_input(case, BEGAN)
    line = replace(written.lines[0], ends_before=ENDED + DAY, times=TIMES)
    return town.approved(case, BEGAN, lines=[line], target_reason="Deltid.")


@pytest.fixture
def going_on(town) -> Case:
    """The same, with an activity that goes on for a month more."""
    case = town.opened(on=BEGAN)
    written = town.plan_input(case, BEGAN)
    line = replace(written.lines[0], ends_before=MONDAY + 28 * DAY, times=TIMES)
    return town.approved(case, BEGAN, lines=[line], target_reason="Deltid.")


@pytest.mark.row("J7")
@pytest.mark.parametrize(
    ("broken_off", "said", "last"),
    [
        (None, None, ENDED),
        (None, ENDED - DAY, ENDED - DAY),
        (None, MONDAY, ENDED),
        (ENDED - 5 * DAY, None, ENDED - 5 * DAY),
        (ENDED - 5 * DAY, MONDAY, ENDED - 5 * DAY),
    ],
)
def test_the_last_day_is_never_moved_later(broken_off, said, last):
    assert last_day(ENDED, broken_off, said) == last


@pytest.mark.row("J7")
def test_a_late_follow_up_stays_late_whatever_day_is_said(case):
    assert clock(case) == (ENDED, ENDED + 7 * DAY, None)
    followed_up(case.activities.get(), MONDAY)
    assert clock(case) == (ENDED, ENDED + 7 * DAY, MONDAY)


@pytest.mark.row("J7")
def test_an_earlier_end_is_when_the_clock_starts(case):
    followed_up(case.activities.get(), ENDED - 7 * DAY)
    assert clock(case) == (ENDED - 7 * DAY, ENDED, MONDAY)


@pytest.mark.row("J7")
def test_the_page_proposes_the_last_day_of_the_activity(case, town, log_in):
    client = log_in(town.acting(case.coach))
    page = client.get(f"/aktiviteter/{case.activities.get().ref}/uppfoljning/")
    assert page.status_code == 200
    assert f'value="{ENDED:%Y-%m-%d}"' in page.content.decode()


@pytest.mark.row("J7")
@pytest.mark.parametrize(
    ("day", "sentence"),
    [(date(1990, 1, 1), "började"), (BEGAN - DAY, "började"), (MONDAY + DAY, "har slutat")],
)
def test_an_activity_does_not_end_outside_its_time(going_on, day, sentence):
    held = Session.objects.filter(case=going_on).count()
    with pytest.raises(Refused, match=sentence):
        followed_up(going_on.activities.get(), day)
    assert Session.objects.filter(case=going_on).count() == held


@pytest.mark.row("J7")
def test_what_has_not_begun_or_is_only_written_has_not_ended(town):
    case = town.opened()
    written = town.plan_input(case, MONDAY)
    coming = replace(written.lines[0], starts_on=MONDAY + 7 * DAY)
    town.submitted(case, lines=[coming])
    with pytest.raises(Refused, match="inte i kraft"):
        followed_up(case.activities.get(), MONDAY)
    town.approve(case.approvals.get(), town.user("social_secretary"))
    with pytest.raises(Refused, match="börjar"):
        followed_up(case.activities.get(), MONDAY)


@pytest.mark.row("J7")
def test_what_was_broken_off_did_not_end_later(going_on):
    activity = going_on.activities.get()
    life.break_off(activity, MONDAY - 7 * DAY, "health", "", actor=None, today=MONDAY)
    with pytest.raises(Refused, match="avbröts"):
        followed_up(activity, MONDAY)
    followed_up(activity, MONDAY - 7 * DAY)
    assert clock(going_on) == (MONDAY - 7 * DAY, MONDAY, MONDAY)


@pytest.mark.row("J13")
def test_sessions_held_stay_to_be_registered_when_the_end_is_earlier(going_on):
    before = set(Session.objects.filter(case=going_on, on__lt=MONDAY).values_list("on", flat=True))
    assert len(before) == 15  # Mondays and Tuesdays of eight weeks; none on the day of approval
    with happening(timezone.make_aware(datetime.combine(MONDAY, time(8)))):
        followed_up(going_on.activities.get(), BEGAN + 7 * DAY)
    assert set(Session.objects.filter(case=going_on).values_list("on", flat=True)) == before


@pytest.mark.row("J13")
def test_the_session_of_this_morning_is_held(going_on):
    with happening(timezone.make_aware(datetime.combine(MONDAY, time(11)))):
        followed_up(going_on.activities.get(), MONDAY - DAY)
    assert Session.objects.filter(case=going_on, on=MONDAY).exists()
    assert not Session.objects.filter(case=going_on, on__gt=MONDAY).exists()


# --- left out of a newer version ----------------------------------------------------------------
def changed(town, case, on, **changes):
    """A newer version, approved on `on`, with another activity in the place of the first."""
    written = town.plan_input(case, on, change_reason="Byte.", **changes)
    draft = plans.save_draft(case, written, actor=None, today=on)
    approval = plans.submit_plan(draft, actor=None, today=on)
    town.approve(approval, town.user("social_secretary"), on)
    return draft


@pytest.mark.row("J7")
def test_what_a_newer_version_leaves_out_is_followed_up(town, going_on):
    first = going_on.activities.get()
    changed(town, going_on, MONDAY)
    clocks = {
        row.subject_key: row for row in Deadline.objects.filter(case=going_on, kind="activity_end")
    }
    mine = clocks[f"activity:{first.pk}"]
    assert (mine.started_on, mine.met_on) == (MONDAY, None)
    assert len(clocks) == 2
    followed_up(first, MONDAY, today=MONDAY + 21 * DAY)
    mine.refresh_from_db()
    assert (mine.started_on, mine.met_on) == (MONDAY, MONDAY + 21 * DAY)


@pytest.mark.row("J7")
def test_a_clock_met_late_stays_when_the_activity_is_left_out(town, case):
    activity = case.activities.get()
    followed_up(activity, ENDED)
    changed(town, case, MONDAY)
    row = Deadline.objects.get(case=case, subject_key=f"activity:{activity.pk}")
    assert (row.due_on, row.met_on) == (ENDED + 7 * DAY, MONDAY)


@pytest.mark.row("J7")
def test_what_is_left_out_before_it_begins_is_not_asked_for(town):
    case = town.opened()
    written = town.plan_input(case, MONDAY)
    later = replace(written.lines[0], starts_on=MONDAY + 30 * DAY)
    town.approved(case, lines=[written.lines[0], later])
    assert Deadline.objects.filter(case=case, kind="activity_end").count() == 2
    kept = case.activities.get(lines__starts_on=MONDAY)
    changed(town, case, MONDAY, lines=[replace(written.lines[0], activity=kept)])
    assert Deadline.objects.filter(case=case, kind="activity_end").count() == 1


# --- carried on after it has ended --------------------------------------------------------------
def carried_on(town, case, sent_on, approved_on):
    """A newer version with the same activity a month more, sent and approved on those days."""
    old = case.plan_versions.get(number=1)
    line = replace(
        town.plan_input(case, BEGAN).lines[0],
        activity=case.activities.get(),
        ends_before=old.lines.get().ends_before + 30 * DAY,
        times=TIMES,
    )
    written = town.plan_input(
        case, BEGAN, lines=[line], change_reason="Längre.", target_reason="Deltid."
    )
    draft = plans.save_draft(case, written, actor=None, today=sent_on)
    approval = plans.submit_plan(draft, actor=None, today=sent_on)
    town.approve(approval, town.user("social_secretary"), approved_on)


@pytest.mark.row("J7")
def test_what_ended_without_a_follow_up_is_not_carried_on(town, case):
    with pytest.raises(Refused, match="är inte uppföljd"):
        carried_on(town, case, MONDAY, MONDAY)
    assert clock(case) == (ENDED, ENDED + 7 * DAY, None)


@pytest.mark.row("J7")
def test_an_activity_goes_on_when_its_plan_was_sent_in_time(town, case):
    carried_on(town, case, ENDED, MONDAY)
    longer = ENDED + 30 * DAY
    assert clock(case)[0] == longer


@pytest.mark.row("J7")
def test_a_plan_sent_too_late_moves_no_clock(town, case):
    """As it stands in rows from before such a plan was refused."""
    carried_on(town, case, ENDED, MONDAY)
    case.plan_versions.filter(number=2).update(submitted_on=ENDED + DAY)
    recompute(case)
    assert clock(case) == (ENDED, ENDED + 7 * DAY, None)
    followed_up(case.activities.get(), ENDED)
    assert clock(case) == (ENDED, ENDED + 7 * DAY, MONDAY)


@pytest.mark.row("J7")
def test_what_was_left_out_and_comes_back_is_not_carried_on(town, going_on):
    first = going_on.activities.get()
    changed(town, going_on, MONDAY - 14 * DAY)
    line = replace(town.plan_input(going_on, BEGAN).lines[0], activity=first, times=TIMES)
    line = replace(line, ends_before=MONDAY + 28 * DAY)
    with pytest.raises(Refused, match="är inte uppföljd"):
        changed(town, going_on, MONDAY, lines=[replace(line, starts_on=MONDAY)])
    row = Deadline.objects.get(case=going_on, subject_key=f"activity:{first.pk}")
    assert (row.started_on, row.met_on) == (MONDAY - 14 * DAY, None)
