"""One human is registered once: asked at the desk, answered, compared, merged and parted on pages."""

import pytest
from django.urls import reverse

from intake.models import Visit
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.models import DuplicatePair, Person, PersonMerge
from jobcentre.casework.transitions.persons import register_person

pytestmark = pytest.mark.django_db
TOKEN = "0f8fad5b-d9cb-469f-a165-70867728950e"
NEW = {"given_name": "Ewa", "family_name": "Oberg", "purpose": "question", "token": TOKEN}


def unnumbered(town, **fields):
    values = {"given_name": "Eva", "family_name": "Åberg", "phone": "070-174 06 50", **fields}
    return register_person(values, None, town.units["north"], actor=None)


@pytest.fixture
def desk(town, log_in):
    return log_in(town.user(Role.RECEPTION))


@pytest.fixture
def chief(town, log_in):
    return log_in(town.user(Role.MANAGER))


# --- asked before it is saved --------------------------------------------------------------------
def test_who_looks_known_is_asked_about_and_nothing_is_saved(town, desk):
    known = unnumbered(town)
    answer = desk.post(reverse("intake:register"), NEW)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert known.name in page
    assert str(known.ref) in page
    assert (Person.objects.count(), Visit.objects.count()) == (1, 0)
    assert Entry.objects.filter(access="search", subject_refs=[str(known.ref)]).exists()


def test_somebody_else_is_registered_and_the_answer_is_kept(town, desk):
    known = unnumbered(town)
    desk.post(reverse("intake:register"), {**NEW, "somebody_else": [str(known.ref)]})
    person = Person.objects.exclude(pk=known.pk).get()
    assert (person.given_name, Visit.objects.get().person) == ("Ewa", person)
    pair = DuplicatePair.objects.get()
    assert (pair.first, pair.second, pair.answer) == (known, person, PairAnswer.SEPARATE)


def test_an_answer_about_one_is_no_answer_about_another(town, desk):
    first, second = unnumbered(town), unnumbered(town)
    answer = desk.post(reverse("intake:register"), {**NEW, "somebody_else": [str(first.ref)]})
    assert str(second.ref) in answer.content.decode()
    assert Person.objects.count() == 2


def test_the_same_number_leaves_no_other_answer(town, desk):
    known = town.person(where="south", given_name="Olle")
    number = known.numbers.get().number
    answer = desk.post(reverse("intake:register"), {**NEW, "identity": number})
    page = answer.content.decode()
    assert "Olle" in page
    assert page.count('name="given_name"') == 1
    assert "user-plus" not in page.split("<main", 1)[1]
    again = {**NEW, "identity": number, "somebody_else": [str(known.ref)]}
    assert "Olle" in desk.post(reverse("intake:register"), again).content.decode()
    assert Person.objects.count() == 1


def test_a_protected_persons_number_shows_nobody_and_registers_nobody(town, desk):
    known = town.protected(town.person(given_name="Hemlig"), [town.user(Role.MANAGER)])
    number = known.numbers.get().number
    typed = {**NEW, "identity": number}
    assert "Hemlig" not in desk.post(reverse("intake:register"), typed).content.decode()
    answer = desk.post(reverse("intake:register"), {**typed, "read": number})
    assert answer.status_code == 422
    assert "Hemlig" not in answer.content.decode()
    assert str(known.ref) not in answer.content.decode()
    assert Person.objects.count() == 1


def test_the_known_person_of_a_stale_page_is_the_one_who_was_kept(town, desk, chief):
    kept, merged = unnumbered(town), unnumbered(town)
    merge(chief, kept, merged)
    desk.post(
        reverse("intake:register"), {"person": merged.ref, "purpose": "question", "token": TOKEN}
    )
    assert Visit.objects.get().person == kept


def test_the_enrolment_asks_too(town, desk):
    known = unnumbered(town, phone="")
    desk.post(
        reverse("intake:register"),
        {**NEW, "purpose": "enrol", "somebody_else": [str(known.ref)]},
    )
    visit = Visit.objects.get()
    url = reverse("intake:enrol", args=[visit.ref])
    assert str(known.ref) not in desk.get(url).content.decode()
    DuplicatePair.objects.all().delete()
    assert str(known.ref) in desk.get(url).content.decode()
    said = {"one": visit.person.ref, "other": known.ref, "answer": "same", "visit": visit.ref}
    assert desk.post(reverse("intake:pair_answer"), said)["Location"] == url
    assert DuplicatePair.objects.get().answer == PairAnswer.SAME


# --- the pairs -----------------------------------------------------------------------------------
def test_the_pairs_are_shown_with_why_and_the_merge_only_to_managers(town, desk, chief):
    one, other = unnumbered(town), unnumbered(town)
    page = desk.get(reverse("intake:duplicates")).content.decode()
    link = reverse("intake:merge", args=[one.ref, other.ref])
    assert one.name in page
    assert link not in page
    assert link in chief.get(reverse("intake:duplicates")).content.decode()
    desk.post(
        reverse("intake:pair_answer"), {"one": one.ref, "other": other.ref, "answer": "separate"}
    )
    assert one.name not in desk.get(reverse("intake:duplicates")).content.decode()


def test_nothing_is_said_of_those_one_does_not_see(town, desk):
    near, far = unnumbered(town), town.person(where="south")
    hidden = town.protected(town.person(), [town.user(Role.MANAGER)])
    for one, other in ((far, near), (near, hidden), (near, near)):
        answer = desk.post(
            reverse("intake:pair_answer"), {"one": one.ref, "other": other.ref, "answer": "same"}
        )
        assert answer.status_code == 404
    assert not DuplicatePair.objects.exists()


# --- compared, merged, parted --------------------------------------------------------------------
def merge(chief, one, other, **values):
    url = reverse("intake:merge", args=[one.ref, other.ref])
    page = chief.get(url)
    form = page.context["form"]
    sent = {
        name: field.initial or form.initial.get(name, "") for name, field in form.fields.items()
    }
    sent |= {name: form.initial[name] for name in ("token", "version", "other_version")}
    return chief.post(url, {**sent, "sure": "on", **values})


def test_a_manager_compares_merges_and_parts(town, chief):
    kept, merged = unnumbered(town), unnumbered(town, given_name="Ewa", phone="")
    answer = merge(chief, kept, merged, given_name="merged")
    done = PersonMerge.objects.get()
    assert answer["Location"] == reverse("intake:merged", args=[done.ref])
    assert Person.objects.visible_to(town.user(Role.MANAGER)).get().given_name == "Ewa"
    url = reverse("intake:merged", args=[done.ref])
    assert chief.post(url, {"token": TOKEN}).status_code == 422
    assert chief.post(url, {"token": TOKEN, "sure": "on"}).status_code == 302
    names = Person.objects.visible_to(town.user(Role.MANAGER)).values_list("given_name", flat=True)
    assert sorted(names) == ["Eva", "Ewa"]
    assert Entry.objects.filter(action="person.merge", access="read").count() >= 2


def test_two_open_cases_are_named_on_the_page_and_nothing_is_merged(town, chief):
    one, other = town.opened(), town.opened()
    answer = merge(chief, one.person, other.person)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert one.number in page
    assert other.number in page
    assert not PersonMerge.objects.exists()


def test_what_was_changed_while_one_compared_is_not_lost(town, chief):
    one, other = unnumbered(town), unnumbered(town, given_name="Ewa")
    answer = merge(chief, one, other, other_version=7)
    assert answer.status_code == 422
    assert not PersonMerge.objects.exists()
