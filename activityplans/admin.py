"""Reference data only: the service catalogue."""

from django.contrib import admin

from activityplans.models import AbsenceRule, GroupService, HoursRule, PlanFieldRule, Service
from jobcentre.audit.admin import LoggedAdmin


@admin.register(Service)
class ServiceAdmin(LoggedAdmin):
    list_display = ["key", "label_sv", "activity_type", "usual_weeks", "at_provider", "valid_to"]
    list_filter = ["activity_type"]

    # Kept on the pages of the catalogue, where every change is a version.
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(AbsenceRule)
class AbsenceRuleAdmin(LoggedAdmin):
    list_display = ["times", "days"]

    def has_add_permission(self, request):
        return False  # there is one rule, and it is there from the beginning

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(HoursRule)
class HoursRuleAdmin(LoggedAdmin):
    list_display = ["full_time"]

    def has_add_permission(self, request):
        return False  # there is one rule, and it is there from the beginning

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PlanFieldRule)
class PlanFieldRuleAdmin(LoggedAdmin):
    list_display = ["field", "needs_approval"]
    list_editable = ["needs_approval"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(GroupService)
class GroupServiceAdmin(LoggedAdmin):
    """Which kinds of group meetings count for the plan; one that was wrong is taken away."""

    list_display = ["kind", "service"]
    list_select_related = ["kind", "service"]
