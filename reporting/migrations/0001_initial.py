import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("casework", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FollowUpTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "months",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "1"), (2, "2"), (3, "3"), (6, "6"), (8, "8"), (12, "12")],
                        verbose_name="months after the exit",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="no longer valid on"),
                ),
            ],
            options={
                "verbose_name": "time of follow-up",
                "verbose_name_plural": "times of follow-up",
                "ordering": ["months", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("months__in", (1, 2, 3, 6, 8, 12))),
                        name="follow_up_time_is_allowed",
                        violation_error_message="Choose 1, 2, 3, 6, 8 or 12 months.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="follow_up_time_ends_after_start",
                        violation_error_message="The last day must be after the first.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("months",),
                        name="follow_up_time_once",
                        violation_error_message="That time is already in use.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportJob",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("committee", "report to the committee")],
                        default="committee",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
                (
                    "language",
                    models.CharField(
                        choices=[("sv", "Svenska"), ("en", "English")],
                        default="sv",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("fingerprint", models.CharField(editable=False, max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waiting"),
                            ("running", "being made"),
                            ("done", "ready"),
                            ("failed", "failed"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "progress",
                    models.PositiveSmallIntegerField(default=0, verbose_name="done in per cent"),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for its turn"),
                            ("counting", "Counts the figures"),
                            ("comparing", "Counts the same period a year before"),
                            ("drawing", "Draws the pages"),
                            ("saving", "Saves the report"),
                            ("done", "Ready"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="step",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "error",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "no_right",
                                "The one who ordered it no longer has the right to these centres.",
                            ),
                            ("lost", "The making of it stopped three times."),
                            ("fault", "Something went wrong three times."),
                        ],
                        max_length=12,
                        verbose_name="error",
                    ),
                ),
                ("error_detail", models.CharField(blank=True, max_length=200)),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=200, upload_to="reports/%Y/%m", verbose_name="file"
                    ),
                ),
                ("file_name", models.CharField(blank=True, max_length=120)),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="as of")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="ordered")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="ready")),
                (
                    "acting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "centres",
                    models.ManyToManyField(
                        related_name="+", to="accounts.unit", verbose_name="job centres"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_jobs",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ordered by",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="report_jobs",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "ordered report",
                "verbose_name_plural": "ordered reports",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["unit", "-created_at"], name="report_job_of_unit"),
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["created_at"],
                        name="report_job_active",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("requested_by", "fingerprint"),
                        name="report_job_once_at_a_time",
                        violation_error_message="The same report is already being made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="report_job_has_a_period",
                        violation_error_message="The period must end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("progress__lte", 100), ("attempts__lte", 3)),
                        name="report_job_counts_are_sensible",
                        violation_error_message="Progress is at most 100 per cent, in three attempts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="report_job_running_has_a_lease",
                        violation_error_message="A report being made is made by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(
                                models.Q(("file", ""), _negated=True),
                                ("as_of__isnull", False),
                                ("finished_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="report_job_done_has_its_file",
                        violation_error_message="A ready report has its file and its day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("error", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="report_job_failed_says_why",
                        violation_error_message="A failed report says why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("figure", models.SlugField(max_length=40, verbose_name="figure")),
                ("label", models.CharField(max_length=200, verbose_name="name")),
                ("definition", models.TextField(verbose_name="definition")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("number", "number"),
                            ("percent", "per cent"),
                            ("days", "days"),
                            ("per_coach", "per coach"),
                        ],
                        max_length=12,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "split",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("source", "Referred by"),
                            ("track", "Track"),
                            ("group", "Target group"),
                            ("sex", "Sex"),
                            ("age", "Age"),
                            ("centre", "Job centre"),
                        ],
                        max_length=12,
                        verbose_name="divided by",
                    ),
                ),
                ("split_label", models.CharField(blank=True, max_length=60)),
                ("cell", models.CharField(blank=True, max_length=40)),
                ("cell_label", models.CharField(blank=True, max_length=200)),
                (
                    "value",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=10, null=True, verbose_name="value"
                    ),
                ),
                (
                    "population",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="number counted"
                    ),
                ),
                (
                    "before",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=10,
                        null=True,
                        verbose_name="a year before",
                    ),
                ),
                (
                    "target",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="target"),
                ),
                ("is_hidden", models.BooleanField(default=False, verbose_name="hidden")),
                (
                    "missing",
                    models.CharField(
                        blank=True,
                        choices=[("few", "fewer than 5"), ("nobody", "nobody to count")],
                        max_length=10,
                        verbose_name="why there is no value",
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="reporting.reportjob",
                    ),
                ),
            ],
            options={
                "verbose_name": "published figure",
                "verbose_name_plural": "published figures",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("job", "figure", "split", "cell"),
                        name="published_figure_once",
                        violation_error_message="The figure is already published.",
                    ),
                    models.UniqueConstraint(
                        fields=("job", "position"),
                        name="published_figure_position_once",
                        violation_error_message="The figure is already published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_hidden", False),
                            models.Q(
                                ("missing", "few"),
                                ("population__isnull", True),
                                ("value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="published_figure_hidden_is_hidden",
                        violation_error_message="A hidden figure shows neither value nor number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("missing__in", ["few", "nobody"]), ("value__isnull", True)),
                            models.Q(("missing", ""), ("value__isnull", False)),
                            _connector="OR",
                        ),
                        name="published_figure_missing_says_why",
                        violation_error_message="A figure without a value says why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Target",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "figure",
                    models.SlugField(
                        default="to_work_or_studies", max_length=40, verbose_name="figure"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("income_support", "income-support unit"),
                            ("af", "public employment service (AF)"),
                            ("kaa", "municipal activity responsibility (KAA)"),
                            ("project", "project"),
                            ("own", "own initiative"),
                        ],
                        max_length=20,
                        verbose_name="referred by",
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                        verbose_name="target in per cent",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "valid_to",
                    models.DateField(blank=True, null=True, verbose_name="no longer valid on"),
                ),
            ],
            options={
                "verbose_name": "target",
                "verbose_name_plural": "targets",
                "ordering": ["figure", "source", "-valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("figure", "source"),
                        name="target_once_at_a_time",
                        violation_error_message="There is already a target for this.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 1), ("percent__lte", 100)),
                        name="target_is_a_share",
                        violation_error_message="A target is 1 to 100 per cent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="target_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("after_exit", "follow-up after the exit"),
                            ("job_check", "one-month check of a job"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="months")),
                ("starts_on", models.DateField(verbose_name="counted from")),
                ("due_on", models.DateField(verbose_name="to be done")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "not done yet"),
                            ("answered", "answered"),
                            ("not_reached", "not reached"),
                            ("refused", "did not want to answer"),
                            ("cancelled", "called off"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "answered_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the answer"),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("phone", "by phone"),
                            ("meeting", "at a meeting"),
                            ("message", "by letter or message"),
                            ("person", "the person got in touch"),
                            ("other", "known in another way"),
                        ],
                        max_length=10,
                        verbose_name="how we know",
                    ),
                ),
                (
                    "occupation",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("work", "is working"),
                            ("studies", "is studying"),
                            ("unemployed", "is looking for work"),
                            ("other", "does something else"),
                            ("unknown", "not known"),
                        ],
                        max_length=12,
                        verbose_name="what the person does now",
                    ),
                ),
                (
                    "same_job",
                    models.BooleanField(blank=True, null=True, verbose_name="still the same job"),
                ),
                (
                    "extent_percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="extent in per cent of full time"
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="comment")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="casework.case",
                    ),
                ),
                (
                    "exit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_ups",
                        to="casework.exit",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up",
                "verbose_name_plural": "follow-ups",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["due_on", "id"],
                        name="follow_up_waiting",
                    ),
                    models.Index(fields=["due_on", "kind"], name="follow_up_due"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "kind", "months"),
                        name="follow_up_once",
                        violation_error_message="This follow-up is already planned.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("months__in", (1, 2, 3, 6, 8, 12)),
                            models.Q(
                                models.Q(("kind", "job_check"), _negated=True),
                                ("months", 1),
                                _connector="OR",
                            ),
                        ),
                        name="follow_up_months_are_allowed",
                        violation_error_message="Choose 1, 2, 3, 6, 8 or 12 months.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("starts_on"))),
                        name="follow_up_due_after_start",
                        violation_error_message="A follow-up is due after it begins to count.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_on__isnull", True),
                                ("how", ""),
                                ("occupation", ""),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("recorded_by__isnull", False),
                                ("state", "answered"),
                                models.Q(("occupation", ""), _negated=True),
                                models.Q(("how", ""), _negated=True),
                            ),
                            models.Q(
                                ("answered_on__isnull", False),
                                ("how", ""),
                                ("occupation", ""),
                                ("recorded_by__isnull", False),
                                ("state__in", ["not_reached", "refused", "cancelled"]),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_answer_is_complete",
                        violation_error_message="An answer has a day, how we know it and what the person does; without an answer none of them is given.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extent_percent__isnull", True),
                            models.Q(
                                ("extent_percent__gte", 1),
                                ("extent_percent__lte", 100),
                                ("occupation", "work"),
                            ),
                            _connector="OR",
                        ),
                        name="follow_up_extent_is_of_work",
                        violation_error_message="The extent is 1 to 100 per cent, of work only.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "cancelled"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="follow_up_called_off_with_reason",
                        violation_error_message="Say why the follow-up is called off.",
                    ),
                ],
            },
        ),
    ]
