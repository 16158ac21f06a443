"""The product's pages, the floor (one SQL, fifty rows as dicts) and Django's admin, side by side."""

from django.contrib import admin
from django.shortcuts import render
from django.urls import path

from jobcentre.casework.access import pages
from jobcentre.casework.models import Approval, Case, CaseEvent, Person
from jobcentre.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]

pages.PAGES["bench_floor"] = pages.LOGGED_IN
pages.NAMESPACES["bench_admin"] = pages.LOGGED_IN


def floor(request):
    """What no page can be faster than: one query, fifty rows, a bare table."""
    rows = list(
        Case.objects.filter(coach=request.user, status="open")
        .order_by("next_deadline_on", "id")
        .values("number", "started_on", "track", "person__given_name", "person__family_name")[:50]
    )
    return render(request, "bench_floor.html", {"rows": rows})


class PlainSite(admin.AdminSite):
    """Django's admin as it comes."""


site = PlainSite(name="bench_admin")


class EventInline(admin.TabularInline):
    model = CaseEvent
    extra = 0
    max_num = 60
    fields = ["kind", "occurred_at", "actor", "text"]
    raw_id_fields = ["actor"]


@admin.register(Case, site=site)
class CaseAdmin(admin.ModelAdmin):
    list_display = ["number", "person", "track", "centre", "coach", "next_deadline_on"]
    list_select_related = ["person", "centre", "coach"]
    list_filter = ["status", "track"]
    list_per_page = 60
    raw_id_fields = ["person", "coach", "previous"]
    inlines = [EventInline]


@admin.register(Person, site=site)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["given_name", "family_name", "phone", "birth_date"]
    search_fields = ["given_name", "family_name", "numbers__number"]
    list_per_page = 20


@admin.register(Approval, site=site)
class ApprovalAdmin(admin.ModelAdmin):
    list_display = ["case", "kind", "state", "unit", "requested_by", "requested_on"]
    list_select_related = ["case", "unit", "requested_by"]
    list_filter = ["state"]
    list_per_page = 50


urlpatterns = [
    *urlpatterns,
    path("bench/golv/", floor, name="bench_floor"),
    path("bench/admin/", site.urls),
]
