"""Whether own initiative is enough becomes a setting of the municipality; allowed to begin with."""

from django.db import migrations, models


def write_rule(apps, schema_editor):
    apps.get_model("casework", "EnrolmentRule").objects.create(key="enrolment", own_initiative=True)


class Migration(migrations.Migration):
    dependencies = [("casework", "0006_how_far_back_cases_count")]
    operations = [
        migrations.CreateModel(
            name="EnrolmentRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.SlugField(
                        default="enrolment", editable=False, max_length=20, unique=True
                    ),
                ),
                (
                    "own_initiative",
                    models.BooleanField(default=True, verbose_name="own initiative is enough"),
                ),
            ],
            options={
                "verbose_name": "rule of enrolment",
                "verbose_name_plural": "rules of enrolment",
                "ordering": ["key"],
            },
        ),
        migrations.RunPython(write_rule, migrations.RunPython.noop),
    ]
