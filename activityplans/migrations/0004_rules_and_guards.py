"""The rules that a municipality begins with; statements and packages that nobody changes once sent."""

from django.db import migrations

from activityplans.standing_rows import let_stand

NEED_APPROVAL = (
    *("starts_on", "ends_before", "goal", "person_view", "support_needs", "others_do"),
    *("weekly_target", "target_reason", "own_search_hours", "goal_track", "goal_occupation"),
    *("goal_on", "applications", "child_care", "service", "provider", "description"),
    *("expected_result", "hours_per_week", "times", "follow_up_on"),
)
FREE = ("place", "contact", "spelling")


def write_rules(apps, schema_editor):
    """Every change needs approval but those of spelling, place and contact details."""
    rules = apps.get_model("activityplans", "PlanFieldRule")
    rules.objects.bulk_create(
        [rules(field=name, needs_approval=name not in FREE) for name in (*NEED_APPROVAL, *FREE)]
    )


def write_absence_rule(apps, schema_editor):
    """Twice in fourteen days is repeated absence, until the municipality says otherwise."""
    apps.get_model("activityplans", "AbsenceRule").objects.create(key="repeated", times=2, days=14)


class Migration(migrations.Migration):
    dependencies = [("activityplans", "0003_first_versions")]
    operations = [
        migrations.RunPython(write_rules, migrations.RunPython.noop),
        migrations.RunPython(write_absence_rule, migrations.RunPython.noop),
        let_stand("activityplans_supportstatement", "sent"),
        let_stand("activityplans_afpackage", "handed"),
    ]
