"""Group meetings that are part of the plan: which kinds count as which services, and the place that a
session is."""

import django.db.models.deletion
from django.db import migrations, models

# {kind of group meeting: service of the catalogue}, to begin with; the administrator changes it.
COUNTING = {"motivation": "motivation", "job_club": "job_club", "cv": "cv"}


def count_them(apps, schema_editor):
    services = apps.get_model("activityplans", "Service").objects
    kinds = apps.get_model("intake", "GroupKind").objects
    counts = apps.get_model("activityplans", "GroupService").objects
    for kind, service in COUNTING.items():
        found = services.filter(key=service).first()
        if found is not None:  # an installation may have taken the service away
            counts.create(kind=kinds.get(key=kind), service=found)


class Migration(migrations.Migration):
    dependencies = [
        ("activityplans", "0004_rules_and_guards"),
        ("intake", "0005_kinds_and_series_of_groups"),
    ]

    operations = [
        migrations.CreateModel(
            name="GroupService",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.groupkind",
                        verbose_name="kind of group meeting",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="activityplans.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "group meetings that count as a service",
                "verbose_name_plural": "group meetings that count as services",
                "ordering": ["kind", "service"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "service"),
                        name="group_kind_counts_once_as_a_service",
                        violation_error_message="Meetings of that kind count as that service already.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="session",
            name="group_place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.groupplace",
            ),
        ),
        migrations.RunPython(count_them, migrations.RunPython.noop),
    ]
