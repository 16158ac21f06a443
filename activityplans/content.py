"""What a plan version says, as one value: for the hash that an approval binds and for the
comparison that the approver reads."""

from activityplans.models import PlanLine, PlanVersion

FIELDS = (
    "starts_on",
    "ends_before",
    "goal",
    "person_view",
    "support_needs",
    "others_do",
    "weekly_target",
    "target_reason",
    "own_search_hours",
)
LINE_FIELDS = (
    "description",
    "expected_result",
    "place",
    "starts_on",
    "ends_before",
    "hours_per_week",
    "change_reason",
)


def content(version: PlanVersion) -> dict:
    """The binding content: plain texts and numbers; two queries."""
    return {
        **{name: _plain(getattr(version, name)) for name in FIELDS},
        "lines": {
            str(line.activity.ref): {
                "service": line.activity.service.key,
                "provider": line.provider.name if line.provider else "",
                **{name: _plain(getattr(line, name)) for name in LINE_FIELDS},
                **_times(line),
            }
            for line in version.lines.select_related(
                "activity__service", "provider"
            ).prefetch_related("times")
        },
    }


def _times(line: PlanLine) -> dict:
    """The weekly schedule, "1 09:00 180" for each time; nothing for a line that has none, so that
    what was hashed before schedules existed still is the same."""
    times = [f"{each.weekday} {each.starts_at:%H:%M} {each.minutes}" for each in line.times.all()]
    return {"times": times} if times else {}


def _plain(value):
    if value is None or isinstance(value, str):
        return value or ""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return f"{value:.1f}"
