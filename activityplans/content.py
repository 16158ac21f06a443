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
# What was added later is part of the content only when something is written: a version from before
# keeps its hash.
LATER_FIELDS = (
    "goal_track",
    "goal_occupation",
    "goal_on",
    "applications",
    "child_care",
    "consequences_on",
    "consequences_by",
    "consequences_language",
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
LATER_LINE_FIELDS = ("contact", "follow_up_on")


def content(version: PlanVersion) -> dict:
    """The binding content: plain texts and numbers; five queries unless prefetched."""
    return {
        **{name: _plain(getattr(version, name)) for name in FIELDS},
        **_written(version, LATER_FIELDS),
        **({"applications_per": version.applications_per} if version.applications else {}),
        **_rows(version),
        "lines": {
            str(line.activity.ref): {
                "service": line.activity.service.key,
                "provider": line.provider.name if line.provider else "",
                **{name: _plain(getattr(line, name)) for name in LINE_FIELDS},
                **_written(line, LATER_LINE_FIELDS),
                **_times(line),
            }
            for line in version.whole_lines()
        },
    }


def _written(row, names) -> dict:
    values = {name: _plain(getattr(row, name)) for name in names}
    return {name: value for name, value in values.items() if value}


def _rows(version: PlanVersion) -> dict:
    """The sub-goals, promises and steering decisions, each a list of plain lists."""
    rows = {
        "sub_goals": [[_plain(row.due_on), row.text] for row in version.sub_goals.all()],
        "promises": [
            [row.party, row.contact, row.text, _plain(row.due_on)] for row in version.promises.all()
        ],
        "steering": [
            [
                _plain(row.held_on),
                row.participants,
                row.text,
                row.activity.service.key if row.activity else "",
            ]
            for row in version.steering.select_related("activity__service")
        ],
    }
    return {name: found for name, found in rows.items() if found}


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
    if isinstance(value, int):
        return str(value)
    return f"{value:.1f}"
