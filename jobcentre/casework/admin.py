"""Reference data only; a case or a status is never changed here."""

from django.contrib import admin
from django.db import transaction

from jobcentre.casework.models import (
    AnswerTexts,
    CaseloadRule,
    ClosedDay,
    DeadlineRule,
    ExitReason,
    Language,
    Specialisation,
    TargetGroup,
)
from jobcentre.casework.tasks import recount_soon


class CodeListAdmin(admin.ModelAdmin):
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
class CaseloadRuleAdmin(admin.ModelAdmin):
    list_display = ["key", "value"]

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(ClosedDay)
class ClosedDayAdmin(admin.ModelAdmin):
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


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(admin.ModelAdmin):
    list_display = ["kind", "length", "unit", "warn_before"]


@admin.register(AnswerTexts)
class AnswerTextsAdmin(admin.ModelAdmin):
    list_display = ["__str__", "delegation"]

    def has_delete_permission(self, request, obj=None):
        return False
