"""What intake ends with a case: the person's places in coming group meetings."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.transitions import groups
from jobcentre.casework.models import Case
from jobcentre.casework.registries import ClosingStep, closing_steps
from jobcentre.ui import formats


def goes_with(case: Case) -> list[str]:
    """A sentence for each place that somebody else can have."""
    return place_sentences(groups.coming_places(case))


def place_sentences(places) -> list[str]:
    return [
        _("The place in %(title)s %(when)s is cancelled.")
        % {"title": place.meeting.title, "when": formats.moment(place.meeting.starts_at)}
        for place in places.select_related("meeting")
    ]


def obstacles(case: Case) -> list[str]:
    """No place ahead stops a case from closing."""
    return []


def run(case: Case, left, *, actor, today) -> None:
    groups.cancel_coming(case, actor=actor)


def register() -> None:
    closing_steps.register(
        ClosingStep(
            "group_places",
            gettext_lazy("Places in group meetings"),
            obstacles,
            run,
            45,
            goes_with=goes_with,
            hold=groups.hold_coming,
        )
    )
