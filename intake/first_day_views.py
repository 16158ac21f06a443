"""The checklist of the first day: what is done, what is missing, each step saved by itself."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intake import first_day
from intake import first_day_forms as steps
from intake.enums import FirstDayStep
from intake.first_day_forms import NO
from intake.models import (
    AfRegistration,
    ConsentRefusal,
    EmergencyNote,
    LanguageNeed,
    RightsGiven,
)
from intake.transitions import first_day as acts
from jobcentre.casework.access.fetch import get_visible
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Consent, ContactWish
from jobcentre.casework.people import known_receivers
from jobcentre.casework.transitions.records import give_consent, withdraw_consent
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.views.case import case_rows, header


@require_http_methods(["GET", "POST"])
def checklist(request, number):
    """What the first day is to leave behind; a posted form says which `step` it is of."""
    case = get_visible(request, first_day.with_first_day(case_rows()), number=number)
    if request.method == "POST" and request.POST.get("step") == "withdraw":
        return _withdraw(request, case)
    today = timezone.localdate()
    missing = first_day.missing(first_day.known_of(case), today)
    history = _history(case)
    wanted = request.POST.get("step", FirstDayStep.RIGHTS.value)
    sent = wanted if wanted in FirstDayStep.values else FirstDayStep.RIGHTS.value
    forms = {
        step: _form(
            step,
            case,
            history,
            today,
            request.POST if request.method == "POST" and step == sent else None,
        )
        for step in FirstDayStep
    }
    form = forms[FirstDayStep(sent)]
    return handle_form(
        request,
        form,
        lambda data: _act(request, case, FirstDayStep(sent), data, today),
        template="intake/first_day.html",
        context={
            **header(case, request.user, today),
            "steps": [
                {
                    "key": step,
                    "label": step.label,
                    "form": forms[step],
                    "is_done": step not in missing,
                    "rows": history[step],
                    "template": f"intake/first_day/{step.value}.html",
                }
                for step in FirstDayStep
            ],
            "done": len(FirstDayStep) - len(missing),
            "receivers": known_receivers(case, today),
            "purposes": _purposes(case, history[FirstDayStep.CONSENTS], today),
        },
        success_url=f"{reverse('intake:rights', args=[case.number])}#{sent}",
        message=_("Saved: %(step)s.") % {"step": FirstDayStep(sent).label},
    )


# --- what is shown --------------------------------------------------------------------------------
def _rows(model, case: Case, who: str) -> list:
    return list(model.objects.filter(case=case).select_related(who).order_by("-pk"))


def _history(case: Case) -> dict[FirstDayStep, list]:
    """All that was written in each step, the newest first; six queries."""
    return {
        FirstDayStep.RIGHTS: _rows(RightsGiven, case, "given_by"),
        FirstDayStep.AF: _rows(AfRegistration, case, "checked_by"),
        FirstDayStep.CONSENTS: [
            *_rows(Consent, case, "recorded_by"),
            *_rows(ConsentRefusal, case, "recorded_by"),
        ],
        FirstDayStep.CONTACT: _rows(ContactWish, case, "noted_by"),
        FirstDayStep.LANGUAGE: _rows(LanguageNeed, case, "noted_by"),
        FirstDayStep.EMERGENCY: _rows(EmergencyNote, case, "noted_by"),
    }


def _purposes(case: Case, rows: list, today) -> list[dict]:
    """Each receiver and purpose with what the person has said of it, the latest first."""
    known = first_day.known_of(case)
    asked = first_day.unasked(known, today)
    found = []
    for purpose in ConsentPurpose:
        if purpose == ConsentPurpose.INCOME_SUPPORT and not known.has_support_unit:
            continue
        said = [_said(row, today) for row in rows if row.purpose == purpose]
        # What is in force stands first, then the latest that was said.
        said.sort(key=lambda each: (each["in_force"] is not None, each["on"]), reverse=True)
        found.append(
            {
                "label": purpose.label,
                "is_missing": purpose in asked,
                "said": said,
            }
        )
    return found


def _said(row: Consent | ConsentRefusal, today) -> dict:
    """What the person said once: yes with its days, or no."""
    if isinstance(row, ConsentRefusal):
        return {"is_yes": False, "on": row.said_on, "who": row.recorded_by.name, "in_force": None}
    holds = row.withdrawn_on is None and (row.ends_before is None or row.ends_before > today)
    return {
        "is_yes": True,
        "on": row.given_on,
        "receiver": row.receiver,
        "form": row.get_form_display(),
        "ends_before": row.ends_before,
        "withdrawn_on": row.withdrawn_on,
        "who": row.recorded_by.name,
        "in_force": row.pk if holds else None,
    }


# --- what is written ------------------------------------------------------------------------------
def _form(step: FirstDayStep, case: Case, history: dict, today, data) -> steps.StepForm:
    rows = history[step]
    seen = rows[0].pk if rows else 0
    person = case.person
    match step:
        case FirstDayStep.RIGHTS:
            initial = {
                "given_on": today,
                "language": person.interpreter_language or _("Swedish"),
                "with_interpreter": person.needs_interpreter,
            }
            return steps.RightsStep(data, seen=seen, initial=initial)
        case FirstDayStep.AF:
            initial = {"status": rows[0].status, "since": rows[0].since} if rows else {}
            return steps.AfStep(data, seen=seen, initial=initial)
        case FirstDayStep.CONSENTS:
            return steps.ConsentStep(data, initial={"said_on": today})
        case FirstDayStep.CONTACT:
            names = ("channel", "only", "times")
            initial = {name: getattr(rows[0], name) for name in names} if rows else {}
            return steps.ContactStep(data, seen=seen, initial=initial)
        case FirstDayStep.LANGUAGE:
            names = ("first_language", "other_languages", "interpreter_language")
            initial = {name: getattr(person, name) for name in names}
            if rows:
                initial["minority_language"] = rows[0].minority_language
                initial["wants_translation"] = rows[0].wants_translation
            return steps.LanguageStep(data, seen=seen, version=person.version, initial=initial)
        case FirstDayStep.EMERGENCY:
            initial = {"text": rows[0].text, "nobody": not rows[0].text} if rows else {}
            return steps.EmergencyStep(data, seen=seen, initial=initial)


def _act(request, case: Case, step: FirstDayStep, data: dict, today):
    """The one transition of the step."""
    actor, seen = request.user, data["seen"]
    match step:
        case FirstDayStep.RIGHTS:
            names = ("given_on", "form", "language", "with_interpreter")
            said = {name: data[name] for name in names}
            return acts.give_rights(case, **said, actor=actor, seen=seen)
        case FirstDayStep.AF:
            said = {name: data[name] for name in ("status", "since", "booked_on")}
            return acts.check_af(case, **said, actor=actor, today=today, seen=seen)
        case FirstDayStep.CONSENTS:
            if data["answer"] == NO:
                return acts.refuse_consent(
                    case, data["purpose"], said_on=data["said_on"], actor=actor
                )
            return give_consent(
                case,
                data["purpose"],
                data["answer"],
                data["said_on"],
                data["ends_before"],
                actor=actor,
                receiver=data["receiver"],
            )
        case FirstDayStep.CONTACT:
            said = {name: data[name] for name in ("only", "times")}
            return acts.wish_contact(case, data["channel"], **said, actor=actor, seen=seen)
        case FirstDayStep.LANGUAGE:
            names = ("first_language", "other_languages", "interpreter_language")
            said = acts.Languages(
                **{name: data[name] for name in (*names, "minority_language", "wants_translation")}
            )
            version = data["version"] if data["version"] is not None else 0
            return acts.settle_language(case, said, actor=actor, seen=seen, version=version)
        case FirstDayStep.EMERGENCY:
            return acts.note_emergency(case, data["text"], actor=actor, seen=seen)


def _withdraw(request, case: Case):
    wanted = request.POST.get("consent", "")[:20]
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 19 else 0
    given = Consent.objects.filter(case=case, pk=number).select_related("case__person").first()
    if given is None:
        raise Http404
    try:
        withdraw_consent(given, actor=request.user, today=timezone.localdate())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The consent is withdrawn."))
    return redirect(f"{reverse('intake:rights', args=[case.number])}#consents")
