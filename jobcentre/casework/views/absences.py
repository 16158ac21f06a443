"""Who is away: the staff of the centre, one of them, and what becomes of the meetings."""

from collections import defaultdict
from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jobcentre.accounts.models import Membership, User
from jobcentre.casework.absence_forms import SettleForm
from jobcentre.casework.absences import Away, absences_of, booked_during, who_can_take
from jobcentre.casework.access.checks import may_ever
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.access.queries import cases_for, visible_staff
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.meeting_forms import AbsenceForm
from jobcentre.casework.models import Appointment, Case, Involvement, StaffAbsence
from jobcentre.casework.transitions import absences as transitions
from jobcentre.casework.views.base import handle_form

LISTED = 200


def _staff(request, today):
    return visible_staff(request.user, action_of(request.resolver_match.view_name), today)


def _one_of_staff(request, pk: int, today) -> User:
    found = _staff(request, today).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_GET
def absences(request):
    """The staff of the units that the user reaches; those who are away stand first."""
    today = timezone.localdate()
    staff = list(_staff(request, today)[:LISTED])
    ids = [user.pk for user in staff]
    away, units = absences_of(ids, today), _units(request, ids, today)
    counts: dict[int, int] = defaultdict(int)
    for meeting in booked_during({pk: rows for pk, rows in away.items() if rows}, today):
        for user_id in {meeting.with_user_id, meeting.also_with_id} & set(away):
            counts[user_id] += 1
    rows = [Away(user, units[user.pk], away.get(user.pk, []), counts[user.pk]) for user in staff]
    rows.sort(key=lambda row: (not row.is_away_on(today), not row.absences))
    return render(
        request,
        "casework/absences.html",
        {
            "rows": [{"away": row, "is_away": row.is_away_on(today)} for row in rows],
            "several": len(set(units.values())) > 1,
            "today": today,
        },
    )


def _units(request, ids: list[int], today) -> dict[int, str]:
    """The names of the units at which each works, of those the user reaches."""
    names: dict[int, list[str]] = defaultdict(list)
    held = (
        Membership.objects.valid_on(today)
        .filter(user__in=ids, unit__path__startswith=request.user.acting.unit.path)
        .order_by("unit__name")
        .values_list("user_id", "unit__name")
        .distinct()
    )
    for user_id, name in held:
        names[user_id].append(name)
    return defaultdict(str, {pk: ", ".join(each) for pk, each in names.items()})


def _page(request, found: User, today) -> dict:
    """What the page of one of the staff shows beside its forms."""
    away = absences_of([found.pk], today)[found.pk]
    booked = booked_during({found.pk: away}, today)
    seen = set(
        Appointment.objects.visible_to(request.user)
        .filter(pk__in=[meeting.pk for meeting in booked])
        .values_list("pk", flat=True)
    )
    shown = [meeting for meeting in booked if meeting.pk in seen]
    log_list(request, [meeting.person.ref for meeting in shown])
    colleagues = list(_beside(request, found, today)[:LISTED])
    return {
        "found": found,
        "absences": away,
        "is_away": any(each.starts_on <= today for each in away),
        "meetings": shown,
        "hidden": len(booked) - len(shown),
        "colleagues": colleagues,
        "takers": who_can_take(shown, colleagues, today),
        "today": today,
        "may_open_meeting": may_ever(request.user, "appointment.book"),
        "cover": _cover(request, found, away),
    }


def _beside(request, found: User, today):
    """Those of the staff who work at the same unit as the colleague, of those the user reaches."""
    units = Membership.objects.valid_on(today).filter(user=found).values("unit")
    held = Membership.objects.valid_on(today).filter(unit__in=units)
    return _staff(request, today).filter(pk__in=held.values("user")).exclude(pk=found.pk)


def _cover(request, found: User, away: list[StaffAbsence]) -> dict | None:
    """How many of the colleague's cases nobody stands in for during the first absence, and the page
    on which the manager lets somebody; None for those who may not."""
    if not away or not may_ever(request.user, "case.cover"):
        return None
    first = away[0]
    covered = Involvement.objects.filter(
        kind=InvolvementKind.COVER,
        starts_on__lt=first.ends_before,
        ends_before__gt=first.starts_on,
    )
    cases = (
        cases_for(Case.objects.open().filter(coach=found), request.user, "case.cover")
        .exclude(pk__in=covered.values("case"))
        .order_by("pk")
    )
    numbers = list(cases.values_list("number", flat=True))
    if not numbers:
        return None
    days = f"?fran={first.starts_on.isoformat()}&ater={first.ends_before.isoformat()}"
    return {"n": len(numbers), "url": reverse("casework:cover", args=[numbers[0]]) + days}


@require_http_methods(["GET", "POST"])
def absence(request, pk):
    """One of the staff: the days away, and the meetings of those days."""
    today = timezone.localdate()
    found = _one_of_staff(request, pk, today)
    page = _page(request, found, today)
    form = AbsenceForm(
        request.POST or None,
        initial={"starts_on": today, "ends_before": today + timedelta(days=1)},
    )
    return handle_form(
        request,
        form,
        lambda data: transitions.note_absence(
            found, data["starts_on"], data["ends_before"], actor=request.user, today=today
        ),
        template="casework/absence_of.html",
        context={
            **page,
            "settle": SettleForm(meetings=page["meetings"], takers=page["takers"]),
            "absence_form": form,
            "back_url": reverse("casework:absences"),
        },
        success_url=reverse("casework:absence_of", args=[found.pk]),
        message=_("The absence is saved, and %(name)s is told.") % {"name": found.name},
    )


@require_http_methods(["GET", "POST"])
def settle(request, pk):
    """What becomes of the meetings, for all at once; each is done or refused by itself."""
    today = timezone.localdate()
    found = _one_of_staff(request, pk, today)
    page = _page(request, found, today)
    form = SettleForm(request.POST or None, meetings=page["meetings"], takers=page["takers"])

    def act(_data):
        done = transitions.settle_meetings(
            found, form.chosen(), page["colleagues"], actor=request.user, today=today
        )
        for each in done:
            if each.refusal:
                messages.error(request, f"{each.meeting.person.name}: {each.refusal}")
        return done

    return handle_form(
        request,
        form,
        act,
        template="casework/absence_of.html",
        context={
            **page,
            "settle": form,
            "absence_form": AbsenceForm(initial={"starts_on": today}),
            "back_url": reverse("casework:absences"),
        },
        success_url=reverse("casework:absence_of", args=[found.pk]),
        message=_settled,
    )


def _settled(done: list[transitions.Settled]) -> str:
    given = sum(1 for each in done if not each.refusal and each.colleague is not None)
    gone = sum(1 for each in done if not each.refusal and each.colleague is None)
    if not given and not gone:
        return ""
    return _("Given to a colleague: %(given)d. Cancelled: %(gone)d. Tell the persons.") % {
        "given": given,
        "gone": gone,
    }


@require_POST
def absence_end(request, pk):
    """Back today, or not away at all."""
    today = timezone.localdate()
    absence = (
        StaffAbsence.objects.filter(pk=pk, user__in=_staff(request, today).values("pk"))
        .select_related("user")
        .first()
    )
    if absence is None:
        raise Http404
    try:
        transitions.end_absence(
            absence, max(today, absence.starts_on), actor=request.user, today=today
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s can be booked again.") % {"name": absence.user.name})
    return redirect("casework:absence_of", absence.user_id)
