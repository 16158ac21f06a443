"""The answer on a plan: what it says, who gives it, who stands in, and the way through the queue."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from activityplans.forms.answers import DecisionForm
from jobcentre.casework.approvals import passing_on
from jobcentre.casework.approvals.unit import at_work
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import AnswerTexts, Approval, ApproverCover, Case
from jobcentre.notices.models import Notice
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J6")
DAY = timedelta(days=1)


def sent(client, approval, **data):
    """What the page of the approval answers to a position."""
    page = client.get(f"/planer/svar/{approval.pk}/").content.decode()
    hidden = {
        name: page.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("token", "seen_hash")
    }
    return client.post(f"/planer/svar/{approval.pk}/", {**hidden, **data})


def test_approving_leads_to_the_next_in_the_queue(town, log_in):
    first, second = town.submitted(town.opened()), town.submitted(town.opened())
    client = log_in(town.user("social_secretary"))
    answer = sent(client, first, verdict="approved")
    assert answer.url == f"/planer/svar/{second.pk}/"
    assert sent(client, second, verdict="approved").url == "/planer/att-ta-stallning/"
    assert set(Approval.objects.values_list("state", flat=True)) == {"approved"}


def test_the_units_words_are_kept_with_the_answer(town, log_in):
    unit = town.units["north_support"]
    AnswerTexts.objects.create(
        unit=unit, delegation="Punkt 4.7", decision_text="Om aktiviteter.", appeal="Överklaga så."
    )
    approval = town.submitted(town.opened())
    sent(log_in(town.user("social_secretary")), approval, verdict="approved")
    AnswerTexts.objects.filter(unit=unit).update(delegation="Punkt 5")
    approval.refresh_from_db()
    assert (approval.delegation, approval.decision_text) == ("Punkt 4.7", "Om aktiviteter.")
    assert approval.appeal == ""


def test_a_refusal_says_why_and_how_it_is_tried(town, log_in):
    case = town.opened()
    approval, client = town.submitted(case), log_in(town.user("social_secretary"))
    assert sent(client, approval, verdict="refused").status_code == 422
    sent(client, approval, verdict="refused", reason="Målet saknas.")
    approval.refresh_from_db()
    assert "förvaltningsrätten" in approval.appeal
    assert "inget beslut om försörjningsstöd" in approval.decision_text
    paper = log_in(town.user("coach")).get(f"/planer/svar/{approval.pk}/utskrift/")
    assert paper["Content-Type"] == "application/pdf"


def test_an_answer_that_is_not_given_has_no_paper(town, log_in):
    approval = town.submitted(town.opened())
    client = log_in(town.user("social_secretary"))
    assert client.get(f"/planer/svar/{approval.pk}/utskrift/").status_code == 404


def test_comments_beside_the_lines_return_the_plan_and_meet_the_coach_there(town, log_in):
    case = town.opened()
    approval, client = town.submitted(case), log_in(town.user("social_secretary"))
    page = client.get(f"/planer/svar/{approval.pk}/").content.decode()
    name = page.split("Kommentar om Arbetsträning")[0].split('for="id_')[-1].split('"')[0]
    assert sent(client, approval, verdict="approved", **{name: "Vilka dagar?"}).status_code == 422
    sent(client, approval, verdict="returned", **{name: "Vilka dagar?"})
    approval.refresh_from_db()
    line = case.plan_versions.get().lines.get()
    assert approval.comments == {f"line:{line.activity.ref}": "Vilka dagar?"}
    assert approval.reason == "Vilka dagar?"
    edit = log_in(town.user("coach")).get(f"/arenden/{case.number}/plan/skriv/").content.decode()
    at_line = edit.split(str(line.activity.ref))[1].split("</fieldset>")[0]
    assert "Vilka dagar?" in at_line


def test_a_return_without_a_word_is_refused():
    form = DecisionForm({"verdict": "returned", "seen_hash": "x"}, sections=[("goal", "Mål")])
    assert "reason" in form.errors


# --- four eyes -----------------------------------------------------------------------------------
def test_the_one_who_began_the_version_may_not_decide_it(town):
    approval, secretary = town.submitted(town.opened()), town.user("social_secretary")
    Approval.objects.filter(pk=approval.pk).update(written_by=secretary)
    with pytest.raises(Refused):
        town.approve(approval, secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(
            state="approved", decided_by=secretary, decided_on=MONDAY
        )


def test_the_database_refuses_the_persons_coach(town):
    case = town.opened()
    approval, secretary = town.submitted(case), town.user("social_secretary")
    Case.objects.filter(pk=case.pk).update(coach=secretary)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        Approval.objects.filter(pk=approval.pk).update(
            state="approved", decided_by=secretary, decided_on=MONDAY
        )


def test_the_database_keeps_the_first_answer(town):
    approval = town.submitted(town.opened())
    town.approve(approval, town.user("social_secretary"))
    for change in ({"state": "refused", "reason": "Nej"}, {"decided_by": town.user("manager")}):
        with pytest.raises(IntegrityError, match="final"), transaction.atomic():
            Approval.objects.filter(pk=approval.pk).update(**change)


def test_who_was_faster_is_told_by_name(town):
    approval = town.submitted(town.opened())
    first, second = (town.user("social_secretary", name=name) for name in ("Sara Ek", "Sten"))
    town.approve(approval, first)
    with pytest.raises(Refused, match="Sara Ek"):
        town.approve(approval, second, state="refused", reason="Nej.")


# --- passing on, and standing in -----------------------------------------------------------------
def test_a_plan_is_passed_on_within_the_unit_with_the_reason(town, log_in):
    approval = town.submitted(town.opened())
    sara, sten = (town.user("social_secretary", name=name) for name in ("Sara", "Sten"))
    passing_on.forward(approval, sten, "Du känner ärendet.", actor=sara, today=MONDAY)
    assert Notice.objects.filter(user=sten, text_sv__contains="Du känner ärendet.").exists()
    assert (
        "Lämnad vidare till dig" in log_in(sten).get("/planer/att-ta-stallning/").content.decode()
    )
    assert (
        "Lämnad vidare till Sten" in log_in(sara).get("/planer/att-ta-stallning/").content.decode()
    )
    with pytest.raises(Refused):
        passing_on.forward(approval, sten, "Igen.", actor=sara, today=MONDAY)


def test_a_plan_is_not_passed_out_of_the_unit_or_by_a_stranger(town):
    approval = town.submitted(town.opened())
    sara, south = town.user("social_secretary"), town.user("social_secretary", "south")
    with pytest.raises(Refused):
        passing_on.forward(approval, south, "Hjälp.", actor=sara, today=MONDAY)
    with pytest.raises(PermissionDenied):
        passing_on.forward(approval, sara, "Hjälp.", actor=south, today=MONDAY)
    town.approve(approval, sara)
    with pytest.raises(Refused):
        passing_on.forward(approval, sara, "Sent.", actor=sara, today=MONDAY)


def test_the_stand_in_is_told_instead_of_the_one_who_is_away(town, log_in):
    sara, sten = (town.user("social_secretary", name=name) for name in ("Sara", "Sten"))
    passing_on.add_cover(sara, sten, MONDAY, MONDAY + 5 * DAY, actor=sara, today=MONDAY)
    approval = town.submitted(town.opened())
    told = Notice.objects.filter(key__startswith=f"plan:{approval.pk}:")
    assert set(told.values_list("user_id", flat=True)) == {sten.pk}
    assert "Du ersätter Sara" in log_in(sten).get("/planer/att-ta-stallning/").content.decode()


def test_absences_that_make_no_sense_are_refused(town):
    sara, sten = (town.user("social_secretary", name=name) for name in ("Sara", "Sten"))
    passing_on.add_cover(sara, sten, MONDAY, MONDAY + 5 * DAY, actor=sara, today=MONDAY)
    for away, cover, first, last in (
        (sara, sten, MONDAY + DAY, MONDAY + 9 * DAY),  # twice
        (sten, sara, MONDAY, MONDAY + 9 * DAY),  # the stand-in is away
        (sten, town.user("social_secretary", "south"), MONDAY, MONDAY + DAY),  # of another unit
        (sten, sara, MONDAY - 9 * DAY, MONDAY),  # over already
        (sten, sara, MONDAY, MONDAY + 400 * DAY),  # too long
    ):
        with pytest.raises(Refused):
            passing_on.add_cover(away, cover, first, last, actor=away, today=MONDAY)
    assert ApproverCover.objects.count() == 1


def test_one_who_is_back_gets_the_notices_again(town, log_in):
    sara, sten = (town.user("social_secretary", name=name) for name in ("Sara", "Sten"))
    row = passing_on.add_cover(sara, sten, MONDAY - DAY, MONDAY + 5 * DAY, actor=sara, today=MONDAY)
    assert log_in(sten).post("/planer/ersattare/", {"end": row.pk}).status_code == 404
    assert log_in(sara).post("/planer/ersattare/", {"end": row.pk}).status_code == 302
    row.refresh_from_db()
    assert row.ends_before == MONDAY


@pytest.mark.parametrize(
    ("users", "covers", "told"),
    [
        ([1, 2], {}, [1, 2]),
        ([1, 2], {1: 2}, [2]),
        ([1], {1: 2, 2: 3}, [3]),
        ([1], {1: 2, 2: 1}, [1]),
    ],
)
def test_stand_ins_are_followed_to_somebody_at_work(users, covers, told):
    assert at_work(users, covers) == told
