"""The catalogue of services: read by all, kept by managers and administrators."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.enums import ActivityType
from activityplans.forms.catalogue import CatalogueFilter, ServiceForm
from activityplans.models import Service
from activityplans.transitions import catalogue as transitions
from jobcentre.casework.access.checks import can
from jobcentre.casework.views.base import handle_form
from jobcentre.text import search_text, terms

get_or_post = require_http_methods(["GET", "POST"])


@require_GET
def catalogue(request):
    """The services that a plan may use today, by their kind; those who keep it see all."""
    keeps = can(request.user, "catalogue.keep")
    today = timezone.localdate()
    services = Service.objects.all() if keeps else Service.objects.valid_on(today)
    form = CatalogueFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted, track = terms(asked.get("q", "")), asked.get("track", "")
    shown = [
        each
        for each in services.order_by("position", "id").prefetch_related("target_groups")
        if (not track or each.track in ("", track))
        and all(term in _searched(each) for term in wanted)
    ]
    groups = [
        (kind, [each for each in shown if each.activity_type == kind]) for kind in ActivityType
    ]
    return render(
        request,
        "activityplans/catalogue.html",
        {
            "form": form,
            "count": len(shown),
            "groups": [(kind, members) for kind, members in groups if members],
            "keeps": keeps,
            "today": today,
        },
    )


def _searched(service: Service) -> str:
    return search_text(
        service.label_sv,
        service.label_en,
        service.description_sv,
        service.description_en,
        service.given_by,
        service.places,
        *(group.label for group in service.target_groups.all()),
    )


def _service(key: str) -> Service:
    found = Service.objects.filter(key=key).first()
    if found is None:
        raise Http404
    return found


@require_GET
def service(request, key):
    """One service and every version of it."""
    found = _service(key)
    return render(
        request,
        "activityplans/service.html",
        {
            "service": found,
            "target_groups": list(found.target_groups.all()),
            "versions": list(found.versions.select_related("changed_by")),
            "keeps": can(request.user, "catalogue.keep"),
        },
    )


@get_or_post
def add(request):
    """A new service."""
    form = ServiceForm(
        request.POST or None, initial={"valid_from": timezone.localdate(), "at_provider": True}
    )
    return handle_form(
        request,
        form,
        lambda data: transitions.add_service(
            form.values(), data["target_groups"], actor=request.user
        ),
        template="activityplans/service_form.html",
        context={"service": None},
        success_url=lambda made: reverse("activityplans:service", args=[made.key]),
        message=_("The service is in the catalogue."),
    )


@get_or_post
def change(request, key):
    """The service says something else from now on."""
    found = _service(key)
    known = transitions.current(found)
    values = {name: getattr(found, name) for name in transitions.FIELDS}
    form = ServiceForm(
        request.POST or None,
        version=known.number if known else 0,
        initial={**values, "target_groups": list(found.target_groups.all())},
    )
    return handle_form(
        request,
        form,
        lambda data: transitions.change_service(
            found, form.values(), data["target_groups"], actor=request.user, edit=data["version"]
        ),
        template="activityplans/service_form.html",
        context={"service": found},
        success_url=reverse("activityplans:service", args=[found.key]),
        message=_(
            "The change is saved. Plans that are written already show what was offered then."
        ),
    )
