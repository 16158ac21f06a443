"""The coordinator's start page, employers and needs, matching and placements."""

from datetime import timedelta

from django.db.models import Count, Max, Q
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from employers import matching, transitions
from employers.enums import PlacementState
from employers.forms import (
    AnswerForm,
    ContactNoteForm,
    EmployerForm,
    EmployerSearch,
    EndForm,
    NeedForm,
    ProfileForm,
    ProposeForm,
    StartForm,
    WithdrawForm,
)
from employers.models import CompetenceProfile, Employer, Fair, Need, Placement
from jobcentre.casework.access.checks import can, may_ever
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Case, Deadline
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.worklist import rows_of

get_or_post = require_http_methods(["GET", "POST"])
PAGE = 50
LONG_AGO_DAYS = 90
FAIRS_SHOWN = 10
GOING_ON = (PlacementState.PROPOSED, PlacementState.AGREED, PlacementState.RUNNING)
PLACEMENTS = Placement.objects.select_related(
    "case__person", "case__coach", "case__centre", "need__employer__coordinator", "proposed_by"
)


@require_GET
def start(request):
    """What needs the coordinator now."""
    today = timezone.localdate()
    waiting = rows_of(
        Deadline.objects.visible_to(request.user)
        .begun(today)
        .filter(waits_for=WaitsFor.COORDINATOR, owner=request.user),
        today,
        request.user,
    )
    needs = list(
        Need.objects.visible_to(request.user)
        .open()
        .select_related("employer")
        .annotate(proposed=Count("placements", filter=Q(placements__state__in=GOING_ON)))
        .order_by("starts_on", "pk")[:20]
    )
    silent = list(
        Employer.objects.visible_to(request.user)
        .filter(coordinator=request.user, is_active=True)
        .annotate(latest=Max("contacts__on"))
        .filter(Q(latest__isnull=True) | Q(latest__lt=today - timedelta(days=LONG_AGO_DAYS)))
        .order_by("latest", "sort_key")[:8]
    )
    log_list(request, [])
    return render(
        request,
        "employers/start.html",
        {
            "waiting": waiting,
            "needs": needs,
            "without": sum(need.proposed == 0 for need in needs),
            "silent": silent,
            "today": today,
        },
    )


