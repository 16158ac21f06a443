"""Pages for who may see and act in a case: number, protection, conflict, stand-in, the cap."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.access.queries import cases_for
from jobcentre.casework.circle_meetings import saved_sentence
from jobcentre.casework.enums import Protection
from jobcentre.casework.models import Case, CircleMember, ConflictOfInterest
from jobcentre.casework.rights_forms import (
    ConflictForm,
    CoverForm,
    ExtensionForm,
    NumberForm,
    ProtectionForm,
    circle_choices,
)
from jobcentre.casework.transitions import clocks, persons, protection
from jobcentre.casework.transitions import cover as covers
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.ui.days import parse_day

get_or_post = require_http_methods(["GET", "POST"])


def _form_page(request, case, form, act, *, title, button, message, success=None, **more):
    return handle_form(
        request,
        form,
        act,
        template=more.pop("template", "casework/form.html"),
        context={
            **header(case, request.user, timezone.localdate()),
            "title": title,
            "button": button,
            **more,
        },
        success_url=success or reverse("casework:case", args=[case.number]),
        message=message,
    )


@get_or_post
def number_change(request, number):
    """A new identity number: first shown back as it was read, then saved."""
    case = get_visible(request, case_rows(), number=number)
    form = NumberForm(request.POST or None)
    form.tell_who(case.person.name, case.person.birth_date)
    return _form_page(
        request,
        case,
        form,
        lambda data: persons.change_number(case.person, data["number"], actor=request.user),
        title=_("Change the identity number"),
        button=_("Save the number") if form.read_back else _("Check the number"),
        message=_("The number is changed; the former one is kept and still found."),
        template="casework/number.html",
    )


@get_or_post
def protect(request, number):
    """The level of protection and the circle; conflicts of interest that others have declared."""
    case = get_visible(request, case_rows(), number=number)
    person, today = case.person, timezone.localdate()
    conflicts = list(
        ConflictOfInterest.objects.filter(person=person).select_related("user").order_by("pk")
    )
    if request.method == "POST" and "lift" in request.POST:
        wanted = request.POST["lift"]
        conflict = next((row for row in conflicts if str(row.pk) == wanted), None)
        if conflict is not None:
            protection.lift_conflict(conflict, case, actor=request.user)
            messages.success(request, _("The conflict of interest is taken away."))
        return redirect("casework:protect", case.number)
    circle = CircleMember.objects.filter(person=person, ends_before__isnull=True)
    named = list(circle.values_list("user_id", flat=True))
    form = ProtectionForm(
        request.POST or None,
        users=circle_choices(case, today),
        version=person.version,
        initial={
            "level": person.protection,
            "circle": named or [pk for pk in (case.coach_id, request.user.pk) if pk],
        },
    )

    def act(data):
        return protection.protect_person(
            person,
            data["level"],
            list(data["circle"]),
            actor=request.user,
            today=today,
            version=data["version"],
        )

    def after(saved):
        sees = saved.protection == Protection.NONE or request.user.pk in {
            member.user_id
            for member in saved.circle.all()
            if member.ends_before is None or member.ends_before > today
        }
        return reverse("casework:case", args=[case.number]) if sees else reverse("start")

    return _form_page(
        request,
        case,
        form,
        act,
        title=_("Protected identity"),
        button=_("Save the protection"),
        message=saved_sentence,
        success=after,
        template="casework/protect.html",
        conflicts=conflicts,
    )


@get_or_post
def conflict(request, number):
    """The user declares a conflict of interest; the case disappears from their view."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    return _form_page(
        request,
        case,
        ConflictForm(request.POST or None),
        lambda _data: protection.declare_conflict(case, actor=request.user, today=today),
        title=_("Declare a conflict of interest"),
        button=_("Declare it"),
        message=_("It is declared. You no longer see the case; the manager is told."),
        success=reverse("start"),
        intro=_(
            "When the person is close to you, or there is another reason why you might not be"
            " impartial, somebody else has to take the case. What you have written stays."
        ),
    )


def _covered_days(request, today) -> dict:
    """The days of an absence, when the page of it leads here; else a week from today."""
    try:
        first, back = (
            parse_day(request.GET.get(name, "")[:10], today) for name in ("fran", "ater")
        )
    except ValueError:
        first, back = today, today + timedelta(days=8)
    return {"starts_on": first, "ends_before": back}


@get_or_post
def cover(request, number):
    """Somebody stands in for the coach, in this case or in all of the coach's."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()

    def act(data):
        found = [case]
        if data["whole"] and case.coach_id:
            found = list(
                cases_for(
                    Case.objects.open().filter(coach_id=case.coach_id), request.user, "case.cover"
                ).select_related("person", "centre")
            )
        return covers.cover_cases(
            found, data["stand_in"], data["starts_on"], data["ends_before"], actor=request.user
        )

    return _form_page(
        request,
        case,
        CoverForm(
            request.POST or None,
            case=case,
            today=today,
            initial=_covered_days(request, today),
        ),
        act,
        title=_("Stand-in for the coach"),
        button=_("Save the stand-in"),
        message=lambda n: _("Saved for %(n)d cases.") % {"n": n},
    )


@get_or_post
def extend(request, number):
    """A decision that the person stays past the cap."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    return _form_page(
        request,
        case,
        ExtensionForm(request.POST or None),
        lambda data: clocks.extend_cap(
            case, data["extended_to"], data["reason"], actor=request.user, today=today
        ),
        title=_("Let the person stay past the cap"),
        button=_("Save the decision"),
        message=_("The decision is saved and the clock follows it."),
        intro=_(
            "A person stays at most eighteen months. Longer is a decision with a reason and a last"
            " day; it is shown on the timeline."
        ),
    )
