"""Reference data only: desks and rooms; who sits there and a visit's state are never changed here."""

from django.contrib import admin

from intake.models import Desk
from intake.youth.models import ContactStep, OutreachInterval


@admin.register(Desk)
class DeskAdmin(admin.ModelAdmin):
    list_display = ["name", "centre", "kind", "position", "is_active"]
    list_filter = ["centre"]
    list_select_related = ["centre"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ContactStep)
class ContactStepAdmin(admin.ModelAdmin):
    list_display = ["days", "channel"]


@admin.register(OutreachInterval)
class OutreachIntervalAdmin(admin.ModelAdmin):
    list_display = ["key", "days"]

    def has_delete_permission(self, request, obj=None):
        return False
