"""Employers, their needs, and people proposed to them. The only writers of a placement's state."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from employers import rules
from employers.enums import CHECKED_KINDS, NeedState, PlacementResult, PlacementState
from employers.models import CompetenceProfile, Employer, EmployerContact, Need, Placement
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import ConsentPurpose, InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.records import end_involvement, involve
from jobcentre.notices.writer import NoticeText, notify_many

# {action: (from, to)}: the moves of a placement.
MOVES = {
    "agree": ((PlacementState.PROPOSED,), PlacementState.AGREED),
    "decline": ((PlacementState.PROPOSED,), PlacementState.DECLINED),
    "withdraw": ((PlacementState.PROPOSED, PlacementState.AGREED), PlacementState.WITHDRAWN),
    "start": ((PlacementState.AGREED,), PlacementState.RUNNING),
    "end": ((PlacementState.RUNNING,), PlacementState.ENDED),
}
EMPLOYER_FIELDS = (
    "name",
    "organisation_number",
    "sector",
    "is_social_enterprise",
    "contact_name",
    "phone",
    "email",
    "address",
)
NEED_FIELDS = (
    "title",
    "kind",
    "occupation",
    "description",
    "requirements",
    "needs_licence",
    "places",
    "hours_per_week",
    "starts_on",
    "ends_before",
    "replaces_staff",
    "union_consulted_on",
)
_PROFILE_FIELDS = (
    "headline",
    "occupations",
    "skills",
    "languages",
    "has_licence",
    "hours_per_week",
    "available_from",
)


def available_moves(placement: Placement, user) -> frozenset[str]:
    """What the user may do with the placement now."""
    return frozenset(
        move
        for move, (sources, _target) in MOVES.items()
        if placement.state in sources and can(user, "placement.decide", placement)
    )


def _log(actor, action, obj, case=None, fields=()):
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=case.person.ref if case else None,
        obj=obj,
        fields=fields,
    )


@transaction.atomic
def register_employer(
    fields: dict, *, coordinator: User, unit: Unit, actor: User | None
) -> Employer:
    """Enter an employer with the one coordinator who holds the relation.

    Raises Refused when the organisation number is known already, and says who holds it.
    """
    require(actor, "employer.edit")
    number = fields.get("organisation_number") or None
    known = Employer.objects.filter(organisation_number=number).first() if number else None
    if known is not None:
        raise Refused(
            _("%(name)s is already in the register; %(who)s holds the contact.")
            % {"name": known.name, "who": known.coordinator.name}
        )
    employer = Employer(
        coordinator=coordinator,
        registered_unit=unit,
        **{name: fields[name] for name in EMPLOYER_FIELDS if name in fields},
    )
    employer.organisation_number = number
    save_checked(employer)
    _log(actor, "employer.register", employer, fields=sorted(fields))
    return employer


@transaction.atomic
def change_employer(employer: Employer, fields: dict, *, actor: User, version: int) -> Employer:
    """Change the details of an employer."""
    require(actor, "employer.edit", employer)
    employer = lock(employer, version)
    for name in EMPLOYER_FIELDS:
        setattr(employer, name, fields[name])
    employer.organisation_number = fields["organisation_number"] or None
    employer.version += 1
    save_checked(employer)
    _log(actor, "employer.edit", employer, fields=list(EMPLOYER_FIELDS))
    return employer


@transaction.atomic
def note_contact(
    employer: Employer, on: date, form: str, text: str, *, actor: User
) -> EmployerContact:
    """Note a visit, call or letter."""
    require(actor, "employer.edit", employer)
    contact = EmployerContact(employer=employer, on=on, form=form, text=text, by=actor)
    save_checked(contact)
    _log(actor, "employer.contact", contact)
    return contact


@transaction.atomic
def open_need(employer: Employer, fields: dict, *, actor: User | None, today: date) -> Need:
    """Enter what the employer needs, with the answers of the displacement check."""
    require(actor, "employer.edit", employer)
    need = Need(
        employer=employer,
        opened_on=today,
        opened_by=actor or employer.coordinator,
        **{name: fields[name] for name in NEED_FIELDS if name in fields},
    )
    save_checked(need)
    _log(actor, "need.open", need)
    return need


@transaction.atomic
def change_need(need: Need, fields: dict, *, actor: User, version: int) -> Need:
    """Change what the employer needs, or note the answers of the displacement check afterwards.

    Raises Refused when the need is not open, or when more people are placed than there would be
    places; Conflict when somebody has changed it since it was opened.
    """
    require(actor, "employer.edit", need)
    need = lock(need, version)
    if need.state != NeedState.OPEN:
        raise Refused(_("The need is no longer open."))
    placed = need.placements.filter(
        state__in=(PlacementState.AGREED, PlacementState.RUNNING)
    ).count()
    if fields["places"] < placed:
        raise Refused(
            ngettext(
                "%(n)d person is placed here already; there cannot be fewer places.",
                "%(n)d people are placed here already; there cannot be fewer places.",
                placed,
            )
            % {"n": placed}
        )
    changed = [name for name in NEED_FIELDS if getattr(need, name) != fields[name]]
    for name in changed:
        setattr(need, name, fields[name])
    need.version += 1
    save_checked(need)
    _log(actor, "need.change", need, fields=changed)
    return need


@transaction.atomic
def close_need(need: Need, *, actor: User) -> Need:
    """The employer no longer needs anybody for this."""
    require(actor, "employer.edit", need)
    need = lock(need)
    if need.state != NeedState.OPEN:
        raise Refused(_("The need is already closed."))
    need.state = NeedState.CLOSED
    save_checked(need)
    _log(actor, "need.close", need, fields=["state"])
    return need


def has_bank_consent(case: Case, today: date) -> bool:
    """Whether the consent to the competence bank is in force."""
    return any(
        consent.ends_before is None or consent.ends_before > today
        for consent in case.consents.filter(
            purpose=ConsentPurpose.COMPETENCE_BANK,
            given_on__lte=today,
            withdrawn_on__isnull=True,
        )
    )


@transaction.atomic
def save_profile(
    case: Case, fields: dict, *, actor: User | None, today: date, version: int | None = None
) -> CompetenceProfile:
    """Write the profile of the competence bank. Raises Refused without the person's consent."""
    case = lock(case)
    require(actor, "competence.edit", case)
    if not has_bank_consent(case, today):
        raise Refused(_("The person has not consented to the competence bank. Record it first."))
    profile = CompetenceProfile.objects.filter(case=case).first()
    if profile is None:
        profile = CompetenceProfile(case=case)
    else:
        profile = lock(profile, version)
        profile.version += 1
    for name in _PROFILE_FIELDS:
        setattr(profile, name, fields[name])
    profile.edited_by = actor or case.coach
    save_checked(profile)
    _log(actor, "competence.edit", profile, case, fields=list(_PROFILE_FIELDS))
    return profile


