"""The tab of the case with its supports by methods."""

from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.access.checks import can
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import CasePanel, case_panels
from referrals.methods import overview
from referrals.models import MethodStage, MethodSupport


def _methods(case, user, today):
    rows = overview.supports(overview.WITH.filter(case=case), today)
    shown = overview.with_words(rows.order_by("ended_on", "-started_on", "-pk"), user, today)
    stages: dict[int, list[MethodStage]] = {}
    for stage in MethodStage.objects.filter(support__in=[each.pk for each in shown]):
        stages.setdefault(stage.support_id, []).append(stage)
    for each in shown:
        each.steps = overview.steps_of(each, stages.get(each.pk, []))
    return {
        "supports": shown,
        "may_open": can(user, "method.view", case),
        "may_start": case.is_open and can(user, "method.start", case),
    }


def _going_on():
    rows = MethodSupport.objects.filter(case=OuterRef("pk")).going_on().order_by()
    return Subquery(
        rows.values("case").annotate(n=Count("pk")).values("n"), output_field=IntegerField()
    )


def register() -> None:
    case_panels.register(
        CasePanel(
            "methods",
            _("Methods"),
            Area.REFERRALS,
            "referrals/panels/methods.html",
            _methods,
            place="tab",
            position=45,
            count=_going_on,
        )
    )
