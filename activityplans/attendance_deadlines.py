"""The clock of repeated absence: somebody talks with the person within three working days."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from activityplans.models import RepeatedAbsence
from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.rules import Length, Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.registries import ClockFact, DeadlineKind, deadline_kinds
from jobcentre.ui import formats


def talk_facts(case):
    """From the day it was noticed, met by what the coach writes of the talk."""
    return [
        ClockFact(
            started_on=row.noticed_on,
            met_on=max(row.handled_on, row.noticed_on) if row.handled_on else None,
            subject_key=f"absence:{row.reached_on.isoformat()}",
            subject_label=formats.span(row.first_on, None),
            owner_id=case.coach_id,
            url=reverse("activityplans:repeated_absence", args=[row.pk]),
        )
        for row in RepeatedAbsence.objects.filter(case=case).order_by("reached_on")
    ]


def register() -> None:
    deadline_kinds.register(
        DeadlineKind(
            key="absence_talk",
            label=_("Talk about repeated absence"),
            length=Length(3, Unit.WORKDAYS),
            pausable=True,
            warn_before=(1,),
            escalate_to=Role.MANAGER,
            waits_for=WaitsFor.COACH,
            met_by=_("what came of the talk is written"),
            step=_("Write about the talk"),
            url_name="activityplans:repeated_absence",
            facts=talk_facts,
        )
    )
