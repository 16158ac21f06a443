"""Who is this person with? Everybody who works with them, with the latest and the next of each.

Six queries, whatever the number: involvements, absences, meetings, what each has done in the case,
running clocks, contacts outside; one more with an employer, who does nothing here. What a
reader may not read is not asked for.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.consents import covers
from jobcentre.casework.enums import (
    AppointmentState,
    Area,
    ConsentPurpose,
    ContactKind,
    InvolvementKind,
    WaitsFor,
)
from jobcentre.casework.models import (
    DUE_FIRST,
    Appointment,
    Case,
    CaseEvent,
    Deadline,
    Involvement,
    OutsideContact,
    StaffAbsence,
)
from jobcentre.casework.registries import deadline_kinds
from jobcentre.ui import formats

SOON_AWAY_DAYS = 7  # an absence is told so many days ahead
# Who somebody's contact is there says something about their health or past.
SENSITIVE_KINDS = (ContactKind.HEALTH, ContactKind.PROBATION)
CONSENT_FOR = {
    ContactKind.AF: ConsentPurpose.AF,
    ContactKind.FK: ConsentPurpose.FK,
    ContactKind.HEALTH: ConsentPurpose.HEALTH,
}


@dataclass
class Partner:
    """One who works with the person: `what` for, how to reach them, the latest and the next.

    `signs` are (text, sign) to show beside the name. `latest` and `next` are ready to be shown;
    empty when there is none or the reader may not know.
    """

    name: str
    what: str
    is_unit: bool = False
    place: str = ""
    phone: str = ""
    email: str = ""
    until: date | None = None
    latest: str = ""
    next: str = ""
    signs: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class Traces:
    """What is known of users and units in one case, read once."""

    latest_of_users: dict[int, date]
    latest_of_units: dict[int, tuple[date, str]]
    latest_of_employers: dict[str, date]
    meetings: dict[int, dict]
    absences: dict[int, tuple[date, date]]
    clocks: list[Deadline]


def people_of(case: Case, areas: frozenset[Area], today: date) -> dict[str, list[Partner]]:
    """`inside` and `outside`: everybody who works with the person today or is about to.

    The coach stands first, with who covers; contacts outside only for those who read the contact
    details, those of health care and probation only with the sensitive areas.
    """
    involved = list(
        Involvement.objects.filter(case=case)
        .filter(Q(ends_before__isnull=True) | Q(ends_before__gt=today))
        .select_related("unit", "user")
    )
    traces = _traces(case, involved, areas, today)
    covers = [row for row in involved if row.kind == InvolvementKind.COVER] if case.coach else []
    inside = []
    if case.coach:
        inside.append(_coach(case, covers, traces, today))
        inside += [_involved(row, traces, today) for row in covers]
    if case.income_support_unit:
        inside.append(_unit(case.income_support_unit, traces))
    others = [row for row in involved if row.kind != InvolvementKind.COVER]
    inside += [_involved(row, traces, today) for row in others]
    return {"inside": inside, "outside": _outside(case, areas, today)}


def known_receivers(case: Case, today: date) -> list[str]:
    """Names to choose from for a consent to one receiver: the providers, and where the contacts
    outside work. For those who record consents, who read all of the case."""
    providers = Unit.objects.filter(kind=UnitKind.PROVIDER).values_list("name", flat=True)
    outside = OutsideContact.objects.filter(case=case).current_on(today)
    return sorted({*providers, *outside.values_list("organisation", flat=True)} - {""})


def readable_contacts(contacts, areas: frozenset[Area]):
    """Those of `contacts` that one who reads `areas` may know of."""
    if Area.CONTACT not in areas:
        return contacts.none()
    return contacts if Area.SENSITIVE in areas else contacts.exclude(kind__in=SENSITIVE_KINDS)


# --- what is read ---------------------------------------------------------------------------------
def _traces(case, involved, areas, today) -> Traces:
    users = {row.user_id for row in involved if row.user_id} | {case.coach_id} - {None}
    units = {row.unit_id for row in involved if row.unit_id} | {case.income_support_unit_id}
    of_users, of_units = _latest(case, units - {None})
    return Traces(
        latest_of_users=of_users,
        latest_of_units=of_units,
        latest_of_employers=_latest_of_employers(case)
        if any(row.kind == InvolvementKind.PLACEMENT for row in involved)
        else {},
        meetings=_meetings(case) if Area.APPOINTMENTS in areas else {},
        absences=_absences(users - {None}, today),
        clocks=list(Deadline.objects.filter(case=case).begun(today).order_by(*DUE_FIRST))
        if Area.CLOCKS in areas
        else [],
    )


def _latest(case, units) -> tuple[dict[int, date], dict[int, tuple[date, str]]]:
    """The latest day on which each user, and anybody of each unit, did something in the case."""
    rows = (
        CaseEvent.objects.filter(case=case, actor__isnull=False)
        .order_by()
        .values_list("actor_id", "actor__name", "actor__memberships__unit_id")
        .annotate(at=Max("occurred_at"))
    )
    of_users: dict[int, date] = {}
    of_units: dict[int, tuple[date, str]] = {}
    for actor, name, unit, at in rows:
        day = timezone.localdate(at)
        of_users[actor] = max(day, of_users.get(actor, day))
        if unit in units:
            of_units[unit] = max((day, name), of_units.get(unit, (day, name)))
    return of_users, of_units


def _latest_of_employers(case) -> dict[str, date]:
    """The latest day on which something about a placement was told, by the employer's name."""
    rows = (
        CaseEvent.objects.filter(case=case, kind__startswith="placement.")
        .order_by()
        .values_list("payload__employer")
        .annotate(at=Max("occurred_at"))
    )
    return {name: timezone.localdate(at) for name, at in rows if name}


