"""Front desk, enrolment, the first day and the mapping."""

from datetime import datetime

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intake import desk as front
from intake import transitions
from intake.enums import MappingState, VisitPurpose, VisitState
from intake.forms import (
    CompanyForm,
    EnrolForm,
    FinishForm,
    FirstDayForm,
    LookupForm,
    MappingForm,
    VisitForm,
    VisitorForm,
)
from intake.models import Mapping, Visit
from jobcentre.accounts.models import Membership, User
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.enums import AppointmentState
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Appointment, TargetGroup
from jobcentre.casework.transitions.cases import Enrolment
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header
from jobcentre.casework.views.drafts import PageDraft

get_or_post = require_http_methods(["GET", "POST"])
LONG_WAIT_MINUTES = 15


def _queue(user):
    now = timezone.now()
    visits = Visit.objects.visible_to(user).waiting().select_related("person", "case__coach")
    rows = []
    for visit in visits[:100]:
        minutes = max(0, int((now - visit.arrived_at).total_seconds() // 60))
        rows.append(
            {
                "visit": visit,
                "minutes": minutes,
                "sign": "late" if minutes >= LONG_WAIT_MINUTES else "ok",
                "coach": visit.case.coach.name if visit.case and visit.case.coach else "",
            }
        )
    return rows


def _booked(request, today):
    return list(
        Appointment.objects.visible_to(request.user)
        .filter(
            starts_at__date=today,
            state__in=[AppointmentState.BOOKED, AppointmentState.ARRIVED],
        )
        .select_related("person", "with_user", "case")
        .order_by("starts_at")[:40]
    )


@require_GET
def desk(request):
    """Reception's start page: who waits, who is booked, who comes?"""
    rows, booked = _queue(request.user), _booked(request, timezone.localdate())
    log_list(
        request,
        [row["visit"].person.ref for row in rows if row["visit"].person]
        + [appointment.person.ref for appointment in booked],
    )
    template = "intake/desk_queue.html" if request.htmx else "intake/desk.html"
    return render(
        request,
        template,
        {
            "rows": rows,
            "longest": rows[0]["minutes"] if rows else 0,
            "booked": booked,
            "lookup": LookupForm(),
            "company": CompanyForm(),
            "now": timezone.localtime(),
        },
    )


@get_or_post
def lookup(request):
    """Who is meant; nothing is saved. Sent by POST, because a name is no part of an address."""
    today = timezone.localdate()
    form = LookupForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "intake/lookup.html", {"lookup": form}, status=200 if not form.errors else 422
        )
    query = form.cleaned_data["q"]
    cards, identity, error = front.cards_for(request.user, query, today)
    log_list(request, [card.ref for card in cards], access=Access.SEARCH)
    given, _space, family = query.strip().partition(" ")
    known = {} if identity or error else {"given_name": given, "family_name": family}
    return render(
        request,
        "intake/lookup.html",
        {
            "lookup": form,
            "cards": [
                {
                    "card": card,
                    "form": VisitForm(initial={"person": card.ref}),
                    "usual": VisitPurpose.BOOKED if card.case else VisitPurpose.ENROL,
                }
                for card in cards
            ],
            "identity": identity,
            "error": _error_text(error),
            "new": VisitorForm(
                initial={**known, **({"identity": identity.formatted} if identity else {})}
            ),
            "query": query,
        },
    )


def _error_text(error) -> str:
    if error is None:
        return ""
    english = (get_language() or "sv").startswith("en")
    return error.message_en if english else error.message_sv


@get_or_post
def register(request):
    """A known person, a new one or a company is put in the queue; `kind` says which."""
    if request.method != "POST":
        return redirect("intake:desk")
    centre = request.user.acting.unit
    if "company_name" in request.POST:
        return handle_form(
            request,
            CompanyForm(request.POST),
            lambda data: transitions.register_visit(
                centre,
                VisitPurpose.COMPANY,
                actor=request.user,
                company_name=data["company_name"],
            ),
            template="intake/register.html",
            context={"title": _("Register a company")},
            success_url=reverse("intake:desk"),
            message=_("The company is in the queue."),
        )
    if "person" in request.POST:
        return handle_form(
            request,
            VisitForm(request.POST),
            lambda data: _known_visit(request, centre, data),
            template="intake/register.html",
            context={"title": _("Register the visit")},
            success_url=_after_visit,
            message=_("The visit is registered."),
        )
    return handle_form(
        request,
        VisitorForm(request.POST),
        lambda data: transitions.register_visitor(
            centre,
            {
                name: data[name]
                for name in (
                    "given_name",
                    "family_name",
                    "phone",
                    "first_language",
                    "interpreter_language",
                )
            },
            data["identity"],
            data["purpose"],
            actor=request.user,
            language=data["first_language"],
        ),
        template="intake/register.html",
        context={"title": _("Register a new person")},
        success_url=_after_visit,
        message=_("The person is registered."),
    )


def _known_visit(request, centre, data):
    person = unhidden_persons(request.user).filter(ref=data["person"]).first()
    if person is None:
        raise Refused(_("The person was not found. Search again."))
    return transitions.register_visit(centre, data["purpose"], actor=request.user, person=person)


def _after_visit(visit) -> str:
    wants_to_enrol = visit.purpose == VisitPurpose.ENROL and visit.case_id is None
    return reverse("intake:enrol" if wants_to_enrol else "intake:visit", args=[visit.ref])


VISITS = Visit.objects.select_related("person", "centre", "case__coach", "case__centre")


@get_or_post
def visit(request, ref):
    """One visit: who it is, who works with the person, and how the visit ends."""
    found = get_visible(request, VISITS, ref=ref)
    today = timezone.localdate()
    working = Membership.objects.valid_on(today).filter(unit=found.centre).values("user_id")
    staff = User.objects.filter(pk__in=working).order_by("name", "id")
    form = FinishForm(
        request.POST or None,
        staff=staff,
        initial={"sent_to": found.case.coach_id if found.case else None},
    )
    return handle_form(
        request,
        form,
        lambda data: transitions.finish_visit(
            found,
            data["move"],
            actor=request.user,
            answer=data["answer"],
            sent_to=data["sent_to"] if data["move"] == "send_on" else None,
        ),
        template="intake/visit.html",
        context={
            "visit": found,
            "card": front.card_of(found.person, today) if found.person else None,
            "is_waiting": found.state == VisitState.WAITING,
        },
        success_url=reverse("intake:desk"),
        message=_("The visit is ended."),
    )


@get_or_post
def enrol(request, ref):
    """Open a case for the visitor: one form, with coach and time proposed."""
    found = get_visible(request, VISITS, ref=ref)
    today = timezone.localdate()
    if found.state == VisitState.ENROLLED or found.person is None:
        return redirect("intake:visit", found.ref)
    choices = front.enrol_choices(found.centre, today)
    form = EnrolForm(
        request.POST or None,
        districts=choices["districts"],
        groups=TargetGroup.objects.valid_on(today),
        coaches=choices["coaches"],
        loads=choices["loads"],
        initial={"coach": choices["proposed"], "at": choices["at"]},
    )

    def act(data):
        enrolment = Enrolment(
            centre=found.centre,
            source=data["source"],
            track=data["track"],
            target_groups=list(data["target_groups"]),
            district=data["district"],
            coach=data["coach"],
        )
        starts_at = timezone.make_aware(datetime.combine(today, data["at"]))
        return transitions.enrol_visitor(
            found, enrolment, starts_at, actor=request.user, today=today
        )

    return handle_form(
        request,
        form,
        act,
        template="intake/enrol.html",
        context={
            "visit": found,
            "card": front.card_of(found.person, today),
            "no_coach": not choices["loads"],
        },
        success_url=lambda case: reverse("casework:case", args=[case.number]),
        message=lambda case: (
            _("Case %(number)s is open. The clock for the plan has started.")
            % {"number": case.number}
        ),
    )


@require_GET
def visits(request):
    """The visits of the centre, newest first."""
    rows = list(
        Visit.objects.visible_to(request.user)
        .select_related("person", "sent_to", "case")
        .order_by("-arrived_at", "-pk")[:100]
    )
    log_list(request, [row.person.ref for row in rows if row.person])
    return render(request, "intake/visits.html", {"visits": rows})


@get_or_post
def rights(request, number):
    """The first day: rights and duties, and the registration with AF, in one form."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    form = FirstDayForm(
        request.POST or None,
        initial={
            "given_on": today,
            "language": case.person.interpreter_language or _("Swedish"),
            "with_interpreter": case.person.needs_interpreter,
        },
    )

    def act(data):
        transitions.check_af(
            case,
            status=data["af_status"],
            since=data["af_since"],
            actor=request.user,
            today=today,
        )
        return transitions.give_rights(
            case,
            given_on=data["given_on"],
            form=data["form"],
            language=data["language"],
            with_interpreter=data["with_interpreter"],
            actor=request.user,
        )

    return handle_form(
        request,
        form,
        act,
        template="casework/form.html",
        context={
            **header(case, request.user, today),
            "title": _("Rights, duties and AF"),
            "button": _("Save"),
        },
        success_url=reverse("casework:case", args=[case.number]),
        message=_("Rights, duties and the AF registration are saved."),
    )


@get_or_post
def mapping(request, number):
    """The mapping on one page; saved as a draft or completed."""
    case = get_visible(request, case_rows(), number=number)
    today = timezone.localdate()
    current = Mapping.objects.filter(case=case, state=MappingState.BEGUN).first()
    base = current or Mapping.objects.filter(case=case).first()
    typed = PageDraft(request, case, version=current.edit if current else 0)
    if typed.is_asked:
        return typed.answer()
    form = MappingForm(
        request.POST or None,
        version=typed.version,
        initial=typed.initial() or _mapping_initial(base),
    )
    completes = request.method == "POST" and "complete" in request.POST
    return handle_form(
        request,
        form,
        lambda data: transitions.save_mapping(
            case,
            transitions.MappingInput(form.answers(), data["summary"], data["others"]),
            actor=request.user,
            today=today,
            edit=data["version"],
            complete=completes,
        ),
        template="intake/mapping.html",
        context={
            **header(case, request.user, today),
            "current": current,
            "previous": base if base is not current else None,
        },
        success_url=reverse("casework:tab", args=[case.number, "mapping"])
        if completes
        else reverse("intake:mapping", args=[case.number]),
        message=_("The mapping is completed.") if completes else _("The mapping is saved."),
        typed=typed,
    )


def _mapping_initial(base) -> dict:
    if base is None:
        return {}
    values = {"summary": base.summary, "others": base.others}
    for answer in base.answers.all():
        values[f"level_{answer.area}"] = str(answer.level or "")
        values[f"text_{answer.area}"] = answer.text
        values[f"needs_{answer.area}"] = answer.needs_measure
    return values
