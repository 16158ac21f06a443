"""Kinds of group meetings become a code list; series of dates, companies, and attendance in full."""

import uuid
from datetime import date

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from intake.groups import triggers
from jobcentre.casework.merged_guard import restore_guard

# (key, Swedish, English, companies may take part, usually several dates)
KINDS = [
    ("information", "Information om jobbtorget", "Information about the job centre", False, False),
    ("rights", "Rättigheter och skyldigheter", "Rights and duties", False, False),
    ("jobs", "Rekryteringsträff", "Recruitment meeting", True, False),
    ("fair", "Rekryteringsmässa", "Recruitment fair", True, False),
    ("motivation", "Motivationsgrupp", "Motivation group", False, True),
    ("job_club", "Jobbsökargrupp", "Job-search group", False, True),
    ("cv", "CV-verkstad", "CV workshop", False, False),
    ("workshop", "Annan verkstad", "Other workshop", False, False),
    ("studies", "Studier och utbildning", "Studies and education", False, False),
    ("other", "Annan träff", "Other meeting", False, False),
]
EXCUSING = ("ill", "child", "work", "our_fault")


def list_kinds(apps, schema_editor):
    kind = apps.get_model("intake", "GroupKind")
    kind.objects.bulk_create(
        kind(
            key=key,
            label_sv=sv,
            label_en=en,
            position=10 * number,
            valid_from=date(2026, 1, 1),
            for_companies=for_companies,
            as_series=as_series,
        )
        for number, (key, sv, en, for_companies, as_series) in enumerate(KINDS, start=1)
    )


def tell_valid_absence(apps, schema_editor):
    """Until now every absence was one; who was ill or held up by us had a valid reason."""
    places = apps.get_model("intake", "GroupPlace").objects.filter(state="missed")
    places.filter(missed_reason__in=EXCUSING).update(state="excused")


def forget_valid_absence(apps, schema_editor):
    places = apps.get_model("intake", "GroupPlace").objects
    places.filter(state="excused").update(state="missed")
    places.filter(state="late").update(state="came", late_minutes=None)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0004_obstacles_and_outreach"),
        ("casework", "0004_languages_and_caseloads"),
    ]

    operations = [
        triggers.LIFTED,
        migrations.CreateModel(
            name="GroupKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                ("label_sv", models.CharField(max_length=120, verbose_name="wording in Swedish")),
                ("label_en", models.CharField(max_length=120, verbose_name="wording in English")),
                (
                    "position",
                    models.PositiveSmallIntegerField(default=100, verbose_name="position"),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="no longer valid on"),
                ),
                (
                    "for_companies",
                    models.BooleanField(
                        default=False,
                        help_text="A recruitment meeting, a fair: the meeting names the company.",
                        verbose_name="companies may take part",
                    ),
                ),
                (
                    "as_series",
                    models.BooleanField(
                        default=False,
                        help_text="Whoever signs up is proposed all the dates that come.",
                        verbose_name="is usually held on several dates",
                    ),
                ),
            ],
            options={
                "verbose_name": "kind of group meeting",
                "verbose_name_plural": "kinds of group meetings",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                        name="groupkind_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
            ],
            options={
                "verbose_name": "series of group meetings",
                "verbose_name_plural": "series of group meetings",
            },
        ),
        migrations.RunPython(list_kinds, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="groupmeeting",
            options={
                "ordering": ["starts_at", "id"],
                "verbose_name": "group meeting",
                "verbose_name_plural": "group meetings",
            },
        ),
        migrations.AlterModelOptions(
            name="groupplace",
            options={
                "ordering": ["signed_up_at", "id"],
                "verbose_name": "place in a group meeting",
                "verbose_name_plural": "places in group meetings",
            },
        ),
        migrations.RemoveConstraint(model_name="groupmeeting", name="group_codes_are_known"),
        migrations.RemoveConstraint(model_name="groupplace", name="group_place_state_is_known"),
        migrations.RemoveConstraint(
            model_name="groupplace", name="group_place_reason_is_of_the_missed"
        ),
        migrations.AddField(
            model_name="groupmeeting",
            name="company",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="company"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="groupmeeting",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="intake.groupseries",
                verbose_name="series",
            ),
        ),
        migrations.AlterField(
            model_name="groupmeeting",
            name="kind",
            field=models.ForeignKey(
                db_column="kind",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.groupkind",
                to_field="key",
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="groupplace",
            name="late_minutes",
            field=models.PositiveSmallIntegerField(
                blank=True, null=True, verbose_name="minutes late"
            ),
        ),
        migrations.AlterField(
            model_name="groupplace",
            name="state",
            field=models.CharField(
                choices=[
                    ("booked", "has a place"),
                    ("waiting", "on the waiting list"),
                    ("came", "came"),
                    ("late", "came late"),
                    ("excused", "valid absence"),
                    ("missed", "invalid absence"),
                    ("cancelled", "cancelled"),
                ],
                max_length=10,
                verbose_name="state",
            ),
        ),
        migrations.RunPython(tell_valid_absence, forget_valid_absence),
        migrations.AddConstraint(
            model_name="groupmeeting",
            constraint=models.CheckConstraint(
                condition=Q(state__in=["planned", "held", "cancelled"]),
                name="group_state_is_known",
                violation_error_message="Choose what became of the meeting.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupplace",
            constraint=models.CheckConstraint(
                condition=Q(
                    state__in=[
                        "booked", "waiting", "came", "late", "excused", "missed", "cancelled",
                    ]
                ),
                name="group_place_state_is_known",
                violation_error_message="Choose what became of the place.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupplace",
            constraint=models.CheckConstraint(
                condition=Q(missed_reason="") | Q(state__in=("excused", "missed")),
                name="group_place_reason_is_of_the_absent",
                violation_error_message="Only who did not come has a reason for it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupplace",
            constraint=models.CheckConstraint(
                condition=~Q(state="excused") | ~Q(missed_reason=""),
                name="group_place_valid_absence_has_its_reason",
                violation_error_message="Choose why the absence is valid.",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupplace",
            constraint=models.CheckConstraint(
                condition=Q(late_minutes__gte=1, late_minutes__isnull=False, state="late")
                | (~Q(state="late") & Q(late_minutes__isnull=True)),
                name="group_place_late_has_its_minutes",
                violation_error_message="Write how many minutes late.",
            ),
        ),
        triggers.RESTORED,
        restore_guard("intake_groupplace"),
    ]  # fmt: skip