def why_nobody(need: Need) -> str:
    """Why nobody may be proposed for the need as it stands (the displacement check); "" when one may."""
    found = rules.displacement(
        is_checked_kind=need.kind in CHECKED_KINDS,
        replaces_staff=need.replaces_staff,
        union_consulted_on=need.union_consulted_on,
    )
    if found is None:
        return ""
    return {
        rules.Displacement.REPLACES_STAFF: _(
            "A placement with support may not replace ordinary staff. Ask the employer and note "
            "the answer on the need."
        ),
        rules.Displacement.NO_UNION: _(
            "The union must be consulted before a placement with support. Note the day on the need."
        ),
    }[found]


@transaction.atomic
def propose_placement(
    case: Case, need: Need, note: str, *, actor: User | None, today: date
) -> Placement:
    """Propose a person for a need, by the coach or, with consent, by the coordinator.

    Raises Refused when the need is not open or full, when the displacement check says no, or
    when the person is proposed already.
    """
    case = lock(case)
    require(actor, "placement.propose", case)
    need = lock(need)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if need.state != NeedState.OPEN:
        raise Refused(_("The need is no longer open."))
    sentence = why_nobody(need)
    if sentence:
        raise Refused(sentence)
    going_on = (PlacementState.PROPOSED, PlacementState.AGREED, PlacementState.RUNNING)
    if Placement.objects.filter(case=case, need=need, state__in=going_on).exists():
        raise Refused(_("The person is already proposed for this."))
    placement = Placement(
        case=case,
        need=need,
        note=note,
        proposed_on=today,
        proposed_by=actor or case.coach,
    )
    save_checked(placement)
    involve(
        case,
        InvolvementKind.PLACEMENT,
        label=need.employer.name,
        starts_on=today,
        subject_key=placement.subject_key,
        phone=need.employer.phone,
    )
    record_event(
        case,
        "placement.proposed",
        actor=actor,
        payload={"need": need.title, "employer": need.employer.name},
    )
    clock.recompute(case)
    _tell(placement, "proposed", gettext_lazy("A person is proposed to %(employer)s."), actor)
    _log(actor, "placement.propose", placement, case)
    return placement


def _tell(placement: Placement, key: str, sentence, actor) -> None:
    """Tells the coach and the employer's coordinator, but not who acted."""
    receivers = {placement.case.coach_id, placement.need.employer.coordinator_id}
    receivers -= {None, actor.pk if actor else None}
    notify_many(
        NoticeText(
            user_id=user_id,
            key=f"placement:{placement.pk}:{key}:{user_id}",
            sentence=sentence,
            payload={"employer": placement.need.employer.name},
            url_name="employers:placement",
            url_arg=str(placement.pk),
        )
        for user_id in sorted(receivers)
    )


