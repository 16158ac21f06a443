"""Reference data for the administrator: units, users and their memberships."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.audit.admin import LoggedAdmin

admin.site.unregister(Group)
admin.site.site_header = _("Code lists and users")
admin.site.site_title = _("Code lists and users")
admin.site.index_title = _("Choose what to change")


@admin.register(Unit)
class UnitAdmin(LoggedAdmin):
    list_display = ["name", "kind", "parent", "income_support_unit", "is_active"]
    list_filter = ["kind", "is_active"]
    list_select_related = ["parent", "income_support_unit"]
    search_fields = ["name"]

    def has_delete_permission(self, request, obj=None):
        return False


class MembershipInline(admin.TabularInline):
    model = Membership
    extra = 0

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(LoggedAdmin, DjangoUserAdmin):
    ordering = ["name"]
    list_display = ["name", "email", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["name", "email"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Details"), {"fields": ["name", "phone", "language", "is_active", "is_staff"]}),
    ]
    add_fieldsets = [
        (None, {"classes": ["wide"], "fields": ["email", "name", "password1", "password2"]})
    ]
    filter_horizontal = []
    inlines = [MembershipInline]

    def has_delete_permission(self, request, obj=None):
        return False
