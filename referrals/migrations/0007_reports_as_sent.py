import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from jobcentre.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("referrals", "0006_claims"),
        ("audit", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="providerreport", name="report_once_a_month"),
        migrations.RemoveConstraint(model_name="providerreport", name="one_final_report"),
        migrations.AddField(
            model_name="providerreport",
            name="number",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="providerreport",
            name="completes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="completed_by",
                to="referrals.providerreport",
            ),
        ),
        migrations.AlterField(
            model_name="providerreport",
            name="development",
            field=models.TextField(max_length=4000, verbose_name="observations"),
        ),
        migrations.AlterField(
            model_name="providerreport",
            name="recommendation",
            field=models.TextField(blank=True, max_length=4000, verbose_name="next step"),
        ),
        migrations.AddConstraint(
            model_name="providerreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("completes__isnull", True), ("kind", "monthly")),
                fields=("order", "month"),
                name="report_once_a_month",
                violation_error_message="The month is already reported.",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerreport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("completes__isnull", True), ("kind", "final")),
                fields=("order",),
                name="one_final_report",
                violation_error_message="The final report is already sent.",
            ),
        ),
        migrations.AddConstraint(
            model_name="providerreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("completes__isnull", True), ("number", 1)),
                    models.Q(("completes__isnull", False), ("number__gt", 1)),
                    _connector="OR",
                ),
                name="report_first_version_completes_nothing",
                violation_error_message="Only what is returned is completed.",
            ),
        ),
        migrations.CreateModel(
            name="ReportedGoal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("goal", models.CharField(max_length=2000, verbose_name="goal")),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("reached", "reached"),
                            ("nearer", "on the way"),
                            ("unchanged", "as before"),
                            ("further", "further off"),
                            ("not_begun", "not begun"),
                        ],
                        max_length=10,
                        verbose_name="how it goes",
                    ),
                ),
                (
                    "comment",
                    models.TextField(blank=True, max_length=1000, verbose_name="comment"),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="goals",
                        to="referrals.providerreport",
                    ),
                ),
            ],
            options={
                "verbose_name": "reported goal",
                "verbose_name_plural": "reported goals",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "position"),
                        name="reported_goal_once",
                        violation_error_message="The goal is in the report already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="what is lacking")),
                ("returned_on", models.DateField(verbose_name="returned")),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned",
                        to="referrals.providerreport",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "returned report",
                "verbose_name_plural": "returned reports",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="report_returned_with_reason",
                        violation_error_message="Say what is lacking.",
                    )
                ],
            },
        ),
        # Last: a table that SQLite remakes loses its triggers.
        append_only("referrals_providerreport"),
        append_only("referrals_reportedgoal"),
        append_only("referrals_reportreturn"),
    ]
