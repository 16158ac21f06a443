from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.access.checks import can
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import CasePanel, case_panels
from referrals.models import CourseRequest, Order
from referrals.order_drafts import order_drafts
from referrals.transitions import orderable_lines


def _orders(case, user, today):
    may_send = case.is_open and can(user, "order.send", case)
    lines = orderable_lines(case) if may_send else []
    drafts = {row.activity.pk: row for row in order_drafts(user, case)} if lines else {}
    for line in lines:
        line.draft = drafts.get(line.activity_id)
    return {
        "orders": list(
            Order.objects.filter(case=case).select_related("provider", "activity__service")
        ),
        "lines": lines,
        "may_send": may_send,
        "courses": list(CourseRequest.objects.filter(case=case)),
        "may_ask": case.is_open and can(user, "course.request", case),
        "may_open_courses": can(user, "course.view", case),
    }


def _going_on():
    orders = Order.objects.filter(case=OuterRef("pk")).going_on().order_by()
    return Subquery(
        orders.values("case").annotate(n=Count("pk")).values("n"), output_field=IntegerField()
    )


def register() -> None:
    case_panels.register(
        CasePanel(
            "orders",
            _("Orders and reports"),
            Area.REFERRALS,
            "referrals/panels/orders.html",
            _orders,
            place="tab",
            position=40,
            count=_going_on,
        )
    )
