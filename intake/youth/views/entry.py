"""One young person: the page, and what is done from it."""

from datetime import date

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.youth import rules
from intake.youth.enums import MeasureState
from intake.youth.forms import (
    AssignForm,
    AttemptForm,
    DetailsForm,
    EndForm,
    MeasureAnswerForm,
    MeasureForm,
    OccupationEndForm,
    OccupationForm,
    OpenCaseForm,
)
from intake.youth.models import KnownOccupation, OutreachEntry, YouthMeasure
from intake.youth.transitions import contacts, register, upkeep
from intake.youth.views.lists import coordinators_of
from intake.youth.words import clock_of
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.enums import Source, Track
from jobcentre.casework.forms import CaseForm
from jobcentre.casework.models import Case, TargetGroup
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.worklist import masked_number
from jobcentre.ui import formats

get_or_post = require_http_methods(["GET", "POST"])
HISTORY = 100


def entry_rows():
    return OutreachEntry.objects.select_related("person", "unit", "coordinator").prefetch_related(
        "person__numbers"
    )


def head(entry: OutreachEntry, user, today: date) -> dict:
    """What stands on top of every page of a young person."""
    person = entry.person
    periods = list(entry.kaa_periods.all())
    return {
        "entry": entry,
        "person": person,
        "age": person.age_on(today),
        "masked": masked_number(person),
        "clock": clock_of(entry, today),
        "kaa": next((p for p in periods if p.starts_on <= today < p.ends_before), None),
        "kaa_periods": periods,
        "case": Case.objects.visible_to(user).filter(pk=entry.case_id).first()
        if entry.case_id
        else None,
        "may_search_again": upkeep.may_move(entry, "search_again"),
        "is_of_contract_age": person.birth_date is not None
        and entry.completed_on is None
        and rules.is_of_contract_age(person.birth_date, today),
        "today": today,
        "back_url": reverse("intake:youth_entry", args=[entry.ref]),
    }


@require_GET
def entry(request, ref):
    """The young person: next contact, what is known, what has been done."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    occupations = list(found.occupations.select_related("noted_by", "contract"))
    return render(
        request,
        "intake/youth/entry.html",
        {
            **head(found, request.user, today),
            "attempts": list(
                found.attempts.select_related("made_by").prefetch_related("needs")[:HISTORY]
            ),
            "occupations": [
                {
                    "occupation": each,
                    "period": formats.span(each.starts_on, each.ends_before, year=True),
                    "may_end": found.is_open
                    and not hasattr(each, "contract")
                    and (each.ends_before is None or each.ends_before > today),
                }
                for each in occupations
            ],
            "measures": list(found.measures.all()),
            "contracts": list(found.contracts.all()),
            "corrections": found.person.latest_corrections,
        },
    )


def _form_page(request, found, form, act, *, title, button, message, intro=""):
    """A form of its own page about one young person; back on the person's page when it is sent."""
    today = timezone.localdate()
    context = head(found, request.user, today)
    return handle_form(
        request,
        form,
        act,
        template="intake/youth/form.html",
        context={**context, "title": title, "button": button, "intro": intro},
        success_url=context["back_url"],
        message=message,
    )


@get_or_post
def attempt(request, ref):
    """Note a contact attempt; the step of the schedule is proposed."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    form = AttemptForm(
        request.POST or None,
        initial={"channel": found.next_channel or "phone", "on": today},
    )

    def act(data):
        names = ("on", "channel", "result", "note", "companion", "safety")
        written = contacts.AttemptInput(
            **{name: data[name] for name in names}, needs=tuple(data["needs"])
        )
        return contacts.record_attempt(found, written, actor=request.user, today=today)

    return _form_page(
        request,
        found,
        form,
        act,
        title=_("Note a contact attempt"),
        button=_("Save the attempt"),
        message=_("The attempt is saved. The next contact is planned."),
    )


@get_or_post
def occupation(request, ref):
    """Note what the young person does."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()

    def act(data):
        names = ("kind", "place", "percent", "starts_on", "ends_before", "known_from")
        return contacts.record_occupation(
            found, {name: data[name] for name in names}, actor=request.user, today=today
        )

    return _form_page(
        request,
        found,
        OccupationForm(request.POST or None, initial={"starts_on": today}),
        act,
        title=_("Note the occupation"),
        button=_("Save the occupation"),
        message=_("The occupation is saved."),
    )


@get_or_post
def occupation_end(request, ref):
    """The occupation ends; the search begins again when nothing else is known."""
    rows = KnownOccupation.objects.select_related("entry__unit", "entry__person", "contract")
    found = get_visible(request, rows, ref=ref)
    today = timezone.localdate()
    return _form_page(
        request,
        found.entry,
        OccupationEndForm(request.POST or None),
        lambda data: contacts.end_occupation(
            found, data["ends_before"], actor=request.user, today=today
        ),
        title=_("The occupation ends: %(what)s") % {"what": found.get_kind_display()},
        button=_("Save the last day"),
        message=_("The last day is saved."),
        intro=_("When nothing else is known, the contact schedule starts the day after."),
    )


