"""The provider's portal: what is before it today."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from jobcentre.casework.access.fetch import log_list
from referrals.provider_day import day_of


@require_GET
def portal(request):
    """Who comes today, what is to be registered, answered and reported, what has been answered."""
    today = timezone.localdate()
    shows_all = "alla" in request.GET
    day = day_of(request.user, today, **({"at_most": None} if shows_all else {}))
    log_list(request, [order.case.person.ref for order in (*day.orders, *day.ended)])
    return render(request, "referrals/portal.html", {"day": day, "today": today})
