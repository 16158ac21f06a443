"""What is computed of an entry, kept by one writer; the moves of its state; the nightly round."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.youth import rules
from intake.youth.enums import (
    ContactChannel,
    ContractState,
    EndReason,
    IntervalKey,
    KaaEnd,
    OccupationKind,
    OutreachState,
)
from intake.youth.models import (
    EducationContract,
    KaaExtract,
    KaaPeriod,
    KnownOccupation,
    OutreachEntry,
)
from intake.youth.models.settings import schedule_now
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.workdays import Period

S = OutreachState
OPEN = frozenset(S) - {S.ENDED}
# {act: (from, to)}: the moves of an entry.
MOVES: dict[str, tuple[frozenset[S], S]] = {
    "reach": (frozenset({S.TO_CONTACT, S.DECLINED}), S.IN_CONTACT),
    "decline": (frozenset({S.TO_CONTACT, S.IN_CONTACT}), S.DECLINED),
    "begin_measure": (OPEN - {S.IN_MEASURE}, S.IN_MEASURE),
    "leave_measure": (frozenset({S.IN_MEASURE}), S.IN_CONTACT),
    "find": (frozenset({S.TO_CONTACT, S.IN_CONTACT, S.DECLINED}), S.OCCUPIED),
    "lose": (frozenset({S.OCCUPIED}), S.TO_CONTACT),
    "search_again": (frozenset({S.IN_CONTACT, S.DECLINED}), S.TO_CONTACT),
    "end": (OPEN, S.ENDED),
}


def may_move(entry: OutreachEntry, act: str) -> bool:
    return entry.state in MOVES[act][0]


def move(entry: OutreachEntry, act: str, on: date) -> None:
    """Set the state that `act` leads to; raises Refused when it is not possible from the present."""
    sources, target = MOVES[act]
    if entry.state not in sources:
        raise Refused(
            _("That is not possible now: %(state)s.") % {"state": entry.get_state_display()}
        )
    entry.state, entry.since = target, on


def locked(entry: OutreachEntry, action: str, actor, version: int | None = None) -> OutreachEntry:
    """The entry under a lock, when `actor` may do `action` and it is open."""
    entry = lock(entry, version)
    require(actor, action, entry)
    if not entry.is_open:
        raise Refused(_("The person has left the outreach register."))
    return entry


def log_change(actor, action: str, entry: OutreachEntry, obj=None, fields=()) -> None:
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=entry.person.ref,
        obj=obj or entry,
        fields=fields,
    )


# --- what is computed ----------------------------------------------------------------------------
def _runs(occupation: KnownOccupation, day: date) -> bool:
    return (
        occupation.kind != OccupationKind.NOTHING
        and occupation.starts_on <= day
        and (occupation.ends_before is None or day < occupation.ends_before)
    )


def settle(entry: OutreachEntry, today: date, schedule: rules.Schedule | None = None) -> None:
    """Compute afresh what follows from the facts, and save the entry: occupied or not, the KAA
    periods, the next contact. Called by every transition at its end and for all at night."""
    occupations = list(KnownOccupation.objects.filter(entry=entry))
    running = [each for each in occupations if _runs(each, today)]
    if running and may_move(entry, "find"):
        move(entry, "find", today)
    elif not running and may_move(entry, "lose"):
        ends = [each.ends_before for each in occupations if each.ends_before]
        move(entry, "lose", min(max(ends, default=today), today))
    made = [
        rules.Made(on, ContactChannel(channel))
        for on, channel in entry.attempts.values_list("on", "channel")
    ]
    ends = [each.ends_before for each in running]
    occupied_until = max(ends) if ends and None not in ends else None
    set_next(entry, schedule or schedule_now(), made, occupied_until)
    save_checked(entry)
    _settle_kaa(entry, occupations)


def set_next(
    entry: OutreachEntry,
    schedule: rules.Schedule,
    made: Sequence[rules.Made] = (),
    occupied_until: date | None = None,
) -> None:
    """Set when the entry is contacted next, after the attempts `made`; it is not saved."""
    upcoming = rules.next_contact(S(entry.state), entry.since, made, schedule, occupied_until)
    entry.next_on = upcoming.on if upcoming else None
    entry.next_channel = (upcoming.channel or "") if upcoming else ""
    entry.next_step = upcoming.step if upcoming else 0
    entry.next_of = upcoming.of if upcoming else 0
    entry.occupation_ends = bool(upcoming and upcoming.occupation_ends)


def _settle_kaa(entry: OutreachEntry, occupations: list[KnownOccupation]) -> None:
    if entry.person.birth_date is None:
        return  # corrected away; what was known stays until a birth date is known again
    wanted = kaa_periods(entry, occupations)
    kept = list(entry.kaa_periods.values_list("starts_on", "ends_before", "why"))
    if kept != [(each.starts_on, each.ends_before, each.why) for each in wanted]:
        entry.kaa_periods.all().delete()
        KaaPeriod.objects.bulk_create(wanted)


def kaa_periods(
    entry: OutreachEntry, occupations: Sequence[KnownOccupation] = ()
) -> list[KaaPeriod]:
    """The KAA periods that follow from the facts, not saved; the birth date is known."""
    if entry.ended_because == EndReason.MISTAKE:
        return []
    spans = rules.kaa_spans(
        rules.KaaFacts(
            born=entry.person.birth_date,
            since=entry.school_left_on or entry.registered_on,
            until=entry.ended_on,
            completed_on=entry.completed_on,
            in_school=tuple(
                Period(each.starts_on, each.ends_before)
                for each in occupations
                if each.kind == OccupationKind.UPPER_SECONDARY
            ),
        )
    )
    return [
        KaaPeriod(
            entry=entry,
            starts_on=span.starts_on,
            ends_before=span.ends_before,
            why=span.why.value,
        )
        for span in spans
    ]


# --- the nightly round ---------------------------------------------------------------------------
def round_of_outreach(today: date) -> int:
    """Settle every open entry, end those who have turned 25, tell whose KAA time has ended.

    Returns how many entries changed their state. Safe to run again. Each entry is locked by itself.
    """
    schedule = schedule_now()
    changed = 0
    for pk in OutreachEntry.objects.open().order_by("pk").values_list("pk", flat=True):
        changed += _round_of(pk, today, schedule)
    _tell_of_kaa(today)
    return changed


@transaction.atomic
def _round_of(pk: int, today: date, schedule: rules.Schedule) -> bool:
    entry = OutreachEntry.objects.select_for_update().open().filter(pk=pk).first()
    if entry is None:
        return False  # ended since the round began
    before = entry.state
    leaves_on = _leaves_on(entry)
    if leaves_on is not None and leaves_on <= today:
        move(entry, "end", today)
        entry.ended_on = max(leaves_on, entry.registered_on)
        entry.ended_because = EndReason.TURNED_25
        entry.version += 1
    settle(entry, today, schedule)
    if entry.state == before:
        return False
    log_change(None, "youth.round", entry, fields=["state"])
    return True


def _leaves_on(entry: OutreachEntry) -> date | None:
    """The 25th birthday, or the end of an education contract that runs past it; None while one
    runs or when no birth date is known."""
    if entry.person.birth_date is None:
        return None
    leaves_on = rules.birthday(entry.person.birth_date, rules.REGISTER_AGE)
    contracts = EducationContract.objects.filter(entry=entry)
    if contracts.filter(state=ContractState.RUNNING).exists():
        return None
    last = contracts.order_by("-ended_on").values_list("ended_on", flat=True).first()
    return max(leaves_on, last) if last else leaves_on


def _tell_of_kaa(today: date) -> None:
    """Tell the responsible coordinators who left the KAA register today by turning 20."""
    periods = KaaPeriod.objects.filter(
        ends_before=today, why=KaaEnd.TURNED_20, entry__coordinator__isnull=False
    ).select_related("entry")
    notify_many(
        NoticeText(
            user_id=period.entry.coordinator_id,
            key=f"kaa-20:{period.entry_id}",
            sentence=gettext_lazy(
                "A young person you are responsible for has turned 20 and left the KAA register."
            ),
            url_name="intake:youth_entry",
            url_arg=str(period.entry.ref),
        )
        for period in periods
    )


def remove_old(today: date) -> int:
    """Remove entries and extracts whose time is over; returns how many. What is logged stays."""
    days = schedule_now().days
    removed = 0
    old = OutreachEntry.objects.filter(
        ended_on__lt=date.fromordinal(today.toordinal() - days[IntervalKey.REMOVE_ENTRY])
    )
    for pk in old.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            entry = old.select_for_update(of=("self",)).select_related("person").filter(pk=pk)
            for each in entry.order_by("pk"):
                log_change(None, "youth.remove", each, fields=["entry"])
                each.delete()
                removed += 1
    extracts = KaaExtract.objects.filter(
        finished_at__date__lt=date.fromordinal(today.toordinal() - days[IntervalKey.REMOVE_EXTRACT])
    )
    for extract in extracts.order_by("pk"):
        with transaction.atomic():
            log.record(None, "youth.remove", access=Access.CHANGE, obj=extract, fields=["extract"])
            extract.delete()
            removed += 1
    return removed
