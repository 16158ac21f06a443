"""Reference data only: desks and rooms; who sits there and a visit's state are never changed here."""

from django.contrib import admin

from intake.models import Desk


@admin.register(Desk)
class DeskAdmin(admin.ModelAdmin):
    list_display = ["name", "centre", "kind", "position", "is_active"]
    list_filter = ["centre"]
    list_select_related = ["centre"]

    def has_delete_permission(self, request, obj=None):
        return False
