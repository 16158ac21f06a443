"""Ages, the KAA register and when somebody is to be contacted next. Pure.

Sources: skollagen (2010:800) 29 kap. 9 § (who the municipality answers for, until the day they
turn 20 or complete upper secondary school) and 7 kap. 12 § (school duty ends with the spring term
of its tenth year); the outreach until 25 is the youth agreement's. Worked examples: docs/rules.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from intake.youth.enums import ContactChannel, IntervalKey, KaaEnd, OutreachState
from jobcentre.workdays import Period

KAA_AGE = 20  # leaves the KAA register that day
REGISTER_AGE = 25  # leaves the outreach register that day
SCHOOL_DUTY_AGE = 16  # the year in which this is reached, school duty ends with the spring term


# --- ages ----------------------------------------------------------------------------------------
def birthday(born: date, age: int) -> date:
    """The day on which somebody born on `born` turns `age`; 1 March for a leap day that is missing."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def school_duty_ends_before(born: date) -> date:
    """The first day after the usual school duty: 1 July of the year in which they turn 16."""
    return date(born.year + SCHOOL_DUTY_AGE, 7, 1)


def is_of_register_age(born: date, day: date) -> bool:
    """Whether the outreach register is for them that day: school duty over, not yet 25."""
    return school_duty_ends_before(born) <= day < birthday(born, REGISTER_AGE)


def is_of_contract_age(born: date, day: date) -> bool:
    """Whether an education contract can begin that day: from the 20th to before the 25th birthday."""
    return birthday(born, KAA_AGE) <= day < birthday(born, REGISTER_AGE)


# --- the KAA register ----------------------------------------------------------------------------
@dataclass(frozen=True)
class KaaFacts:
    """What decides when somebody is in the KAA register.

    `since` is the day of the drop-out, or of the entry when no drop-out is known; `until` the day
    the entry ended; `completed_on` when upper secondary school (or the like) was completed;
    `in_school` the periods on a national programme of upper secondary school.
    """

    born: date
    since: date
    until: date | None = None
    completed_on: date | None = None
    in_school: tuple[Period, ...] = ()


@dataclass(frozen=True)
class KaaSpan:
    """One period in the KAA register, half-open, and why it ends."""

    starts_on: date
    ends_before: date
    why: KaaEnd


def kaa_spans(facts: KaaFacts) -> list[KaaSpan]:
    """The periods in the KAA register: none, one, or several with upper secondary school between.

    The end is known from the first day: at the latest the 20th birthday.
    """
    ends = [(birthday(facts.born, KAA_AGE), KaaEnd.TURNED_20)]
    if facts.completed_on is not None:
        ends.append((facts.completed_on, KaaEnd.COMPLETED))
    if facts.until is not None:
        ends.append((facts.until, KaaEnd.LEFT))
    last, why = min(ends)
    start = max(facts.since, school_duty_ends_before(facts.born))
    spans = []
    for school in sorted(facts.in_school, key=lambda period: period.starts_on):
        if school.starts_on >= last:
            break
        if school.starts_on > start:
            spans.append(KaaSpan(start, school.starts_on, KaaEnd.IN_SCHOOL))
        if school.ends_before is None:
            return spans
        start = max(start, school.ends_before)
    if start < last:
        spans.append(KaaSpan(start, last, why))
    return spans


def half_year(day: date) -> tuple[date, date]:
    """The half-year of the statutory survey in which `day` lies, half-open: January to June or
    July to December."""
    if day.month <= 6:
        return date(day.year, 1, 1), date(day.year, 7, 1)
    return date(day.year, 7, 1), date(day.year + 1, 1, 1)


def last_half_year(day: date) -> tuple[date, date]:
    """The latest half-year that has ended before `day`."""
    return half_year(half_year(day)[0] - timedelta(days=1))


# --- the next contact ----------------------------------------------------------------------------
@dataclass(frozen=True)
class Step:
    """A step of the schedule: `channel`, `days` after the schedule began."""

    days: int
    channel: ContactChannel


@dataclass(frozen=True)
class Made:
    """An attempt that was made."""

    on: date
    channel: ContactChannel


@dataclass(frozen=True)
class Schedule:
    """The municipality's steps, in order, and its numbers of days."""

    steps: tuple[Step, ...]
    days: Mapping[IntervalKey, int]


@dataclass(frozen=True)
class NextContact:
    """When somebody is to be contacted next: by the step `step` of `of`, or (0) by an interval.

    `occupation_ends`: because the known occupation ends that day.
    """

    on: date
    channel: ContactChannel | None = None
    step: int = 0
    of: int = 0
    occupation_ends: bool = False


def steps_done(steps: tuple[Step, ...], made: Iterable[Made], since: date) -> tuple[int, date]:
    """How many steps of the schedule are done, and the day of the last one (`since` when none).

    An attempt does the first step left with its channel, and those before it with it: who has been
    visited at home needs no letter first. Other channels do no step.
    """
    done, on = 0, since
    for attempt in sorted(made, key=lambda each: each.on):
        if attempt.on < since:
            continue
        for index in range(done, len(steps)):
            if steps[index].channel == attempt.channel:
                done, on = index + 1, attempt.on
                break
    return done, on


def next_contact(
    state: OutreachState,
    since: date,
    made: Iterable[Made],
    schedule: Schedule,
    occupied_until: date | None = None,
) -> NextContact | None:
    """The next contact of an entry that has been in `state` since `since`; None when it has ended.

    To contact: the next step of the schedule, its days after `since`; when the step before was
    late, as many days after it as the schedule has between them. After the last step, and in the
    other states: the state's number of days after the latest attempt. A known occupation is asked
    about the day it ends (`occupied_until`), if that is earlier.
    """
    if state == OutreachState.ENDED:
        return None
    made = tuple(made)
    latest = max([since, *(attempt.on for attempt in made)])
    after = NextContact(latest + timedelta(days=schedule.days[IntervalKey(state)]))
    if state == OutreachState.OCCUPIED and occupied_until is not None:
        return min(NextContact(occupied_until, occupation_ends=True), after, key=lambda n: n.on)
    if state != OutreachState.TO_CONTACT:
        return after
    steps = schedule.steps
    done, on = steps_done(steps, made, since)
    if done == len(steps):
        return after
    step = steps[done]
    due = since + timedelta(days=step.days)
    if done:
        due = max(due, on + timedelta(days=step.days - steps[done - 1].days))
    return NextContact(due, step.channel, done + 1, len(steps))
