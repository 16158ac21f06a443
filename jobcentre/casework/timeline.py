"""The one writer of events, and an event in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.casework.enums import Area
from jobcentre.casework.models import Case, CaseEvent
from jobcentre.casework.registries import deadline_kinds, event_kinds
from jobcentre.gathering import Gathering
from jobcentre.replay import moment_now
from jobcentre.ui import formats


def record_event(
    case: Case,
    kind: str,
    *,
    actor,
    at: datetime | None = None,
    text: str = "",
    payload: dict | None = None,
    corrects: CaseEvent | None = None,
) -> CaseEvent:
    """Write one event; called by a transition inside its transaction.

    `payload` holds exactly the keys that the kind declares (days and moments as such, choices as
    their values, `clock` the key of its kind), never words that have a language; ValueError
    otherwise. `at` is when it happened, now when absent.
    """
    declared = event_kinds[kind]
    payload = payload or {}
    if set(payload) != set(declared.payload_keys):
        raise ValueError(f"event {kind!r} takes {declared.payload_keys}, not {sorted(payload)}")
    at = at or moment_now()
    membership = getattr(actor, "acting", None)
    event = CaseEvent(
        case=case,
        kind=kind,
        area=declared.area,
        occurred_at=at,
        actor=actor,
        acting_role=membership.role if membership else "",
        text=text,
        payload={
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in payload.items()
        },
        corrects=corrects,
    )
    # A note is read again at once, by its number.
    if corrects is not None or text or not gathered_events.keeps(event):
        event.save(force_insert=True)
    if case.last_event_at is None or at > case.last_event_at:
        case.last_event_at = at
        if not _latest.keeps((case.pk, at)):
            Case.objects.filter(pk=case.pk).update(last_event_at=at)
    return event


def _write_latest(rows: list[tuple[int, datetime]]) -> None:
    latest: dict[int, datetime] = {}
    for case_id, at in rows:
        latest[case_id] = max(at, latest.get(case_id, at))
    for case_id, at in latest.items():
        Case.objects.filter(pk=case_id).update(last_event_at=at)


gathered_events = Gathering("events", CaseEvent.objects.bulk_create)
_latest = Gathering("latest events", _write_latest)


@contextmanager
def events_together() -> Iterator[None]:
    """Events inside the block are written at its end (imports, the demo)."""
    with gathered_events.open(), _latest.open():
        yield


@dataclass(frozen=True)
class EventLine:
    """An event as the timeline shows it."""

    pk: int
    label: str
    sentence: str
    text: str
    at: datetime
    actor: str
    icon: str
    sign: str
    kind: str
    struck_reason: str = ""
    corrects_id: int | None = None


def _moment(value: str) -> str:
    """A moment in the reader's language; events of before hold it in words already."""
    try:
        return formats.moment(datetime.fromisoformat(value))
    except ValueError:
        return value


def in_words(event: CaseEvent) -> EventLine:
    """`event` in the current language; needs `actor` and `struck` selected with it."""
    kind = event_kinds[event.kind]
    values = {}
    for key, value in event.payload.items():
        if key.endswith("_on") and value:
            values[key] = formats.day_year(date.fromisoformat(value))
        elif key == "when" and value:
            values[key] = _moment(value)
        elif key in kind.words and value:
            values[key] = kind.words[key](value)
        elif key in kind.choices and value:
            values[key] = str(kind.choices[key](value).label)
        elif key == "clock" and value in deadline_kinds:
            values[key] = str(deadline_kinds[value].label)
        else:
            values[key] = "-" if value in (None, "") else value
    struck = getattr(event, "struck", None)
    return EventLine(
        pk=event.pk,
        label=str(kind.label),
        sentence=_("Struck: %(reason)s") % {"reason": struck.reason}
        if struck
        else str(kind.sentence) % values,
        text="" if struck else event.text,
        at=event.occurred_at,
        actor=str(event.actor) if event.actor else _("The system"),
        icon=kind.icon,
        sign=kind.sign,
        kind=event.kind,
        struck_reason=struck.reason if struck else "",
        corrects_id=event.corrects_id,
    )


def lines_of(
    case: Case,
    areas,
    reader: User,
    *,
    limit: int = 50,
    before: tuple[datetime, int] | None = None,
):
    """The newest events of the case that lie in `areas`, and the notes that `reader` has written,
    as EventLines; one query.

    `before` is (occurred_at, pk) of the last line already shown (keyset paging).
    """
    own = Q(actor=reader, area=Area.NOTES)
    events = CaseEvent.objects.filter(Q(area__in=areas) | own, case=case)
    if before is not None:
        at, pk = before
        events = events.filter(occurred_at__lte=at).exclude(occurred_at=at, pk__gte=pk)
    rows = events.select_related("actor", "struck").order_by("-occurred_at", "-id")[:limit]
    return [in_words(event) for event in rows]
