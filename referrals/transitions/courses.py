"""The budget for quick courses: what there is, what is asked for, reserved, paid and given back.

The only writer of a request's state and of the sums of a budget. Locks the request's case first,
then the request, then the budget.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can, require
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.protection import managers_of
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.ui import formats
from referrals.courses.enums import CourseState
from referrals.models import CourseBudget, CourseBudgetChange, CourseRequest

FIELDS = ("title", "organiser", "leads_to", "why", "starts_on", "ends_before", "price")
# {action: (from, policy action)}
MOVES = {
    "decide": ((CourseState.REQUESTED,), "course.decide"),
    "pay": ((CourseState.APPROVED,), "course.pay"),
    "withdraw": ((CourseState.REQUESTED, CourseState.APPROVED), "course.withdraw"),
}

ACTIONS = {
    "requested": "course.request",
    "approved": "course.decide",
    "refused": "course.decide",
    "paid": "course.pay",
    "withdrawn": "course.withdraw",
}


def available_moves(course: CourseRequest, user) -> frozenset[str]:
    """What the user may do with the request now; nobody decides on their own."""
    moves = {
        move
        for move, (sources, action) in MOVES.items()
        if course.state in sources and can(user, action, course)
    }
    if user.pk in (course.requested_by_id, course.case.coach_id):
        moves.discard("decide")
    return frozenset(moves)


@transaction.atomic
def set_budget(
    centre: Unit, year: int, amount: Decimal, *, why: str, actor: User, edit: int
) -> CourseBudget:
    """Say what the centre may spend in the year; `edit` is the version that the page showed, 0 when
    there was none.

    Raises ValidationError when more is reserved and paid already, Conflict when somebody has
    changed it since.
    """
    Unit.objects.select_for_update().get(pk=centre.pk)  # two at once make one budget
    budget = CourseBudget.objects.select_for_update().filter(centre=centre, year=year).first()
    budget = budget or CourseBudget(centre=centre, year=year, amount=amount)
    require(actor, "course.budget", budget)
    if budget.version != edit:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    budget.amount = amount
    budget.version += 1
    save_checked(budget)
    save_checked(CourseBudgetChange(budget=budget, amount=amount, why=why, made_by=actor))
    log.record(actor, "course.budget", access=Access.CHANGE, obj=budget, fields=["amount"])
    return budget


@transaction.atomic
def request_course(case: Case, values: Mapping, *, actor: User, today: date) -> CourseRequest:
    """Ask for a course; `values` by FIELDS. The managers of the centre are told.

    Raises Refused when the case is closed or the course has begun.
    """
    case = lock(case)
    require(actor, "course.request", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if values["starts_on"] < today:
        raise Refused(_("A course is asked for before it begins."))
    course = CourseRequest(
        case=case,
        requested_by=actor,
        requested_on=today,
        **{name: values[name] for name in FIELDS},
    )
    save_checked(course)
    _record(course, "requested", actor)
    _tell(
        course,
        who_may_know(case.person, [u for u in managers_of(case.centre, today) if u != actor]),
        "requested",
        gettext_lazy("A request for a quick course waits for a decision."),
    )
    return course


def _begin(course: CourseRequest, move: str, actor: User | None, edit: int | None):
    case = lock(course.case)
    course = lock(course, edit)
    course.case = case
    sources, action = MOVES[move]
    require(actor, action, course)
    if course.state not in sources:
        raise Refused(
            _("The request is already: %(state)s.") % {"state": course.get_state_display()}
        )
    course.version += 1
    return course


def _budget(course: CourseRequest) -> CourseBudget | None:
    """The budget of the centre for the year in which the course begins, under lock."""
    budgets = CourseBudget.objects.select_for_update()
    if course.budget_id is not None:
        return budgets.get(pk=course.budget_id)
    return budgets.filter(centre=course.case.centre_id, year=course.starts_on.year).first()


@transaction.atomic
def decide_course(
    course: CourseRequest, *, approves: bool, reason: str, actor: User, today: date, edit: int
) -> CourseRequest:
    """Approve, which reserves the price, or refuse with a reason; final.

    Raises Refused when the actor asked for it or is the person's coach, when there is no budget
    for the year, or less left than the price.
    """
    course = _begin(course, "decide", actor, edit)
    if actor.pk in (course.requested_by_id, course.case.coach_id):
        raise Refused(_("Somebody else than the one who asked, and than the coach, decides."))
    if approves:
        budget = _budget(course)
        if budget is None:
            raise Refused(
                _("%(centre)s has no budget for quick courses in %(year)s.")
                % {"centre": course.case.centre.name, "year": course.starts_on.year}
            )
        if budget.left < course.price:
            raise Refused(
                _("%(left)s is left of the budget for %(year)s; the course costs %(price)s.")
                % {
                    "left": formats.kronor(budget.left),
                    "year": budget.year,
                    "price": formats.kronor(course.price),
                }
            )
        _move_money(budget, reserved=course.price)
        course.budget = budget
    course.state = CourseState.APPROVED if approves else CourseState.REFUSED
    course.reason = "" if approves else reason
    course.decided_by, course.decided_on = actor, today
    save_checked(course)
    _record(course, course.state, actor)
    _tell(
        course,
        [course.requested_by],
        "decided",
        gettext_lazy("Your request for a quick course was approved.")
        if approves
        else gettext_lazy("Your request for a quick course was refused."),
    )
    return course


def _move_money(
    budget: CourseBudget, *, reserved: Decimal = Decimal(0), paid: Decimal = Decimal(0)
) -> None:
    budget.reserved += reserved
    budget.paid += paid
    save_checked(budget)


@transaction.atomic
def pay_course(
    course: CourseRequest,
    *,
    amount: Decimal,
    paid_on: date,
    invoice: str,
    actor: User,
    today: date,
    edit: int,
) -> CourseRequest:
    """Note what the invoice came to; what is not used of the price is free again.

    Raises Refused when it is more than was approved (a request of its own is needed), or the day is
    ahead or before the decision.
    """
    course = _begin(course, "pay", actor, edit)
    if amount > course.price:
        raise Refused(
            _("%(price)s is approved. A higher price needs a request of its own.")
            % {"price": formats.kronor(course.price)}
        )
    if not course.decided_on <= paid_on <= today:
        raise Refused(_("The day lies between the decision and today."))
    _move_money(_budget(course), reserved=-course.price, paid=amount)
    course.state = CourseState.PAID
    course.paid_amount, course.paid_on, course.paid_by = amount, paid_on, actor
    course.invoice = invoice
    save_checked(course)
    _record(course, course.state, actor)
    return course


@transaction.atomic
def withdraw_course(
    course: CourseRequest, *, reason: str, actor: User | None, edit: int | None = None
) -> CourseRequest:
    """The course is not wanted any more; what was reserved is free again."""
    course = _begin(course, "withdraw", actor, edit)
    if course.state == CourseState.APPROVED:
        _move_money(_budget(course), reserved=-course.price)
    course.state, course.reason = CourseState.WITHDRAWN, reason
    save_checked(course)
    _record(course, course.state, actor)
    return course


def _record(course: CourseRequest, what: str, actor: User | None) -> None:
    record_event(course.case, f"course.{what}", actor=actor, payload={"title": course.title})
    log.record(
        actor,
        ACTIONS[what],
        access=Access.CHANGE,
        subject=course.case.person.ref,
        obj=course,
        fields=["state"],
    )


def _tell(course: CourseRequest, users, what: str, sentence) -> None:
    notify_many(
        NoticeText(
            user_id=user.pk,
            key=f"course:{course.pk}:{what}:{user.pk}",
            sentence=sentence,
            url_name="referrals:course",
            url_arg=str(course.ref),
        )
        for user in users
    )
