"""A person is lent to another centre's service, and comes back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import forget_relations, require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, CentreLoan
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.protection import managers_of
from jobcentre.casework.transitions.records import end_involvement, involve
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.replay import is_replaying, moment_now

MAX_DAYS = 366  # longer is a move to the other centre
TELL_DAYS_BEFORE = 7  # the coaches are told so long before a loan ends


@dataclass(frozen=True)
class Lending:
    """What is decided when a person is lent: where, to do what, why there, and for how long."""

    host: Unit
    service: str
    reason: str
    starts_on: date
    ends_before: date
    host_coach: User | None = None


@transaction.atomic
def lend_case(
    case: Case, lending: Lending, *, actor: User | None, today: date, version: int | None = None
) -> CentreLoan:
    """Lend the person to another centre. Its staff see the case on the days of the loan.

    Raises Refused with what stands in the way: a closed case, the home centre itself, a period in
    the past or too long, a loan there during part of it, a coach who is none there, a protected
    person whose circle holds nobody there.
    """
    case = lock(case, version)
    require(actor, "case.lend", case)
    case.person.refresh_from_db(fields=["protection"])  # it may have come since the page was read
    _check(case, lending, today)
    loan = CentreLoan(
        case=case,
        host=lending.host,
        host_coach=lending.host_coach,
        service=lending.service.strip(),
        reason=lending.reason.strip(),
        starts_on=lending.starts_on,
        ends_before=lending.ends_before,
        lent_by=actor,
    )
    save_checked(loan)
    opened = involve(
        case,
        InvolvementKind.OTHER_CENTRE,
        label=f"{lending.host_coach or lending.host}",
        starts_on=lending.starts_on,
        subject_key=loan.involvement_key,
        unit=lending.host,
        user=lending.host_coach,
        phone=(lending.host_coach.phone if lending.host_coach else "") or lending.host.phone,
    )
    opened.ends_before = opened.visible_before = lending.ends_before
    save_checked(opened)
    record_event(
        case,
        "case.lent",
        actor=actor,
        payload={
            "host": lending.host.name,
            "service": loan.service,
            "from_on": lending.starts_on,
            "last_on": lending.ends_before - timedelta(days=1),
        },
    )
    _tell(
        loan,
        gettext_lazy("Case %(case)s is lent to %(host)s from %(from_on)s."),
        "lent",
        actor,
        today,
    )
    _log(actor, "case.lend", loan)
    if actor is not None:
        forget_relations(actor)
    return loan


def _check(case: Case, lending: Lending, today: date) -> None:
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if lending.host.pk == case.centre_id:
        raise Refused(_("%(centre)s is the home centre already.") % {"centre": lending.host})
    if lending.ends_before <= lending.starts_on:
        raise Refused(_("The last day must not be before the first."))
    if lending.starts_on < today and not is_replaying():
        raise Refused(_("A loan begins today or later."))
    if (lending.ends_before - lending.starts_on).days > MAX_DAYS:
        raise Refused(_("A loan is at most a year; move the case instead."))
    overlapping = case.loans.filter(
        host=lending.host,
        starts_on__lt=lending.ends_before,
        ends_before__gt=lending.starts_on,
    )
    if overlapping.exists():
        raise Refused(_("The person is lent there during part of that time already."))
    if case.person.is_protected and not who_may_know(case.person, staff_at(lending.host, today)):
        raise Refused(
            _("Nobody at %(centre)s may know of the person. Name somebody there first.")
            % {"centre": lending.host}
        )
    coach = lending.host_coach
    if coach is None:
        return
    roles = Membership.objects.valid_on(today).filter(
        user=coach, unit=lending.host, role__in=[Role.COACH, Role.YOUTH_COORDINATOR]
    )
    if not roles.exists():
        raise Refused(
            _("%(name)s is no coach at %(centre)s.") % {"name": coach, "centre": lending.host}
        )
    if not who_may_know(case.person, [coach]):
        raise Refused(_("%(name)s cannot have this case.") % {"name": coach.name})


def staff_at(centre: Unit, today: date) -> list[User]:
    """Those who work at the centre, at its front desk, as coach or as manager, today."""
    held = Membership.objects.valid_on(today).filter(
        unit=centre,
        role__in=[Role.RECEPTION, Role.COACH, Role.YOUTH_COORDINATOR, Role.MANAGER],
    )
    return list(User.objects.filter(pk__in=held.values("user_id")).order_by("id"))


@transaction.atomic
def end_loan(loan: CentreLoan, *, actor: User | None, today: date) -> CentreLoan:
    """The person comes back before the time; the host centre no longer sees the case.

    Raises Refused when the loan has ended already.
    """
    case = lock(loan.case)
    require(actor, "loan.end", case)
    loan = CentreLoan.objects.select_related("case__person", "host", "host_coach").get(pk=loan.pk)
    if loan.ends_before <= today:
        raise Refused(_("The loan has already ended."))
    _end(loan, actor, today)
    if actor is not None:
        forget_relations(actor)
    return loan


def end_loans(case: Case, *, actor: User | None, today: date, host: Unit | None = None) -> int:
    """End what is lent of a case that closes, or moves to `host`; inside that transition."""
    loans = case.loans.current_on(today)  # few cases have one
    if host is not None:
        loans = loans.filter(host=host)
    found = list(loans)
    for loan in found:
        loan.case = case
        _end(loan, actor, today)
    return len(found)


def _end(loan: CentreLoan, actor: User | None, today: date) -> None:
    loan.ends_before = max(today, loan.starts_on)
    loan.ended_by, loan.ended_at = actor, moment_now()
    save_checked(loan)
    _tell(
        loan, gettext_lazy("The loan of case %(case)s to %(host)s is ended."), "back", actor, today
    )
    end_involvement(
        loan.case,
        InvolvementKind.OTHER_CENTRE,
        loan.involvement_key,
        ends_before=loan.ends_before,
    )
    record_event(loan.case, "case.loan_ended", actor=actor, payload={"host": loan.host.name})
    _log(actor, "loan.end", loan)


def _log(actor: User | None, action: str, loan: CentreLoan) -> None:
    log.record(
        actor,
        action,
        access=Access.CHANGE,
        subject=loan.case.person.ref,
        obj=loan,
        fields=["host", "starts_on", "ends_before"],
    )


def _tell(loan: CentreLoan, sentence, key: str, actor: User | None, today: date) -> None:
    """Tell both centres' coaches and the host's managers, but the one who acts; of a protected
    person only those who may know."""
    case = loan.case
    whom = {user.pk: user for user in managers_of(loan.host, today)}
    for user in (loan.host_coach, case.coach):
        if user is not None:
            whom[user.pk] = user
    if actor is not None:
        whom.pop(actor.pk, None)
    sees = loan.starts_on <= today < loan.ends_before
    at_home = {case.coach_id}
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"loan-{key}:{loan.pk}:{user.pk}",
            sentence=sentence,
            payload={
                "case": case.number,
                "host": loan.host.name,
                "from_on": loan.starts_on,
                "last_on": loan.ends_before - timedelta(days=1),
            },
            # A link that the host cannot open yet, or any more, helps nobody.
            url_name="casework:case" if sees or user.pk in at_home else "",
            url_arg=case.number if sees or user.pk in at_home else "",
        )
        for user in who_may_know(case.person, whom.values())
    )


def tell_of_ends(today: date) -> int:
    """Tell both coaches a week before a loan ends; returns how many notices were new. Safe to run
    again."""
    loans = CentreLoan.objects.filter(
        ends_before__gt=today + timedelta(days=1),
        ends_before__lte=today + timedelta(days=TELL_DAYS_BEFORE + 1),
        starts_on__lte=today,
    ).select_related("case__person", "case__coach", "host", "host_coach")
    texts = [
        NoticeText(
            user_id=user.pk,
            key=f"loan-ends:{loan.pk}:{loan.ends_before}:{user.pk}",
            sentence=gettext_lazy(
                "Case %(case)s is lent to %(host)s to and including %(last_on)s. Agree on what"
                " comes after."
            ),
            payload={
                "case": loan.case.number,
                "host": loan.host.name,
                "last_on": loan.ends_before - timedelta(days=1),
            },
            url_name="casework:case",
            url_arg=loan.case.number,
        )
        for loan in loans.order_by("pk")
        for user in who_may_know(
            loan.case.person, [each for each in (loan.case.coach, loan.host_coach) if each]
        )
    ]
    return notify_many(texts)
