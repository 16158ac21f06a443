import django.db.models.deletion
import jobcentre.replay
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "__first__"),
        ("casework", "0005_cap_extensions"),
        ("intake", "0005_youth_outreach"),
    ]

    operations = [
        migrations.CreateModel(
            name="MappingArea",
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
                    "help_sv",
                    models.CharField(blank=True, max_length=300, verbose_name="help in Swedish"),
                ),
                (
                    "help_en",
                    models.CharField(blank=True, max_length=300, verbose_name="help in English"),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="required")),
                ("is_sensitive", models.BooleanField(default=False, verbose_name="sensitive")),
                (
                    "is_printed",
                    models.BooleanField(default=True, verbose_name="on the person's paper"),
                ),
                (
                    "for_guidance",
                    models.BooleanField(
                        default=False, verbose_name="open to an invited study counsellor"
                    ),
                ),
            ],
            options={
                "verbose_name": "area of the mapping",
                "verbose_name_plural": "areas of the mapping",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="mappingarea_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("for_guidance", True), ("is_sensitive", True), _negated=True
                        ),
                        name="mapping_area_sensitive_or_for_guidance",
                        violation_error_message="A sensitive area is not open to the study counsellor.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MappingFact",
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
                            ("occupation_wanted", "occupation wanted"),
                            ("occupation_held", "occupation held"),
                            ("education", "education"),
                            ("language", "language"),
                            ("sfi", "SFI"),
                            ("licence", "licence or certificate"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="code")),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="in words")),
                ("country", models.CharField(blank=True, max_length=60, verbose_name="country")),
                (
                    "years",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="years"),
                ),
                ("is_finished", models.BooleanField(default=False, verbose_name="finished")),
                (
                    "wants_validation",
                    models.BooleanField(default=False, verbose_name="validation wanted"),
                ),
                (
                    "ordered_on",
                    models.DateField(blank=True, null=True, verbose_name="test ordered"),
                ),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="test done")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "does not study SFI"),
                            ("a", "course A"),
                            ("b", "course B"),
                            ("c", "course C"),
                            ("d", "course D"),
                            ("passed", "course D passed"),
                        ],
                        max_length=10,
                        verbose_name="result",
                    ),
                ),
                (
                    "valid_until",
                    models.DateField(blank=True, null=True, verbose_name="valid until"),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "source",
                    models.CharField(
                        choices=[("person", "the person"), ("coach", "the coach")],
                        default="person",
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                (
                    "noted_at",
                    models.DateTimeField(default=jobcentre.replay.moment_now, verbose_name="noted"),
                ),
                ("removed_on", models.DateField(blank=True, null=True, verbose_name="removed")),
            ],
            options={
                "verbose_name": "fact in a mapping",
                "verbose_name_plural": "facts in a mapping",
                "ordering": ["kind", "id"],
            },
        ),
        migrations.CreateModel(
            name="MappingPart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("guidance", "study and vocational guidance"),
                            ("af", "public employment service (AF)"),
                            ("fk", "Social Insurance Agency (FK)"),
                            ("health", "health care"),
                            ("social", "social services"),
                            ("school", "school or SFI"),
                            ("employer", "earlier employer"),
                            ("other", "somebody else"),
                        ],
                        max_length=10,
                        verbose_name="who",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("organisation", models.CharField(max_length=200, verbose_name="organisation")),
                ("said_on", models.DateField(verbose_name="said on")),
                ("text", models.TextField(max_length=4000, verbose_name="text")),
                (
                    "for_person",
                    models.BooleanField(
                        default=True, verbose_name="may stand on the person's paper"
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(
                        default=jobcentre.replay.moment_now, verbose_name="written"
                    ),
                ),
            ],
            options={
                "verbose_name": "part of another party in a mapping",
                "verbose_name_plural": "parts of other parties in a mapping",
                "ordering": ["-said_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ProgressIndicator",
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
                    "question_sv",
                    models.CharField(max_length=200, verbose_name="question in Swedish"),
                ),
                (
                    "question_en",
                    models.CharField(max_length=200, verbose_name="question in English"),
                ),
                ("step1_sv", models.CharField(max_length=200, verbose_name="step 1 in Swedish")),
                ("step1_en", models.CharField(max_length=200, verbose_name="step 1 in English")),
                ("step2_sv", models.CharField(max_length=200, verbose_name="step 2 in Swedish")),
                ("step2_en", models.CharField(max_length=200, verbose_name="step 2 in English")),
                ("step3_sv", models.CharField(max_length=200, verbose_name="step 3 in Swedish")),
                ("step3_en", models.CharField(max_length=200, verbose_name="step 3 in English")),
                ("step4_sv", models.CharField(max_length=200, verbose_name="step 4 in Swedish")),
                ("step4_en", models.CharField(max_length=200, verbose_name="step 4 in English")),
                ("step5_sv", models.CharField(max_length=200, verbose_name="step 5 in Swedish")),
                ("step5_en", models.CharField(max_length=200, verbose_name="step 5 in English")),
                (
                    "asked_of_person",
                    models.BooleanField(default=True, verbose_name="the person rates it"),
                ),
                (
                    "asked_of_coach",
                    models.BooleanField(default=True, verbose_name="the coach rates it"),
                ),
            ],
            options={
                "verbose_name": "indicator of progression",
                "verbose_name_plural": "indicators of progression",
                "ordering": ["position", "id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProgressMeasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rater",
                    models.CharField(
                        choices=[("person", "the person"), ("coach", "the coach")],
                        max_length=10,
                        verbose_name="who rates",
                    ),
                ),
                ("measured_on", models.DateField(verbose_name="rated on")),
                ("comment", models.TextField(blank=True, max_length=2000, verbose_name="comment")),
                ("is_current", models.BooleanField(default=True)),
                ("recorded_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
            ],
            options={
                "verbose_name": "measure of progression",
                "verbose_name_plural": "measures of progression",
                "ordering": ["-measured_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ProgressRating",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.PositiveSmallIntegerField(verbose_name="step")),
            ],
            options={
                "verbose_name": "rating of an indicator",
                "verbose_name_plural": "ratings of an indicator",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SummaryVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("edit", models.PositiveIntegerField()),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="summary")),
                (
                    "others",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="others who took part"
                    ),
                ),
                (
                    "changed_at",
                    models.DateTimeField(default=jobcentre.replay.moment_now, verbose_name="saved"),
                ),
            ],
            options={
                "verbose_name": "earlier summary of a mapping",
                "verbose_name_plural": "earlier summaries of a mapping",
                "ordering": ["-edit"],
            },
        ),
        migrations.AddField(
            model_name="mappinganswer",
            name="changed_at",
            field=models.DateTimeField(default=jobcentre.replay.moment_now, verbose_name="saved"),
        ),
        migrations.AddField(
            model_name="mappinganswer",
            name="changed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mappinganswer",
            name="edit",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="mappinganswer",
            name="obstacles",
            field=models.TextField(blank=True, max_length=2000, verbose_name="obstacles"),
        ),
        migrations.AddField(
            model_name="mappinganswer",
            name="resources",
            field=models.TextField(blank=True, max_length=2000, verbose_name="resources"),
        ),
        migrations.AddField(
            model_name="mappinganswer",
            name="source",
            field=models.CharField(
                choices=[("person", "the person"), ("coach", "the coach")],
                default="person",
                max_length=10,
                verbose_name="source",
            ),
        ),
        migrations.CreateModel(
            name="AnswerVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="level"),
                ),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="text")),
                (
                    "resources",
                    models.TextField(blank=True, max_length=2000, verbose_name="resources"),
                ),
                (
                    "obstacles",
                    models.TextField(blank=True, max_length=2000, verbose_name="obstacles"),
                ),
                (
                    "needs_measure",
                    models.BooleanField(default=False, verbose_name="a measure is needed"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[("person", "the person"), ("coach", "the coach")],
                        default="person",
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                ("edit", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "changed_at",
                    models.DateTimeField(default=jobcentre.replay.moment_now, verbose_name="saved"),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="intake.mappinganswer",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wording of an answer",
                "verbose_name_plural": "wordings of an answer",
                "ordering": ["-edit"],
            },
        ),
        migrations.AddConstraint(
            model_name="mappinganswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["person", "coach"])),
                name="mapping_answer_has_a_source",
                violation_error_message="Say whose words it is.",
            ),
        ),
        migrations.AddField(
            model_name="mappingfact",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mapping_facts",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="mappingfact",
            name="noted_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mappingfact",
            name="removed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="mappingpart",
            name="area",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.mappingarea",
                to_field="key",
                verbose_name="area",
            ),
        ),
        migrations.AddField(
            model_name="mappingpart",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mapping_parts",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="mappingpart",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="progressindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_to__isnull", True),
                    ("valid_to__gt", models.F("valid_from")),
                    _connector="OR",
                ),
                name="progressindicator_ends_after_it_starts",
                violation_error_message="The last day must be after the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressindicator",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_of_person", True), ("asked_of_coach", True), _connector="OR"
                ),
                name="progress_indicator_is_asked_of_somebody",
                violation_error_message="Somebody has to rate it.",
            ),
        ),
        migrations.AddField(
            model_name="progressmeasure",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="progress_measures",
                to="casework.case",
            ),
        ),
        migrations.AddField(
            model_name="progressmeasure",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="progressrating",
            name="indicator",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.progressindicator",
            ),
        ),
        migrations.AddField(
            model_name="progressrating",
            name="measure",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="ratings",
                to="intake.progressmeasure",
            ),
        ),
        migrations.AddField(
            model_name="summaryversion",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="summaryversion",
            name="mapping",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="summaries",
                to="intake.mapping",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerversion",
            constraint=models.UniqueConstraint(
                fields=("answer", "edit"),
                name="mapping_answer_version_once",
                violation_error_message="This wording is already kept.",
            ),
        ),
        migrations.AddConstraint(
            model_name="answerversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__isnull", True),
                    models.Q(("level__gte", 1), ("level__lte", 5)),
                    _connector="OR",
                ),
                name="mapping_version_level_is_one_to_five",
                violation_error_message="A level is 1 to 5.",
            ),
        ),
        migrations.AddIndex(
            model_name="mappingfact",
            index=models.Index(
                condition=models.Q(("removed_on__isnull", True)),
                fields=["kind", "code"],
                name="mapping_fact_code",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingfact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_on__isnull", True)),
                fields=("case", "kind", "code", "text"),
                name="mapping_fact_once",
                violation_error_message="This is already noted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingfact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "sfi"), ("removed_on__isnull", True)),
                fields=("case",),
                name="mapping_sfi_once",
                violation_error_message="SFI is already noted.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "occupation_wanted",
                            "occupation_held",
                            "education",
                            "language",
                            "sfi",
                            "licence",
                        ],
                    ),
                    models.Q(("code", ""), _negated=True),
                ),
                name="mapping_fact_is_of_a_kind",
                violation_error_message="Choose what it is about.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingfact",
            constraint=models.CheckConstraint(
                condition=models.Q(("years__isnull", True), ("years__lte", 70), _connector="OR"),
                name="mapping_fact_years_are_a_life",
                violation_error_message="At most 70 years.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on__isnull", True),
                    ("ordered_on__isnull", True),
                    ("done_on__gte", models.F("ordered_on")),
                    _connector="OR",
                ),
                name="mapping_test_done_after_ordered",
                violation_error_message="A test cannot be done before it was ordered.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingfact",
            constraint=models.CheckConstraint(
                condition=models.Q(("result", ""), ("done_on__isnull", False), _connector="OR"),
                name="mapping_test_result_when_done",
                violation_error_message="Only a test that is done has a result.",
            ),
        ),
        migrations.AddConstraint(
            model_name="mappingfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_by__isnull", True), ("removed_on__isnull", True)),
                    models.Q(("removed_by__isnull", False), ("removed_on__isnull", False)),
                    _connector="OR",
                ),
                name="mapping_fact_removed_by_somebody",
                violation_error_message="Who removed it?",
            ),
        ),
        migrations.AddIndex(
            model_name="mappingpart",
            index=models.Index(fields=["case", "-said_on"], name="mapping_part_of_case"),
        ),
        migrations.AddConstraint(
            model_name="mappingpart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "party__in",
                        ["guidance", "af", "fk", "health", "social", "school", "employer", "other"],
                    ),
                    models.Q(("text", ""), _negated=True),
                    models.Q(("name", ""), _negated=True),
                ),
                name="mapping_part_is_said_by_somebody",
                violation_error_message="Write who says it, and what.",
            ),
        ),
        migrations.AddIndex(
            model_name="progressmeasure",
            index=models.Index(fields=["case", "-measured_on"], name="progress_of_case"),
        ),
        migrations.AddConstraint(
            model_name="progressmeasure",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("case", "rater", "measured_on"),
                name="progress_once_a_day",
                violation_error_message="There is already a rating of that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressmeasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("rater__in", ["person", "coach"])),
                name="progress_rater_is_known",
                violation_error_message="Say who rates.",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressrating",
            constraint=models.UniqueConstraint(
                fields=("measure", "indicator"),
                name="progress_indicator_once",
                violation_error_message="The indicator is already rated.",
            ),
        ),
        migrations.AddConstraint(
            model_name="progressrating",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__gte", 1), ("step__lte", 5)),
                name="progress_step_is_one_to_five",
                violation_error_message="A step is 1 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="summaryversion",
            constraint=models.UniqueConstraint(
                fields=("mapping", "edit"),
                name="mapping_summary_version_once",
                violation_error_message="This wording is already kept.",
            ),
        ),
    ]
