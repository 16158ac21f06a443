from django.db import migrations, models

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


class Migration(migrations.Migration):
    dependencies = [("activityplans", "0004_plan_parts")]

    operations = [
        migrations.CreateModel(
            name="PlanFieldRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.SlugField(max_length=40, unique=True, verbose_name="field")),
                (
                    "needs_approval",
                    models.BooleanField(default=True, verbose_name="a change needs approval"),
                ),
            ],
            options={
                "verbose_name": "rule for a changed field",
                "verbose_name_plural": "rules for changed fields",
                "ordering": ["field"],
            },
        ),
        migrations.RunPython(write_rules, migrations.RunPython.noop),
    ]
