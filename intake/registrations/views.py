"""Registrations that may be of one human: said, compared, made one, parted again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intake.registrations.asking import cards_alike
from intake.registrations.forms import MergeForm, PairForm, UndoForm
from jobcentre.audit import log
from jobcentre.audit.enums import Access, Outcome
from jobcentre.casework import merge_plan as plan
from jobcentre.casework.access.checks import can, may_ever
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.duplicates import (
    Likeness,
    facts_of,
    unanswered_pairs,
    waiting_pairs,
)
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.likeness import reasons
from jobcentre.casework.models import Person, PersonMerge
from jobcentre.casework.transitions import merging
from jobcentre.casework.transitions.persons import case_or_unit
from jobcentre.casework.views.base import handle_form

get_or_post = require_http_methods(["GET", "POST"])
MERGES_SHOWN = 20


def _like(person: Person, other: Person) -> Likeness:
    return Likeness(person, reasons(facts_of(person), facts_of(other)), 0, False)


@require_GET
def duplicates(request):
    """Who may be registered twice: what colleagues said, what looks so, and what was merged."""
    waiting = waiting_pairs(request.user)
    looking = unanswered_pairs(request.user)
    known = {person.pk: person for newer, like in looking for person in (newer, like.person)}
    missing = {pk for pair in waiting for pk in (pair.first_id, pair.second_id)} - set(known)
    known |= {
        person.pk: person
        for person in Person.objects.filter(pk__in=missing).prefetch_related("numbers")
    }
    everybody = list(known.values())
    cards = dict(
        zip(known, cards_alike([Likeness(p, (), 0, False) for p in everybody]), strict=True)
    )
    merges = list(
        PersonMerge.objects.visible_to(request.user)
        .standing()
        .filter(merged_at__gt=timezone.now() - plan.undo_days())
        .select_related("kept", "merged_by")
        .order_by("-merged_at", "-pk")[:MERGES_SHOWN]
    )
    log_list(request, [*(p.ref for p in everybody), *(merge.kept.ref for merge in merges)])
    return render(
        request,
        "intake/registrations/duplicates.html",
        {
            "waiting": [
                {
                    "pair": pair,
                    "one": cards[pair.first_id]["card"],
                    "other": cards[pair.second_id]["card"],
                    "because": _like(known[pair.first_id], known[pair.second_id]).because,
                }
                for pair in waiting
            ],
            "looking": [
                {
                    "one": cards[like.person.pk]["card"],
                    "other": cards[newer.pk]["card"],
                    "because": like.because,
                }
                for newer, like in looking
            ],
            "merges": merges,
            "may_merge": may_ever(request.user, "person.merge"),
        },
    )


@require_POST
def answer(request):
    """Keep what is said of two registrations."""
    form = PairForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say of which two, and what."))
        return redirect("intake:duplicates")
    data = form.cleaned_data
    seen = unhidden_persons(request.user)
    one = Person.objects.visible_to(request.user).filter(ref=data["one"]).first()
    other = seen.filter(ref=data["other"]).first()
    if one is None or other is None or one == other:
        raise Http404
    merging.answer_pair(one, other, data["answer"], actor=request.user)
    messages.success(
        request,
        _("It is noted that they are the same person; a manager makes them one.")
        if data["answer"] == PairAnswer.SAME
        else _("It is noted that they are two persons; they are not proposed again."),
    )
    if data["visit"]:
        return redirect("intake:enrol", data["visit"])
    return redirect("intake:duplicates")


def _may_merge(request, *persons: Person) -> None:
    """Both are read, and logged, before they are shown; who may not merge one of them is refused."""
    for person in persons:
        allowed = can(request.user, "person.merge", case_or_unit(person))
        if request.method == "GET" or not allowed:
            log.record(
                request.user,
                "person.merge",
                access=Access.READ,
                subject=person.ref,
                obj=person,
                outcome=Outcome.DONE if allowed else Outcome.REFUSED,
            )
        if not allowed:
            raise PermissionDenied("person.merge")


@get_or_post
def merge(request, ref, other):
    """Two registrations side by side: what each has, whose values stand, and the merge."""
    found = {
        person.ref: person
        for person in Person.objects.visible_to(request.user)
        .filter(ref__in=(ref, other))
        .prefetch_related("numbers")
    }
    if len(found) != 2:
        raise Http404
    _may_merge(request, *found.values())
    today = timezone.localdate()
    kept = plan.proposed_to_keep(*found.values())
    merged = next(person for person in found.values() if person != kept)
    form = MergeForm(request.POST or None, kept=kept, merged=merged)

    def act(data):
        return merging.merge_persons(
            kept,
            merged,
            form.chosen(),
            actor=request.user,
            now=timezone.now(),
            versions={kept.pk: data["version"], merged.pk: data["other_version"]},
        )

    return handle_form(
        request,
        form,
        act,
        template="intake/registrations/merge.html",
        context={
            "holdings": [plan.holding_of(person, today) for person in (kept, merged)],
            "because": _like(kept, merged).because,
            "obstacles": plan.obstacles(kept, merged),
            "level": plan.stricter(kept.protection, merged.protection),
            "is_protected": kept.is_protected or merged.is_protected,
            "days": plan.undo_days().days,
            "back_url": reverse("intake:duplicates"),
        },
        success_url=lambda done: reverse("intake:merged", args=[done.ref]),
        message=_("The two are one now. Everything is kept and stands with the person."),
    )


@get_or_post
def merged(request, ref):
    """A merge that has been made: what it did, and the way back while there is one."""
    done = (
        PersonMerge.objects.visible_to(request.user)
        .select_related("kept", "merged", "merged_by", "undone_by")
        .filter(ref=ref)
        .first()
    )
    if done is None:
        raise Http404
    _may_merge(request, done.kept)
    now = timezone.now()
    obstacles = plan.undo_obstacles(done, now)
    form = UndoForm(request.POST or None)
    return handle_form(
        request,
        form,
        lambda _data: merging.undo_merge(done, actor=request.user, now=timezone.now()),
        template="intake/registrations/merged.html",
        context={
            "merge": done,
            "person": done.kept,
            "cases": done.kept.cases.order_by("-started_on", "-pk"),
            "obstacles": obstacles,
            "staying": [] if obstacles else plan.staying(done),
            "until": done.merged_at + plan.undo_days(),
            "back_url": reverse("intake:duplicates"),
        },
        success_url=reverse("intake:duplicates"),
        message=_("They are two persons again."),
    )
