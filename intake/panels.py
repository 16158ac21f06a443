from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from intake.enums import SENSITIVE_AREAS, MappingArea, MappingState
from intake.models import AfRegistration, Mapping, RightsGiven
from jobcentre.casework.access.checks import can, open_areas
from jobcentre.casework.enums import AppointmentState, Area
from jobcentre.casework.models import Appointment, Case
from jobcentre.casework.models.together import RowsAsJson, columns_of, row_of
from jobcentre.casework.registries import CasePanel, case_panels


def _first_day(case, user, today):
    # Both newest rows in one query: the panel stands on every case page.
    newest = Case.objects.filter(pk=case.pk).annotate(
        rights=RowsAsJson(
            RightsGiven.objects.filter(case=OuterRef("pk"))[:1], columns_of(RightsGiven)
        ),
        giver=Subquery(
            RightsGiven.objects.filter(case=OuterRef("pk")).values("given_by__name")[:1]
        ),
        af=RowsAsJson(
            AfRegistration.objects.filter(case=OuterRef("pk"))[:1], columns_of(AfRegistration)
        ),
    )
    rights, given_by, af = newest.values_list("rights", "giver", "af").get()
    return {
        "rights": row_of(RightsGiven, rights[0]) if rights else None,
        "given_by": given_by,
        "af": row_of(AfRegistration, af[0]) if af else None,
        "may_record": case.is_open and can(user, "rights.record", case),
    }


def shown_answers(mapping: Mapping, areas) -> list:
    """The answers the reader may see; sensitive areas only with that area open."""
    return [
        answer
        for answer in mapping.answers.all()
        if Area.SENSITIVE in areas or answer.area not in SENSITIVE_AREAS
    ]


def _mapping(case, user, today):
    areas = open_areas(user, case)
    mappings = list(
        Mapping.objects.filter(case=case).select_related("made_by").prefetch_related("answers")
    )
    completed = [m for m in mappings if m.state == MappingState.COMPLETED]
    return {
        "mapping": mappings[0] if mappings else None,
        "answers": shown_answers(mappings[0], areas) if mappings else [],
        "hidden": Area.SENSITIVE not in areas,
        "measured": [
            {
                "on": mapping.completed_on,
                "levels": {
                    answer.area: answer.level
                    for answer in shown_answers(mapping, areas)
                    if answer.level
                },
            }
            for mapping in completed[:2]
        ],
        "area_names": dict(MappingArea.choices),
        "may_edit": case.is_open and can(user, "mapping.edit", case),
    }


def _summary(case, user, today):
    newest = Mapping.objects.filter(case=case).order_by("-begun_on", "-id").first()
    return {"mapping": newest}


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
        ),
        CasePanel(
            "mapping_summary",
            _("Summary of the mapping"),
            Area.MAPPING_SUMMARY,
            "intake/panels/summary.html",
            _summary,
            place="overview",
            position=30,
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
    )