@get_or_post
def measure(request, ref):
    """Offer an individual measure."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    return _form_page(
        request,
        found,
        MeasureForm(request.POST or None, initial={"offered_on": today}),
        lambda data: contacts.offer_measure(
            found,
            data["kind"],
            data["note"],
            offered_on=data["offered_on"],
            actor=request.user,
            today=today,
        ),
        title=_("Offer a measure"),
        button=_("Save the offer"),
        message=_("The offer is saved."),
    )


@get_or_post
def measure_answer(request, ref):
    """The measure begins, is declined or ends."""
    rows = YouthMeasure.objects.select_related("entry__unit", "entry__person")
    found = get_visible(request, rows, ref=ref)
    today = timezone.localdate()
    form = MeasureAnswerForm(
        request.POST or None,
        state=MeasureState(found.state),
        version=found.version,
        initial={"on": today},
    )
    return _form_page(
        request,
        found.entry,
        form,
        lambda data: contacts.move_measure(
            found,
            data["act"],
            data["on"],
            actor=request.user,
            today=today,
            version=data["version"],
            result=data.get("result", ""),
        ),
        title=_("Measure: %(what)s") % {"what": found.get_kind_display()},
        button=_("Save"),
        message=_("The measure is saved."),
    )


@get_or_post
def details(request, ref):
    """Contact details, school and completed upper secondary school."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    person = found.person
    of_person = (*register.NAMES, *register.CONTACT)
    names = (*of_person, *register.OWN)
    form = DetailsForm(
        request.POST or None,
        version=found.version,
        is_protected=person.is_protected,
        has_case=person.cases.exists(),
        initial={
            "person_version": person.version,
            **{name: getattr(person if name in of_person else found, name) for name in names},
        },
    )
    return _form_page(
        request,
        found,
        form,
        lambda data: register.correct_entry(
            found,
            {name: data[name] for name in names if name in data},
            actor=request.user,
            today=today,
            version=data["version"],
            person_version=data["person_version"],
        ),
        title=_("Change details"),
        button=_("Save the details"),
        message=_("The details are saved."),
    )


@get_or_post
def assign(request, ref):
    """Who is responsible."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    form = AssignForm(
        request.POST or None,
        version=found.version,
        coordinators=coordinators_of(found.unit, today),
        initial={"coordinator": found.coordinator_id or request.user.pk},
    )
    return _form_page(
        request,
        found,
        form,
        lambda data: register.assign_coordinator(
            found,
            data["coordinator"],
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        title=_("Who is responsible?"),
        button=_("Make responsible"),
        message=_("The responsible coordinator is changed."),
    )


@get_or_post
def again(request, ref):
    """Start the schedule of contacts from the beginning."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    return _form_page(
        request,
        found,
        CaseForm(request.POST or None, version=found.version),
        lambda data: register.search_again(
            found, actor=request.user, today=today, version=data["version"]
        ),
        title=_("Start the contact schedule again"),
        button=_("Start the schedule"),
        message=_("The schedule has started again."),
        intro=_("When the contact is lost, or to ask somebody who declined once more."),
    )


@get_or_post
def leave(request, ref):
    """The young person leaves the register."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    return _form_page(
        request,
        found,
        EndForm(request.POST or None, version=found.version, initial={"ended_on": today}),
        lambda data: register.end_entry(
            found,
            data["because"],
            data["ended_on"],
            actor=request.user,
            today=today,
            version=data["version"],
        ),
        title=_("Take out of the register"),
        button=_("Take out of the register"),
        message=_("The person has left the register."),
        intro=_("Who turns 25 leaves by themselves. What is noted is kept until it is removed."),
    )


def _coaches(unit, today):
    """Coaches of every centre, and the coordinators of the youth unit."""
    from_units = Membership.objects.valid_on(today).filter(role=Role.COACH)
    own = Membership.objects.valid_on(today).filter(unit=unit, role=Role.YOUTH_COORDINATOR)
    return User.objects.filter(pk__in=(from_units | own).values("user_id")).order_by("name", "id")


@get_or_post
def open_case(request, ref):
    """Open a case at a job centre; the first visit is today."""
    found = get_visible(request, entry_rows(), ref=ref)
    today = timezone.localdate()
    in_kaa = OutreachEntry.objects.filter(pk=found.pk).in_kaa_on(today).exists()
    form = OpenCaseForm(
        request.POST or None,
        coaches=_coaches(found.unit, today),
        groups=TargetGroup.objects.valid_on(today).exclude(key=register.YOUTH_GROUP),
        initial={
            "source": Source.KAA if in_kaa else Source.OWN,
            "track": Track.LATER,
            "coach": request.user.pk,
        },
    )

    def act(data):
        return register.open_case_of(
            found,
            centre=data["centre"],
            district=data["district"],
            coach=data["coach"],
            source=data["source"],
            track=data["track"],
            target_groups=list(data["target_groups"]),
            actor=request.user,
            today=today,
        )

    return _form_page(
        request,
        found,
        form,
        act,
        title=_("Open a case"),
        button=_("Open the case"),
        message=_("The case is open and linked to the register."),
        intro=_(
            "The first visit is today and the clock of the plan starts. The coach sees that the "
            "person is in the register, and nothing of what is written there."
        ),
    )


@require_POST
def unmask(request, ref):
    """Show the whole identity number once; asking for it is logged."""
    found = get_visible(request, entry_rows(), ref=ref)
    log.record(
        request.user,
        "youth.view",
        access=Access.READ,
        subject=found.person.ref,
        obj=found,
        fields=["number"],
    )
    current = next((n for n in found.person.numbers.all() if n.is_current), None)
    return render(
        request,
        "intake/youth/unmasked.html",
        {"entry": found, "number": current.formatted if current else ""},
    )
