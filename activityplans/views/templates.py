"""Templates of plans: the list, and one written or changed."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from activityplans.filling import slots_of
from activityplans.forms.templates import TemplateForm, TemplateLines
from activityplans.forms.times import initial_days
from activityplans.models import PlanTemplate, Service
from activityplans.transitions import templates as transitions
from jobcentre.casework.access.checks import can
from jobcentre.casework.views.base import handle_form

get_or_post = require_http_methods(["GET", "POST"])
LINE = ("service_id", "after_weeks", "weeks", "hours_per_week", "description", "expected_result")


@require_GET
def plan_templates(request):
    """The templates that a plan may begin from; those who keep them see the ended ones too."""
    keeps = can(request.user, "catalogue.keep")
    today = timezone.localdate()
    found = PlanTemplate.objects.all() if keeps else PlanTemplate.objects.valid_on(today)
    return render(
        request,
        "activityplans/templates/list.html",
        {
            "rows": list(
                found.prefetch_related("target_groups", "lines__service").order_by("position", "id")
            ),
            "keeps": keeps,
            "today": today,
        },
    )


@get_or_post
def add_template(request):
    """A new template."""
    return _page(
        request,
        None,
        TemplateForm(
            request.POST or None,
            initial={"valid_from": timezone.localdate(), "own_search_hours": 0},
        ),
        lambda form, lines: transitions.add_template(
            form.values(), form.cleaned_data["target_groups"], lines, actor=request.user
        ),
    )


@get_or_post
def change_template(request, key):
    """The template proposes something else from now on."""
    found = PlanTemplate.objects.filter(key=key).first()
    if found is None:
        raise Http404
    values = {name: getattr(found, name) for name in transitions.FIELDS}
    return _page(
        request,
        found,
        TemplateForm(
            request.POST or None,
            version=found.edit,
            initial={**values, "target_groups": list(found.target_groups.all())},
        ),
        lambda form, lines: transitions.change_template(
            found,
            form.values(),
            form.cleaned_data["target_groups"],
            lines,
            actor=request.user,
            edit=form.cleaned_data["version"],
        ),
    )


def _page(request, found, form, act):
    lines = TemplateLines(
        request.POST or None,
        prefix="lines",
        initial=_initial(found) if found else [],
        form_kwargs={"services": Service.objects.order_by("position", "id")},
    )
    context = {"template": found, "lines": lines}
    if request.method == "POST" and not lines.is_valid():
        form.is_valid()
        context |= {"form": form, "typed": None}
        return render(request, "activityplans/templates/form.html", context, status=422)
    return handle_form(
        request,
        form,
        lambda _data: act(form, [each.value() for each in lines.forms if each.is_written]),
        template="activityplans/templates/form.html",
        context=context,
        success_url=reverse("activityplans:templates"),
        message=_("The template is saved. Plans that are written already stay as they are."),
    )


def _initial(found: PlanTemplate) -> list[dict]:
    return [
        {
            **{name.removesuffix("_id"): getattr(line, name) for name in LINE},
            "is_followed_up": line.is_followed_up,
            **initial_days(slots_of(line.times)),
        }
        for line in found.lines.all()
    ]
