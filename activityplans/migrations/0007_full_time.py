"""How many hours full time is becomes a setting of the municipality; 40 to begin with."""

from decimal import Decimal

from django.db import migrations, models
from django.db.models import Q


def write_rule(apps, schema_editor):
    apps.get_model("activityplans", "HoursRule").objects.create(key="hours", full_time=Decimal(40))


class Migration(migrations.Migration):
    dependencies = [("activityplans", "0006_all_that_was_registered_before")]
    operations = [
        migrations.CreateModel(
            name="HoursRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(default="hours", editable=False, max_length=20, unique=True),
                ),
                (
                    "full_time",
                    models.DecimalField(
                        decimal_places=1,
                        default=Decimal(40),
                        max_digits=4,
                        verbose_name="hours per week of full time",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule of full time",
                "verbose_name_plural": "rules of full time",
                "ordering": ["key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(full_time__gte=1) & Q(full_time__lte=60),
                        name="full_time_is_sensible",
                        violation_error_message="Full time is 1 to 60 hours a week.",
                    )
                ],
            },
        ),
        migrations.RunPython(write_rule, migrations.RunPython.noop),
    ]