def _meetings(case) -> dict[int, dict]:
    """For each user the latest meeting held and the next one booked with the person."""
    rows = (
        Appointment.objects.filter(case=case)
        .order_by()
        .values("with_user_id")
        .annotate(
            held=Max("starts_at", filter=Q(state=AppointmentState.HELD)),
            booked=Min(
                "starts_at",
                filter=Q(state=AppointmentState.BOOKED, starts_at__gte=timezone.now()),
            ),
        )
    )
    return {row["with_user_id"]: row for row in rows}


def _absences(users: Iterable[int], today) -> dict[int, tuple[date, date]]:
    """The absence of each user that goes on today or begins within a week, the first of them."""
    found: dict[int, tuple[date, date]] = {}
    for row in StaffAbsence.objects.filter(
        user__in=users,
        starts_on__lte=today + timedelta(days=SOON_AWAY_DAYS),
        ends_before__gt=today,
    ):
        found.setdefault(row.user_id, (row.starts_on, row.ends_before))
    return found


# --- one of them ----------------------------------------------------------------------------------
def _coach(case: Case, covers: list[Involvement], traces: Traces, today: date) -> Partner:
    partner = _user(case.coach, _("Coach"), traces, today)
    away = traces.absences.get(case.coach_id)
    covered = any(row.starts_on <= today for row in covers)
    if away and away[0] <= today and not covered:
        partner.signs.append((_("Nobody stands in"), "late"))
    if not partner.next:
        partner.next = _next_clock(traces, WaitsFor.COACH)
    return partner


def _user(user: User, what: str, traces: Traces, today: date) -> Partner:
    partner = Partner(user.name, what, phone=user.phone, email=user.email)
    meeting = traces.meetings.get(user.pk, {})
    days = [traces.latest_of_users.get(user.pk)]
    if meeting.get("held"):
        days.append(timezone.localdate(meeting["held"]))
    known = [day for day in days if day]
    partner.latest = formats.day_year(max(known)) if known else ""
    if meeting.get("booked"):
        partner.next = _("Meeting %(when)s") % {"when": formats.moment(meeting["booked"])}
    partner.signs += _away(traces.absences.get(user.pk), today)
    return partner


