"""Reference data only; a case or a status is never changed here."""

from django.contrib import admin

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
    list_display = ["on", "name"]


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(admin.ModelAdmin):
    list_display = ["kind", "length", "unit", "warn_before"]


@admin.register(AnswerTexts)
class AnswerTextsAdmin(admin.ModelAdmin):
    list_display = ["__str__", "delegation"]

    def has_delete_permission(self, request, obj=None):
        return False
