"""Reference data only; a case or a status is never changed here."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy

from jobcentre.accounts import admin as accounts_admin
from jobcentre.accounts.models import Unit
from jobcentre.audit.admin import LoggedAdmin
from jobcentre.casework.models import (
    AnswerTexts,
    CaseloadRule,
    ClosedDay,
    DeadlineRule,
    EnrolmentRule,
    ExitReason,
    Language,
    Specialisation,
    TargetGroup,
)
from jobcentre.casework.registries import deadline_kinds
from jobcentre.casework.tasks import follow_district_soon, recount_soon


class CodeListAdmin(LoggedAdmin):
    list_display = ["key", "label_sv", "label_en", "position", "valid_from", "valid_to"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(TargetGroup)
class TargetGroupAdmin(CodeListAdmin):
    pass


@admin.register(ExitReason)
class ExitReasonAdmin(CodeListAdmin):
    list_display = [*CodeListAdmin.list_display, "outcome", "needs_employment"]


@admin.register(Language)
class LanguageAdmin(CodeListAdmin):
    pass


@admin.register(Specialisation)
class SpecialisationAdmin(CodeListAdmin):
    filter_horizontal = ["target_groups"]


@admin.register(CaseloadRule)
class CaseloadRuleAdmin(LoggedAdmin):
    list_display = ["key", "value"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ClosedDay)
class ClosedDayAdmin(LoggedAdmin):
    """A day that is closed, moved or opened again moves the clocks that run over it."""

    list_display = ["on", "name"]

    def save_model(self, request, obj, form, change):
        days = {obj.on, form.initial.get("on") or obj.on}
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: recount_soon(days))

    def delete_model(self, request, obj):
        day = obj.on
        super().delete_model(request, obj)
        transaction.on_commit(lambda: recount_soon([day]))

    def delete_queryset(self, request, queryset):
        days = set(queryset.values_list("on", flat=True))
        super().delete_queryset(request, queryset)
        transaction.on_commit(lambda: recount_soon(days))


class DeadlineRuleForm(forms.ModelForm):
    """Only clocks that there are; the length is of the clocks that begin from now on."""

    kind = forms.ChoiceField(label=gettext_lazy("clock"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "kind" in self.fields:  # it is not, where it cannot be changed
            self.fields["kind"].choices = [(kind.key, kind.label) for kind in deadline_kinds]


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(LoggedAdmin):
    form = DeadlineRuleForm
    list_display = ["kind", "length", "unit", "warn_before", "earlier_months"]


admin.site.unregister(Unit)


@admin.register(Unit)
class UnitAdmin(accounts_admin.UnitAdmin):
    """The open cases of a district follow when another income-support unit has it."""

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and "income_support_unit" in form.changed_data:
            transaction.on_commit(lambda: follow_district_soon(obj.pk, request.user.pk))


@admin.register(EnrolmentRule)
class EnrolmentRuleAdmin(LoggedAdmin):
    list_display = ["__str__", "own_initiative"]

    def has_add_permission(self, request):
        return False  # there is one rule, and it is there from the beginning

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(AnswerTexts)
class AnswerTextsAdmin(LoggedAdmin):
    list_display = ["__str__", "delegation"]

    def has_delete_permission(self, request, obj=None):
        return False
