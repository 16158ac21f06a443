"""The attendance at a provider, on the pages of `activityplans`."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.models import Session
from activityplans.views import attendance as pages
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.enums import Protection
from referrals import aliases
from referrals.enums import OrderState
from referrals.models import Order
from referrals.own_days import sessions_of

get_or_post = require_http_methods(["GET", "POST"])


def _sessions_here(request):
    """The sessions on the days of the orders to the provider that run."""
    mine = Order.objects.visible_to(request.user).filter(state__in=OrderState.holding())
    return sessions_of(mine)


class AtProvider(pages.Reader):
    """The staff know a protected person by the alias of the order."""

    def __init__(self, orders):
        protected = orders.exclude(case__person__protection=Protection.NONE)
        self.protected = {
            order.activity_id: order
            for order in protected.select_related("case__person").order_by("pk")
        }

    def name(self, session: Session) -> str:
        order = self.protected.get(session.activity_id)
        return aliases.alias_of(order) if order else session.case.person.name

    def text(self, session: Session, text: str) -> str:
        order = self.protected.get(session.activity_id)
        if order is None:
            return text
        return aliases.without_name(text, order.case.person, aliases.alias_of(order))


def _reader(request) -> AtProvider:
    return AtProvider(Order.objects.visible_to(request.user))


@get_or_post
def attendance(request):
    """The attendance of a day for everybody at the provider, on one page."""
    return pages.day_page(
        request,
        _sessions_here(request),
        place=request.user.acting.unit.name,
        day_url="referrals:attendance",
        month_url="referrals:attendance_month",
        session_url="referrals:session",
        reader=_reader(request),
    )


@require_GET
def attendance_month(request):
    """The attendance of a month for everybody at the provider."""
    orders_of = dict(
        Order.objects.visible_to(request.user)
        .filter(state__in=OrderState.holding())
        .values_list("activity_id", "ref")
    )
    return pages.month_page(
        request,
        _sessions_here(request),
        place=request.user.acting.unit.name,
        day_url="referrals:attendance",
        session_url="referrals:session",
        person_url=lambda each: reverse("referrals:order", args=[orders_of[each.activity_id]]),
        reader=_reader(request),
    )


def _session_here(request, pk):
    """(a session on a day of an order to the provider, the order)."""
    mine = Order.objects.visible_to(request.user)
    found = get_visible(request, pages.SESSIONS.filter(pk__in=sessions_of(mine)), pk=pk)
    orders = mine.filter(activity=found.activity_id).select_related("case__person")
    return found, orders.order_by("-pk").first()


@get_or_post
def session(request, pk):
    """One session at the provider."""
    found, order_of = _session_here(request, pk)
    back = f"{reverse('referrals:attendance')}?day={found.on.isoformat()}"
    return pages.session_page(
        request,
        found,
        report_url=reverse("referrals:report_absence", args=[found.pk]),
        back=(_("Attendance"), back),
        person_url=reverse("referrals:order", args=[order_of.ref]),
        reader=_reader(request),
    )


@get_or_post
def report_absence(request, pk):
    """The provider reports an absence to the coach."""
    found, _order = _session_here(request, pk)
    return pages.report_page(
        request,
        found,
        action="attendance.provide",
        back_url=reverse("referrals:session", args=[found.pk]),
        receiver=found.case.coach.name if found.case.coach else found.case.centre.name,
        known=sessions_of(Order.objects.visible_to(request.user)),
        reader=_reader(request),
    )
