"""About six hundred lives at the centres, told through the same transitions that the users press.

Every story is told in the order in which it happened; events carry their own day. Dates are
relative to today, the seed is fixed, so that the demo is the same every day but for the calendar.
"""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from activityplans.enums import FollowUpResult, NextMove
from activityplans.life import asks_for_another_kind
from activityplans.models import Service
from activityplans.rules import latest_end
from activityplans.schedule import Slot
from activityplans.transitions import follow_ups, plans
from activityplans.transitions.life import results_of
from intake import transitions as intake
from intake.enums import AfStatus, RightsForm, VisitPurpose
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.approvals.writer import decide
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import (
    ApprovalState,
    ConsentForm,
    ConsentPurpose,
    EmploymentForm,
    PauseReason,
    Protection,
    Source,
    Subsidy,
    Track,
)
from jobcentre.casework.identity import parse_identity
from jobcentre.casework.models import Case, ExitReason, Person, TargetGroup
from jobcentre.casework.transitions import cases, clocks, persons, protection, records
from jobcentre.demo import chapters, mapping, midways, period_ends, texts
from jobcentre.demo.names import People
from jobcentre.demo.plan_templates import template_for
from jobcentre.demo.together import told_together
from jobcentre.demo.world import World
from jobcentre.gathering import all_or_nothing
from jobcentre.reading import read
from jobcentre.replay import happening

SEED = 2026
HALF_TIME = 20  # hours per week
SCHEDULED_DAYS = 45  # plans begun since then have times in the week
FOLLOWED_DAYS = 200  # before that many follow-ups are left out, as nobody looks there
EARLY = 0.6  # of those who came before that: they had found another way before there was a plan
# Reason key and its share of the exits, as in the 2007 evaluation.
EXITS = (
    ("work", 23), ("work_subsidised", 9), ("own_business", 3), ("studies", 17), ("unknown", 11),
    ("af", 10), ("other_support", 8), ("moved", 6), ("own_choice", 6), ("no_result", 4),
    ("care", 3),
)  # fmt: skip


@dataclass
class Fate:
    """What is to happen in one story; None leaves it to chance."""

    until: str = "end"  # opened, turned, mapped, drafted, submitted, returned, planned or end
    stays_days: int | None = None  # exit after so many days; None: by chance
    pause: tuple[int, int | None] | None = None  # (days after start, length; None: still away)
    plan_after: int | None = None  # working days until the plan is sent
    is_young: bool = False
    is_protected: bool = False
    support_unit: bool = True
    then: Callable | None = None  # told last, with (teller, case)
    provider: str = ""  # ordered and started there, for sure, by the first coach
    here: bool = False  # every activity at the centre itself, by the first coach
    in_first_queue: bool = False  # the plan goes to the unit of the centre's first district
    unanswered: bool = False  # by the first coach; the follow-ups that are due wait for an answer


