"""Reference data only: the service catalogue."""

from django.contrib import admin

from activityplans.models import PlanFieldRule, Service


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    list_display = ["key", "label_sv", "activity_type", "usual_weeks", "at_provider", "valid_to"]
    list_filter = ["activity_type"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(PlanFieldRule)
class PlanFieldRuleAdmin(admin.ModelAdmin):
    list_display = ["field", "needs_approval"]
    list_editable = ["needs_approval"]

    def has_delete_permission(self, request, obj=None):
        return False