def _begin(placement: Placement, move: str, actor, version) -> Placement:
    lock(placement.case)
    placement = lock(placement, version)
    require(actor, "placement.decide", placement)
    sources, target = MOVES[move]
    if placement.state not in sources:
        raise Refused(
            _("The placement is already: %(state)s.") % {"state": placement.get_state_display()}
        )
    placement.state = target
    placement.version += 1
    return placement


def _finish(placement: Placement, kind: str, payload: dict, sentence, *, actor) -> Placement:
    save_checked(placement)
    record_event(
        placement.case,
        kind,
        actor=actor,
        payload={"employer": placement.need.employer.name, **payload},
    )
    clock.recompute(placement.case)
    _tell(placement, kind, sentence, actor)
    _log(actor, kind, placement, placement.case, ["state"])
    return placement


@transaction.atomic
def answer_placement(
    placement: Placement,
    *,
    says_yes: bool,
    answer: str,
    actor: User | None,
    today: date,
    version: int | None = None,
) -> Placement:
    """Note the employer's yes or no in the employer's words."""
    placement = _begin(placement, "agree" if says_yes else "decline", actor, version)
    placement.answered_on, placement.answer = today, answer
    if not says_yes:
        end_involvement(
            placement.case,
            InvolvementKind.PLACEMENT,
            placement.subject_key,
            ends_before=today,
        )
    return _finish(
        placement,
        "placement.agreed" if says_yes else "placement.declined",
        {"answer": answer or "-"},
        gettext_lazy("%(employer)s says yes.")
        if says_yes
        else gettext_lazy("%(employer)s says no."),
        actor=actor,
    )


@transaction.atomic
def withdraw_placement(
    placement: Placement, reason: str, *, actor: User | None, today: date, version=None
) -> Placement:
    """Take back a proposal, with a reason."""
    placement = _begin(placement, "withdraw", actor, version)
    placement.ended_on, placement.result_note = today, reason
    end_involvement(
        placement.case, InvolvementKind.PLACEMENT, placement.subject_key, ends_before=today
    )
    return _finish(
        placement,
        "placement.withdrawn",
        {"reason": reason},
        gettext_lazy("The proposal to %(employer)s is withdrawn."),
        actor=actor,
    )


@dataclass(frozen=True)
class Start:
    """When and with whom a placement begins."""

    starts_on: date
    ends_before: date | None = None
    supervisor: str = ""


@transaction.atomic
def start_placement(
    placement: Placement, begins: Start, *, actor: User | None, today: date, version=None
) -> Placement:
    """The person begins at the employer; the need is filled when its places are."""
    placement = _begin(placement, "start", actor, version)
    if begins.starts_on > today:
        raise Refused(_("A start is noted when the person has come."))
    placement.starts_on, placement.ends_before = begins.starts_on, begins.ends_before
    placement.supervisor = begins.supervisor
    placement = _finish(
        placement,
        "placement.started",
        {"from_on": begins.starts_on},
        gettext_lazy("A person has started at %(employer)s."),
        actor=actor,
    )
    _fill(placement.need)
    return placement


def _fill(need: Need) -> None:
    taken = (
        need.placements.filter(state=PlacementState.RUNNING).count()
        + need.placements.filter(state=PlacementState.ENDED, result=PlacementResult.HIRED).count()
    )
    if taken >= need.places and need.state == NeedState.OPEN:
        need.state = NeedState.FILLED
        save_checked(need)


@transaction.atomic
def end_placement(
    placement: Placement,
    *,
    ended_on: date,
    result: str,
    note: str,
    actor: User | None,
    today: date,
    version=None,
) -> Placement:
    """The placement ends with a result."""
    placement = _begin(placement, "end", actor, version)
    if ended_on > today or ended_on < placement.starts_on:
        raise Refused(_("The last day lies between the first day and today."))
    placement.ended_on, placement.result, placement.result_note = ended_on, result, note
    end_involvement(
        placement.case,
        InvolvementKind.PLACEMENT,
        placement.subject_key,
        ends_before=ended_on,
        days_after=14,
    )
    return _finish(
        placement,
        "placement.ended",
        {"last_on": ended_on, "result": result},
        gettext_lazy("A placement at %(employer)s has ended."),
        actor=actor,
    )


def placements_without_hiring(employer: Employer) -> int:
    """How many placements have ended at the employer without anybody being hired, since the last
    hiring; from three on the page says so (mission row M5)."""
    results = list(
        Placement.objects.filter(need__employer=employer, state=PlacementState.ENDED)
        .order_by("-ended_on", "-pk")
        .values_list("result", flat=True)[:20]
    )
    count = 0
    for result in results:
        if result == PlacementResult.HIRED:
            break
        count += 1
    return count
