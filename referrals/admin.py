"""Reference data only: what the providers offer."""

from django.contrib import admin

from referrals.models import Provider


@admin.register(Provider)
class ProviderAdmin(admin.ModelAdmin):
    list_display = ["unit", "form", "places"]
    list_select_related = ["unit"]
    filter_horizontal = ["services"]

    def has_delete_permission(self, request, obj=None):
        return False
