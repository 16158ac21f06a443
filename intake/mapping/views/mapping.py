"""The mapping on one page, its history and the paper for the person."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intake.enums import MappingState
from intake.mapping import words
from intake.mapping.enums import Rater
from intake.mapping.forms import MappingForm, initial_of
from intake.mapping.progress import Progress
from intake.mapping.reading import areas_open_to, asked, current, parts_in
from intake.models import AnswerVersion, Mapping, MappingFact, SummaryVersion
from intake.transitions.mapping import ChangedMeanwhile, save_mapping
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import can_read
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.enums import Area
from jobcentre.casework.models import Document
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft
from jobcentre.ui.pdf import render_pdf

HISTORY = 200  # wordings that the history shows


def _shown_areas(user, case, mapping, today):
    """The areas asked about today and those that are answered already."""
    answered = [answer.area_id for answer in mapping.answers.all()] if mapping is not None else []
    return list(asked(areas_open_to(user, case), today, answered))


@require_http_methods(["GET", "POST"])
def mapping(request, number):
    """All areas; what is typed is kept, saved as often as one likes, completed once."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    found = current(case)
    typed = PageDraft(request, case, version=_version(found))
    if typed.is_asked:
        return typed.answer()
    form = MappingForm(
        request.POST or None,
        areas=_shown_areas(request.user, case, found, today),
        version=typed.version,
        initial=typed.initial() or initial_of(found),
    )
    completes = request.method == "POST" and "complete" in request.POST

    def act(_data):
        try:
            return save_mapping(
                case, form.written(), actor=request.user, today=today, complete=completes
            )
        except ChangedMeanwhile as changed:
            form.show_theirs(changed)
            raise

    facts = list(MappingFact.objects.current().filter(case=case))
    parts = parts_in(case, [area.key for area in form.areas])
    return handle_form(
        request,
        form,
        act,
        template="intake/mapping.html",
        context={
            **header(case, request.user, today),
            "current": found,
            "is_complete": found is not None and found.state == MappingState.COMPLETED,
            "facts": words.in_groups(facts),
            "parts": parts,
            "documents": _documents(case, request.user),
        },
        success_url=reverse("casework:tab", args=[case.number, "mapping"])
        if completes
        else reverse("intake:mapping", args=[case.number]),
        message=_("The mapping is completed.") if completes else _("The mapping is saved."),
        typed=typed,
    )


def _version(found: Mapping | None) -> int:
    """A number that grows with every save of the mapping, whoever saves."""
    return 0 if found is None else found.edit + sum(row.edit for row in found.answers.all())


def _documents(case, user) -> list[Document]:
    if not can_read(user, Area.MAPPING, case):
        return []
    return list(Document.objects.filter(case=case, area=Area.MAPPING).order_by("-added_at")[:50])


@require_GET
def history(request, number):
    """Every wording of every area and of the summary: who, when, what stood there."""
    case = get_visible(request, case_rows(), number=number)
    if not can_read(request.user, Area.MAPPING, case):
        raise Http404
    today = timezone.localdate()
    areas = areas_open_to(request.user, case)
    answers = list(
        AnswerVersion.objects.filter(answer__mapping__case=case, answer__area__in=areas)
        .select_related("answer__area", "changed_by")
        .order_by("-changed_at", "-pk")[:HISTORY]
    )
    summaries = list(
        SummaryVersion.objects.filter(mapping__case=case)
        .select_related("changed_by")
        .order_by("-changed_at", "-pk")[:HISTORY]
    )
    removed = list(
        MappingFact.objects.filter(case=case, removed_on__isnull=False)
        .select_related("removed_by")
        .order_by("-removed_on", "-pk")[:HISTORY]
    )
    return render(
        request,
        "intake/mapping_history.html",
        {
            **header(case, request.user, today),
            "answers": answers,
            "summaries": summaries,
            "removed": [{"fact": fact, "title": words.title(fact)} for fact in removed],
        },
    )


@require_GET
def paper(request, number):
    """The mapping as a designed A4 in plain Swedish for the person to take along.

    Left out: areas that are not for paper (what another in the home must not read), parts that are
    not for the person, and the coach's own rating and whose words it is.
    """
    case = get_visible(request, case_rows(), access=Access.PRINT, number=number)
    found = current(case)
    if found is None:
        raise Http404
    printed = {area.key: area for area in areas_open_to(request.user, case).filter(is_printed=True)}
    answers = {row.area_id: row for row in found.answers.all()}
    measures = Progress.of(case).by(Rater.PERSON.value)
    pdf = render_pdf(
        "print/mapping.html",
        {
            "case": case,
            "person": case.person,
            "mapping": found,
            "answers": [
                {"area": area, "answer": answers[key]}
                for key, area in printed.items()
                if key in answers
            ],
            "facts": [
                group
                for group in words.in_groups(list(MappingFact.objects.current().filter(case=case)))
                if group["rows"]
            ],
            "parts": [part for part in parts_in(case, list(printed)) if part.for_person],
            "measure": measures[0] if measures else None,
            "ratings": _ratings(measures[:2]),
            "today": timezone.localdate(),
        },
        language=get_language() or "sv",
        title=_("My mapping"),
    )
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="kartlaggning-{case.number}.pdf"'
    return response


def _ratings(last) -> list[dict]:
    """The person's own newest ratings in words, and the step before."""
    if not last:
        return []
    before = (
        {rating.indicator_id: rating.step for rating in last[1].ratings.all()} if last[1:] else {}
    )
    return [
        {
            "label": rating.indicator.label,
            "step": rating.step,
            "words": rating.indicator.steps[rating.step],
            "before": before.get(rating.indicator_id),
        }
        for rating in sorted(
            last[0].ratings.all(), key=lambda each: (each.indicator.position, each.indicator_id)
        )
    ]
