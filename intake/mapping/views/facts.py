"""Facts of the person's work and schooling, and the search for an occupation."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.mapping import words
from intake.mapping.enums import OCCUPATIONS, FactKind
from intake.mapping.fact_forms import FORMS, OccupationForm, OccupationSearch
from intake.models import MappingFact
from intake.transitions.facts import add_fact, remove_fact
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header

SFI_COLUMNS = ("code", "ordered_on", "done_on", "result", "note", "source")


@require_http_methods(["GET", "POST"])
def add(request, number, kind):
    """The form of one kind of fact. `search` in the post looks for an occupation without script."""
    case = get_visible(request, case_rows(), number=number)
    if kind not in FORMS:
        raise Http404
    today = timezone.localdate()
    context = {
        **header(case, request.user, today),
        "title": FactKind(kind).label,
        "searches": kind in OCCUPATIONS,
        "typed": None,
    }
    if request.method == "POST" and "search" in request.POST:
        # The word comes by POST: it is looked for beside a case number.
        form = FORMS[kind](initial={"q": request.POST.get("q", "")[:100]})
        return render(request, "intake/fact.html", {**context, "form": form})
    form = FORMS[kind](request.POST or None, initial=_initial(case, kind))
    return handle_form(
        request,
        form,
        lambda _data: add_fact(case, kind, form.values(), actor=request.user, today=today),
        template="intake/fact.html",
        context=context,
        success_url=reverse("intake:mapping", args=[case.number]) + "#facts",
        message=lambda fact: _("Noted: %(title)s") % {"title": words.title(fact)},
    )


def _initial(case, kind) -> dict:
    """SFI begins with what is known; its new row takes the place of the former."""
    if kind != FactKind.SFI:
        return {}
    known = MappingFact.objects.current().filter(case=case, kind=kind).first()
    return {name: getattr(known, name) for name in SFI_COLUMNS} if known else {}


@require_POST
def remove(request, number, pk):
    """Remove a fact; it stays in the history."""
    case = get_visible(request, case_rows(), number=number)
    fact = MappingFact.objects.filter(case=case, pk=pk).first()
    if fact is None:
        raise Http404
    try:
        remove_fact(fact, actor=request.user, today=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Removed: %(title)s") % {"title": words.title(fact)})
    return redirect(reverse("intake:mapping", args=[case.number]) + "#facts")


@require_GET
def occupations(request):
    """Occupations of SSYK 2012 by a Swedish word; to htmx only the choices of the form."""
    asked = OccupationSearch(request.GET)
    query = asked.cleaned_data["q"] if asked.is_valid() else ""
    form = OccupationForm(initial={"q": query})
    template = "intake/occupation_hits.html" if request.htmx else "intake/occupations.html"
    return render(request, template, {"form": form, "asked": asked, "query": query})
