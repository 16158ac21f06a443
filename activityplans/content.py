"""What a plan version says, as one value: for the hash that an approval binds and for the
comparison that the approver reads."""

from activityplans.models import PlanVersion

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
    """The binding content: plain texts and numbers; one query unless lines are prefetched."""
    return {
        **{name: _plain(getattr(version, name)) for name in FIELDS},
        "lines": {
            str(line.activity.ref): {
                "service": line.activity.service.key,
                "provider": line.provider.name if line.provider else "",
                **{name: _plain(getattr(line, name)) for name in LINE_FIELDS},
            }
            for line in version.lines.select_related("activity__service", "provider")
        },
    }


def _plain(value):
    if value is None or isinstance(value, str):
        return value or ""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return f"{value:.1f}"