def _away(absence: tuple[date, date] | None, today: date) -> list[tuple[str, str]]:
    if absence is None:
        return []
    first, back = absence
    if first <= today:
        return [(_("Away, back on %(day)s") % {"day": formats.day_year(back)}, "soon")]
    return [(_("Away from %(day)s") % {"day": formats.day_year(first)}, "info")]


def _unit(unit: Unit, traces: Traces) -> Partner:
    partner = Partner(
        unit.name, _("Income support"), is_unit=True, phone=unit.phone, email=unit.email
    )
    partner.latest = _latest_of(unit.pk, traces)
    partner.next = _next_clock(traces, WaitsFor.INCOME_SUPPORT)
    return partner


def _latest_of(unit_id: int | None, traces: Traces) -> str:
    day, name = traces.latest_of_units.get(unit_id, (None, ""))
    return f"{formats.day_year(day)}, {name}" if day else ""


def _involved(row: Involvement, traces: Traces, today: date) -> Partner:
    """An involvement as one of them: a colleague, a unit, or an employer without either."""
    what = row.get_kind_display()
    if row.user is not None:
        partner = _user(row.user, what, traces, today)
        partner.place = row.unit.name if row.unit else ""
    else:
        partner = Partner(row.label, what, is_unit=True, phone=row.phone)
        if row.unit is not None:
            partner.phone, partner.email = row.phone or row.unit.phone, row.unit.email
            partner.latest = _latest_of(row.unit_id, traces)
        elif row.label in traces.latest_of_employers:
            partner.latest = formats.day_year(traces.latest_of_employers[row.label])
        waits = {
            InvolvementKind.ORDER: WaitsFor.PROVIDER,
            InvolvementKind.PLACEMENT: WaitsFor.COORDINATOR,
        }.get(InvolvementKind(row.kind))
        partner.next = _next_clock(traces, waits, row.subject_key) if waits else ""
    partner.until = row.ends_before and row.ends_before - timedelta(days=1)
    if row.starts_on > today:
        begins = _("From %(day)s") % {"day": formats.day_year(row.starts_on)}
        partner.signs.append((begins, "info"))
    return partner


def _next_clock(traces: Traces, waits_for: WaitsFor, subject: str = "") -> str:
    """The first running clock that waits for them, about their own order or placement when
    `subject` is its key: what is to be done, and by when."""
    for clock in traces.clocks:
        if clock.waits_for == waits_for and clock.subject_key.startswith(subject):
            step = str(deadline_kinds[clock.kind].step)
            return f"{step}, {formats.day_year(clock.due_on)}" if clock.due_on else step
    return ""


def _outside(case: Case, areas: frozenset[Area], today: date) -> list[Partner]:
    """The contacts outside that the reader may know of; AF and health care with what is missing."""
    if Area.CONTACT not in areas:
        return []
    consents = case.consents.all()
    found = []
    contacts = OutsideContact.objects.filter(case=case).current_on(today)
    for row in readable_contacts(contacts, areas):
        needed = CONSENT_FOR.get(ContactKind(row.kind))
        following = row.next_step
        if row.next_on:
            following = f"{row.next_step}, {formats.day_year(row.next_on)}"
        found.append(
            Partner(
                row.name,
                row.get_kind_display(),
                place=row.organisation,
                phone=row.phone,
                email=row.email,
                until=row.ends_before and row.ends_before - timedelta(days=1),
                latest=formats.day_year(row.contacted_on) if row.contacted_on else "",
                next=following,
                signs=[(_("No consent to exchange"), "soon")]
                if needed and not covers(consents, needed, today, row.organisation, row.name)
                else [],
                pk=row.pk,
            )
        )
    return found
