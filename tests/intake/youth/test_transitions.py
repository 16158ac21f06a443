"""What happens in the outreach register, through the transitions that the pages press."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from intake.youth.enums import (
    CombinedWith,
    ContactChannel,
    ContactResult,
    ContractResult,
    EndReason,
    KaaEnd,
    KnownFrom,
    MeasureKind,
    MeasureResult,
    OccupationKind,
    OutreachState,
)
from intake.youth.models import (
    ContactStep,
    ExpressedNeed,
    KnownOccupation,
    OutreachEntry,
    OutreachInterval,
)
from intake.youth.transitions import contacts, contracts, register, upkeep
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry as AuditEntry
from jobcentre.casework.enums import Source, Track
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Person
from jobcentre.notices.models import Notice
from tests.factories import MONDAY
from tests.intake.youth.conftest import row_of

pytestmark = pytest.mark.row("U1")
S = OutreachState
TWENTY_ONE = date(2005, 3, 4)


def fresh(entry) -> OutreachEntry:
    return OutreachEntry.objects.get(pk=entry.pk)


def attempt(entry, coordinator, channel, result, on=MONDAY, **fields):
    return contacts.record_attempt(
        fresh(entry),
        contacts.AttemptInput(on, channel, result, **fields),
        actor=coordinator,
        today=MONDAY,
    )


def studies(entry, coordinator, kind=OccupationKind.UPPER_SECONDARY, **fields):
    values = {"starts_on": MONDAY, "known_from": KnownFrom.SCHOOL, "kind": kind, **fields}
    return contacts.record_occupation(fresh(entry), values, actor=coordinator, today=MONDAY)


# --- into the register ---------------------------------------------------------------------------
def test_who_is_registered_is_to_be_written_to_the_same_day(followed):
    entry = fresh(followed())
    assert (entry.state, entry.next_on, entry.next_channel) == (S.TO_CONTACT, MONDAY, "letter")
    assert (entry.next_step, entry.next_of) == (1, 4)


def test_a_row_registered_twice_fills_what_was_not_known(followed, town, coordinator):
    entry = followed(phone="", school="")
    again = row_of(date(2009, 3, 4), phone="070-174 06 51", school="Västra gymnasiet")
    answer = register.register_from_row(
        again, unit=town.units["youth"], actor=coordinator, today=MONDAY
    )
    assert not answer.is_new
    assert answer.entry.pk == entry.pk
    assert fresh(entry).school == "Västra gymnasiet"
    assert Person.objects.get().phone == "070-174 06 51"
    third = row_of(date(2009, 3, 4), phone="070-174 06 52", school="En annan")
    register.register_from_row(third, unit=town.units["youth"], actor=coordinator, today=MONDAY)
    assert fresh(entry).school == "Västra gymnasiet"
    assert Person.objects.get().phone == "070-174 06 51"


@pytest.mark.parametrize(
    ("born", "fits"),
    [
        (date(2010, 12, 31), True),  # turns 16 this year: school duty ended in July
        (date(2011, 1, 1), False),
        (date(2001, 11, 17), True),  # turns 25 tomorrow
        (date(2001, 11, 16), False),
    ],
)
def test_the_register_is_for_those_of_its_ages(town, coordinator, born, fits):
    def register_them():
        register.register_from_row(
            row_of(born), unit=town.units["youth"], actor=coordinator, today=MONDAY
        )

    if fits:
        register_them()
    else:
        with pytest.raises(Refused, match="25"):
            register_them()
    assert Person.objects.exists() == fits


def test_without_a_number_the_name_and_birth_date_are_enough_once(town, coordinator):
    row = row_of(date(2009, 3, 4), identity=None, birth_date=date(2009, 3, 4))
    register.register_from_row(row, unit=town.units["youth"], actor=coordinator, today=MONDAY)
    with pytest.raises(Refused):
        register.register_from_row(row, unit=town.units["youth"], actor=coordinator, today=MONDAY)
    nameless = row_of(date(2009, 3, 4), identity=None)
    with pytest.raises(Refused):
        register.register_from_row(
            nameless, unit=town.units["youth"], actor=coordinator, today=MONDAY
        )


def test_a_person_is_in_the_register_once(followed, town, coordinator):
    entry = followed()
    with pytest.raises(IntegrityError), transaction.atomic():
        OutreachEntry.objects.create(
            person=entry.person,
            unit=entry.unit,
            origin="af",
            since=MONDAY,
            registered_on=MONDAY,
            next_on=MONDAY,
        )


def test_only_a_coordinator_of_the_unit_registers(town):
    for role in (Role.COACH, Role.MANAGER, Role.RECEPTION, Role.SOCIAL_SECRETARY):
        with pytest.raises(PermissionDenied):
            register.register_from_row(
                row_of(date(2009, 3, 4)),
                unit=town.units["youth"],
                actor=town.user(role),
                today=MONDAY,
            )
    assert not OutreachEntry.objects.exists()


# --- contact attempts ----------------------------------------------------------------------------
def test_the_schedule_goes_on_until_somebody_is_reached(followed, coordinator):
    entry = followed()
    attempt(entry, coordinator, ContactChannel.LETTER, ContactResult.SENT)
    assert fresh(entry).next_channel == "phone"
    assert fresh(entry).next_on == MONDAY + timedelta(days=7)
    attempt(entry, coordinator, ContactChannel.PHONE, ContactResult.REACHED, needs=("studies",))
    entry = fresh(entry)
    assert (entry.state, entry.next_channel) == (S.IN_CONTACT, "")
    assert entry.next_on == MONDAY + timedelta(days=60)
    assert ExpressedNeed.objects.get().kind == "studies"


def test_who_declines_is_asked_again(followed, coordinator):
    entry = followed()
    attempt(entry, coordinator, ContactChannel.PHONE, ContactResult.DECLINED)
    entry = fresh(entry)
    assert (entry.state, entry.next_on) == (S.DECLINED, MONDAY + timedelta(days=90))
    register.search_again(entry, actor=coordinator, today=MONDAY, version=entry.version)
    entry = fresh(entry)
    assert (entry.state, entry.next_channel) == (S.TO_CONTACT, "sms")


def test_a_home_visit_is_made_by_two_who_have_judged_the_safety(followed, coordinator):
    entry = followed()
    for lacking in ({"companion": "Bo Ek"}, {"safety": "Inget känt."}, {}):
        with pytest.raises(ValidationError, match="av två"):
            attempt(
                entry, coordinator, ContactChannel.HOME_VISIT, ContactResult.NO_ANSWER, **lacking
            )
    made = attempt(
        entry,
        coordinator,
        ContactChannel.HOME_VISIT,
        ContactResult.NO_ANSWER,
        companion="Bo Ek",
        safety="Inget känt.",
    )
    assert made.companion == "Bo Ek"
    assert fresh(entry).next_on == MONDAY + timedelta(days=60)


def test_an_attempt_is_not_of_tomorrow(followed, coordinator):
    with pytest.raises(Refused):
        attempt(
            followed(),
            coordinator,
            ContactChannel.PHONE,
            ContactResult.NO_ANSWER,
            MONDAY + timedelta(days=1),
        )


def test_the_schedule_is_a_setting(followed, coordinator):
    entry = followed()
    ContactStep.objects.all().delete()
    ContactStep.objects.create(days=3, channel=ContactChannel.SMS)
    OutreachInterval.objects.filter(key="in_contact").update(days=5)
    upkeep.round_of_outreach(MONDAY)
    assert fresh(entry).next_on == MONDAY + timedelta(days=3)
    assert fresh(entry).next_channel == "sms"
    attempt(entry, coordinator, ContactChannel.PHONE, ContactResult.REACHED)
    assert fresh(entry).next_on == MONDAY + timedelta(days=5)


# --- occupations ---------------------------------------------------------------------------------
def test_school_takes_out_of_the_kaa_register_and_its_end_puts_back(followed, coordinator):
    entry = followed(school_left_on=date(2026, 9, 1))
    school = studies(entry, coordinator)
    assert fresh(entry).state == S.OCCUPIED
    assert list(entry.kaa_periods.values_list("starts_on", "ends_before", "why")) == [
        (date(2026, 9, 1), MONDAY, KaaEnd.IN_SCHOOL)
    ]
    back = MONDAY + timedelta(days=30)
    contacts.end_occupation(school, back, actor=coordinator, today=MONDAY)
    assert fresh(entry).state == S.OCCUPIED
    assert (fresh(entry).next_on, fresh(entry).occupation_ends) == (back, True)
    upkeep.round_of_outreach(back)
    entry = fresh(entry)
    assert (entry.state, entry.since, entry.next_channel) == (S.TO_CONTACT, back, "letter")
    assert list(entry.kaa_periods.values_list("starts_on", "ends_before", "why"))[1] == (
        back,
        date(2029, 3, 4),
        KaaEnd.TURNED_20,
    )


def test_work_keeps_in_the_kaa_register(followed, coordinator):
    entry = followed()
    studies(entry, coordinator, OccupationKind.WORK, percent=50)
    assert fresh(entry).state == S.OCCUPIED
    assert OutreachEntry.objects.in_kaa_on(MONDAY).get() == entry


def test_to_know_that_somebody_has_nothing_is_no_occupation(followed, coordinator):
    entry = followed()
    studies(entry, coordinator, OccupationKind.NOTHING)
    assert fresh(entry).state == S.TO_CONTACT


def test_an_occupation_that_begins_later_is_found_that_day(followed, coordinator):
    entry = followed()
    begins = MONDAY + timedelta(days=10)
    studies(entry, coordinator, starts_on=begins)
    assert fresh(entry).state == S.TO_CONTACT
    assert upkeep.round_of_outreach(begins) == 1
    assert fresh(entry).state == S.OCCUPIED
    assert upkeep.round_of_outreach(begins) == 0


def test_who_has_completed_school_leaves_the_kaa_register_that_day(followed, coordinator):
    entry = fresh(followed())
    register.correct_entry(
        entry, {"completed_on": MONDAY}, actor=coordinator, today=MONDAY, version=entry.version
    )
    assert not OutreachEntry.objects.in_kaa_on(MONDAY).exists()
    assert fresh(entry).is_open


def test_a_correction_over_another_is_refused(followed, coordinator):
    entry = fresh(followed())
    for place in ("Första", "Andra"):
        act = lambda place=place: register.correct_entry(  # noqa: E731
            fresh(entry),
            {"school": place},
            actor=coordinator,
            today=MONDAY,
            version=entry.version,
        )
        if place == "Första":
            act()
        else:
            with pytest.raises(Conflict):
                act()
    assert fresh(entry).school == "Första"


# --- measures ------------------------------------------------------------------------------------
def test_a_measure_is_offered_begun_and_ended(followed, coordinator):
    entry = followed()
    measure = contacts.offer_measure(
        fresh(entry), MeasureKind.MOTIVATION, "", actor=coordinator, offered_on=MONDAY, today=MONDAY
    )
    assert fresh(entry).state == S.TO_CONTACT
    act = {"actor": coordinator, "today": MONDAY}
    measure = contacts.move_measure(measure, "begin", MONDAY, version=measure.version, **act)
    assert fresh(entry).state == S.IN_MEASURE
    assert fresh(entry).next_on == MONDAY + timedelta(days=30)
    with pytest.raises(Refused):
        contacts.move_measure(measure, "decline", MONDAY, version=measure.version, **act)
    with pytest.raises(ValidationError, match="resultat"):
        contacts.move_measure(measure, "end", MONDAY, version=measure.version, **act)
    measure.refresh_from_db()
    contacts.move_measure(
        measure, "end", MONDAY, version=measure.version, result=MeasureResult.TO_STUDIES, **act
    )
    assert fresh(entry).state == S.IN_CONTACT


# --- out of the register -------------------------------------------------------------------------
def leave(entry, coordinator, because, on=MONDAY):
    entry = fresh(entry)
    return register.end_entry(
        entry, because, on, actor=coordinator, today=MONDAY, version=entry.version
    )


def test_who_moves_leaves_both_registers(followed, coordinator):
    entry = followed(school_left_on=date(2026, 9, 1))
    leave(entry, coordinator, EndReason.MOVED)
    entry = fresh(entry)
    assert (entry.state, entry.next_on) == (S.ENDED, None)
    assert entry.kaa_periods.get().why == KaaEnd.LEFT
    with pytest.raises(Refused):
        attempt(entry, coordinator, ContactChannel.PHONE, ContactResult.REACHED)


def test_a_lasting_occupation_ends_nothing_before_the_twentieth_birthday(followed, coordinator):
    young = followed()
    with pytest.raises(Refused, match="20-årsdagen"):
        leave(young, coordinator, EndReason.OCCUPATION)
    older = followed(TWENTY_ONE)
    leave(older, coordinator, EndReason.OCCUPATION)
    assert fresh(older).state == S.ENDED


def test_who_was_registered_by_mistake_was_never_in_the_kaa_register(followed, coordinator):
    entry = followed(school_left_on=date(2026, 9, 1))
    assert entry.kaa_periods.exists()
    leave(entry, coordinator, EndReason.MISTAKE)
    assert not entry.kaa_periods.exists()


def test_who_turns_25_leaves_that_day_and_not_before(followed):
    entry = followed(date(2001, 11, 20))
    upkeep.round_of_outreach(date(2026, 11, 19))
    assert fresh(entry).is_open
    upkeep.round_of_outreach(date(2026, 11, 22))
    entry = fresh(entry)
    assert (entry.ended_on, entry.ended_because) == (date(2026, 11, 20), EndReason.TURNED_25)


def test_who_turns_20_leaves_the_kaa_register_and_the_coordinator_is_told(followed, coordinator):
    entry = followed(date(2006, 11, 20))
    assert OutreachEntry.objects.in_kaa_on(date(2026, 11, 19)).exists()
    assert not OutreachEntry.objects.in_kaa_on(date(2026, 11, 20)).exists()
    upkeep.round_of_outreach(date(2026, 11, 20))
    upkeep.round_of_outreach(date(2026, 11, 20))
    notice = Notice.objects.get(user=coordinator)
    assert "KAA" in notice.text_sv
    assert "Lo" not in notice.text_sv
    assert fresh(entry).is_open


def test_what_is_old_is_removed_and_its_removal_logged(followed, coordinator):
    entry = followed()
    attempt(entry, coordinator, ContactChannel.PHONE, ContactResult.REACHED, needs=("work",))
    studies(entry, coordinator, OccupationKind.WORK)
    leave(entry, coordinator, EndReason.MOVED)
    kept = followed(date(2009, 3, 5))
    assert upkeep.remove_old(MONDAY + timedelta(days=730)) == 0
    assert upkeep.remove_old(MONDAY + timedelta(days=731)) == 1
    assert OutreachEntry.objects.get() == kept
    assert not KnownOccupation.objects.exists()
    logged = AuditEntry.objects.get(action="youth.remove")
    assert logged.subject_ref == entry.person.ref
    assert Person.objects.filter(pk=entry.person_id).exists()


# --- cases and coordinators ----------------------------------------------------------------------
def test_a_case_is_opened_from_the_register_and_linked(followed, town, coordinator):
    entry = followed()
    case = register.open_case_of(
        entry,
        centre=town.units["north"],
        coach=coordinator,
        track=Track.LATER,
        source=Source.KAA,
        target_groups=[],
        actor=coordinator,
        today=MONDAY,
    )
    entry = fresh(entry)
    assert (entry.case, entry.state) == (case, S.IN_CONTACT)
    assert [group.key for group in case.target_groups.all()] == ["youth"]
    with pytest.raises(Refused):
        register.open_case_of(
            entry,
            centre=town.units["north"],
            coach=coordinator,
            track=Track.LATER,
            source=Source.KAA,
            target_groups=[],
            actor=coordinator,
            today=MONDAY,
        )


def test_the_responsible_is_a_coordinator_of_the_unit_and_is_told(followed, town, coordinator):
    entry = fresh(followed())
    with pytest.raises(Refused):
        register.assign_coordinator(
            entry, town.user(Role.COACH), actor=coordinator, today=MONDAY, version=entry.version
        )
    other = town.user(Role.YOUTH_COORDINATOR, name="Alva")
    register.assign_coordinator(
        entry, other, actor=coordinator, today=MONDAY, version=entry.version
    )
    assert fresh(entry).coordinator == other
    assert Notice.objects.get(user=other).url == f"/unga/registret/{entry.ref}/"


# --- education contracts -------------------------------------------------------------------------
def contract_of(**fields) -> contracts.ContractInput:
    values = {
        "school": "Komvux",
        "programme": "Grundläggande vård",
        "percent": 50,
        "starts_on": MONDAY,
        "ends_before": date(2027, 6, 12),
        **fields,
    }
    return contracts.ContractInput(**values)


def sign(entry, coordinator, **fields):
    return contracts.sign_contract(
        fresh(entry), contract_of(**fields), actor=coordinator, today=MONDAY
    )


@pytest.mark.row("U2")
@pytest.mark.parametrize(
    ("born", "fits"),
    [
        (date(2006, 11, 16), True),  # turns 20 that day
        (date(2006, 11, 17), False),
        (date(2001, 11, 17), True),  # turns 25 the day after
    ],
)
def test_a_contract_is_for_those_of_20_to_24(followed, coordinator, born, fits):
    entry = followed(born)
    if not fits:
        with pytest.raises(Refused, match="20 till 24"):
            sign(entry, coordinator)
        return
    contract = sign(entry, coordinator)
    assert fresh(entry).state == S.OCCUPIED
    assert contract.next_follow_up_on == MONDAY + timedelta(days=30)


@pytest.mark.row("U2")
def test_a_contract_is_not_for_those_who_have_completed_school(followed, coordinator):
    entry = fresh(followed(TWENTY_ONE))
    register.correct_entry(
        entry,
        {"completed_on": date(2024, 6, 10)},
        actor=coordinator,
        today=MONDAY,
        version=entry.version,
    )
    with pytest.raises(Refused, match="fullföljt"):
        sign(entry, coordinator)


@pytest.mark.row("U2")
def test_a_contract_with_work_says_how_much(followed, coordinator):
    entry = followed(TWENTY_ONE)
    with pytest.raises(ValidationError, match="omfattning"):
        sign(entry, coordinator, combined_with=CombinedWith.WORK)
    assert not KnownOccupation.objects.exists()
    sign(entry, coordinator, combined_with=CombinedWith.WORK, combined_percent=50)
    with pytest.raises(Refused, match="löper redan"):
        sign(entry, coordinator)


@pytest.mark.row("U2")
def test_a_contract_is_followed_up_and_ended_with_its_occupation(followed, coordinator):
    entry = followed(TWENTY_ONE)
    contract = sign(entry, coordinator)
    later = MONDAY + timedelta(days=20)
    contracts.follow_up_contract(
        contract, later, "as_planned", "Går bra.", actor=coordinator, today=later
    )
    contract.refresh_from_db()
    assert contract.next_follow_up_on == later + timedelta(days=30)
    with pytest.raises(Refused, match="kontraktet först"):
        leave(entry, coordinator, EndReason.MOVED)
    with pytest.raises(Refused, match="avsluta kontraktet"):
        contacts.end_occupation(contract.occupation, later, actor=coordinator, today=later)
    contracts.end_contract(
        contract,
        later,
        ContractResult.BROKEN_OFF,
        actor=coordinator,
        today=later,
        version=contract.version,
    )
    assert fresh(entry).state == S.OCCUPIED  # the last day is still one of studies
    upkeep.round_of_outreach(later + timedelta(days=1))
    assert fresh(entry).state == S.TO_CONTACT


@pytest.mark.row("U2")
def test_a_running_contract_keeps_in_the_register_past_25(followed, coordinator):
    entry = followed(date(2001, 11, 20))
    contract = sign(entry, coordinator)
    after = date(2026, 12, 1)
    upkeep.round_of_outreach(after)
    assert fresh(entry).is_open
    contracts.end_contract(
        contract,
        after,
        ContractResult.COMPLETED,
        actor=coordinator,
        today=after,
        version=contract.version,
    )
    upkeep.round_of_outreach(after)
    assert fresh(entry).ended_on == after
