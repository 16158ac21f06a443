"""The parts of a version written: its lines with their times, sub-goals, promises, decisions."""

from django.utils.translation import gettext as _

from activityplans.models import (
    Activity,
    LineTime,
    PlanLine,
    PlanVersion,
    Promise,
    Service,
    ServiceVersion,
    SteeringMeeting,
    SubGoal,
)
from activityplans.schedule import Slot, clashes
from activityplans.transitions.plan_inputs import LINE_PLAIN, LineInput, PlanInput
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.replay import decided

MAX_WEEKLY = 40  # hours of one activity


def write_parts(version: PlanVersion, plan: PlanInput) -> None:
    """Everything of the version that stands in rows, in the place of what stood there."""
    if version.edit > 1:
        version.lines.all().delete()
        for rows in (version.sub_goals, version.promises, version.steering):
            rows.all().delete()
    for position, written in enumerate(plan.lines, start=1):
        _write_line(version, position, written)
    for model, inputs in (
        (SubGoal, plan.sub_goals),
        (Promise, plan.promises),
        (SteeringMeeting, plan.steering),
    ):
        for position, written in enumerate(inputs, start=1):
            save_checked(model(version=version, position=position, **written.__dict__))


def _write_line(version: PlanVersion, position: int, written: LineInput) -> None:
    activity = written.activity
    if activity is None or activity.service_id != written.service.pk:
        activity = Activity.objects.create(case=version.case, service=written.service)
    if written.weekly is not None and written.weekly > MAX_WEEKLY:
        raise Refused(
            _("%(service)s has %(hours)s hours a week. An activity has at most 40.")
            % {"service": written.service, "hours": f"{written.weekly:g}"}
        )
    line = PlanLine(
        version=version,
        activity=activity,
        position=position,
        offered=_offered(written.service),
        hours_per_week=written.weekly,
        **{name: getattr(written, name) for name in LINE_PLAIN},
    )
    save_checked(line)
    _write_times(line, written.times)


@decided
def _offered(service: Service) -> ServiceVersion | None:
    """What the catalogue says of the service now."""
    return service.versions.first()


def _write_times(line: PlanLine, slots: tuple[Slot, ...]) -> None:
    if clashes({"": slots}):
        raise Refused(
            _("%(service)s: two times of the same day overlap.") % {"service": line.activity}
        )
    times = [LineTime(line=line, **slot._asdict()) for slot in sorted(slots)]
    for each in times:
        each.clean_fields(exclude=["line"])  # what lies between the times is looked at above
    if times:
        LineTime.objects.bulk_create(times)
