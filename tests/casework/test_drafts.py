"""Typed text is kept as one writes, and nobody's is lost or written over."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from activityplans.models import PlanVersion
from activityplans.transitions import plans
from jobcentre.audit.models import Entry
from jobcentre.casework import drafts
from jobcentre.casework.models import CaseEvent, FormDraft
from jobcentre.casework.transitions.records import NOTE_KINDS

KEPT = "X-Draft"


def keep(client, path: str, known: str = "0", **fields):
    return client.post(path, fields, headers={KEPT: known})


@pytest.fixture
def own(town, log_in):
    """The coach's client and the path of the note form of an own case."""
    case = town.opened()
    return log_in(town.user("coach")), f"/arenden/{case.number}/anteckning/", case


def test_what_is_typed_stands_there_when_the_page_is_opened_again(own):
    client, path, _case = own
    answer = keep(client, path, text="Vill arbeta i kök. <b>")
    assert (answer.status_code, answer.json()["edit"]) == (200, 1)
    assert answer.json()["text"].startswith("Utkast sparat ")
    page = client.get(path).content.decode()
    assert "Vill arbeta i kök. &lt;b&gt;</textarea>" in page
    assert 'data-draft="1"' in page
    assert "har inte skickat" in page


def test_keeping_writes_no_note(own):
    client, path, case = own
    keep(client, path, text="Halvfärdigt")
    assert not CaseEvent.objects.filter(case=case, kind__in=NOTE_KINDS).exists()


def test_a_sent_form_is_no_longer_kept(own):
    client, path, case = own
    keep(client, path, text="Färdigt")
    token = client.get(path).context["form"]["token"].value()
    client.post(path, {"text": "Färdigt", "token": token})
    assert CaseEvent.objects.filter(case=case, kind__in=NOTE_KINDS).count() == 1
    assert not FormDraft.objects.exists()
    assert "Färdigt</textarea>" not in client.get(path).content.decode()


def test_a_refused_form_is_still_kept(own):
    client, path, _case = own
    keep(client, path, text="Kvar")
    assert client.post(path, {"text": ""}).status_code == 422
    assert FormDraft.objects.get().fields == [["text", "Kvar"]]


def test_the_second_tab_is_told_and_may_choose(own):
    client, path, _case = own
    keep(client, path, text="Första fliken")
    told = keep(client, path, text="Andra fliken")
    assert told.status_code == 409
    assert "annan flik" in told.json()["text"]
    assert FormDraft.objects.get().fields == [["text", "Första fliken"]]
    assert keep(client, path, "mine", text="Andra fliken").json()["edit"] == 2
    assert keep(client, path, "1", text="Första igen").status_code == 409


def test_a_tab_left_open_after_the_sending_is_told(own):
    client, path, _case = own
    keep(client, path, text="Ett")
    client.post(path, {"discard_draft": "1"})
    assert keep(client, path, "1", text="Ett och ett halvt").status_code == 409


def test_another_user_on_the_same_page_begins_with_an_empty_form(own, town):
    client, path, _case = own
    keep(client, path, text="Bara mitt")
    manager = town.user("manager")
    assert drafts.find(manager, path) is None
    assert drafts.find(town.user("coach"), path).fields == [["text", "Bara mitt"]]


def test_who_may_not_open_the_page_may_not_keep_text_on_it(own, town, log_in):
    _client, path, _case = own
    stranger = log_in(town.user("coach", where="south", name="Annan"))
    assert keep(stranger, path, text="x").status_code == 404
    assert not FormDraft.objects.exists()


def test_that_somebody_writes_is_logged_once(own):
    client, path, case = own
    for known in range(3):
        keep(client, path, str(known), text="a" * (known + 1))
    entries = Entry.objects.filter(object_type="casework.formdraft")
    assert [entry.subject_ref for entry in entries] == [case.person.ref]


def test_too_long_a_text_is_refused_with_a_sentence(own, monkeypatch):
    client, path, _case = own
    monkeypatch.setattr(drafts, "MAX_CHARACTERS", 10)
    answer = keep(client, path, text="a" * 11)
    assert answer.status_code == 422
    assert "delar" in json.loads(answer.content)["text"]


def test_the_oldest_gives_way(town, monkeypatch):
    monkeypatch.setattr(drafts, "MAX_DRAFTS", 2)
    case = town.opened()
    for page in "abc":
        drafts.keep(town.user("coach"), case, page, [("text", page)], known=0)
    assert sorted(FormDraft.objects.values_list("page", flat=True)) == ["b", "c"]


def test_what_nobody_goes_on_with_is_removed_after_thirty_days(town):
    case = town.opened()
    drafts.keep(town.user("coach"), case, "a", [("text", "x")], known=0)
    assert drafts.remove_old(timezone.now() + timedelta(days=29)) == 0
    assert drafts.remove_old(timezone.now() + timedelta(days=31)) == 1


def plan_fields(client, path) -> dict:
    """The fields of the plan's form as a browser would send them."""
    context = client.get(path).context
    forms = [context["form"], context["lines"].management_form, *context["lines"].forms]
    return {
        field.html_name: "" if field.value() is None else str(field.value())
        for form in forms
        for field in form
        if field.name != "DELETE"
    }


def test_a_half_written_plan_comes_back_line_by_line(town, log_in):
    case = town.opened()
    client, path = log_in(town.user("coach")), f"/arenden/{case.number}/plan/skriv/"
    fields = plan_fields(client, path) | {
        "goal": "Arbete",
        "starts_on": "nästa mån",
        "lines-0-description": "Tränar i kafé",
    }
    assert keep(client, path, **fields).status_code == 200
    page = client.get(path)
    assert page.context["form"]["starts_on"].value() == "nästa mån"
    assert page.context["lines"].forms[0]["description"].value() == "Tränar i kafé"
    assert len(page.context["lines"].forms) == 2
    assert not PlanVersion.objects.exists()


def test_a_plan_begun_by_another_is_not_written_over(town, log_in):
    case = town.opened()
    client, path = log_in(town.user("coach")), f"/arenden/{case.number}/plan/skriv/"
    fields = plan_fields(client, path) | {"goal": "Mitt"}
    keep(client, path, **fields)
    other = town.plan_input(case, town.today, goal="Vikariens")
    plans.save_draft(case, other, actor=None, today=town.today)
    page = client.get(path)
    assert "någon annan" in page.content.decode().lower()
    answer = client.post(path, plan_fields(client, path) | {"save": "1"})
    assert answer.status_code == 422
    assert PlanVersion.objects.get().goal == "Vikariens"