def _times(at: int, hours: int) -> tuple[Slot, ...]:
    """A schedule of so many hours from that hour of the day, in the morning or after lunch; none
    for what fills more than half a day."""
    if hours > HALF_TIME:
        return ()
    days = (1, 2, 3, 4, 5) if hours >= 10 else (2, 4)
    return tuple(Slot(day, time(at), hours * 60 // len(days)) for day in days)


@dataclass
class Codes:
    """Code lists read once."""

    services: dict[str, Service]
    groups: dict[str, TargetGroup]
    reasons: dict[str, ExitReason]
    areas: list[str]

    @classmethod
    def load(cls) -> "Codes":
        return cls(
            {row.key: row for row in Service.objects.all()},
            {row.key: row for row in TargetGroup.objects.all()},
            {row.key: row for row in ExitReason.objects.all()},
            mapping.area_keys(),
        )


@dataclass
class Teller:
    """Tells stories with one random generator over one world."""

    world: World
    today: date
    random: Random = field(default_factory=lambda: Random(SEED))

    def __post_init__(self):
        self.people = People(self.random)
        self.codes = Codes.load()
        self.lengths = clock.Lengths.load()
        self.calendar = self.lengths.calendar
        self.minute = 0
        self.fate = Fate()  # of the story that is told
        world = self.world
        self.actors = [
            *(user for members in world.coaches.values() for user in members),
            *(user for members in world.secretaries.values() for user in members),
            *world.managers.values(),
            *world.reception.values(),
            *world.provider_staff.values(),
            world.coordinator,
        ]
        self.coaches = {
            coach.pk: coach for members in self.world.coaches.values() for coach in members
        }

    @contextmanager
    def on(self, day: date, hour: int = 9):
        """Everything inside happened on `day`."""
        self.minute = (self.minute + 7) % 60
        at = timezone.make_aware(datetime.combine(day, time(hour, self.minute)))
        with happening(min(at, timezone.now())):
            yield day

    def workday(self, start: date, count: int) -> date:
        return self.calendar.add_workdays(start, max(0, count)) or start

    def near(self, day: date) -> date:
        """The day itself, or the next working day."""
        return day if self.calendar.is_workday(day) else self.workday(day, 1)

    def coach_of(self, case: Case) -> User:
        """The coach as a user who acts in their membership."""
        return self.coaches[case.coach_id]

    # --- one story -------------------------------------------------------------------------------
    def tell(self, centre: str, start: date, fate: Fate, person: Person | None = None) -> Case:
        for user in self.actors:
            user.remembered_relations = {}
        with all_or_nothing(), told_together(self.lengths):
            self.fate = fate
            case = self._arrive(centre, start, fate, person)
            self._live(case, start, fate)
        return read(Case, case.pk)

    def _live(self, case: Case, start: date, fate: Fate) -> None:
        if fate.until == "opened":
            return
        self._first_day(case, start)
        if fate.until == "turned":
            self._leave(case, self.workday(start, self.random.randrange(1, 5)))
            return
        if fate.pause is not None:
            self._pause(case, start, fate.pause)
        if not self._map(case, start, finished=fate.until != "opened"):
            return
        if fate.until == "mapped":
            return
        version = self._plan(case, start, fate)
        if version is None or fate.until in ("drafted", "submitted", "returned"):
            return
        self._go_on(case, start, fate)
        if fate.then is not None:
            fate.then(self, read(Case, case.pk))

    def _arrive(self, centre: str, start: date, fate: Fate, person: Person | None) -> Case:
        world, desk = self.world, self.world.reception[centre]
        unit = world.centres[centre]
        with self.on(start, 9):
            if person is None:
                fields, number = self.people.person(start, is_young=fate.is_young)
                visit = intake.register_visitor(
                    unit,
                    {
                        key: fields[key]
                        for key in fields
                        if not fate.is_protected or key not in persons.ADDRESS
                    },
                    parse_identity(number, self.today),
                    VisitPurpose.ENROL,
                    actor=desk,
                    language=fields["first_language"],
                )
            else:
                visit = intake.register_visit(unit, VisitPurpose.ENROL, actor=desk, person=person)
            district = self._district(centre)
            source = self._source(fate)
            coach = self._coach(centre)
            groups = ["income_support"] if source == Source.INCOME_SUPPORT else []
            if fate.is_young:
                groups.append("youth")
            if self.random.random() < 0.25 or not groups:
                groups.append(
                    self.random.choice(("newly_arrived", "long_unemployed", "disability", "sfi"))
                )
            case = intake.enrol_visitor(
                visit,
                cases.Enrolment(
                    centre=unit,
                    source=source,
                    track=self._track(),
                    target_groups=[self.codes.groups[key] for key in groups],
                    district=district
                    if source == Source.INCOME_SUPPORT and fate.support_unit
                    else None,
                    coach=coach,
                ),
                self._meeting(start) if start == self.today else None,
                actor=desk,
                today=start,
            )
        if fate.is_protected:
            protection.protect_person(
                case.person,
                self.random.choice((Protection.MARKED, Protection.REGISTRATION)),
                [coach, world.managers[centre], desk, *self._secretaries(case)],
                actor=None,
                today=start,
            )
            case.person.refresh_from_db()
            for user in self.actors:
                user.remembered_relations = {}
        return case

    def _district(self, centre: str) -> Unit:
        """The first district of a centre gets a third, so that its secretary has a full queue."""
        districts = self.world.districts[centre]
        if self.fate.in_first_queue:
            return districts[0]
        return districts[0] if self.random.random() < 0.33 else self.random.choice(districts)

    def _coach(self, centre: str) -> User:
        """The first coach of a centre has the fullest list."""
        coaches = self.world.coaches[centre]
        if self.fate.provider or self.fate.unanswered or self.fate.here:
            return coaches[0]
        return coaches[0] if self.random.random() < 0.3 else self.random.choice(coaches)

    def _track(self) -> Track:
        if self.fate.provider:
            return Track.SUPPORT  # there is work training in every plan of the track
        return self.random.choices((Track.DIRECT, Track.LATER, Track.SUPPORT), (4, 4, 2))[0]

    def _source(self, fate: Fate) -> Source:
        if not fate.support_unit:
            return Source.OWN
        if fate.in_first_queue:
            return Source.INCOME_SUPPORT
        return self.random.choices(
            (Source.INCOME_SUPPORT, Source.AF, Source.KAA if fate.is_young else Source.PROJECT),
            (7, 2, 1),
        )[0]

    def _meeting(self, day: date):
        self.minute += 1
        return timezone.make_aware(
            datetime.combine(day, time(9 + self.minute % 7, (self.minute * 15) % 60))
        )

    def _secretaries(self, case: Case) -> list[User]:
        return self.world.secretaries.get(case.income_support_unit_id, [])

    def _first_day(self, case: Case, start: date) -> None:
        with self.on(start, 10):
            intake.give_rights(
                case,
                given_on=start,
                form=RightsForm.ORAL_AND_WRITTEN,
                language=case.person.first_language or "svenska",
                with_interpreter=case.person.needs_interpreter,
                actor=self.coach_of(case),
            )
            intake.check_af(
                case,
                status=self.random.choices((AfStatus.REGISTERED, AfStatus.WILL_REGISTER), (8, 2))[
                    0
                ],
                since=None,
                actor=self.coach_of(case),
                today=start,
            )
            purposes = [ConsentPurpose.PROVIDERS]
            if self.random.random() < 0.6 and not case.person.is_protected:
                purposes.append(ConsentPurpose.COMPETENCE_BANK)
            if self.random.random() < 0.8:
                purposes.append(ConsentPurpose.FOLLOW_UP)
            for purpose in purposes:
                records.give_consent(
                    case, purpose, ConsentForm.WRITTEN, start, None, actor=self.coach_of(case)
                )

    def _pause(self, case: Case, start: date, pause: tuple[int, int | None]) -> None:
        first = start + timedelta(days=pause[0])
        if first > self.today:
            return
        back = None if pause[1] is None else first + timedelta(days=pause[1])
        with self.on(first, 11):
            clocks.pause_clock(
                case,
                first,
                back,
                self.random.choice((PauseReason.ILLNESS, PauseReason.CHILD_CARE)),
                "",
                actor=self.coach_of(case),
            )

    def _map(self, case: Case, start: date, *, finished: bool) -> bool:
        day = self.workday(start, self.random.randrange(0, 3))
        if day > self.today:
            day = start
        answers = {
            area: (
                self.random.randrange(1, 6),
                self.random.choice(texts.AREA_NOTES) if self.random.random() < 0.3 else "",
                self.random.random() < 0.2,
            )
            for area in self.codes.areas
        }
        summary = self.random.choice(texts.SUMMARIES)
        with self.on(day, 13):
            mapping.map_person(self, case, day, answers, summary, finished)
        return True

    # --- plan ------------------------------------------------------------------------------------
    def lines(self, case: Case, first: date, last: date) -> list[plans.LineInput]:
        """Two activities of the case's track, or the one that the fate asks for."""
        kinds = self.random.sample(texts.ACTIVITIES[case.track], k=2)
        if self.fate.provider:
            kinds = texts.ACTIVITIES[case.track][:1]
        newest = self.today - timedelta(days=SCHEDULED_DAYS)
        tired = {pk for pk, each in results_of(case).items() if asks_for_another_kind(each)}
        lines = []
        for at, (key, hours, description, result) in zip((9, 13), kinds, strict=False):
            service = self.codes.services[key]
            weeks = min(service.usual_weeks * 2, 24)
            offering = self.world.offering.get(key, self.world.providers)
            is_elsewhere = service.at_provider and not self.fate.here
            provider = self.random.choice(offering) if is_elsewhere else None
            if provider is not None and self.fate.provider:
                provider = next(
                    unit for unit in self.world.providers if unit.name == self.fate.provider
                )
            lines.append(
                plans.LineInput(
                    service=service,
                    description=description,
                    expected_result=result,
                    starts_on=first,
                    ends_before=min(last, first + timedelta(weeks=weeks)),
                    follow_up_on=midways.planned(self, first, weeks, last),
                    hours_per_week=Decimal(hours),
                    # Sessions follow the times: told where somebody looks, not for three years back.
                    times=_times(at, hours) if first > newest else (),
                    provider=provider,
                    place="" if provider else case.centre.name,
                    change_reason=texts.TRIED_AGAIN if service.pk in tired else "",
                )
            )
        return lines

    def _write(self, case: Case, day: date, reason: str = "") -> plans.PlanVersion:
        last = latest_end(day)
        lines = self.lines(case, day, last)
        return plans.save_draft(
            case,
            plans.PlanInput(
                starts_on=day,
                ends_before=last,
                goal=self.random.choice(texts.GOALS),
                person_view=self.random.choice(texts.OWN_WORDS),
                weekly_target=Decimal(40),
                own_search_hours=Decimal(self.random.choice((4, 6, 8))),
                target_reason=self.random.choice(texts.FEWER_HOURS),
                change_reason=reason,
                # Who is still writing has begun from a template.
                template=template_for(case) if self.fate.until == "drafted" else None,
                lines=lines,
            ),
            actor=self.coach_of(case),
            today=day,
        )

    def _plan(self, case: Case, start: date, fate: Fate):
        after = fate.plan_after
        if after is None:
            after = self.random.choices((2, 3, 4, 5, 6, 8), (2, 4, 6, 5, 1, 1))[0]
        pauses = clock.pauses_of(case)
        day = self.calendar.add_workdays(start, after, pauses)
        if day is None or day > self.today:
            return None
        with self.on(day, 14):
            version = self._write(case, day)
            if fate.until == "drafted":
                return version
            approval = plans.submit_plan(version, actor=self.coach_of(case), today=day)
        if fate.until == "submitted":
            return version
        return self._answer(case, version, approval, day, returned=fate.until == "returned")

    def _answer(self, case, version, approval, sent_on, *, returned=False):
        decider = self._decider(case)
        day = self.workday(sent_on, self.random.choices((0, 1, 2, 3), (2, 6, 4, 1))[0])
        if day > self.today:
            return None
        sends_back = returned or self.random.random() < 0.1
        with self.on(day, 15):
            self._decide(
                approval,
                ApprovalState.RETURNED if sends_back else ApprovalState.APPROVED,
                decider,
                day,
                self.random.choice(texts.RETURN_REASONS) if sends_back else "",
            )
        if not sends_back or returned:
            return version
        again = self.workday(day, 1)
        if again > self.today:
            return None
        with self.on(again, 10):
            version = self._write(case, version.starts_on, texts.REWRITTEN)
            approval = plans.submit_plan(version, actor=self.coach_of(case), today=again)
        answered = self.workday(again, 1)
        if answered > self.today:
            return None
        with self.on(answered, 11):
            self._decide(approval, ApprovalState.APPROVED, decider, answered, "")
        return version

    def _decide(self, approval, state, decider, day, reason) -> None:
        seen = approval.content_hash  # nobody writes in between here
        decide(approval, state, actor=decider, today=day, seen_hash=seen, reason=reason)

    def _decider(self, case: Case) -> User:
        secretaries = self._secretaries(case)
        if secretaries:
            return secretaries[0]
        return next(
            self.world.managers[name]
            for name, unit in self.world.centres.items()
            if unit.pk == case.centre_id
        )

    # --- time passes -----------------------------------------------------------------------------
    def _go_on(self, case: Case, start: date, fate: Fate) -> None:
        stays = fate.stays_days or int(self.random.triangular(20, 400, 60))
        leaves = self.near(start + timedelta(days=stays))
        for _period in range(3):
            version = plans.version_in_force(case)
            if version is None:
                return
            version.keep_lines()  # nobody changes those of a version in force
            chapters.order_activities(
                self, case, version, version.approved_on or version.starts_on, leaves
            )
            midways.tell(self, case, version, leaves)
            self._follow_up(case, version, leaves)
            mapping.rate(self, case, start, min(self.today, leaves, version.ends_before))
            if leaves <= min(self.today, version.ends_before):
                self._leave(case, leaves)
                return
            review_on = self.near(version.ends_before - timedelta(days=self.random.randrange(3, 9)))
            if fate.until == "planned" or review_on > self.today:
                return
            with self.on(review_on, 10):
                follow_ups.review_plan(
                    case,
                    self.random.choice(texts.REVIEWS),
                    actor=self.coach_of(case),
                    today=review_on,
                )
                draft = self._write(case, review_on, texts.NEXT_PERIOD)
                approval = plans.submit_plan(draft, actor=self.coach_of(case), today=review_on)
            if self._answer(case, draft, approval, review_on) is None:
                return
            period_ends.follow_up_period(self, version, leaves)

    def _follow_up(self, case: Case, version, leaves: date) -> None:
        for line in version.whole_lines():
            ended = line.ends_before - timedelta(days=1)
            day = self.workday(ended, self.random.randrange(1, 7))
            if ended >= version.ends_before - timedelta(days=14) or day > min(self.today, leaves):
                continue
            is_old = day < self.today - timedelta(days=FOLLOWED_DAYS)
            if self.random.random() < (0.8 if is_old else 0.06):
                continue
            result = self.random.choice(FollowUpResult.values[:3])
            comment, move = (
                self.random.choice(texts.FOLLOW_UPS),
                self.random.choice(NextMove.values),
            )
            known = results_of(case).get(line.activity.service_id, [])
            if move == NextMove.CONTINUE and asks_for_another_kind([*known, result]):
                move = NextMove.REPLACE
            with self.on(day, 13):
                follow_ups.follow_up_activity(
                    line.activity,
                    ended_on=ended,
                    result=result,
                    comment=comment,
                    next_move=move,
                    actor=self.coach_of(case),
                    today=day,
                )

    def _leave(self, case: Case, day: date) -> None:
        key = self.random.choices([key for key, _n in EXITS], [n for _key, n in EXITS])[0]
        reason = self.codes.reasons[key]
        works = reason.needs_employment
        chapters.end_running_orders(self, case, day)
        case = Case.objects.select_related("person").get(pk=case.pk)
        with self.on(day, 15):
            cases.close_case(
                case,
                cases.Leaving(
                    reason=reason,
                    ended_on=day,
                    employment_form=self.random.choices(
                        (EmploymentForm.PERMANENT, EmploymentForm.TEMPORARY, EmploymentForm.HOURLY),
                        (4, 5, 2),
                    )[0]
                    if works
                    else "",
                    extent_percent=self.random.choice((50, 75, 100, 100)) if works else None,
                    subsidy=(
                        self.random.choice((Subsidy.NEW_START, Subsidy.WAGE, Subsidy.INTRODUCTION))
                        if key == "work_subsidised"
                        else Subsidy.NONE
                    )
                    if works
                    else "",
                    employer_name=self.random.choice(texts.EMPLOYERS) if works else "",
                ),
                actor=self.coach_of(case),
                today=day,
                version=case.version,
            )
        chapters.follow_up(self, case)
