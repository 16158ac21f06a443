from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from intake import first_day, people
from intake.groups.models import GroupPlace
from intake.mapping import words
from intake.mapping.enums import Rater
from intake.mapping.progress import Progress
from intake.mapping.reading import areas_open_to, current, parts_in
from intake.models import AfRegistration, LanguageNeed, Mapping, MappingFact, RightsGiven
from jobcentre.casework.access.checks import can, open_areas
from jobcentre.casework.enums import AppointmentState, Area
from jobcentre.casework.models import Appointment, ContactWish, Document
from jobcentre.casework.models.together import RowsAsJson, columns_of, row_of
from jobcentre.casework.registries import CasePanel, case_panels


def _newest(model, *left_out):
    """The newest row of the case, as JSON beside it."""
    return RowsAsJson(model.objects.filter(case=OuterRef("pk"))[:1], columns_of(model, *left_out))


def _first_day_rows() -> dict:
    """All the newest rows, and what is missing: the panel stands on every case page."""
    return {
        **first_day.first_day_rows(),
        "day_giver": Subquery(
            RightsGiven.objects.filter(case=OuterRef("pk")).values("given_by__name")[:1]
        ),
        **{f"newest_{name}": _newest(model, *left) for name, (model, *left) in _SHOWN.items()},
    }


_SHOWN = {
    "rights": (RightsGiven,),
    "af": (AfRegistration,),
    "wish": (ContactWish, "noted_at"),
    "need": (LanguageNeed, "noted_at"),
}


def _brought(case, name: str, model):
    """The newest row that the case has brought along, or None."""
    rows = getattr(case, f"newest_{name}")
    return row_of(model, rows[0]) if rows else None


def _first_day(case, user, today):
    shown = {name: _brought(case, name, model) for name, (model, *_left) in _SHOWN.items()}
    return {
        **shown,
        "given_by": case.day_giver,
        "missing": first_day.asked_of(case, today),
        "is_asked": first_day.is_asked(case.started_on, settings.FIRST_DAY_SINCE),
        "may_record": case.is_open and can(user, "rights.record", case),
    }


def _mapping(case, user, today):
    """What is known now, with its source, and what others have said."""
    areas = list(areas_open_to(user, case))
    mapping = current(case)
    answers = (
        {row.area_id: row for row in mapping.answers.select_related("changed_by")}
        if mapping
        else {}
    )
    facts = words.in_groups(list(MappingFact.objects.current().filter(case=case)))
    papers = Document.objects.filter(case=case, area=Area.MAPPING).order_by("-added_at")
    return {
        "mapping": mapping,
        "answers": [
            {"area": area, "answer": answers[area.key]} for area in areas if area.key in answers
        ],
        "parts": parts_in(case, [area.key for area in areas]),
        "facts": [group for group in facts if group["rows"]],
        "documents": list(papers[:50]),
        "hidden": Area.SENSITIVE not in open_areas(user, case),
        "may_edit": case.is_open and can(user, "mapping.edit", case),
        "may_print": can(user, "mapping.print", case),
    }


def _summary_rows() -> dict:
    return {"newest_mapping": _newest(Mapping, "others")}


def _summary(case, user, today):
    return {
        "mapping": _brought(case, "mapping", Mapping),
        "may_add": Area.MAPPING not in open_areas(user, case)
        and case.is_open
        and can(user, "mapping.contribute", case),
    }


def _progress(case, user, today):
    """The radars of the last two measures and the trends; three queries."""
    found = Progress.of(case)
    raters = [
        {
            "key": rater.value,
            "label": rater.label,
            "radar": found.radar(rater.value),
            "measures": found.by(rater.value),
        }
        for rater in Rater
    ]
    return {
        "raters": [rater for rater in raters if rater["measures"]],
        "trends": found.trends(),
        "may_rate": case.is_open and can(user, "progress.rate", case),
    }


def _meetings(case, user, today):
    """Meetings with staff and places in group meetings, the latest first; two queries."""
    booked = Appointment.objects.filter(case=case).select_related("with_user", "also_with")
    places = GroupPlace.objects.filter(case=case).select_related("meeting__centre")
    return {
        "appointments": list(booked.order_by("-starts_at", "-pk")[:30]),
        "places": list(places.order_by("-meeting__starts_at", "-pk")[:30]),
        "may_book": case.is_open and can(user, "appointment.book", case),
        "may_sign_up": case.is_open and can(user, "group.sign_up", case),
        "may_open": can(user, "group.view", case),
    }


def _entrance(case, user, today):
    """Only a protected person has an agreed entrance; for the others nothing is asked."""
    if not case.person.is_protected:
        return {"appointments": []}
    return {
        "appointments": list(
            Appointment.objects.filter(
                case=case, state=AppointmentState.BOOKED, starts_at__date__gte=today
            )
            .select_related("with_user", "entrance")
            .order_by("starts_at", "pk")[:10]
        ),
        "may_agree": can(user, "entrance.agree", case),
    }


def register() -> None:
    case_panels.register(
        CasePanel(
            "people",
            _("Contacts"),
            Area.HEADER,
            "casework/panels/people.html",
            people.panel,
            place="tab",
            position=5,
        ),
        CasePanel(
            "entrance",
            _("Agreed entrance"),
            Area.APPOINTMENTS,
            "intake/panels/entrance.html",
            _entrance,
            place="aside",
            position=5,
        ),
        CasePanel(
            "first_day",
            _("The first day"),
            Area.CONTACT,
            "intake/panels/first_day.html",
            _first_day,
            place="overview",
            position=15,
            brings=_first_day_rows,
        ),
        CasePanel(
            "mapping_summary",
            _("Summary of the mapping"),
            Area.MAPPING_SUMMARY,
            "intake/panels/summary.html",
            _summary,
            place="overview",
            position=30,
            brings=_summary_rows,
        ),
        CasePanel(
            "mapping",
            _("Mapping"),
            Area.MAPPING,
            "intake/panels/mapping.html",
            _mapping,
            place="tab",
            position=10,
        ),
        CasePanel(
            "meetings",
            _("Meetings"),
            Area.APPOINTMENTS,
            "intake/panels/meetings.html",
            _meetings,
            place="tab",
            position=14,
        ),
        CasePanel(
            "progress",
            _("Progression"),
            Area.MAPPING,
            "intake/panels/progress.html",
            _progress,
            place="tab",
            position=12,
        ),
    )
