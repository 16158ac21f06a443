"""Two registrations of one human become one and, if it was a mistake, two again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from intake.enums import PassingGround, ReferralEnd, VisitPurpose
from intake.models import ReferralIn, Visit
from intake.transitions import register_visit
from intake.transitions.referrals_in import Sending, end_referral, send_referral
from intake.transitions.visits import leave
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework import merge_plan as plan
from jobcentre.casework.enums import Protection, Source
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.identity import parse_identity
from jobcentre.casework.merged_guard import is_refusal
from jobcentre.casework.models import (
    Appointment,
    Case,
    CaseEvent,
    CircleMember,
    ConflictOfInterest,
    Deadline,
    ExitReason,
    IdentityNumber,
    Person,
    PersonMerge,
)
from jobcentre.casework.search import found_persons
from jobcentre.casework.transitions import merging, persons
from jobcentre.casework.transitions.appointments import book_appointment
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.casework.transitions.records import write_note
from tests.factories import MONDAY, noon, official_number

pytestmark = pytest.mark.django_db


def manager(town):
    return town.user(Role.MANAGER)


def closed(town, **fields) -> Case:
    case = town.opened(on=MONDAY - timedelta(days=200), **fields)
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY - timedelta(days=100))
    close_case(case, leaving, actor=town.acting(case.coach), today=MONDAY, version=case.version)
    return Case.objects.get(pk=case.pk)


def two(town) -> tuple[Case, Case]:
    """The same human with an open case and, registered before it, with a closed one."""
    former = closed(town, given_name="Ewa", phone="070-174 06 51")
    case = town.opened(given_name="Eva")
    coach = town.acting(case.coach)
    write_note(former, "Talar finska.", actor=coach)
    visited(town, former.person)
    return case, former


def visited(town, person):
    """Somebody who came to the desk and left again."""
    desk = town.user(Role.RECEPTION)
    visit = register_visit(town.units["north"], VisitPurpose.PAPERS, actor=desk, person=person)
    return leave(visit, actor=desk)


def merge(town, case, former, **chosen):
    return merging.merge_persons(
        case.person, former.person, chosen, actor=manager(town), now=timezone.now()
    )


ROWS = (Person, IdentityNumber, CircleMember, ConflictOfInterest, Case, Appointment, Deadline)
LEFT_OUT = {"version", "last_event_at"}  # counts of changes and the time of the last event


def snapshot() -> dict:
    """Every row that a merge may touch, less the counts of changes."""
    models = {*ROWS, *(model for model, _name in plan.references())}
    return {
        model._meta.label: sorted(
            tuple((f.attname, getattr(row, f.attname)) for f in model._meta.concrete_fields
                  if f.name not in LEFT_OUT)
            for row in model._base_manager.order_by("pk")
        )
        for model in models
    }  # fmt: skip


# --- the merge -----------------------------------------------------------------------------------
def test_everything_becomes_the_kept_persons(town):
    case, former = two(town)
    kept, merged = case.person, former.person
    done = merge(town, case, former, phone="merged")
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert set(kept.cases.all()) == {case, former}
    assert (kept.given_name, kept.phone) == ("Eva", "070-174 06 51")
    assert (kept.numbers.count(), kept.numbers.filter(is_current=True).count()) == (2, 1)
    for model, name in plan.references():
        assert not plan.rows_of(merged, model, name).exists(), model
    assert merged.merged_into == kept
    assert Person.objects.resolve(merged.ref) == Person.objects.resolve(kept.ref) == kept
    assert not Person.objects.visible_to(manager(town)).filter(pk=merged.pk).exists()
    old_number = done.before["numbers"] and IdentityNumber.objects.filter(is_current=False).get()
    assert [row["ref"] for row in found_persons(manager(town), old_number.number, MONDAY)] == [
        kept.ref
    ]
    told = CaseEvent.objects.filter(kind="person.merged").values_list("case", flat=True)
    assert set(told) == {case.pk, former.pk}
    assert {
        entry.subject_ref for entry in Entry.objects.filter(action="person.merge", access="change")
    } == {kept.ref, merged.ref}


def test_the_number_is_chosen_and_the_other_one_is_kept_as_a_former_one(town):
    case, former = two(town)
    theirs = former.person.numbers.get()
    merge(town, case, former, number="merged")
    assert plan.current_number(case.person) == theirs
    assert case.person.numbers.count() == 2


def test_two_open_cases_are_refused_and_named(town):
    one, other = town.opened(), town.opened()
    with pytest.raises(Refused) as refused:
        merge(town, one, other)
    assert one.number in str(refused.value)
    assert other.number in str(refused.value)
    assert not PersonMerge.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_only_managers_merge(town, role):
    case, former = two(town)
    with pytest.raises(PermissionDenied):
        merging.merge_persons(
            case.person, former.person, {}, actor=town.user(role), now=timezone.now()
        )


def test_a_manager_merges_only_what_is_of_the_own_centre(town):
    case, far = town.opened(), closed(town, where="south")
    with pytest.raises(PermissionDenied):
        merge(town, case, far)


def test_a_change_made_since_the_page_was_opened_is_not_lost(town):
    case, former = two(town)
    versions = {person.pk: person.version for person in (case.person, former.person)}
    Person.objects.filter(pk=former.person_id).update(version=7)
    with pytest.raises(Conflict):
        merging.merge_persons(
            case.person, former.person, {}, actor=manager(town), now=timezone.now(),
            versions=versions,
        )  # fmt: skip


def test_the_stricter_protection_and_both_circles_stand(town):
    case, former = two(town)
    mine, coach = manager(town), town.user(Role.COACH)
    Person.objects.filter(pk=case.person_id).update(street="Storgatan 1", city="Älvbro")
    town.protected(former.person, [mine, coach])
    merge(town, case, former, protection="kept")
    kept = Person.objects.get(pk=case.person_id)
    left = Person.objects.get(pk=former.person_id)
    assert kept.protection == Protection.REGISTRATION
    assert (kept.street, kept.city, left.street) == ("", "", "")
    assert set(kept.circle.values_list("user", flat=True)) == {mine.pk, coach.pk}
    assert not Person.objects.visible_to(town.user(Role.RECEPTION)).filter(pk=kept.pk).exists()


def test_who_is_in_both_circles_stays_in_once(town):
    case, former = two(town)
    mine, coach = manager(town), town.user(Role.COACH)
    town.protected(former.person, [mine, coach])
    town.protected(case.person, [mine])
    before = snapshot()
    done = merge(town, case, former)
    circle = CircleMember.objects.filter(person=case.person, ends_before__isnull=True)
    assert sorted(circle.values_list("user", flat=True)) == sorted([mine.pk, coach.pk])
    merging.undo_merge(done, actor=mine, now=timezone.now())
    assert snapshot() == before


def test_no_row_comes_to_point_at_a_merged_person(town):
    case, former = two(town)
    merge(town, case, former)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        ConflictOfInterest.objects.create(
            person_id=former.person_id, user=manager(town), declared_on=MONDAY
        )
    assert is_refusal(refused.value)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(person=former.person_id)


def test_a_person_is_not_merged_twice_nor_with_itself(town):
    case, former = two(town)
    with pytest.raises(Refused):
        merge(town, case, case)
    merge(town, case, former)
    with pytest.raises(Refused):
        merge(town, closed(town), former)


def test_both_in_the_queue_are_not_merged_until_one_visit_is_ended(town):
    """One open visit for each person at a centre: nothing is moved, and the sentence says what to end."""
    case, former = two(town)
    desk, centre = town.user(Role.RECEPTION), town.units["north"]
    first, second = (
        register_visit(centre, VisitPurpose.PAPERS, actor=desk, person=each.person)
        for each in (case, former)
    )
    before = snapshot()
    with translation.override("sv"), pytest.raises(Refused) as refused:
        merge(town, case, former)
    assert "besök" in str(refused.value)
    assert snapshot() == before
    leave(second, actor=desk)
    merge(town, case, former)
    assert first.person == case.person
    assert {visit.person for visit in Visit.objects.all()} == {case.person}


def test_both_referred_are_not_merged_until_one_referral_is_ended(town):
    former, other = (
        send_referral(
            town.person(given_name=name),
            {},
            None,
            Sending(Source.PROJECT, town.units["north"], PassingGround.CONSENT),
            actor=town.user(Role.RECEPTION),
            today=MONDAY,
        )
        for name in ("Ewa", "Eva")
    )
    with translation.override("sv"), pytest.raises(Refused) as refused:
        merge(town, other, former)
    assert "remiss" in str(refused.value)
    end_referral(former, ReferralEnd.OTHER, "", actor=town.user(Role.RECEPTION), today=MONDAY)
    merge(town, other, former)
    assert ReferralIn.objects.filter(person=other.person).count() == 2


# --- undone --------------------------------------------------------------------------------------
def test_undone_after_a_week_with_what_came_after_going_with_its_case(town):
    case, former = two(town)
    before = snapshot()
    done = merge(town, case, former)
    coach = town.acting(case.coach)
    old = Case.objects.get(pk=former.pk)
    meeting = book_appointment(old, coach, noon(MONDAY), "Avslut", actor=coach)
    visit = visited(town, case.person)
    assert [count for _label, count in plan.staying(done)] == [1]
    merging.undo_merge(done, actor=manager(town), now=timezone.now() + timedelta(days=7))
    meeting.refresh_from_db()
    visit.refresh_from_db()
    assert (meeting.person_id, visit.person_id) == (former.person_id, case.person_id)
    meeting.delete()
    visit.delete()
    assert snapshot() == before
    assert CaseEvent.objects.filter(kind="person.parted").count() == 2
    with pytest.raises(Refused):
        merging.undo_merge(done, actor=manager(town), now=timezone.now())


def _corrected(town, case):
    person = Person.objects.get(pk=case.person_id)
    persons.correct_person(
        person, {"phone": "070-174 06 77"}, actor=manager(town), version=person.version
    )


def _renumbered(town, case):
    number = parse_identity(official_number(date(1999, 3, 4)), MONDAY)
    persons.change_number(case.person, number, actor=manager(town))


def _protected(town, case):
    town.protected(Person.objects.get(pk=case.person_id), [manager(town)])


def _returned(town, case):
    open_now = Case.objects.get(pk=case.pk)
    leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY)
    close_case(open_now, leaving, actor=manager(town), today=MONDAY, version=open_now.version)
    town.opened(person=Person.objects.get(pk=case.person_id))


@pytest.mark.parametrize(
    ("act", "word"),
    [(_corrected, "phone"), (_renumbered, "number"), (_protected, "protection"),
     (_returned, "opened after")],
)  # fmt: skip
def test_what_makes_undoing_impossible_is_said(town, act, word):
    case, former = two(town)
    done = merge(town, case, former)
    act(town, case)
    now = timezone.now()
    fresh = PersonMerge.objects.select_related("kept", "merged").get(pk=done.pk)
    with translation.override("en"):
        found = " ".join(plan.undo_obstacles(fresh, now))
    assert word in found.casefold()
    with translation.override("en"), pytest.raises(Refused) as refused:
        merging.undo_merge(fresh, actor=manager(town), now=now)
    assert str(refused.value) == found


def test_after_thirty_days_it_stands_and_what_is_left_has_no_name(town):
    case, former = two(town)
    done = merge(town, case, former)
    later = timezone.now() + timedelta(days=30)
    assert merging.settle_old_merges(later - timedelta(seconds=1)) == 0
    assert plan.undo_obstacles(done, later - timedelta(seconds=1)) == []
    assert "30" in plan.undo_obstacles(done, later)[0]
    assert merging.settle_old_merges(later) == 1
    assert merging.settle_old_merges(later) == 0
    left = Person.objects.get(pk=former.person_id)
    assert (left.name, left.phone, left.birth_date) == ("-", "", None)
    assert Person.objects.resolve(left.ref) == case.person


def test_an_apps_new_reference_takes_part_by_itself():
    labels = {plan.key_of(model, name) for model, name in plan.references()}
    assert {"casework.case.person", "casework.appointment.person", "intake.visit.person"} <= labels
    # Whoever points at a person either takes part or is one of those known.
    everything = {
        f.model._meta.label_lower + "." + f.name
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created and not relation.concrete
        for f in [relation.field]
    }
    own = {"casework.identitynumber.person", "casework.circlemember.person",
           "casework.conflictofinterest.person", "casework.person.merged_into",
           "casework.duplicatepair.first", "casework.duplicatepair.second",
           "casework.personmerge.kept", "casework.personmerge.merged"}  # fmt: skip
    assert everything - labels == own


def test_every_table_that_points_at_a_person_refuses_merged_ones():
    """A new one gets `refuse_merged_person` in a migration; SQLite loses it when a table is remade."""
    rows = [*plan.references(), *((model, "person") for model in (IdentityNumber, CircleMember))]
    wanted = {
        f"{model._meta.db_table}_{model._meta.get_field(name).column}_not_merged"
        for model, name in rows
    }
    names = "SELECT tgname FROM pg_trigger"
    if connection.vendor == "sqlite":
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(names)
        found = {row[0] for row in cursor.fetchall()}
    if connection.vendor == "sqlite":
        found = {n.removesuffix("_insert") for n in found if n.endswith("_insert")}
    assert wanted - found == set()


NAMES = st.sampled_from(["Eva", "Ewa", "Éva Lena", "Åsa", "E" * 200])
SIDE = st.sampled_from(["kept", "merged"])


@settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    fields=st.fixed_dictionaries(
        {
            "given_name": NAMES,
            "birth_date": st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2008, 1, 1))),
            "sex": st.sampled_from(["woman", "man", "unknown"]),
            "email": st.sampled_from(["", "eva@example.org"]),
            "street": st.sampled_from(["", "Storgatan 1"]),
            "interpreter_language": st.sampled_from(["", "finska"]),
        }
    ),
    chosen=st.dictionaries(st.sampled_from([*plan.CHOSEN, "address", "number"]), SIDE),
    keeps_former=st.booleans(),
    conflicts=st.lists(st.sampled_from(["kept", "merged"]), max_size=2, unique=True),
    visits=st.integers(0, 2),
)
def test_a_merge_and_its_undoing_give_back_the_same_rows(
    town, fields, chosen, keeps_former, conflicts, visits
):
    for role in (Role.COACH, Role.RECEPTION, Role.MANAGER, Role.SOCIAL_SECRETARY):
        town.user(role)  # what is made inside is undone after each example
    with transaction.atomic():
        case, former = two(town)
        Person.objects.filter(pk=former.person_id).update(**fields)
        for person in Person.objects.filter(pk__in=(case.person_id, former.person_id)):
            person.save()
        case, former = (Case.objects.get(pk=each.pk) for each in (case, former))
        kept, merged = (former, case) if keeps_former else (case, former)
        for side in conflicts:
            person = kept.person if side == "kept" else merged.person
            ConflictOfInterest.objects.create(
                person=person, user=town.user(Role.SOCIAL_SECRETARY), declared_on=MONDAY
            )
        for _visit in range(visits):
            visited(town, merged.person)
        before = snapshot()
        done = merging.merge_persons(
            kept.person, merged.person, chosen, actor=manager(town), now=timezone.now()
        )
        assert snapshot() != before
        done = PersonMerge.objects.get(pk=done.pk)
        merging.undo_merge(done, actor=manager(town), now=timezone.now())
        assert snapshot() == before
        transaction.set_rollback(True)
