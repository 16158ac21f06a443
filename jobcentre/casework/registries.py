"""The registries through which a later step of the path makes itself known to casework.

Each app fills them in `AppConfig.ready()`; a test pins what is registered and
docs/architecture.md lists it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import TextChoices
from django.utils.functional import Promise

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.rules import Length
from jobcentre.casework.enums import Area, WaitsFor

Text = str | Promise
Kind = TypeVar("Kind")


class Registry(Generic[Kind]):
    """Kinds by key, in the order of registration. Registering a key twice is a mistake."""

    def __init__(self, concept: str):
        self.concept = concept
        self._kinds: dict[str, Kind] = {}

    def register(self, *kinds: Kind) -> None:
        for kind in kinds:
            if kind.key in self._kinds:
                raise ValueError(f"{self.concept} {kind.key!r} is registered twice")
            self._kinds[kind.key] = kind

    def __getitem__(self, key: str) -> Kind:
        try:
            return self._kinds[key]
        except KeyError:
            raise LookupError(f"no {self.concept} {key!r} is registered") from None

    def __contains__(self, key: str) -> bool:
        return key in self._kinds

    def __iter__(self) -> Iterator[Kind]:
        return iter(self._kinds.values())

    def keys(self) -> list[str]:
        return list(self._kinds)


@dataclass(frozen=True)
class EventKind:
    """A kind of event on the timeline of a case.

    `sentence` is a translatable %-format over the payload. A payload key ending in `_on` holds an
    ISO date and is shown as a date, the key `when` a moment; one named in `choices` holds a value of
    that TextChoices and is shown as its label, one in `words` what that makes of it in the reader's
    language. `area` decides who may read it, `icon` is of the icon table.
    """

    key: str
    label: Text
    sentence: Text
    payload_keys: tuple[str, ...] = ()
    area: Area = Area.HEADER
    icon: str = "file-text"
    sign: str = ""  # "", ok, soon, late, paused or accent: the colour beside the icon
    choices: dict[str, type[TextChoices]] = field(default_factory=dict)
    words: dict[str, Callable[[Any], str]] = field(default_factory=dict)


@dataclass(frozen=True)
class ClockFact:
    """What the business rows say of one clock; the clock is recomputed from this alone.

    `subject_key` tells clocks of one kind in a case apart ("" when there is only one).
    `subject_label` says what the clock is about, the same whoever reads it: a name as it was typed,
    or what the kind's `tell_subject` puts in the reader's language.
    `earlier_days` are added as already used (cap over re-entries). `extended_to` is a date that
    a decision has set instead of the computed one. `length` is what this clock runs when its rows
    say so, instead of the length of its kind.
    """

    started_on: date
    met_on: date | None = None
    cancelled_on: date | None = None
    subject_key: str = ""
    subject_label: str = ""
    owner_id: int | None = None
    unit_id: int | None = None
    earlier_days: int = 0
    extended_to: date | None = None
    length: Length | None = None
    url: str = ""


@dataclass(frozen=True)
class Beginning:
    """How clocks of a kind begin without anybody acting, for thousands of cases with few queries.

    `cases(today)` gives the ids of the open cases that lack such a clock; `facts(case_ids, today)`
    pairs of case id and ClockFact, exactly those of the kind's own `facts` that are new on the day.
    The second is asked with the locks of the cases held.
    """

    cases: Callable[[date], Iterable[int]]
    facts: Callable[[list[int], date], Iterable[tuple[int, ClockFact]]]


@dataclass(frozen=True)
class DeadlineKind:
    """A kind of clock. `length` is the default; the municipality's DeadlineRule overrides it.

    `warn_before` counts days of the length's own unit (working days, else calendar days).
    `facts(case)` returns the ClockFacts of a case. `step` says what meets it, as words on a
    button; `url_name` names the page where that is done, reversed with the case number when the
    fact gives no `url` of its own (which leads to the same page); the step is offered to whoever
    has the right to that page. `survives_closing`: the clock goes on after the case has ended.
    `says_length`: one case has several with other lengths, which their names tell apart.
    `extendable`: a decision can set a later day than the reckoned one.
    `tells_manager_before`: the manager too gets the last warning, while it can still be met.
    `begins_by_itself`: the nightly round starts it, because a day has come.
    `tell_subject`: what a stored subject says in the reader's language (see `deadlines.subjects`); a
    text that it does not know is given back as it is.
    """

    key: str
    label: Text
    length: Length
    pausable: bool
    warn_before: tuple[int, ...]
    escalate_to: Role
    waits_for: WaitsFor
    met_by: Text
    step: Text
    url_name: str
    facts: Callable[[Any], Iterable[ClockFact]]
    survives_closing: bool = False
    says_length: bool = False
    extendable: bool = False
    tells_manager_before: bool = False
    begins_by_itself: Beginning | None = None
    tell_subject: Callable[[str], str] = str


@dataclass(frozen=True)
class ApprovalKind:
    """A kind of thing that somebody else approves.

    `subject(approval)` returns the object; `content(subject)` a JSON-able value whose hash the
    approval binds; the three callables are transitions run inside the deciding transaction with
    (subject, approval, actor, today). `url(approval)` is the page where it is decided.
    """

    key: str
    label: Text
    action: str
    subject: Callable[[Any], Any]
    content: Callable[[Any], Any]
    on_approve: Callable[..., None]
    on_return: Callable[..., None]
    on_refuse: Callable[..., None]
    url: Callable[[Any], str]


@dataclass(frozen=True)
class CasePanel:
    """A panel of the case page, shown to those who may read its area.

    `context(case, user, today)` returns the template's variables; at most three queries on the
    overview. `tab` panels have a page of their own reached by the tab, with a number of queries
    that does not grow; `aside` panels stand beside the overview.
    `count()` gives the number beside the tab's name, as an expression over Case; 0 shows nothing.
    `brings()` gives what a panel of the overview or aside reads in the query of the case itself, as
    expressions over Case by their names; `context` finds them on the case.
    """

    key: str
    label: Text
    area: Area
    template: str
    context: Callable[..., dict]
    place: str = "tab"  # overview, tab or aside
    position: int = 100
    count: Callable[[], Any] | None = None
    brings: Callable[[], dict[str, Any]] | None = None


@dataclass(frozen=True)
class ClosingStep:
    """Something that must be looked at, and is done, when a case closes.

    `obstacles(case)` returns sentences that stop the closing; `goes_with(case)` sentences about
    what ends with it, for the page. `run(case, exit, actor, today)` is called in the closing
    transaction; `hold(case)` before it locks the case, for rows that everybody else locks before
    they write on the timeline of a case (else two wait for each other).
    """

    key: str
    label: Text
    obstacles: Callable[[Any], list[Text]]
    run: Callable[..., None]
    position: int = 100
    goes_with: Callable[[Any], list[Text]] | None = None
    hold: Callable[[Any], None] | None = None


@dataclass(frozen=True)
class MovingStep:
    """Something at the former home centre that ends when a case moves to another one.

    `goes_with(case)` returns sentences about it, for the page and before the move;
    `run(case, former, actor)` is called in the transaction, with the centre that it was;
    `hold(case)` before the case is locked, as of a ClosingStep.
    """

    key: str
    goes_with: Callable[[Any], list[Text]]
    run: Callable[..., None]
    hold: Callable[[Any], None]


@dataclass(frozen=True)
class OpeningStep:
    """Something that follows when a person gets an open case.

    `run(case, actor, today)` is called last in the transaction that opens the case; `hold(person)`
    before it locks the person, for rows that everybody else locks before a person (else two wait
    for each other). `follow(person, actor, today)` is called when a merge of two registrations, or
    its undoing, has changed which cases are the person's.
    """

    key: str
    run: Callable[..., None]
    hold: Callable[[Any], None] | None = None
    follow: Callable[..., None] | None = None


@dataclass(frozen=True)
class InterruptionStep:
    """Something that follows when an interruption of a case is registered, changed or ended.

    `run(case)` is called in that transaction, under the lock of the case, after its clocks.
    """

    key: str
    run: Callable[[Any], None]


@dataclass(frozen=True)
class ActivityStep:
    """Something that follows when an activity is broken off.

    `broken_off(activity, today)` is called in that transaction, under the lock of the case.
    """

    key: str
    broken_off: Callable[[Any, date], None]


@dataclass(frozen=True)
class ConsentStep:
    """Something that follows when the person withdraws a consent.

    `withdrawn(consent, actor, today)` is called in that transaction, when the consent holds no more.
    """

    key: str
    withdrawn: Callable[..., None]


@dataclass(frozen=True)
class StaffTime:
    """Something beside booked meetings that takes the time of staff.

    `taken(user_ids, since, until, but_of)` returns `staff_times.Taken` rows that begin after
    `since` (and before `until`, unless None), in one query; `but_of` is a row that does not count.
    """

    key: str
    taken: Callable[[set[int], datetime, datetime | None, Any], list[Any]]


@dataclass(frozen=True)
class MeetingStep:
    """Something that follows when a booked meeting with a person is moved, missed or cancelled.

    All are called in that transaction. `hold(meeting)` before the meeting is locked, for rows that
    everybody else locks before a meeting (else two wait for each other); `moved(old, new, actor)`
    when it has another time or another colleague, `off(meeting, actor)` when it was missed or
    cancelled and nothing came instead. `again_url(meeting, user)` is the page where a new time is
    booked, "" when it is not the user's or not the step's.
    """

    key: str
    hold: Callable[[Any], None]
    moved: Callable[..., None]
    off: Callable[..., None]
    again_url: Callable[[Any, Any], str]


@dataclass(frozen=True)
class GroupStep:
    """Something that follows when persons sign up for a group meeting, leave it, or it is moved,
    and when their attendance is registered.

    `follow(places, actor)` is called in that transaction with the places concerned (each
    with meeting, case and person), under the lock of the meeting. `counts_as(meeting)` says what
    the meeting counts as, in a sentence for its page; "" when it is nothing but itself.
    """

    key: str
    follow: Callable[..., None]
    counts_as: Callable[[Any], Text]


@dataclass(frozen=True)
class GroupCompanies:
    """Where the companies stand that take part in a group meeting open to companies.

    `named(meeting, user)` gives (name, address of its page) of each that the user may see, in one
    query; `url(meeting, user)` the page where they are chosen, "" when it is not the user's.
    """

    key: str
    named: Callable[[Any, Any], list[tuple[str, str]]]
    url: Callable[[Any, Any], str]


@dataclass(frozen=True)
class JobFact:
    """Something that verifies that persons still hold the job that their case was closed with.

    `held(case_ids)` returns {id of the case: days on which it was verified}, in one query.
    """

    key: str
    held: Callable[[set[int]], dict[int, set[date]]]


@dataclass(frozen=True)
class NextStep:
    """The one button of a case page: what to do next, why, and where."""

    label: Text
    url: str
    why: Text = ""


event_kinds: Registry[EventKind] = Registry("event kind")
deadline_kinds: Registry[DeadlineKind] = Registry("deadline kind")
approval_kinds: Registry[ApprovalKind] = Registry("approval kind")
case_panels: Registry[CasePanel] = Registry("case panel")
opening_steps: Registry[OpeningStep] = Registry("opening step")
closing_steps: Registry[ClosingStep] = Registry("closing step")
moving_steps: Registry[MovingStep] = Registry("moving step")
interruption_steps: Registry[InterruptionStep] = Registry("interruption step")
activity_steps: Registry[ActivityStep] = Registry("activity step")
consent_steps: Registry[ConsentStep] = Registry("consent step")
staff_times: Registry[StaffTime] = Registry("staff time")
meeting_steps: Registry[MeetingStep] = Registry("meeting step")
group_steps: Registry[GroupStep] = Registry("group step")
group_companies: Registry[GroupCompanies] = Registry("register of companies")
job_facts: Registry[JobFact] = Registry("job fact")
