import datetime

import django.db.models.deletion
import intake.reception.tokens
import jobcentre.replay
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("casework", "0003_code_lists"),
        ("intake", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("desk", "desk"), ("room", "room")],
                        default="desk",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="order")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("staffed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "desk or room",
                "verbose_name_plural": "desks and rooms",
                "ordering": ["kind", "position", "name", "id"],
            },
        ),
        migrations.CreateModel(
            name="PlannedEntrance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="agreed time")),
                ("entrance", models.CharField(max_length=120, verbose_name="entrance")),
                ("met_by", models.CharField(blank=True, max_length=120, verbose_name="met by")),
                ("came_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "agreed entrance",
                "verbose_name_plural": "agreed entrances",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Screen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("lobby", "screen in the waiting room"),
                            ("check_in", "tablet at the door"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "token",
                    models.CharField(
                        default=intake.reception.tokens.new_token,
                        editable=False,
                        max_length=64,
                        unique=True,
                    ),
                ),
                ("made_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "screen",
                "verbose_name_plural": "screens",
                "ordering": ["kind", "name", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="visit_is_of_somebody",
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="visit_ends_with_a_time",
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="visit_enrolled_has_a_case",
        ),
        migrations.AddField(
            model_name="visit",
            name="appointment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="casework.appointment",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="called_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="called"),
        ),
        migrations.AddField(
            model_name="visit",
            name="called_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="came_on",
            field=models.DateField(default=datetime.date(2000, 1, 1), verbose_name="day"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="visit",
            name="changed_at",
            field=models.DateTimeField(auto_now=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="host",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hosted_visits",
                to=settings.AUTH_USER_MODEL,
                verbose_name="has come to see",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="met_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="meeting began"),
        ),
        migrations.AddField(
            model_name="visit",
            name="nameless_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="result",
            field=models.CharField(
                blank=True,
                choices=[
                    ("solved", "solved at the desk"),
                    ("unsolved", "not solved, has to come back"),
                    ("met", "the meeting was held"),
                    ("enrolled", "case opened"),
                ],
                max_length=10,
                verbose_name="how it ended",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="sent_token",
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="ticket_letter",
            field=models.CharField(blank=True, max_length=1),
        ),
        migrations.AddField(
            model_name="visit",
            name="ticket_number",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="visit",
            name="visitor_name",
            field=models.CharField(blank=True, max_length=100, verbose_name="name to call"),
        ),
        migrations.AlterField(
            model_name="visit",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ended"),
        ),
        migrations.AlterField(
            model_name="visit",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("enrol", "new, wants to enrol"),
                    ("booked", "booked meeting"),
                    ("drop_in", "drop-in"),
                    ("question", "asks something"),
                    ("papers", "hands in papers"),
                    ("company", "company's errand"),
                    ("event", "employer event"),
                ],
                max_length=10,
                verbose_name="errand",
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="registered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("called", "called"),
                    ("meeting", "in meeting"),
                    ("done", "done"),
                    ("sent_on", "sent on"),
                    ("left", "left without help"),
                ],
                default="waiting",
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="centre",
            field=models.ForeignKey(
                limit_choices_to={"kind": "job_centre"},
                on_delete=django.db.models.deletion.PROTECT,
                related_name="desks",
                to="accounts.unit",
                verbose_name="job centre",
            ),
        ),
        migrations.AddField(
            model_name="desk",
            name="staffed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="desks",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="desk",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="intake.desk",
            ),
        ),
        migrations.AddField(
            model_name="plannedentrance",
            name="agreed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plannedentrance",
            name="appointment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entrance",
                to="casework.appointment",
            ),
        ),
        migrations.AddField(
            model_name="screen",
            name="centre",
            field=models.ForeignKey(
                limit_choices_to={"kind": "job_centre"},
                on_delete=django.db.models.deletion.PROTECT,
                related_name="screens",
                to="accounts.unit",
            ),
        ),
        migrations.AddField(
            model_name="screen",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="screen",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="intake.screen",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["centre", "came_on"], name="visit_of_day"),
        ),
    ]
