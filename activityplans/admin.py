"""Reference data only: the service catalogue."""

from django.contrib import admin

from activityplans.models import Service


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    list_display = ["key", "label_sv", "activity_type", "usual_weeks", "at_provider", "valid_to"]
    list_filter = ["activity_type"]

    def has_delete_permission(self, request, obj=None):
        return False
