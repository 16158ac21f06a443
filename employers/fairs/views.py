"""Pages of the fairs: all that come, and the employers of one."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from employers.enums import NeedState
from employers.fairs import transitions
from employers.fairs.forms import FairEmployerForm, FairsFilter
from employers.models import Employer, Fair
from intake.groups.enums import GroupState
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form

PAGE = 100
FAIRS = Fair.objects.select_related("centre", "leader", "kind", "language")


@require_GET
def fairs(request):
    """Fairs and recruitment meetings by time, with how many employers and persons each has."""
    form = FairsFilter(request.GET)
    state = (form.cleaned_data.get("state") if form.is_valid() else "") or "ahead"
    now = timezone.now()
    found = FAIRS.visible_to(request.user).annotate(
        companies=Count("employers_there", distinct=True)
    )
    if state == "ahead":
        found = found.ahead(now).order_by("starts_at", "pk")
    else:
        found = found.filter(starts_at__lte=now).exclude(state=GroupState.CANCELLED)
        found = found.order_by("-starts_at", "-pk")
    return render(
        request,
        "employers/fairs/list.html",
        {
            "fairs": list(found[:PAGE]),
            "form": FairsFilter(initial={"state": state}),
            "state": state,
        },
    )


@require_http_methods(["GET", "POST"])
def fair(request, ref):
    """One fair: when and where, how many come, and which employers; one more is put on the list."""
    found = get_visible(request, FAIRS.with_counts(), ref=ref)
    there = list(
        Employer.objects.visible_to(request.user)
        .filter(fairs__meeting=found.pk)
        .annotate(open_needs=Count("needs", filter=Q(needs__state=NeedState.OPEN), distinct=True))
        .order_by("sort_key", "pk")
    )
    others = (
        Employer.objects.visible_to(request.user)
        .filter(is_active=True)
        .exclude(pk__in=[each.pk for each in there])
        .order_by("sort_key", "pk")
    )
    return handle_form(
        request,
        FairEmployerForm(request.POST or None, employers=others),
        lambda data: transitions.add_employer(found, data["employer"], actor=request.user),
        template="employers/fairs/fair.html",
        context={
            "fair": found,
            "employers": there,
            "may_change": found.state != GroupState.CANCELLED,
            "may_open": can(request.user, "group.view", found),
        },
        success_url=reverse("employers:fair", args=[found.ref]),
        message=_("The employer is on the list of the fair."),
    )


@require_POST
def fair_remove(request, ref, pk):
    """The employer does not come."""
    found = get_visible(request, FAIRS, ref=ref)
    transitions.remove_employer(found, pk, actor=request.user)
    messages.success(request, _("The employer is taken off the list."))
    return redirect("employers:fair", ref=found.ref)
