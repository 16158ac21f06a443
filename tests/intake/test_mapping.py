"""The mapping: what is written, by whom, kept when it changes, and shown to whom."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from intake.mapping import rules, ssyk
from intake.mapping.rules import EMPTY, Outcome, Statement
from intake.models import AnswerVersion, Mapping, MappingAnswer, MappingArea, MappingFact
from intake.transitions import facts, guidance
from intake.transitions.mapping import (
    ChangedMeanwhile,
    MappingInput,
    PartInput,
    Written,
    add_part,
    save_mapping,
)
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import Area, InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import CaseEvent, Document
from jobcentre.casework.transitions.records import open_sensitive_areas
from jobcentre.notices.models import Notice
from tests.reporting.pdf_text import words_of

pytestmark = pytest.mark.row("J4")
SECRET = "Lever under hot."


# --- rules ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mine", "base", "now", "outcome"),
    [
        ("a", "a", "a", Outcome.LEAVE),
        ("a", "a", "b", Outcome.LEAVE),  # only the other has written
        ("b", "a", "b", Outcome.LEAVE),  # both have written the same
        ("b", "a", "a", Outcome.WRITE),
        ("b", "a", "c", Outcome.CONFLICT),
    ],
)
def test_three_wordings_become_one(mine, base, now, outcome):
    assert rules.merged(mine, base, now) is outcome


def test_a_required_area_is_answered_by_a_level_or_words():
    said = {
        "a": Statement(level=1),
        "b": Statement(obstacles="Saknar intyg."),
        "c": Statement(text="  ", needs_measure=True, source="coach"),
    }
    assert rules.unanswered(["a", "b", "c", "d"], said) == ["c", "d"]


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("kock", "5120"),
        ("undersköterska", "5321"),
        ("lokalvårdare", "9111"),
        ("BUSSCHAUFFÖR", "8331"),
        ("8344", "8344"),
        ("pizza", "9411"),
    ],
)
def test_an_occupation_is_found_by_a_word(word, code):
    assert code in [row.code for row in ssyk.search(word)]


def test_a_search_is_short_and_begins_with_the_best():
    assert len(ssyk.occupations()) == 429
    assert len(ssyk.search("e")) == ssyk.MAX_HITS == 20
    assert ssyk.search("bagare")[0].label == "Bagare och konditorer"
    assert ssyk.search("") == ssyk.search("xyzzy") == []


# --- what is written -----------------------------------------------------------------------------
def written(edit=0, summary="", summary_edit=0, **texts) -> MappingInput:
    areas = {key: Written(Statement(text=text), edit) for key, text in texts.items()}
    return MappingInput(areas, summary, "", summary_edit)


@pytest.fixture
def case(town):
    return town.opened()


@pytest.fixture
def save(town, case):
    def act(told, who="coach", **options):
        actor = town.user(who) if who else None
        return save_mapping(case, told, actor=actor, today=town.today, **options)

    return act


def test_it_is_completed_when_the_required_areas_are_answered(town, case, save):
    save(written(work="Kock i sju år."))
    with pytest.raises(Refused, match="Utbildning och validering"):
        save(written(edit=1, work="Kock i sju år.", summary="Kort."), complete=True)
    assert Mapping.objects.get().completed_on is None
    required = MappingArea.objects.filter(is_required=True)
    areas = {area.key: Written(Statement(level=3), 0) for area in required if area.key != "work"}
    with pytest.raises(Refused, match="sammanfattning"):
        save(MappingInput(areas, edit=1), complete=True)
    save(MappingInput(areas, "Kan börja.", edit=1), complete=True)
    assert Mapping.objects.get().completed_on == town.today
    assert CaseEvent.objects.filter(kind="mapping.completed").count() == 1


def test_an_area_that_is_no_longer_required_stops_nothing(town, save):
    MappingArea.objects.exclude(key="work").update(is_required=False)
    MappingArea.objects.filter(key="work").update(valid_to=town.today)
    save(written(summary="Klar."), complete=True)
    assert Mapping.objects.get().completed_on == town.today


def test_what_changes_keeps_the_former_wording(town, case, save):
    save(written(work="Kock.", digital="Har mobil."))
    save(written(edit=1, work="Kock i Umeå.", digital="Har mobil."))
    wordings = AnswerVersion.objects.filter(answer__area="work").order_by("edit")
    assert [row.text for row in wordings] == ["Kock.", "Kock i Umeå."]
    assert {row.changed_by for row in wordings} == {town.user("coach")}
    assert AnswerVersion.objects.filter(answer__area="digital").count() == 1
    assert MappingAnswer.objects.get(area="work").edit == 2


def test_a_completed_mapping_is_changed_not_begun_anew(town, case, save):
    town.mapped(case)
    save(MappingInput({"work": Written(Statement(level=5), 1)}, "Ny bild.", "", 1))
    mapping = Mapping.objects.get()
    assert (mapping.summary, mapping.completed_on) == ("Ny bild.", town.today)
    assert [row.summary for row in mapping.summaries.all()] == ["Ny bild.", "Kan arbeta heltid."]
    event = CaseEvent.objects.get(kind="mapping.changed")
    assert (event.payload, event.area) == ({"parts": 2}, Area.MAPPING)


def test_an_untouched_section_leaves_no_answer(save):
    save(MappingInput({"work": Written(EMPTY), "digital": Written(Statement(source="coach"))}))
    assert not MappingAnswer.objects.exists()
    save(MappingInput({"work": Written(Statement(needs_measure=True))}))
    assert MappingAnswer.objects.get().needs_measure


def test_two_who_write_in_different_areas_both_keep_their_words(town, case, save):
    save(written(work="Ett.", digital="Två."))
    save(written(edit=1, work="Ett, ändrat.", digital="Två."))
    save(written(edit=1, work="Ett.", digital="Två, ändrat."))  # opened before the other saved
    texts = dict(MappingAnswer.objects.values_list("area", "text"))
    assert texts == {"work": "Ett, ändrat.", "digital": "Två, ändrat."}


def test_the_second_in_the_same_area_is_told_and_nothing_is_written(save):
    save(written(work="Ett.", digital="Två."))
    save(written(edit=1, work="Den förstas.", digital="Två."))
    with pytest.raises(ChangedMeanwhile) as told:
        save(written(edit=1, work="Den andras.", digital="Två, ändrat."))
    assert told.value.answers["work"].text == "Den förstas."
    assert list(told.value.answers) == ["work"]
    texts = dict(MappingAnswer.objects.values_list("area", "text"))
    assert texts == {"work": "Den förstas.", "digital": "Två."}
    save(written(edit=2, work="Bådas.", digital="Två."))
    assert MappingAnswer.objects.get(area="work").text == "Bådas."


def test_two_who_begin_the_same_area_at_once_are_told(save):
    save(written(work="Den förstas."))
    with pytest.raises(ChangedMeanwhile):
        save(written(work="Den andras."))
    save(written(summary="Min.", summary_edit=0, work="Den förstas."))
    with pytest.raises(ChangedMeanwhile) as told:
        save(written(summary="Din.", summary_edit=0, work="Den förstas."))
    assert told.value.summary.summary == "Min."


def test_the_page_shows_the_other_wording_and_keeps_ones_own(town, case, save, log_in):
    save(written(work="Ett."))
    client, path = log_in(town.user("coach")), f"/arenden/{case.number}/kartlaggning/"
    form = client.get(path).context["form"]
    sent = {
        "token": form["token"].value(),
        "text_work": "Den andras.",
        "source_work": "person",
        "edit_work": 1,
        "edit_summary": 1,
    }
    save(written(edit=1, work="Den förstas."))
    answer = client.post(path, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Den förstas." in page
    assert "Den andras.</textarea>" in page
    assert 'name="edit_work" value="2"' in page
    again = client.post(path, {**sent, "edit_work": 2})
    assert again.status_code == 302
    assert MappingAnswer.objects.get(area="work").text == "Den andras."


def test_line_ends_of_the_browser_change_nothing(town, case, save, log_in):
    save(written(work="Ett.\nTvå."))
    client, path = log_in(town.user("coach")), f"/arenden/{case.number}/kartlaggning/"
    token = client.get(path).context["form"]["token"].value()
    sent = {"token": token, "text_work": "Ett.\r\nTvå.", "edit_work": 1, "edit_summary": 1}
    assert client.post(path, sent).status_code == 302
    assert AnswerVersion.objects.count() == 1


def test_a_closed_case_is_not_mapped(town, case, save):
    case.status, case.ended_on = "closed", town.today
    case.save()
    with pytest.raises(Refused, match="avslutat"):
        save(written(work="Sent."), who=None)


def test_a_colleague_does_not_write(town, save):
    colleague = town.user("coach", name="Mona")
    case = town.opened(coach=colleague)
    with pytest.raises(PermissionDenied):
        save_mapping(case, written(work="x"), actor=town.user("coach"), today=town.today)


# --- sensitive areas -----------------------------------------------------------------------------
SHOWN = ["del/mapping/", "kartlaggning/historik/"]


@pytest.fixture
def delicate(town, case):
    areas = {
        "safety": Written(Statement(text=SECRET)),
        "health": Written(Statement(text="Kan inte lyfta.")),
        "work": Written(Statement(text="Kock.")),
    }
    save_mapping(case, MappingInput(areas), actor=town.user("coach"), today=town.today)
    said = PartInput("safety", f"Del: {SECRET}", town.today, "social", "Eva", "Socialjouren")
    add_part(case, said, actor=town.user("coach"), today=town.today)
    return case


@pytest.mark.parametrize("shown", SHOWN)
def test_sensitive_areas_are_the_coachs_and_not_the_managers(shown, town, delicate, log_in):
    path = f"/arenden/{delicate.number}/{shown}"
    coach = log_in(town.user("coach")).get(path).content.decode()
    manager = log_in(town.user(Role.MANAGER)).get(path).content.decode()
    assert SECRET in coach
    assert "Kock." in manager
    assert SECRET not in manager
    assert "Kan inte lyfta." not in manager


def test_a_manager_sees_them_after_saying_why(town, delicate, log_in):
    manager = town.user(Role.MANAGER)
    reason = "Granskning efter klagomål från personen."
    open_sensitive_areas(delicate, reason, actor=manager)
    page = log_in(manager).get(f"/arenden/{delicate.number}/del/mapping/").content.decode()
    assert SECRET in page


def test_nobody_writes_in_an_area_that_is_closed_to_them(town, delicate):
    counsellor = town.user(Role.STUDY_COUNSELLOR)
    guidance.invite_counsellor(delicate, counsellor, actor=town.user("coach"), today=town.today)
    said = PartInput("safety", "Nej.", town.today, name="SYV", organisation="Vägledning")
    with pytest.raises(Refused, match="områdena"):
        add_part(delicate, said, actor=counsellor, today=town.today)


def test_the_paper_leaves_out_what_others_at_home_must_not_read(town, delicate, log_in):
    coach = town.user("coach")
    quiet = PartInput("contacts", "Bara för oss.", town.today, "af", "Sara", "AF", for_person=False)
    add_part(delicate, quiet, actor=coach, today=town.today)
    answer = log_in(coach).get(f"/arenden/{delicate.number}/kartlaggning/utskrift/")
    text = words_of(answer.content)
    assert "Kan inte lyfta." in text
    assert "Kock." in text
    for hidden in (SECRET, "Våld och säkerhet", "Bara för oss."):
        assert hidden not in text
    assert Entry.objects.filter(action="mapping.print", access="print").count() == 1


# --- other parties -------------------------------------------------------------------------------
def test_an_invited_counsellor_reads_and_adds_what_guidance_needs(town, delicate, log_in):
    counsellor, coach = town.user(Role.STUDY_COUNSELLOR), town.user("coach")
    path = f"/arenden/{delicate.number}/kartlaggning/bidrag/"
    client = log_in(counsellor)
    assert client.get(path).status_code == 404
    guidance.invite_counsellor(delicate, counsellor, actor=coach, today=town.today)
    assert Notice.objects.get(user=counsellor).url == path
    answer = client.get(path)
    page = answer.content.decode()
    assert "Kock." in page
    for hidden in (SECRET, "Kan inte lyfta.", "Våld och säkerhet"):
        assert hidden not in page
    sent = {
        "token": answer.context["form"]["token"].value(),
        "area": "education",
        "text": "Kan läsa vid komvux.",
    }
    assert client.post(path, {**sent, "area": "safety"}).status_code == 422
    assert client.post(path, sent).status_code == 302
    part = delicate.mapping_parts.get(area="education")
    assert (part.name, part.written_by, part.party) == (counsellor.name, counsellor, "guidance")
    assert Notice.objects.filter(user=coach, key=f"mapping-part:{part.pk}").exists()
    shown = log_in(coach).get(f"/arenden/{delicate.number}/del/mapping/").content.decode()
    assert "Kan läsa vid komvux." in shown


def test_when_guidance_ends_the_case_is_closed_to_the_counsellor(town, case, log_in):
    counsellor, coach = town.user(Role.STUDY_COUNSELLOR), town.user("coach")
    row = guidance.invite_counsellor(case, counsellor, actor=coach, today=town.today)
    with pytest.raises(Refused, match="redan inbjuden"):
        guidance.invite_counsellor(case, counsellor, actor=coach, today=town.today)
    client = log_in(coach)
    client.post(f"/arenden/{case.number}/kartlaggning/bjud-in/{row.pk}/avsluta/")
    path = f"/arenden/{case.number}/kartlaggning/bidrag/"
    assert log_in(counsellor).get(path).status_code == 404
    later = town.today + timedelta(days=1)
    guidance.invite_counsellor(case, counsellor, actor=coach, today=later)
    assert case.involvements.filter(kind=InvolvementKind.GUIDANCE).count() == 1


@pytest.mark.row("B7")
def test_only_a_counsellor_of_the_circle_is_invited_to_a_protected_person(town, case):
    counsellor, coach = town.user(Role.STUDY_COUNSELLOR), town.user("coach")
    town.protected(case.person, [coach])
    case.person.refresh_from_db()
    with pytest.raises(Refused):
        guidance.invite_counsellor(case, counsellor, actor=None, today=town.today)
    assert not Notice.objects.filter(user=counsellor).exists()
    other = town.opened()
    town.protected(other.person, [coach, counsellor])
    other.person.refresh_from_db()
    assert guidance.invite_counsellor(other, counsellor, actor=None, today=town.today).pk


# --- facts ---------------------------------------------------------------------------------------
def test_an_occupation_is_searched_without_a_case_in_the_address_and_noted(town, case, log_in):
    client = log_in(town.user("coach"))
    hits = client.get("/yrken/?q=kock", HTTP_HX_REQUEST="true").content.decode()
    assert 'value="5120"' in hits
    assert "<html" not in hits
    path = f"/arenden/{case.number}/kartlaggning/uppgift/occupation_held/"
    answer = client.get(path)
    token = answer.context["form"]["token"].value()
    assert 'hx-get="/yrken/"' in answer.content.decode()
    without_script = client.post(path, {"q": "kock", "search": "1"}).content.decode()
    assert 'value="5120"' in without_script
    assert client.post(path, {"token": token, "code": "9999"}).status_code == 422
    assert client.post(path, {"token": token, "code": "5120", "years": "7"}).status_code == 302
    fact = MappingFact.objects.get()
    assert (fact.code, fact.years, fact.noted_by) == ("5120", 7, town.user("coach"))
    assert (
        "Kockar och kallskänkor"
        in client.get(f"/arenden/{case.number}/del/mapping/").content.decode()
    )


def test_the_same_fact_is_noted_once_and_again_after_it_is_removed(town, case, log_in):
    coach, language = town.user("coach"), {"code": "b1", "text": "Dari"}
    fact = facts.add_fact(case, "language", language, actor=coach, today=town.today)
    client, path = log_in(coach), f"/arenden/{case.number}/kartlaggning/uppgift/language/"
    token = client.get(path).context["form"]["token"].value()
    twice = client.post(path, {"token": token, **language})
    assert twice.status_code == 422
    assert "redan noterat" in twice.content.decode()
    client.post(f"/arenden/{case.number}/kartlaggning/uppgift/{fact.pk}/ta-bort/")
    fact.refresh_from_db()
    assert (fact.removed_on, fact.removed_by) == (town.today, coach)
    assert client.post(path, {"token": token, **language}).status_code == 302
    history = client.get(f"/arenden/{case.number}/kartlaggning/historik/").content.decode()
    assert "Dari, B1" in history


def test_an_sfi_test_is_ordered_done_and_has_its_result(town, case, log_in):
    client, path = (
        log_in(town.user("coach")),
        f"/arenden/{case.number}/kartlaggning/uppgift/sfi/",
    )
    form = client.get(path).context["form"]
    ordered = {"token": form["token"].value(), "code": "none", "ordered_on": "2026-11-16"}
    assert client.post(path, {**ordered, "result": "b"}).status_code == 422
    assert client.post(path, {**ordered, "done_on": "2026-11-15"}).status_code == 422
    assert client.post(path, ordered).status_code == 302
    page = client.get(path)
    assert page.context["form"]["ordered_on"].value() == town.today
    done = {**ordered, "token": page.context["form"]["token"].value(), "done_on": "2026-11-16"}
    assert client.post(path, {**done, "result": "c"}).status_code == 302
    assert MappingFact.objects.current().get().result == "c"
    assert MappingFact.objects.count() == 2


def test_facts_are_bounded(town, case, monkeypatch):
    monkeypatch.setattr(facts, "MAX_FACTS", 1)
    note = lambda text: facts.add_fact(  # noqa: E731
        case, "language", {"code": "a1", "text": text}, actor=None, today=town.today
    )
    note("Dari")
    with pytest.raises(Refused, match="1 uppgifter"):
        note("Farsi")


def test_a_paper_of_the_mapping_is_read_by_those_who_read_the_mapping(town, case, log_in):
    client = log_in(town.user("coach"))
    path = f"/arenden/{case.number}/kartlaggning/bilaga/"
    token = client.get(path).context["form"]["token"].value()
    file = SimpleUploadedFile("intyg.pdf", b"%PDF-1.7 intyg", content_type="application/pdf")
    assert client.post(path, {"token": token, "title": "Betyg", "file": file}).status_code == 302
    document = Document.objects.get()
    assert document.area == Area.MAPPING
    address = f"/dokument/{document.ref}/"
    opened = log_in(town.user(Role.MANAGER)).get(address)
    assert b"".join(opened.streaming_content) == b"%PDF-1.7 intyg"
    assert log_in(town.user("coach", name="Mona")).get(address).status_code == 404


# --- pages ---------------------------------------------------------------------------------------
def test_what_is_typed_is_kept_until_it_is_saved(town, case, log_in):
    client, path = log_in(town.user("coach")), f"/arenden/{case.number}/kartlaggning/"
    client.post(path, {"text_work": "Halv mening", "edit_work": "0"}, headers={"X-Draft": "0"})
    assert not Mapping.objects.exists()
    assert "Halv mening</textarea>" in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("language", "word"), [("sv", "Arbetslivserfarenhet"), ("en", "Experience of work")]
)
def test_areas_are_in_the_readers_language(language, word, town, case, log_in):
    client = log_in(town.user("coach"), language=language)
    assert word in client.get(f"/arenden/{case.number}/kartlaggning/").content.decode()


def test_an_area_that_has_ended_is_shown_where_it_is_answered(town, case, save, log_in):
    save(written(work="Kock."))
    MappingArea.objects.filter(key__in=["work", "digital"]).update(valid_to=town.today)
    page = log_in(town.user("coach")).get(f"/arenden/{case.number}/kartlaggning/")
    assert {"work"} == {"work", "digital"} & {area.key for area in page.context["form"].areas}
