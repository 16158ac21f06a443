"""Who has how much: the page of all coaches, a coach's profile, several cases handed over."""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, User
from jobcentre.casework.access.checks import role_of
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.access.queries import cases_for, visible_coaches
from jobcentre.casework.caseload_forms import CoachForm, ManyForm, ProfileForm
from jobcentre.casework.caseloads import rules
from jobcentre.casework.caseloads.loads import loads_of, numbers_now, rows_of, wanted_of
from jobcentre.casework.caseloads.words import room_in_words
from jobcentre.casework.concurrency import send_once
from jobcentre.casework.enums import Track
from jobcentre.casework.exceptions import AlreadySent
from jobcentre.casework.models import Case, CoachProfile
from jobcentre.casework.transitions import handing_over
from jobcentre.casework.transitions.coaches import save_profile
from jobcentre.casework.views.base import handle_form

get_or_post = require_http_methods(["GET", "POST"])
LISTED = 200


@require_GET
def caseloads(request):
    """Every coach of the centres below the unit; a coach sees colleagues without their late clocks."""
    today = timezone.localdate()
    unit = request.user.acting.unit
    held = (
        Membership.objects.valid_on(today)
        .filter(unit__path__startswith=unit.path, unit__kind=UnitKind.JOB_CENTRE, role=Role.COACH)
        .select_related("user", "unit")
        .order_by("unit__name", "unit_id", "user__name", "user_id")
    )
    members = [(membership.user, membership.unit.name) for membership in held[:LISTED]]
    rows, orphans = rows_of(unit, members, today)
    is_manager = role_of(request.user) == Role.MANAGER
    return render(
        request,
        "casework/caseloads.html",
        {
            "rows": [
                {
                    "coach": row,
                    "tracks": [
                        {"label": track.label, "n": row.load.cases[track.value]}
                        for track in Track
                        if row.load.cases.get(track.value)
                    ],
                    "room": room_in_words(row.load.room),
                    "percent": min(round(row.load.fill * 100), 100),
                    "is_over": row.load.room < 0,
                    "is_me": row.load.coach_id == request.user.pk,
                    "shows_late": is_manager or row.load.coach_id == request.user.pk,
                }
                for row in rows
            ],
            "orphans": orphans,
            "numbers": numbers_now(),
            "several_centres": len({row.centre for row in rows}) > 1,
            "is_manager": is_manager,
            "today": today,
        },
    )


def _coach_or_404(request, pk: int) -> User:
    action = action_of(request.resolver_match.view_name)
    found = visible_coaches(request.user, action, timezone.localdate()).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _known(coach: User) -> dict:
    profile = CoachProfile.objects.filter(user=coach).first()
    if profile is None:
        return {"percent": 100}
    return {
        "percent": profile.percent,
        "languages": [row.pk for row in profile.languages.all()],
        "specialisations": [row.pk for row in profile.specialisations.all()],
    }


@get_or_post
def my_profile(request):
    """The coach's own languages and specialisations."""
    return handle_form(
        request,
        ProfileForm(request.POST or None, today=timezone.localdate(), initial=_known(request.user)),
        lambda data: save_profile(
            request.user, data["languages"], data["specialisations"], actor=request.user
        ),
        template="casework/coach.html",
        context={"title": _("What I can"), "back_url": reverse("casework:my_hours"), "coach": None},
        success_url=reverse("casework:my_profile"),
        message=_("Saved. It is used when persons are given a coach."),
    )


@get_or_post
def coach(request, pk):
    """A coach of the centre: the share of full time, languages, specialisations."""
    found = _coach_or_404(request, pk)
    return handle_form(
        request,
        CoachForm(request.POST or None, today=timezone.localdate(), initial=_known(found)),
        lambda data: save_profile(
            found,
            data["languages"],
            data["specialisations"],
            percent=data["percent"],
            actor=request.user,
        ),
        template="casework/coach.html",
        context={"title": found.name, "back_url": reverse("casework:caseloads"), "coach": found},
        success_url=reverse("casework:caseloads"),
        message=_("Saved. It is used when persons are given a coach."),
    )


@get_or_post
def hand_over_many(request, pk):
    """Several of a coach's cases to others; what became of each is told on the same page."""
    found = _coach_or_404(request, pk)
    today = timezone.localdate()
    cases = (
        cases_for(Case.objects.open().filter(coach=found), request.user, "case.hand_over")
        .select_related("person", "centre", "coach")
        .prefetch_related("target_groups")
        .order_by("started_on", "pk")
    )
    listed = list(cases[:LISTED])
    log_list(request, [case.person.ref for case in listed])
    numbers = numbers_now()
    others = _colleagues(request, found, today)
    loads = loads_of(others.values(), today, numbers)
    form = ManyForm(
        request.POST or None,
        cases=cases,
        proposals=rules.proposals(loads, rules.Wanted(), numbers),
        initial={"sees_before": today + timedelta(days=15)},
    )
    if not loads:
        messages.warning(request, _("There is no other coach at the centre."))
        return redirect("casework:caseloads")
    outcomes = None
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                send_once(request.user, form.cleaned_data["token"], reverse("casework:caseloads"))
        except AlreadySent as sent:
            return redirect(sent.result_url)
        outcomes = _handed(request, form.cleaned_data, others, loads, numbers, today)
    return render(
        request,
        "casework/hand_over_many.html",
        {"coach": found, "form": form, "count": len(listed), "outcomes": outcomes},
        status=422 if form.is_bound and form.errors else 200,
    )


def _colleagues(request, found: User, today) -> dict[int, User]:
    """The other coaches who work today at the centres that the manager reaches, by id."""
    held = Membership.objects.valid_on(today).filter(
        role=Role.COACH, unit__path__startswith=request.user.acting.unit.path
    )
    return {
        user.pk: user
        for user in User.objects.filter(pk__in=held.values("user_id"))
        .exclude(pk=found.pk)
        .order_by("name", "id")
    }


def _handed(request, data: dict, others, loads, numbers, today) -> list[handing_over.Outcome]:
    chosen = list(data["cases"])
    if data["coach"] == ManyForm.SPREAD:
        ids = rules.spread([wanted_of(case) for case in chosen], loads, numbers)
    else:
        ids = [int(data["coach"])] * len(chosen)
    return handing_over.hand_over_many(
        [(case, others[pk]) for case, pk in zip(chosen, ids, strict=True)],
        data["note"],
        data["sees_before"],
        actor=request.user,
        today=today,
    )