@require_GET
def employer_list(request):
    """The register of employers, by name, fifty at a time."""
    form = EmployerSearch(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    found = Employer.objects.visible_to(request.user).filter(is_active=True)
    if chosen.get("q"):
        found = found.matching(chosen["q"])
    first = chosen.get("after") or 0
    page = list(
        found.select_related("coordinator")
        .annotate(open_needs=Count("needs", filter=Q(needs__state="open")))
        .order_by("sort_key", "pk")[first : first + PAGE + 1]
    )
    return render(
        request,
        "employers/list.html",
        {
            "form": form,
            "employers": page[:PAGE],
            "after": first + PAGE if len(page) > PAGE else None,
            "query": chosen.get("q", ""),
            "may_edit": may_ever(request.user, "employer.edit"),
        },
    )


EMPLOYERS = Employer.objects.select_related("coordinator", "registered_unit")


@get_or_post
def employer(request, pk):
    """One employer: the one relation, the needs, the contacts."""
    found = get_visible(request, EMPLOYERS, pk=pk)
    may_edit = can(request.user, "employer.edit", found)
    placements = list(PLACEMENTS.visible_to(request.user).filter(need__employer=found)[:PAGE])
    if request.method == "GET":
        log_list(request, [placement.case.person.ref for placement in placements])
    return handle_form(
        request,
        ContactNoteForm(request.POST or None, initial={"on": timezone.localdate()}),
        lambda data: transitions.note_contact(
            found, data["on"], data["form"], data["text"], actor=request.user
        ),
        template="employers/employer.html",
        context={
            "employer": found,
            "needs": list(found.needs.all()[:PAGE]),
            "contacts": list(found.contacts.select_related("by")[:20]),
            "fairs": list(
                Fair.objects.visible_to(request.user)
                .filter(employers_there__employer=found)
                .select_related("centre")
                .order_by("-starts_at", "-pk")[:FAIRS_SHOWN]
            ),
            "placements": placements,
            "without_hiring": transitions.placements_without_hiring(found),
            "may_edit": may_edit,
        },
        success_url=reverse("employers:employer", args=[found.pk]),
        message=_("The contact is noted."),
    )


def _fields(data, names):
    return {name: data[name] for name in names}


@get_or_post
def employer_new(request):
    return handle_form(
        request,
        EmployerForm(request.POST or None),
        lambda data: transitions.register_employer(
            _fields(data, transitions.EMPLOYER_FIELDS),
            coordinator=request.user,
            unit=request.user.acting.unit,
            actor=request.user,
        ),
        template="employers/form.html",
        context={"title": _("A new employer"), "button": _("Register the employer")},
        success_url=lambda found: reverse("employers:employer", args=[found.pk]),
        message=_("The employer is registered. You hold the contact."),
    )


@get_or_post
def employer_edit(request, pk):
    found = get_visible(request, EMPLOYERS, pk=pk)
    return handle_form(
        request,
        EmployerForm(
            request.POST or None,
            version=found.version,
            initial={name: getattr(found, name) for name in transitions.EMPLOYER_FIELDS},
        ),
        lambda data: transitions.change_employer(
            found,
            _fields(data, transitions.EMPLOYER_FIELDS),
            actor=request.user,
            version=data["version"],
        ),
        template="employers/form.html",
        context={"title": found.name, "button": _("Save the details")},
        success_url=reverse("employers:employer", args=[found.pk]),
        message=_("The details are saved."),
    )


@require_GET
def needs(request):
    """Open needs by start."""
    rows = list(
        Need.objects.visible_to(request.user)
        .open()
        .select_related("employer")
        .annotate(proposed=Count("placements", filter=Q(placements__state__in=GOING_ON)))
        .order_by("starts_on", "pk")[:PAGE]
    )
    return render(request, "employers/needs.html", {"needs": rows, "today": timezone.localdate()})


@get_or_post
def need_new(request, pk):
    found = get_visible(request, EMPLOYERS, pk=pk)
    return handle_form(
        request,
        NeedForm(request.POST or None, initial={"starts_on": timezone.localdate()}),
        lambda data: transitions.open_need(
            found,
            _fields(data, transitions.NEED_FIELDS),
            actor=request.user,
            today=timezone.localdate(),
        ),
        template="employers/form.html",
        context={
            "title": _("A need at %(employer)s") % {"employer": found.name},
            "button": _("Save the need"),
        },
        success_url=lambda need: reverse("employers:need", args=[need.pk]),
        message=_("The need is open. Below are those who fit."),
    )


@get_or_post
def need_edit(request, pk):
    """Change a need, also to note what the employer and the union have answered since."""
    found = get_visible(request, Need.objects.select_related("employer"), pk=pk)
    before = {name: getattr(found, name) for name in transitions.NEED_FIELDS}
    before["replaces"] = {True: "yes", False: "no", None: ""}[found.replaces_staff]
    return handle_form(
        request,
        NeedForm(request.POST or None, version=found.version, initial=before),
        lambda data: transitions.change_need(
            found,
            _fields(data, transitions.NEED_FIELDS),
            actor=request.user,
            version=data["version"],
        ),
        template="employers/form.html",
        context={"title": found.title, "button": _("Save the need")},
        success_url=reverse("employers:need", args=[found.pk]),
        message=_("The need is changed."),
    )


@require_GET
def need(request, pk):
    """One need and who fits it, with the reasons."""
    found = get_visible(
        request, Need.objects.select_related("employer__coordinator", "opened_by"), pk=pk
    )
    today = timezone.localdate()
    may_match = may_ever(request.user, "competence.search")
    rows = matching.candidates(found, request.user, today) if may_match else []
    placements = list(PLACEMENTS.visible_to(request.user).filter(need=found)[:PAGE])
    log_list(
        request,
        [row["profile"].case.person.ref for row in rows]
        + [placement.case.person.ref for placement in placements],
    )
    return render(
        request,
        "employers/need.html",
        {
            "need": found,
            "candidates": rows,
            "placements": placements,
            "may_match": may_match,
            "why_nobody": transitions.why_nobody(found),
            "may_edit": can(request.user, "employer.edit", found),
            "today": today,
        },
    )


@get_or_post
def need_close(request, pk):
    found = get_visible(request, Need.objects.select_related("employer"), pk=pk)
    return handle_form(
        request,
        ProposeForm(request.POST or None),
        lambda _data: transitions.close_need(found, actor=request.user),
        template="employers/close_need.html",
        context={"need": found},
        success_url=reverse("employers:employer", args=[found.employer_id]),
        message=_("The need is closed."),
    )


@get_or_post
def propose(request, pk, number):
    """Propose one person for one need."""
    found = get_visible(request, Case.objects.select_related("person"), number=number)
    today = timezone.localdate()
    wanted = Need.objects.visible_to(request.user).select_related("employer").filter(pk=pk).first()
    if wanted is None:
        raise Http404
    profile = CompetenceProfile.objects.filter(case=found).first()
    return handle_form(
        request,
        ProposeForm(request.POST or None),
        lambda data: transitions.propose_placement(
            found, wanted, data["note"], actor=request.user, today=today
        ),
        template="employers/propose.html",
        context={"need": wanted, "person": found.person, "profile": profile},
        success_url=lambda placement: reverse("employers:placement", args=[placement.pk]),
        message=_("The proposal is made; coach and coordinator are told."),
    )


@require_GET
def placement(request, pk):
    """One placement: where it stands and what can be done."""
    found = get_visible(request, PLACEMENTS, pk=pk)
    today = timezone.localdate()
    return render(
        request,
        "employers/placement.html",
        {
            "placement": found,
            "person": found.case.person,
            "profile": CompetenceProfile.objects.filter(case=found.case).first(),
            "moves": transitions.available_moves(found, request.user),
            "may_open_case": can(request.user, "case.view", found.case),
            "clocks": rows_of(
                Deadline.objects.filter(case=found.case, subject_key=found.subject_key).begun(
                    today
                ),
                today,
                request.user,
            ),
        },
    )


def _act(request, found, form, act, *, title, button, message):
    return handle_form(
        request,
        form,
        act,
        template="employers/form.html",
        context={"title": title, "button": button, "placement": found},
        success_url=reverse("employers:placement", args=[found.pk]),
        message=message,
    )


@get_or_post
def answer(request, pk):
    found = get_visible(request, PLACEMENTS, pk=pk)
    return _act(
        request,
        found,
        AnswerForm(request.POST or None, version=found.version),
        lambda data: transitions.answer_placement(
            found,
            says_yes=data["verdict"] == "yes",
            answer=data["answer"],
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        title=_("The employer's answer"),
        button=_("Save the answer"),
        message=_("The answer is saved."),
    )


@get_or_post
def begin(request, pk):
    found = get_visible(request, PLACEMENTS, pk=pk)
    return _act(
        request,
        found,
        StartForm(
            request.POST or None,
            version=found.version,
            initial={
                "starts_on": timezone.localdate(),
                "ends_before": found.need.ends_before,
                "supervisor": found.need.employer.contact_name,
            },
        ),
        lambda data: transitions.start_placement(
            found,
            transitions.Start(data["starts_on"], data["ends_before"], data["supervisor"]),
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        title=_("The person has started"),
        button=_("Save the start"),
        message=_("The start is saved."),
    )


@get_or_post
def end(request, pk):
    found = get_visible(request, PLACEMENTS, pk=pk)
    return _act(
        request,
        found,
        EndForm(
            request.POST or None,
            version=found.version,
            initial={"ended_on": timezone.localdate()},
        ),
        lambda data: transitions.end_placement(
            found,
            ended_on=data["ended_on"],
            result=data["result"],
            note=data["note"],
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        title=_("The placement has ended"),
        button=_("Save the result"),
        message=_("The result is saved."),
    )


@get_or_post
def withdraw(request, pk):
    found = get_visible(request, PLACEMENTS, pk=pk)
    return _act(
        request,
        found,
        WithdrawForm(request.POST or None, version=found.version),
        lambda data: transitions.withdraw_placement(
            found,
            data["reason"],
            actor=request.user,
            today=timezone.localdate(),
            version=data["version"],
        ),
        title=_("Withdraw the proposal"),
        button=_("Withdraw"),
        message=_("The proposal is withdrawn."),
    )


@get_or_post
def profile(request, number):
    """The coach writes the profile of the competence bank."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    existing = CompetenceProfile.objects.filter(case=case).first()
    names = (
        "headline",
        "occupations",
        "skills",
        "languages",
        "has_licence",
        "hours_per_week",
        "available_from",
    )
    initial = (
        {name: getattr(existing, name) for name in names}
        if existing
        else {"available_from": today, "languages": case.person.first_language}
    )
    return handle_form(
        request,
        ProfileForm(
            request.POST or None,
            version=existing.version if existing else None,
            initial=initial,
        ),
        lambda data: transitions.save_profile(
            case, _fields(data, names), actor=request.user, today=today, version=data["version"]
        ),
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Profile in the competence bank"),
            "button": _("Save the profile"),
        },
        success_url=reverse("casework:tab", args=[case.number, "employers"]),
        message=_("The profile is saved."),
    )


@require_GET
def fitting(request, number):
    """Open needs that fit the person of a case, for the coach."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    existing = CompetenceProfile.objects.filter(case=case).first()
    open_needs = (
        Need.objects.visible_to(request.user)
        .open()
        .select_related("employer")
        .order_by("starts_on", "pk")[:200]
    )
    return render(
        request,
        "employers/fitting.html",
        {
            **header(case, request.user, today),
            "tab": "employers",
            "profile": existing,
            "rows": matching.needs_that_fit(existing, open_needs)[:30] if existing else [],
        },
    )
