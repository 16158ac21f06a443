"""Reference data only: when to follow up, and the committees' targets."""

from django.contrib import admin

from jobcentre.audit.admin import LoggedAdmin
from reporting.models import FollowUpTime, Target


@admin.register(FollowUpTime)
class FollowUpTimeAdmin(LoggedAdmin):
    list_display = ["months", "valid_from", "valid_to"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Target)
class TargetAdmin(LoggedAdmin):
    list_display = ["figure", "source", "percent", "valid_from", "valid_to"]

    def has_delete_permission(self, request, obj=None):
        return False
