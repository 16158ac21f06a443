"""Reference data only: desks and rooms, the areas of the mapping, the indicators of progression; who
sits where and a visit's state are never changed here."""

from django.contrib import admin

from intake.groups.models import GroupKind
from intake.models import Desk, MappingArea, ProgressIndicator, SupportObstacle
from intake.youth.models import ContactStep, OutreachInterval
from jobcentre.audit.admin import LoggedAdmin
from jobcentre.casework.admin import CodeListAdmin


@admin.register(Desk)
class DeskAdmin(LoggedAdmin):
    list_display = ["name", "centre", "kind", "position", "is_active"]
    list_filter = ["centre"]
    list_select_related = ["centre"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ContactStep)
class ContactStepAdmin(LoggedAdmin):
    list_display = ["days", "channel"]


@admin.register(OutreachInterval)
class OutreachIntervalAdmin(LoggedAdmin):
    list_display = ["key", "days"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(SupportObstacle)
class SupportObstacleAdmin(CodeListAdmin):
    pass


@admin.register(GroupKind)
class GroupKindAdmin(CodeListAdmin):
    list_display = [*CodeListAdmin.list_display, "for_companies", "as_series"]

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []  # the meetings point at the key


@admin.register(MappingArea)
class MappingAreaAdmin(CodeListAdmin):
    list_display = [
        *CodeListAdmin.list_display,
        "is_required",
        "is_sensitive",
        "is_printed",
        "for_guidance",
    ]
    list_filter = ["is_required", "is_sensitive"]

    def get_readonly_fields(self, request, obj=None):
        return ["key"] if obj else []  # answers point at the key


@admin.register(ProgressIndicator)
class ProgressIndicatorAdmin(CodeListAdmin):
    list_display = [*CodeListAdmin.list_display, "asked_of_person", "asked_of_coach"]
