"""Sixty young people in the outreach register: every state, told through the transitions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from intake.youth import rules, tasks
from intake.youth.enums import (
    CombinedWith,
    ContactChannel,
    ContactResult,
    ContractResult,
    EndReason,
    IntervalKey,
    KnownFrom,
    MeasureKind,
    MeasureResult,
    NeedKind,
    OccupationKind,
    Origin,
    OutreachState,
    StudyProgress,
)
from intake.youth.models import OutreachEntry
from intake.youth.models.settings import schedule_now
from intake.youth.transitions import contacts, contracts, extracts, register, upkeep
from jobcentre.accounts.models import User
from jobcentre.casework.enums import Source, Track
from jobcentre.casework.identity import parse_identity
from jobcentre.demo import texts

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

COUNT = 48
SCHOOLS = ("Västra gymnasiet", "Älvskolan", "Kvarnängens gymnasium", "Praktiska Älvbro")
# What becomes of each in turn; the first ones are what somebody who looks wants to see.
FATES = (
    *("new", "late", "searched", "reached", "school", "work", "measure", "contract", "declined"),
    *("case", "moved", "lost", "offered", "visited", "older_work", "contract_ended", "unclaimed"),
)
LATE = {"late", "searched", "unclaimed"}  # left as they are
OLDER = {"contract", "contract_ended", "older_work"}
CHANNEL_RESULT = {
    ContactChannel.LETTER: ContactResult.SENT,
    ContactChannel.PHONE: ContactResult.NO_ANSWER,
    ContactChannel.SMS: ContactResult.SENT,
    ContactChannel.HOME_VISIT: ContactResult.NO_ANSWER,
}


class Youth:
    """Tells what happens to the young of one municipality, with the teller's random numbers."""

    def __init__(self, teller: Teller):
        self.teller, self.random, self.today = teller, teller.random, teller.today
        self.unit = teller.world.youth_unit
        self.steps = schedule_now().steps

    def tell(self, fate: str, index: int) -> OutreachEntry | None:
        """One story; None when the made-up person was too young for the register that day."""
        coordinators = self.teller.world.youth_coordinators
        who = coordinators[index % len(coordinators)]
        back = {"new": 0, "late": 12, "searched": 9, "unclaimed": 2, "visited": 33, "case": 30}
        start = self.teller.near(
            self.today - timedelta(days=back.get(fate, self.random.randrange(45, 400)))
        )
        start = min(start, self.today)
        row = self._row(start, is_older=fate in OLDER or index % 3 == 0)
        if row is None:
            return None
        with self.teller.on(start, 9):
            entry = register.register_from_row(
                row,
                unit=self.unit,
                actor=who,
                today=start,
                coordinator=None if fate == "unclaimed" else who,
            ).entry
        getattr(self, f"_{fate}")(entry.pk, who, start)
        return entry

    def _row(self, start: date, *, is_older: bool) -> register.OutreachRow | None:
        youngest, oldest = (
            (rules.birthday(self.today, -21), rules.birthday(self.today, -24))
            if is_older
            else (rules.birthday(self.today, -17), rules.birthday(self.today, -19))
        )
        fields, _number = self.teller.people.person(start, is_young=True)
        number = self.teller.people.number(self.random.random() < 0.5, youngest, oldest)
        identity = parse_identity(number, self.today)
        if not rules.is_of_register_age(identity.birth_date, start):
            return None
        names = ("given_name", "family_name", "phone", "street", "postcode", "city")
        return register.OutreachRow(
            origin=self.random.choices(
                (Origin.DROP_OUT, Origin.POPULATION, Origin.OWN_CONTACT, Origin.AF), (5, 3, 1, 1)
            )[0],
            identity=identity,
            school=self.random.choice(SCHOOLS),
            school_left_on=start - timedelta(days=self.random.randrange(3, 40)),
            **{name: fields[name] for name in names},
        )

    # --- acts ------------------------------------------------------------------------------------
    def _entry(self, pk: int) -> OutreachEntry:
        return OutreachEntry.objects.select_related("person", "unit").get(pk=pk)

    def _try(self, pk: int, who: User, day: date, channel: str, result: str, **fields) -> date:
        """An attempt on the working day nearest `day`, never after today."""
        day = min(self.teller.near(day), self.today)
        if channel == ContactChannel.HOME_VISIT:
            fields.setdefault("companion", texts.YOUTH_COMPANION)
            fields.setdefault("safety", texts.YOUTH_SAFETY)
        with self.teller.on(day, 13):
            contacts.record_attempt(
                self._entry(pk),
                contacts.AttemptInput(day, channel, result, **fields),
                actor=who,
                today=day,
            )
        return day

    def _search(self, pk: int, who: User, start: date, count: int) -> date:
        """The first `count` steps of the schedule, each a little late at times."""
        day = start
        for step in self.steps[:count]:
            day = start + timedelta(days=step.days + self.random.choice((0, 0, 1)))
            result = CHANNEL_RESULT.get(step.channel, ContactResult.NO_ANSWER)
            day = self._try(pk, who, day, step.channel, result)
        return day

    def _reach(self, pk: int, who: User, start: date) -> date:
        """Searched by letter and reached by phone, with what they need."""
        day = self._search(pk, who, start, 1)
        return self._try(
            pk,
            who,
            min(day + timedelta(days=7), self.today),
            ContactChannel.PHONE,
            ContactResult.REACHED,
            note=self.random.choice(texts.YOUTH_TALKS),
            needs=tuple(self.random.sample(NeedKind.values, k=self.random.randrange(1, 4))),
        )

    def _occupy(self, pk: int, who: User, day: date, kind: str, place: str, **fields) -> None:
        with self.teller.on(day, 14):
            contacts.record_occupation(
                self._entry(pk),
                {
                    "kind": kind,
                    "place": place,
                    "starts_on": day,
                    "known_from": KnownFrom.PERSON,
                    **fields,
                },
                actor=who,
                today=day,
            )

    def keep_up(self, pk: int) -> None:
        """Make the contacts that have come due since, as a coordinator with time would."""
        for _turn in range(20):
            entry = self._entry(pk)
            if entry.next_on is None or entry.next_on >= self.today or entry.coordinator is None:
                return
            who = next(
                user
                for user in self.teller.world.youth_coordinators
                if user.pk == entry.coordinator_id
            )
            result = {
                OutreachState.TO_CONTACT: CHANNEL_RESULT.get(
                    entry.next_channel, ContactResult.NO_ANSWER
                ),
                OutreachState.DECLINED: ContactResult.DECLINED,
            }.get(entry.state, ContactResult.REACHED)
            channel = entry.next_channel or ContactChannel.PHONE
            self._try(pk, who, entry.next_on, channel, result)

    # --- fates -----------------------------------------------------------------------------------
    def _new(self, pk, who, start) -> None:
        """Registered today; the letter is to be written."""

    def _unclaimed(self, pk, who, start) -> None:
        """Nobody is responsible yet."""

    def _late(self, pk, who, start) -> None:
        self._search(pk, who, start, 1)

    def _searched(self, pk, who, start) -> None:
        self._search(pk, who, start, 2)

    def _visited(self, pk, who, start) -> None:
        self._search(pk, who, start, 4)

    def _reached(self, pk, who, start) -> date:
        day = self._reach(pk, who, start)
        while self.today - day > timedelta(days=55):
            day = self._try(
                pk,
                who,
                day + timedelta(days=50),
                ContactChannel.MEETING,
                ContactResult.REACHED,
                note=self.random.choice(texts.YOUTH_TALKS),
            )
        return day

    def _declined(self, pk, who, start) -> None:
        day = self._search(pk, who, start, 1)
        self._try(pk, who, day + timedelta(days=7), ContactChannel.PHONE, ContactResult.DECLINED)

    def _lost(self, pk, who, start) -> None:
        self._reach(pk, who, start)
        day = self.teller.near(self.today - timedelta(days=8))
        day = min(day, self.today)
        with self.teller.on(day, 10):
            entry = self._entry(pk)
            register.search_again(entry, actor=who, today=day, version=entry.version)
        self._search(pk, who, day, 1)

    def _school(self, pk, who, start) -> None:
        day = self._reach(pk, who, start)
        school = self.random.choice(SCHOOLS)
        self._occupy(
            pk,
            who,
            day,
            OccupationKind.UPPER_SECONDARY,
            school,
            percent=100,
            ends_before=self.today + timedelta(days=self.random.randrange(5, 240)),
        )

    def _work(self, pk, who, start) -> None:
        day = self._reach(pk, who, start)
        self._occupy(pk, who, day, OccupationKind.WORK, "Älvbro Bygg", percent=75)

    def _older_work(self, pk, who, start) -> None:
        self._work(pk, who, start)
        day = self.teller.near(self.today - timedelta(days=20))
        with self.teller.on(day, 10):
            entry = self._entry(pk)
            register.end_entry(
                entry,
                EndReason.OCCUPATION,
                day,
                actor=who,
                today=day,
                version=entry.version,
            )

    def _offer(self, pk, who, day: date):
        with self.teller.on(day, 14):
            return contacts.offer_measure(
                self._entry(pk),
                self.random.choice(MeasureKind.values[:-1]),
                self.random.choice(texts.YOUTH_MEASURES),
                offered_on=day,
                actor=who,
                today=day,
            )

    def _offered(self, pk, who, start) -> None:
        self._reach(pk, who, start)
        self._offer(pk, who, min(self.teller.near(self.today - timedelta(days=4)), self.today))

    def _measure(self, pk, who, start) -> None:
        first = self._reach(pk, who, start)
        earlier = self._offer(pk, who, first)
        begun = self.teller.workday(first, 3)
        if begun > self.today:
            return
        with self.teller.on(begun, 10):
            earlier = contacts.move_measure(
                earlier, "begin", begun, actor=who, today=begun, version=earlier.version
            )
        if self.today - begun < timedelta(days=60):
            return
        ended = self.teller.workday(begun, 25)
        with self.teller.on(ended, 15):
            contacts.move_measure(
                earlier,
                "end",
                ended,
                actor=who,
                today=ended,
                version=earlier.version,
                result=self.random.choice((MeasureResult.TO_OTHER, MeasureResult.NO_CHANGE)),
            )
        again = min(self.teller.near(self.today - timedelta(days=20)), self.today)
        measure = self._offer(pk, who, again)
        with self.teller.on(again, 16):
            contacts.move_measure(
                measure, "begin", again, actor=who, today=again, version=measure.version
            )

    def _sign(self, pk, who, day: date):
        combined = self.random.choice((CombinedWith.NOTHING, CombinedWith.WORK))
        with self.teller.on(day, 14):
            return contracts.sign_contract(
                self._entry(pk),
                contracts.ContractInput(
                    school="Älvbro komvux",
                    programme=self.random.choice(texts.YOUTH_PROGRAMMES),
                    percent=50 if combined else 100,
                    starts_on=day,
                    ends_before=day + timedelta(days=420),
                    combined_with=combined,
                    combined_percent=50 if combined == CombinedWith.WORK else None,
                    goal=texts.YOUTH_GOAL,
                ),
                actor=who,
                today=day,
            )

    def _contract(self, pk, who, start) -> date:
        day = self._reach(pk, who, start)
        contract = self._sign(pk, who, day)
        every = timedelta(days=schedule_now().days[IntervalKey.CONTRACT] - 2)
        while self.today - day > every:
            day = self.teller.near(day + every)
            if day > self.today:
                break
            with self.teller.on(day, 11):
                contracts.follow_up_contract(
                    contract,
                    day,
                    self.random.choices((StudyProgress.AS_PLANNED, StudyProgress.BEHIND), (4, 1))[
                        0
                    ],
                    self.random.choice(texts.YOUTH_PROGRESS),
                    actor=who,
                    today=day,
                )
        return day

    def _contract_ended(self, pk, who, start) -> None:
        self._contract(pk, who, start)
        contract = self._entry(pk).contracts.get()
        day = min(self.teller.near(self.today - timedelta(days=10)), self.today)
        with self.teller.on(day, 12):
            contracts.end_contract(
                contract,
                day,
                self.random.choice((ContractResult.COMPLETED, ContractResult.BROKEN_OFF)),
                actor=who,
                today=day,
                version=contract.version,
            )

    def _case(self, pk, who, start) -> None:
        day = self._reach(pk, who, start)
        world = self.teller.world
        centre = self.random.choice(list(world.centres))
        with self.teller.on(day, 15):
            register.open_case_of(
                self._entry(pk),
                centre=world.centres[centre],
                coach=who if self.random.random() < 0.5 else world.coaches[centre][0],
                track=Track.LATER,
                source=Source.KAA,
                target_groups=[],
                actor=who,
                today=day,
            )

    def _moved(self, pk, who, start) -> None:
        self._search(pk, who, start, 2)
        day = min(self.teller.near(start + timedelta(days=30)), self.today)
        with self.teller.on(day, 10):
            entry = self._entry(pk)
            register.end_entry(
                entry, EndReason.MOVED, day, actor=who, today=day, version=entry.version
            )


def tell_youth(teller: Teller, count: int = COUNT) -> int:
    """Fill the register and make an extract of each of the two latest half-years."""
    youth = Youth(teller)
    told: list[int] = []
    for index in range(4 * count):
        if len(told) == count:
            break
        fate = FATES[index % len(FATES)]
        entry = youth.tell(fate, index)
        if entry is not None:
            told.append(entry.pk)
            if fate not in LATE:
                youth.keep_up(entry.pk)
    upkeep.round_of_outreach(teller.today)
    coordinator = teller.world.youth_coordinators[0]
    last = rules.last_half_year(teller.today)[0]
    for starts_on in (last, rules.half_year(teller.today)[0]):
        with teller.on(teller.today, 8):
            extract = extracts.order_extract(starts_on, actor=coordinator, today=teller.today)
        tasks.run(extracts.claim(extract.pk, timezone.now()))
    return len(told)
