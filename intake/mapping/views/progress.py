"""The rating of progression."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake.mapping.progress import ProgressForm
from intake.models import ProgressIndicator
from intake.transitions.progress import record_measure
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft


@require_http_methods(["GET", "POST"])
def progress(request, number):
    """The person rates first, then the coach, apart; either may be left for another day."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    typed = PageDraft(request, case)
    if typed.is_asked:
        return typed.answer()
    indicators = list(ProgressIndicator.objects.valid_on(today).order_by("position", "id"))
    form = ProgressForm(
        request.POST or None,
        indicators=indicators,
        initial=typed.initial() or {"measured_on": today},
    )

    def act(_data):
        return [
            record_measure(case, each, actor=request.user, today=today) for each in form.measures()
        ]

    return handle_form(
        request,
        form,
        act,
        template="intake/progress.html",
        context=header(case, request.user, today),
        success_url=reverse("casework:tab", args=[case.number, "progress"]),
        message=_("The rating is saved."),
        typed=typed,
    )
