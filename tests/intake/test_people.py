"""Who is this person with: the tab, what each role reads of it, and contacts outside."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from intake.enums import PassingGround
from intake.transitions.referrals_in import Sending, send_referral
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.access.policy import AREAS, Relation
from jobcentre.casework.enums import Area, ConsentPurpose, ContactKind, InvolvementKind, Source
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import OutsideContact
from jobcentre.casework.people import people_of
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions import appointments, contacts, cover, hours
from jobcentre.casework.transitions.contacts import ContactInput
from jobcentre.casework.transitions.records import involve
from jobcentre.casework.views.case import case_rows
from jobcentre.replay import happening
from jobcentre.ui import formats
from tests.factories import MONDAY, noon
from tests.youth_world import TWENTY_ONE, registered, tried

pytestmark = pytest.mark.django_db
ALL = frozenset(Area)
DAY = timedelta(days=1)
AF = ContactInput(ContactKind.AF, "Sara Ek", "AF Norr", phone="08-465 004 01")
FK = ContactInput(ContactKind.FK, "Ali Berg", "FK Norr", phone="08-465 004 03")
CLINIC = ContactInput(ContactKind.HEALTH, "Doktor Lind", "Vårdcentralen", phone="08-465 004 02")


def said(day) -> str:
    """The day as the pages say it, in Swedish."""
    with override("sv"):
        return formats.day_year(day)


def coach(town):
    return town.user(Role.COACH)


def tab(client, case) -> str:
    answer = client.get(reverse("casework:tab", args=[case.number, "people"]))
    assert answer.status_code == 200
    return answer.content.decode()


def inside(case, areas=ALL):
    return {row.name: row for row in people_of(case, areas, MONDAY)["inside"]}


# --- everybody, with the latest and the next -------------------------------------------------------
def test_each_stands_with_the_latest_and_the_next(town):
    case = town.opened()
    secretary = town.user(Role.SOCIAL_SECRETARY)
    town.consented(case)
    town.approved(case)
    town.ordered(case)
    appointments.book_appointment(
        case, coach(town), noon(MONDAY + DAY), "Planering", actor=coach(town)
    )
    found = inside(case)
    mine = found[coach(town).name]
    assert mine.latest == said(MONDAY)
    assert mine.next.startswith("Möte ")
    support = found["Försörjningsstöd Norr"]
    assert support.latest == f"{said(MONDAY)}, {secretary.name}"
    assert said(MONDAY + DAY) in found["Verkstad Norr"].next


def test_each_order_shows_its_own_clock_and_no_other(town):
    case = town.opened()
    town.consented(case)
    town.approved(case)
    town.ordered(case)
    known = {"label": "Utan klocka", "unit": town.units["north_provider"]}
    involve(case, InvolvementKind.ORDER, starts_on=MONDAY, subject_key="order:other", **known)
    found = inside(case)
    assert found["Verkstad Norr"].next
    assert found["Utan klocka"].next == ""


def test_a_held_meeting_is_the_latest_contact(town):
    case = town.opened(on=MONDAY - 20 * DAY)
    with happening(noon(MONDAY - 6 * DAY)):
        meeting = appointments.book_appointment(
            case, coach(town), noon(MONDAY - 5 * DAY), "Planering", actor=None
        )
    assert inside(case)[coach(town).name].latest == ""
    appointments.move_appointment(meeting, "hold", actor=None)
    assert inside(case)[coach(town).name].latest == said(MONDAY - 5 * DAY)


def test_an_absent_coach_is_told_and_who_covers_until_when(town):
    case = town.opened()
    hours.add_absence(coach(town), MONDAY - DAY, MONDAY + 4 * DAY, actor=coach(town))
    back = f"Borta, åter {said(MONDAY + 4 * DAY)}"
    signs = [text for text, _sign in inside(case)[coach(town).name].signs]
    assert signs == [back, "Ingen ersätter"]
    stand_in = town.user(Role.COACH, name="Mona")
    cover.cover_cases([case], stand_in, MONDAY, MONDAY + 4 * DAY, actor=coach(town))
    found = inside(case)
    assert [text for text, _sign in found[coach(town).name].signs] == [back]
    assert found["Mona"].until == MONDAY + 3 * DAY


def test_what_the_reader_may_not_read_is_left_out(town):
    case = town.opened()
    town.submitted(case)
    appointments.book_appointment(
        case, coach(town), noon(MONDAY + DAY), "Planering", actor=coach(town)
    )
    contacts.note_contact(case, AF, actor=coach(town), today=MONDAY)
    reception = AREAS[Role.RECEPTION][Relation.CENTRE]
    found = people_of(case, reception, MONDAY)
    assert found["outside"] == []
    assert found["inside"][0].next.startswith("Möte ")
    assert inside(case, reception)["Försörjningsstöd Norr"].next == ""
    assert inside(case)["Försörjningsstöd Norr"].next != ""


def test_reception_comes_from_a_search_to_the_numbers_in_two_clicks(town, log_in):
    town.user(Role.COACH).phone = "08-465 004 03"
    town.user(Role.COACH).save()
    case = town.opened()
    client = log_in(town.user(Role.RECEPTION))
    page = client.post(reverse("intake:lookup"), {"q": "Åberg"}).content.decode()
    assert reverse("casework:tab", args=[case.number, "people"]) in page
    assert "08-465 004 03" in tab(client, case)


def test_the_tab_costs_the_same_for_many(town, log_in, django_assert_num_queries):
    case = town.opened()
    contacts.note_contact(case, AF, actor=coach(town), today=MONDAY)
    shown = case_rows().get(pk=case.pk)
    with django_assert_num_queries(6):
        assert len(people_of(shown, ALL, MONDAY)["outside"]) == 1
    for n in range(9):
        said = ContactInput(ContactKind.AF, f"Handläggare {n}", phone="08-465 004 05")
        contacts.note_contact(case, said, actor=coach(town), today=MONDAY)
        stand_in = town.user(Role.COACH, name=f"Coach {n}")
        first = MONDAY + n * DAY
        cover.cover_cases([case], stand_in, first, first + DAY, actor=coach(town))
    with django_assert_num_queries(6):
        found = people_of(shown, ALL, MONDAY)
    assert len(found["inside"]) == 11
    assert len(found["outside"]) == 10


def test_the_youth_worker_is_shown_to_the_own_coach_alone(town, log_in):
    case = town.opened()
    entry = registered(town, TWENTY_ONE, actor=town.user(Role.YOUTH_COORDINATOR))
    type(entry).objects.filter(pk=entry.pk).update(case=case, person=case.person)
    assert "Ungdomsenheten" in tab(log_in(coach(town)), case)
    for user in (town.user(Role.RECEPTION), town.user(Role.COACH, name="Mona")):
        assert "Ungdomsenheten" not in tab(log_in(user), case)


def test_the_youth_worker_has_the_day_of_the_latest_attempt_and_not_what_came_of_it(town, log_in):
    case = town.opened()
    entry = registered(town, TWENTY_ONE, actor=town.user(Role.YOUTH_COORDINATOR))
    type(entry).objects.filter(pk=entry.pk).update(case=case, person=case.person)
    tried(entry, town, town.user(Role.YOUTH_COORDINATOR), on=MONDAY - 3 * DAY)
    page = tab(log_in(coach(town)), case)
    assert said(MONDAY - 3 * DAY) in page
    assert entry.attempts.get().get_result_display() not in page.lower()


def test_who_referred_the_person_stands_until_the_unit_has_done_something(town, log_in):
    secretary = town.user(Role.SOCIAL_SECRETARY)
    sending = Sending(
        source=Source.INCOME_SUPPORT,
        centre=town.units["north"],
        ground=PassingGround.ACTIVITY,
        district=town.units["north_district"],
    )
    sent = send_referral(
        None, {"given_name": "Amina"}, None, sending, actor=secretary, today=MONDAY
    )
    case = town.opened(person=sent.person)
    line = f"{said(MONDAY)}, remitterad av {secretary.name}"
    assert line in tab(log_in(coach(town)), case)
    town.consented(case)
    town.approved(case)
    assert line not in tab(log_in(coach(town)), case)


def test_an_employer_has_the_day_of_what_was_last_told_of_the_placement(town):
    case = town.opened()
    involve(
        case,
        InvolvementKind.PLACEMENT,
        starts_on=MONDAY,
        subject_key="placement:1",
        label="Kvarnens bageri",
    )
    assert inside(case)["Kvarnens bageri"].latest == ""
    told = {"employer": "Kvarnens bageri", "need": "Bagare"}
    record_event(case, "placement.proposed", actor=None, payload=told)
    assert inside(case)["Kvarnens bageri"].latest == said(MONDAY)


# --- contacts outside -----------------------------------------------------------------------------
def test_a_contact_is_noted_changed_and_ended(town, log_in):
    case = town.opened()
    client = log_in(coach(town))
    add = reverse("casework:contact_add", args=[case.number])
    form = client.get(add).context["form"]
    told = {"token": form["token"].value(), "kind": "af", "name": "Sara Ek"}
    assert client.post(add, told).status_code == 422  # nobody can reach her
    answer = client.post(add, told | {"phone": "08-465 004 01"})
    assert answer.status_code == 302
    page = tab(client, case)
    assert "Sara Ek" in page
    assert "Inget samtycke" in page
    town.consented(case, ConsentPurpose.AF)
    assert "Inget samtycke" not in tab(client, case)
    found = OutsideContact.objects.get()
    address = reverse("casework:contact", args=[case.number, found.pk])
    form = client.get(address).context["form"]
    sent = {
        "token": form["token"].value(),
        "version": 1,
        "kind": "af",
        "name": "Sara Ek",
        "phone": "08-465 004 01",
        "ends_before": (MONDAY - 2 * DAY).isoformat(),
    }
    # Ended before it began: refused with a sentence, nothing saved.
    assert client.post(address, sent).status_code == 422
    ended = client.post(address, sent | {"ends_before": MONDAY.isoformat()})
    assert ended.status_code == 302
    found.refresh_from_db()
    assert (found.ends_before, found.changed_by, found.version) == (MONDAY + DAY, coach(town), 2)
    assert case.events.filter(kind="contact.ended").count() == 1
    assert Entry.objects.filter(action="contact.record", access="change").count() == 2


def test_two_changes_of_one_contact_are_not_merged(town):
    case = town.opened()
    contact = contacts.note_contact(case, AF, actor=coach(town), today=MONDAY)
    newer = ContactInput(ContactKind.AF, "Sara Ekman", phone="08-465 004 01")
    assert contacts.change_contact(contact, newer, actor=coach(town), version=1) == [
        "name",
        "organisation",
    ]
    with pytest.raises(Conflict):
        contacts.change_contact(contact, AF, actor=coach(town), version=1)


def test_a_contact_in_health_care_is_as_sensitive_as_the_sensitive_areas(town, log_in):
    case = town.opened()
    contact = contacts.note_contact(case, CLINIC, actor=coach(town), today=MONDAY)
    contacts.note_contact(case, AF, actor=coach(town), today=MONDAY)
    assert "Doktor Lind" in tab(log_in(coach(town)), case)
    for user in (town.user(Role.COACH, name="Mona"), town.user(Role.SOCIAL_SECRETARY)):
        page = tab(log_in(user), case)
        assert "Sara Ek" in page
        assert "Doktor Lind" not in page
    assert not any("Lind" in str(event.payload) for event in case.events.all())
    stood_in = town.user(Role.COACH, name="Mona")
    address = reverse("casework:contact", args=[case.number, contact.pk])
    assert log_in(stood_in).get(address).status_code == 403


def test_a_closed_case_takes_no_contact(town):
    case = town.opened()
    type(case).objects.filter(pk=case.pk).update(status="closed", ended_on=MONDAY)
    with pytest.raises(Refused):
        contacts.note_contact(case, AF, actor=None, today=MONDAY)


def test_the_exchange_with_fk_needs_a_consent_of_its_own(town, log_in):
    case = town.opened()
    contacts.note_contact(case, FK, actor=coach(town), today=MONDAY)
    client = log_in(coach(town))
    town.consented(case, ConsentPurpose.AF)
    assert "Inget samtycke" in tab(client, case)
    town.consented(case, ConsentPurpose.FK)
    assert "Inget samtycke" not in tab(client, case)
