"""The register of providers: searched and read by coaches, kept by managers and administrators."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.accounts.models import Unit
from jobcentre.casework.access.checks import can
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form
from jobcentre.text import search_text, terms
from referrals.capacity import places_of
from referrals.forms import providers as forms
from referrals.models import Provider
from referrals.transitions import providers as transitions
from referrals.unmanned import unmanned

get_or_post = require_http_methods(["GET", "POST"])
PAGE = 30
PROVIDERS = Provider.objects.select_related("unit")


@dataclass(frozen=True)
class Part:
    """A part of a provider in the address, with its form and words."""

    key: str
    form: type[forms.PartForm]
    add: str | Promise
    change: str | Promise


PARTS = {
    "platser": Part(
        "capacities",
        forms.CapacityForm,
        gettext_lazy("Places for a service"),
        gettext_lazy("Change the places"),
    ),
    "lokaler": Part(
        "sites", forms.SiteForm, gettext_lazy("A new place"), gettext_lazy("Change the place")
    ),
    "personer": Part(
        "people",
        forms.PersonForm,
        gettext_lazy("A new contact or supervisor"),
        gettext_lazy("Change the contact"),
    ),
    "underleverantorer": Part(
        "sub_suppliers",
        forms.SubSupplierForm,
        gettext_lazy("A new sub-supplier"),
        gettext_lazy("Change the sub-supplier"),
    ),
}


def _searched(provider: Provider) -> str:
    return search_text(
        provider.unit.name,
        provider.description,
        provider.organisation_number.replace("-", ""),
        *(f"{each.label_sv} {each.label_en}" for each in provider.services.all()),
        *(f"{each.name} {each.street} {each.city}" for each in provider.sites.all()),
    )


@require_GET
def provider_list(request):
    """The register, by name: what each offers and how many places are free this week."""
    form = forms.ProvidersFilter(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = (
        PROVIDERS.visible_to(request.user)
        .filter(unit__in=Unit.objects.active())
        .prefetch_related("services", "sites")
        .order_by("unit__name", "pk")
    )
    if asked.get("form"):
        found = found.filter(form=asked["form"])
    if asked.get("service"):
        found = found.filter(services=asked["service"])
    wanted = terms(asked.get("q") or "")
    rows = [each for each in found if all(term in _searched(each) for term in wanted)]
    today = timezone.localdate()
    places = places_of([each.unit_id for each in rows], today)
    service = asked.get("service")
    without = unmanned([each.unit_id for each in rows], today)
    for each in rows:
        each.is_unmanned = each.unit_id in without
        known = places[each.unit_id]
        each.shown_places = [known[pk] for pk in known if service is None or pk == service.pk]
        each.free_now = sum(one.now.free for one in each.shown_places if one.now)
        days = [one.first_free_on for one in each.shown_places if one.first_free_on]
        each.first_free_on = min(days, default=None)
        each.open_sites = [
            site
            for site in each.sites.all()
            if site.ends_before is None or site.ends_before > today
        ]
    if asked.get("free"):
        rows = [each for each in rows if each.free_now]
    first = asked.get("after") or 0
    query = request.GET.copy()
    query.pop("after", None)
    return render(
        request,
        "referrals/providers/list.html",
        {
            "form": form,
            "providers": rows[first : first + PAGE],
            "count": len(rows),
            "previous": _page_of(query, max(0, first - PAGE)) if first else "",
            "next": _page_of(query, first + PAGE) if len(rows) > first + PAGE else "",
            "first": first + 1,
            "last": min(first + PAGE, len(rows)),
            "keeps": can(request.user, "provider.keep"),
        },
    )


def _page_of(query, after: int) -> str:
    query = query.copy()
    query["after"] = after
    return f"?{query.urlencode()}"


@require_GET
def provider(request, pk):
    """One provider: services and free places, where it is, whom one reaches, its history."""
    found = get_visible(request, PROVIDERS, pk=pk)
    today = timezone.localdate()
    places = places_of([found.unit_id], today)[found.unit_id]
    versions = list(found.versions.select_related("changed_by")[:30])
    for version in versions:
        version.words = [transitions.LABELS[name] for name in version.changed]
    return render(
        request,
        "referrals/providers/provider.html",
        {
            "provider": found,
            "places": list(places.values()),
            "unsaid": [each for each in found.services.all() if each.pk not in places],
            "capacities": list(found.capacities.select_related("service")),
            "sites": list(found.sites.all()),
            "people": list(found.people.select_related("site")),
            "sub_suppliers": list(found.sub_suppliers.all()),
            "versions": versions,
            "keeps": can(request.user, "provider.keep", found),
            "is_unmanned": bool(unmanned([found.unit_id], today)),
            "today": today,
        },
    )


@get_or_post
def add(request):
    """Enter a unit in the register."""
    form = forms.NewProviderForm(request.POST or None)
    return handle_form(
        request,
        form,
        lambda data: transitions.add_provider(
            data["unit"], form.values(), data["services"], actor=request.user
        ),
        template="referrals/providers/form.html",
        context={"provider": None, "title": _("A new provider")},
        success_url=lambda made: reverse("referrals:provider", args=[made.pk]),
        message=_("The provider is in the register."),
    )


@get_or_post
def change(request, pk):
    found = get_visible(request, PROVIDERS, pk=pk)
    values = {name: getattr(found, name) for name in transitions.FIELDS}
    form = forms.ProviderDetailsForm(
        request.POST or None,
        version=found.version,
        initial={**values, "services": list(found.services.all())},
    )
    return handle_form(
        request,
        form,
        lambda data: transitions.change_provider(
            found, form.values(), data["services"], actor=request.user, edit=data["version"]
        ),
        template="referrals/providers/form.html",
        context={"provider": found, "title": _("Change %(name)s") % {"name": found.unit.name}},
        success_url=reverse("referrals:provider", args=[found.pk]),
        message=_("The change is saved."),
    )


@get_or_post
def part_new(request, pk, part):
    return _part(request, pk, part, None)


@get_or_post
def part_change(request, pk, part, row):
    return _part(request, pk, part, row)


def _part(request, pk, name, row_pk):
    """A place, a person, a number of places or a sub-supplier: added or changed."""
    found = get_visible(request, PROVIDERS, pk=pk)
    part = PARTS.get(name)
    if part is None:
        raise Http404
    row = None
    if row_pk is not None:
        row = transitions.PARTS[part.key].objects.filter(provider=found, pk=row_pk).first()
        if row is None:
            raise Http404
    fields = [key for key in part.form.base_fields if key not in ("token", "version")]
    initial = {key: getattr(row, key) for key in fields} if row is not None else {}
    form = part.form(request.POST or None, provider=found, version=found.version, initial=initial)
    return handle_form(
        request,
        form,
        lambda data: transitions.save_part(
            found, part.key, row, form.values(), actor=request.user, edit=data["version"]
        ),
        template="referrals/providers/form.html",
        context={"provider": found, "title": part.change if row else part.add},
        success_url=reverse("referrals:provider", args=[found.pk]),
        message=_("The change is saved."),
    )
