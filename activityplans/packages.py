"""What a package to AF says: gathered from the case as plain values, and shown again in words.

Sensitive areas of the mapping, notes, what other parties have told us and contacts in health care
and the Prison and Probation Service are never part of it.
"""

from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activityplans.attendance_rules import attendance_minutes
from activityplans.enums import BreakReason, FollowUpResult, PlanState
from activityplans.models import PlanLine, PlanVersion, Session
from intake.mapping import ssyk, words
from intake.mapping.reading import current
from intake.models import MappingFact
from jobcentre.casework.enums import ContactKind, Track
from jobcentre.casework.models import Case, OutsideContact
from jobcentre.casework.people import SENSITIVE_KINDS

_HELD = (PlanState.APPROVED, PlanState.SUPERSEDED, PlanState.ENDED)


def gathered(case: Case, today: date) -> dict:
    """The content of a package as the rows say it now; a fixed number of queries."""
    return {
        "as_of": today.isoformat(),
        "case": {
            "started_on": case.started_on.isoformat(),
            "track": case.track,
            "groups": [[group.label_sv, group.label_en] for group in case.target_groups.all()],
        },
        "mapping": _mapping(case),
        "plans": _plans(case),
        "activities": _activities(case),
        "attendance": _attendance(case, today),
        "contacts": [
            [row.kind, row.name, row.organisation, row.phone, row.email]
            for row in OutsideContact.objects.filter(case=case)
            .current_on(today)
            .exclude(kind__in=SENSITIVE_KINDS)
        ],
    }


def _mapping(case: Case) -> dict:
    """The summary, and of each area that is not sensitive what helps and what stands in the way."""
    mapping = current(case)
    if mapping is None:
        return {"summary": "", "areas": [], "facts": []}
    answers = mapping.answers.filter(area__is_sensitive=False).select_related("area")
    facts = MappingFact.objects.current().filter(case=case)
    return {
        "summary": mapping.summary,
        "areas": [
            [row.area.label_sv, row.area.label_en, row.level, row.resources, row.obstacles]
            for row in answers.order_by("area__position", "area_id")
            if row.level or row.resources or row.obstacles
        ],
        "facts": [words.title(fact) for fact in facts],
    }


def _plans(case: Case) -> list[dict]:
    versions = PlanVersion.objects.filter(
        case=case, state__in=_HELD, approved_on__isnull=False
    ).order_by("number")
    return [
        {
            "number": version.number,
            "first": version.starts_on.isoformat(),
            "last": (version.ends_before - timedelta(days=1)).isoformat(),
            "goal": version.goal,
            "occupation": ssyk.label_of(version.goal_occupation) if version.goal_occupation else "",
        }
        for version in versions
    ]


def _activities(case: Case) -> list[dict]:
    """What the latest version with the activity says, and what came of it."""
    lines = (
        PlanLine.objects.filter(version__case=case, version__state__in=_HELD)
        .select_related(
            "activity__service", "activity__follow_up", "activity__broken_off", "provider"
        )
        .order_by("version__number", "position")
    )
    rows = []
    for line in {line.activity_id: line for line in lines}.values():
        end = getattr(line.activity, "follow_up", None)
        broken = getattr(line.activity, "broken_off", None)
        last = line.ends_before - timedelta(days=1)
        rows.append(
            {
                "sv": line.activity.service.label_sv,
                "en": line.activity.service.label_en,
                "where": line.provider.name if line.provider else line.place,
                "does": line.description,
                "first": line.starts_on.isoformat(),
                "last": (end.ended_on if end else broken.last_on if broken else last).isoformat(),
                "result": end.result if end else "",
                "comment": end.comment if end else "",
                "broken": broken.reason if broken else "",
            }
        )
    return sorted(rows, key=lambda row: (row["first"], row["sv"]))


def _attendance(case: Case, today: date) -> dict[str, int]:
    held = Session.objects.filter(case=case, on__lt=today)
    return attendance_minutes(held.values_list("minutes", "outcome", "late_minutes"))


def shown(content: dict) -> dict:
    """The same in the words of the reader."""
    is_english = (get_language() or "sv").startswith("en")
    pick = 1 if is_english else 0

    def day(text: str) -> date:
        return date.fromisoformat(text)

    minutes = content["attendance"]
    return {
        "as_of": day(content["as_of"]),
        "started_on": day(content["case"]["started_on"]),
        "track": Track(content["case"]["track"]).label,
        "groups": ", ".join(each[pick] for each in content["case"]["groups"]),
        "summary": content["mapping"]["summary"],
        "facts": content["mapping"]["facts"],
        "areas": [
            {"label": row[pick], "level": row[2], "resources": row[3], "obstacles": row[4]}
            for row in content["mapping"]["areas"]
        ],
        "plans": [
            {**row, "first": day(row["first"]), "before": day(row["last"]) + timedelta(days=1)}
            for row in content["plans"]
        ],
        "activities": [
            {
                **row,
                "label": row["en"] if is_english else row["sv"],
                "first": day(row["first"]),
                "before": max(day(row["last"]), day(row["first"])) + timedelta(days=1),
                "result": FollowUpResult(row["result"]).label
                if row["result"]
                else _("broken off: %(reason)s") % {"reason": BreakReason(row["broken"]).label}
                if row["broken"]
                else _("no result noted"),
            }
            for row in content["activities"]
        ],
        "hours": [
            (label, minutes[name] / 60)
            for label, name in (
                (_("Present"), "present"),
                (_("Came late"), "late"),
                (_("Excused"), "excused"),
                (_("Ill, certificate"), "sick_certified"),
                (_("Ill, no certificate"), "sick_uncertified"),
                (_("Unexcused"), "unexcused"),
                (_("Not registered"), "not_registered"),
            )
            if minutes[name]
        ],
        "contacts": [
            {
                "kind": ContactKind(kind).label,
                "name": name,
                "organisation": organisation,
                "how": ", ".join(each for each in (phone, email) if each),
            }
            for kind, name, organisation, phone, email in content["contacts"]
        ],
    }
