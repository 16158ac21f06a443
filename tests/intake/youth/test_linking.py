"""Whoever in the outreach register gets a case, by whatever way, is linked to it and reached."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from intake.enums import PassingGround, ReferralState, VisitPurpose
from intake.models import ReferralIn
from intake.transitions import enrol_visitor, register_visit
from intake.transitions.referrals_in import Sending, send_referral
from intake.youth import tasks
from intake.youth.enums import ContactChannel, ContactResult, OutreachState
from intake.youth.models import OutreachEntry
from intake.youth.transitions import contacts
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry as AuditEntry
from jobcentre.casework.enums import Protection, Source, Track
from jobcentre.casework.models import Case, ExitReason, TargetGroup
from jobcentre.casework.transitions import merging, protection
from jobcentre.casework.transitions.cases import Enrolment, Leaving, close_case
from jobcentre.notices.models import Notice
from tests.factories import MONDAY

pytestmark = pytest.mark.row("U1")
S = OutreachState


def fresh(entry) -> OutreachEntry:
    return OutreachEntry.objects.get(pk=entry.pk)


def enrolled(town, person, source=Source.OWN) -> Case:
    """The person comes to the front desk and gets a case there."""
    desk = town.user(Role.RECEPTION)
    visit = register_visit(town.units["north"], VisitPurpose.ENROL, actor=desk, person=person)
    return enrol_visitor(
        visit,
        Enrolment(
            centre=town.units["north"],
            source=source,
            track=Track.LATER,
            target_groups=list(TargetGroup.objects.filter(key="youth")),
            coach=town.user(Role.COACH),
        ),
        None,
        actor=desk,
        today=MONDAY,
    )


def told(user) -> list[str]:
    return list(
        Notice.objects.filter(user=user, key__startswith="outreach-case").values_list(
            "url", flat=True
        )
    )


def test_enrolled_at_the_desk_the_young_person_is_linked_and_the_coordinator_told(
    followed, town, coordinator
):
    entry = followed()
    assert entry.state == S.TO_CONTACT
    case = enrolled(town, entry.person)
    entry = fresh(entry)
    assert (entry.case, entry.state, entry.since) == (case, S.IN_CONTACT, MONDAY)
    assert entry.next_on == MONDAY + timedelta(days=60)
    assert told(coordinator) == [f"/unga/registret/{entry.ref}/"]
    assert AuditEntry.objects.filter(action="youth.case", subject_ref=entry.person.ref).exists()


def test_the_coach_sees_who_at_the_youth_unit_follows_the_person(
    followed, town, coordinator, log_in
):
    case = enrolled(town, followed().person)
    page = log_in(town.user(Role.COACH)).get(f"/arenden/{case.number}/del/people/")
    assert coordinator.name in page.content.decode()


def test_a_referral_from_kaa_is_met_and_the_entry_linked_at_the_desk(followed, town, coordinator):
    entry = followed()
    send_referral(
        entry.person,
        {},
        None,
        Sending(Source.KAA, town.units["north"], PassingGround.CONSENT),
        actor=coordinator,
        today=MONDAY,
    )
    case = enrolled(town, entry.person, Source.KAA)
    assert ReferralIn.objects.get().state == ReferralState.MET
    assert ReferralIn.objects.get().case == case
    assert fresh(entry).case == case


def test_somebody_who_said_no_is_in_contact_again(followed, town, coordinator):
    entry = followed()
    contacts.record_attempt(
        fresh(entry),
        contacts.AttemptInput(MONDAY, ContactChannel.PHONE, ContactResult.DECLINED),
        actor=coordinator,
        today=MONDAY,
    )
    assert fresh(entry).state == S.DECLINED
    enrolled(town, entry.person)
    assert fresh(entry).state == S.IN_CONTACT


def test_a_coordinator_outside_the_circle_is_not_told(followed, town, coordinator):
    entry = followed()
    reception = town.user(Role.RECEPTION)
    protection.protect_person(
        entry.person,
        Protection.MARKED,
        [reception, town.user(Role.COACH)],
        actor=None,
        today=MONDAY,
    )
    case = enrolled(town, entry.person)
    assert fresh(entry).case == case
    assert told(coordinator) == []


def test_the_next_case_takes_the_place_of_the_closed_one(followed, town):
    entry = followed()
    case = enrolled(town, entry.person)
    close_case(
        case,
        Leaving(ExitReason.objects.get(key="studies"), MONDAY),
        actor=None,
        today=MONDAY,
        version=Case.objects.get(pk=case.pk).version,
    )
    second = enrolled(town, entry.person)
    assert fresh(entry).case == second


def test_the_night_links_who_came_into_the_register_after_the_case(followed, town, coordinator):
    case = town.opened(groups=("income_support",), support_unit=False)
    person = case.person
    type(person).objects.filter(pk=person.pk).update(birth_date=date(2005, 3, 4))
    entry = followed(date(2009, 3, 4))
    OutreachEntry.objects.filter(pk=entry.pk).update(person=person)
    assert tasks.round_of_outreach() >= 1
    entry = fresh(entry)
    assert (entry.case, entry.state) == (case, S.IN_CONTACT)
    assert len(told(coordinator)) == 1
    assert tasks.round_of_outreach() == 0
    assert len(told(coordinator)) == 1


def test_a_merge_links_the_entry_and_its_undoing_parts_it(followed, town, coordinator):
    entry = followed()
    case = town.opened()
    boss = town.user(Role.MANAGER)
    type(entry.person).objects.filter(pk=entry.person_id).update(
        registered_unit=town.units["north"]
    )
    merge = merging.merge_persons(case.person, entry.person, {}, actor=boss, now=timezone.now())
    linked = fresh(entry)
    assert (linked.person, linked.case, linked.state) == (case.person, case, S.IN_CONTACT)
    assert len(told(coordinator)) == 1
    merging.undo_merge(merge, actor=boss, now=timezone.now())
    parted = fresh(entry)
    assert (parted.person, parted.case, parted.state) == (entry.person, None, S.TO_CONTACT)


def test_parted_again_who_has_been_met_is_still_in_contact(followed, town, coordinator):
    entry = followed()
    contacts.record_attempt(
        fresh(entry),
        contacts.AttemptInput(MONDAY, ContactChannel.PHONE, ContactResult.REACHED),
        actor=coordinator,
        today=MONDAY,
    )
    case = town.opened()
    boss = town.user(Role.MANAGER)
    type(entry.person).objects.filter(pk=entry.person_id).update(
        registered_unit=town.units["north"]
    )
    merge = merging.merge_persons(case.person, entry.person, {}, actor=boss, now=timezone.now())
    merging.undo_merge(merge, actor=boss, now=timezone.now())
    parted = fresh(entry)
    assert (parted.case, parted.state) == (None, S.IN_CONTACT)
