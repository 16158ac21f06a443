import django.core.validators
import django.db.models.deletion
import jobcentre.replay
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("casework", "0001_initial"),
        ("intake", "0001_initial"),
    ]

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
        migrations.CreateModel(
            name="AbsenceRule",
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
                        default="repeated", editable=False, max_length=20, unique=True
                    ),
                ),
                (
                    "times",
                    models.PositiveSmallIntegerField(default=2, verbose_name="unexcused absences"),
                ),
                ("days", models.PositiveSmallIntegerField(default=14, verbose_name="within days")),
            ],
            options={
                "verbose_name": "rule of repeated absence",
                "verbose_name_plural": "rules of repeated absence",
                "ordering": ["key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("times__gte", 1),
                            ("times__lte", 20),
                            ("days__gte", 1),
                            ("days__lte", 180),
                        ),
                        name="absence_rule_is_sensible",
                        violation_error_message="1 to 20 absences within 1 to 180 days.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanTemplate",
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
                    "track",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "job now"),
                            ("later", "job in time"),
                            ("support", "job with rehabilitation or support"),
                        ],
                        max_length=10,
                        verbose_name="most for the track",
                    ),
                ),
                ("goal", models.TextField(max_length=2000, verbose_name="proposed goal")),
                (
                    "support_needs",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="support and adaptation"
                    ),
                ),
                (
                    "own_search_hours",
                    models.DecimalField(
                        decimal_places=1,
                        default=0,
                        max_digits=4,
                        verbose_name="own job search, hours per week",
                    ),
                ),
                (
                    "applications",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="applications to send"
                    ),
                ),
                (
                    "applications_per",
                    models.CharField(
                        choices=[("week", "week"), ("month", "month")],
                        default="month",
                        max_length=5,
                        verbose_name="applications each",
                    ),
                ),
                ("edit", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "target_groups",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="casework.targetgroup",
                        verbose_name="target groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "template of a plan",
                "verbose_name_plural": "templates of plans",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="plantemplate_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("own_search_hours__gte", 0), ("own_search_hours__lte", 40)
                        ),
                        name="plan_template_hours_are_sensible",
                        violation_error_message="Own job search is 0 to 40 hours a week.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("submitted", "sent for approval"),
                            ("approved", "in force"),
                            ("returned", "returned"),
                            ("refused", "refused"),
                            ("superseded", "replaced by a newer version"),
                            ("ended", "ended"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
                ("goal", models.TextField(blank=True, max_length=2000, verbose_name="goal")),
                (
                    "goal_track",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "job now"),
                            ("later", "job in time"),
                            ("support", "job with rehabilitation or support"),
                        ],
                        max_length=10,
                        verbose_name="track of the goal",
                    ),
                ),
                (
                    "goal_occupation",
                    models.CharField(
                        blank=True, max_length=4, verbose_name="occupation of the goal"
                    ),
                ),
                (
                    "goal_on",
                    models.DateField(blank=True, null=True, verbose_name="goal reached by"),
                ),
                (
                    "person_view",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="the person's own view"
                    ),
                ),
                (
                    "support_needs",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="support and adaptation"
                    ),
                ),
                (
                    "others_do",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="what others are responsible for"
                    ),
                ),
                (
                    "weekly_target",
                    models.DecimalField(
                        decimal_places=1,
                        default=40,
                        max_digits=4,
                        verbose_name="hours per week that the plan asks",
                    ),
                ),
                (
                    "target_reason",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="why fewer hours than full time"
                    ),
                ),
                (
                    "own_search_hours",
                    models.DecimalField(
                        decimal_places=1,
                        default=0,
                        max_digits=4,
                        verbose_name="own job search, hours per week",
                    ),
                ),
                (
                    "applications",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="applications to send"
                    ),
                ),
                (
                    "applications_per",
                    models.CharField(
                        choices=[("week", "week"), ("month", "month")],
                        default="month",
                        max_length=5,
                        verbose_name="applications each",
                    ),
                ),
                (
                    "child_care",
                    models.TextField(blank=True, max_length=2000, verbose_name="child care"),
                ),
                (
                    "consequences_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="consequences explained on"
                    ),
                ),
                (
                    "consequences_by",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="consequences explained by"
                    ),
                ),
                (
                    "consequences_language",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="language of the explanation"
                    ),
                ),
                (
                    "change_reason",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="why the plan is changed"
                    ),
                ),
                ("created_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("edit", models.PositiveIntegerField(default=1, editable=False)),
                ("submitted_on", models.DateField(blank=True, null=True)),
                ("approved_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_versions",
                        to="casework.case",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "last_edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activityplans.plantemplate",
                        verbose_name="begun from the template",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an activity plan",
                "verbose_name_plural": "versions of activity plans",
                "ordering": ["-number"],
                "indexes": [
                    models.Index(fields=["state", "submitted_on"], name="plan_state_submitted")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "number"),
                        name="plan_version_number_once",
                        violation_error_message="There is already a version with that number.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "approved")),
                        fields=("case",),
                        name="plan_one_in_force",
                        violation_error_message="Another version is in force.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["draft", "submitted", "returned"])),
                        fields=("case",),
                        name="plan_one_being_prepared",
                        violation_error_message="Another version is already being prepared.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="plan_ends_after_it_starts",
                        violation_error_message="The plan must end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "ended"]),
                            ("submitted_on__isnull", False),
                            _connector="OR",
                        ),
                        name="plan_sent_has_a_date",
                        violation_error_message="A plan that was sent has the date it was sent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "approved"), _negated=True),
                            ("approved_on__isnull", False),
                            _connector="OR",
                        ),
                        name="plan_in_force_has_a_date",
                        violation_error_message="A plan in force has the date it was approved.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("weekly_target__gte", 0),
                            ("weekly_target__lte", 60),
                            ("own_search_hours__gte", 0),
                            ("own_search_hours__lte", 40),
                        ),
                        name="plan_hours_are_sensible",
                        violation_error_message="Hours per week lie between 0 and 60.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("applications__isnull", True),
                            ("applications__lte", 200),
                            _connector="OR",
                        ),
                        name="plan_applications_are_sensible",
                        violation_error_message="At most 200 applications.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consequences_on__isnull", False),
                            models.Q(("consequences_by", ""), ("consequences_language", "")),
                            _connector="OR",
                        ),
                        name="plan_consequences_have_a_day",
                        violation_error_message="Say on which day the consequences were explained.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanSignature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("typed", "wrote the name here, with the coach beside"),
                            ("paper", "signed on paper"),
                            ("informed", "was present and is informed, but did not sign"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "name",
                    models.CharField(blank=True, max_length=200, verbose_name="name as written"),
                ),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("content_hash", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "seen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="activityplans.planversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "signature of a plan",
                "verbose_name_plural": "signatures of plans",
                "ordering": ["-recorded_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("form", "typed"), _negated=True),
                            models.Q(("name", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_signature_typed_has_a_name",
                        violation_error_message="The person writes the name to sign here.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reviewed_on", models.DateField(verbose_name="reviewed")),
                (
                    "took_part",
                    models.CharField(blank=True, max_length=300, verbose_name="who took part"),
                ),
                (
                    "what_worked",
                    models.TextField(blank=True, max_length=4000, verbose_name="what has worked"),
                ),
                (
                    "person_view",
                    models.TextField(blank=True, max_length=4000, verbose_name="the person's view"),
                ),
                (
                    "next_steps",
                    models.TextField(blank=True, max_length=4000, verbose_name="what comes next"),
                ),
                ("conclusion", models.TextField(max_length=4000, verbose_name="conclusion")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plan_reviews",
                        to="casework.case",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="activityplans.planversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "review of a plan",
                "verbose_name_plural": "reviews of plans",
                "ordering": ["-reviewed_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "party",
                    models.CharField(
                        choices=[
                            ("af", "public employment service (AF)"),
                            ("fk", "Social Insurance Agency (FK)"),
                            ("health", "health care"),
                            ("sfi", "SFI or adult education"),
                            ("social", "social services"),
                            ("employer", "employer"),
                            ("other", "somebody else"),
                        ],
                        max_length=10,
                        verbose_name="who",
                    ),
                ),
                ("contact", models.CharField(blank=True, max_length=200, verbose_name="contact")),
                ("text", models.CharField(max_length=500, verbose_name="promises")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="by")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="promises",
                        to="activityplans.planversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "promise of another party",
                "verbose_name_plural": "promises of other parties",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="RepeatedAbsence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first absence")),
                ("reached_on", models.DateField(verbose_name="latest absence")),
                ("times", models.PositiveSmallIntegerField(verbose_name="unexcused absences")),
                ("noticed_on", models.DateField(verbose_name="noticed")),
                (
                    "handled_on",
                    models.DateField(blank=True, null=True, verbose_name="talked with the person"),
                ),
                (
                    "person_view",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="the person's explanation"
                    ),
                ),
                (
                    "agreed",
                    models.TextField(blank=True, max_length=4000, verbose_name="what was agreed"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="repeated_absences",
                        to="casework.case",
                    ),
                ),
                (
                    "handled_by",
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
                "verbose_name": "repeated absence",
                "verbose_name_plural": "repeated absences",
                "ordering": ["-reached_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "reached_on"),
                        name="repeated_absence_once_a_day",
                        violation_error_message="That absence is already noticed.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("handled_by__isnull", True), ("handled_on__isnull", True)),
                            models.Q(
                                ("handled_by__isnull", False),
                                ("handled_on__isnull", False),
                                models.Q(("agreed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="handled_absence_says_what_was_agreed",
                        violation_error_message="Write what was agreed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Service",
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
                    "activity_type",
                    models.CharField(
                        choices=[
                            ("work_ability", "increases the ability to take a job"),
                            ("language", "improves the language"),
                            ("job_search", "job-search activity"),
                            ("workplace", "at a workplace"),
                            ("own_job_search", "own job search"),
                            ("none", "none of these"),
                        ],
                        max_length=20,
                        verbose_name="kind in the activity requirement",
                    ),
                ),
                (
                    "description_sv",
                    models.TextField(max_length=2000, verbose_name="description in Swedish"),
                ),
                (
                    "description_en",
                    models.TextField(max_length=2000, verbose_name="description in English"),
                ),
                (
                    "usual_weeks",
                    models.PositiveSmallIntegerField(verbose_name="usual length in weeks"),
                ),
                (
                    "usual_hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=4,
                        null=True,
                        verbose_name="usual hours per week",
                    ),
                ),
                (
                    "at_provider",
                    models.BooleanField(default=True, verbose_name="carried out by a provider"),
                ),
                (
                    "track",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("direct", "job now"),
                            ("later", "job in time"),
                            ("support", "job with rehabilitation or support"),
                        ],
                        max_length=10,
                        verbose_name="most for the track",
                    ),
                ),
                (
                    "places",
                    models.CharField(blank=True, max_length=300, verbose_name="where it is given"),
                ),
                (
                    "given_by",
                    models.CharField(blank=True, max_length=200, verbose_name="who gives it"),
                ),
                (
                    "cost",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="cost for a person and week, kronor",
                    ),
                ),
                (
                    "target_groups",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="casework.targetgroup",
                        verbose_name="target groups",
                    ),
                ),
            ],
            options={
                "verbose_name": "service",
                "verbose_name_plural": "services",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="service_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="casework.case",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="activityplans.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "verbose_name_plural": "activities",
            },
        ),
        migrations.CreateModel(
            name="ActivityFollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ended_on", models.DateField(verbose_name="the activity ended")),
                ("followed_up_on", models.DateField(verbose_name="followed up")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "the goal was reached"),
                            ("partly", "the goal was partly reached"),
                            ("not_reached", "the goal was not reached"),
                            ("interrupted", "interrupted"),
                        ],
                        max_length=15,
                        verbose_name="result",
                    ),
                ),
                ("comment", models.TextField(max_length=4000, verbose_name="what came of it")),
                (
                    "next_move",
                    models.CharField(
                        choices=[
                            ("continue", "go on with the same"),
                            ("replace", "replace with another activity"),
                            ("done", "nothing more is needed"),
                        ],
                        max_length=10,
                        verbose_name="what happens next",
                    ),
                ),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="follow_up",
                        to="activityplans.activity",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up of an activity",
                "verbose_name_plural": "follow-ups of activities",
            },
        ),
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
        migrations.CreateModel(
            name="ServiceVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("says", models.JSONField()),
                ("changed_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="activityplans.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a service",
                "verbose_name_plural": "versions of services",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("service", "number"),
                        name="service_version_number_once",
                        violation_error_message="There is already a version with that number.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "description",
                    models.TextField(max_length=2000, verbose_name="what the person does"),
                ),
                (
                    "expected_result",
                    models.TextField(max_length=2000, verbose_name="expected result"),
                ),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "contact",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="who the person meets"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
                (
                    "follow_up_on",
                    models.DateField(blank=True, null=True, verbose_name="followed up midway"),
                ),
                (
                    "hours_per_week",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, verbose_name="hours per week"
                    ),
                ),
                (
                    "change_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="reason for the change"
                    ),
                ),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="activityplans.activity",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "provider"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="provider",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="activityplans.planversion",
                    ),
                ),
                (
                    "offered",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activityplans.serviceversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of a plan",
                "verbose_name_plural": "lines of a plan",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "activity"),
                        name="plan_line_once_per_activity",
                        violation_error_message="The activity already stands in this version.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="plan_line_is_time_limited",
                        violation_error_message="An activity must end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_per_week__gt", 0), ("hours_per_week__lte", 40)),
                        name="plan_line_hours_are_sensible",
                        violation_error_message="Hours per week lie between 0.5 and 40.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("follow_up_on__isnull", True),
                            models.Q(
                                ("follow_up_on__gte", models.F("starts_on")),
                                ("follow_up_on__lt", models.F("ends_before")),
                            ),
                            _connector="OR",
                        ),
                        name="plan_line_is_followed_up_in_its_period",
                        violation_error_message="The follow-up midway lies within the activity.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("starts_at", models.TimeField(verbose_name="starts")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "is_scheduled",
                    models.BooleanField(default=False, verbose_name="follows the plan's schedule"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("not_registered", "not registered"),
                            ("present", "present"),
                            ("late", "came late"),
                            ("elsewhere", "other activity according to the plan"),
                            ("excused", "excused absence"),
                            ("unexcused", "unexcused absence"),
                            ("sick_certified", "ill, with certificate"),
                            ("sick", "ill, without certificate"),
                        ],
                        default="not_registered",
                        max_length=15,
                        verbose_name="attendance",
                    ),
                ),
                (
                    "late_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes late"
                    ),
                ),
                (
                    "absence_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("child", "care of a child"),
                            ("health_care", "visit in health care"),
                            ("authority", "visit to an authority"),
                            ("interview", "interview or work"),
                            ("other", "another valid reason"),
                        ],
                        max_length=12,
                        verbose_name="reason of the absence",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="comment")),
                ("registered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="activityplans.activity",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sessions",
                        to="casework.case",
                    ),
                ),
                (
                    "group_place",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.groupplace",
                    ),
                ),
                (
                    "registered_by",
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
                "verbose_name": "session",
                "verbose_name_plural": "sessions",
                "ordering": ["on", "starts_at", "id"],
                "indexes": [
                    models.Index(fields=["activity", "on"], name="session_of_activity"),
                    models.Index(fields=["case", "on"], name="session_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "on", "starts_at"),
                        name="session_once_at_a_time",
                        violation_error_message="There is already a session then.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 15), ("minutes__lte", 720)),
                        name="session_length_is_sensible",
                        violation_error_message="A session is 15 minutes to 12 hours long.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "not_registered"), ("registered_at__isnull", True)
                            ),
                            models.Q(
                                models.Q(("outcome", "not_registered"), _negated=True),
                                ("registered_at__isnull", False),
                                ("registered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="attendance_is_registered_by_somebody",
                        violation_error_message="Attendance is registered by somebody, at a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "not_registered",
                                    "present",
                                    "late",
                                    "elsewhere",
                                    "excused",
                                    "unexcused",
                                    "sick_certified",
                                    "sick",
                                ],
                            )
                        ),
                        name="attendance_is_a_known_state",
                        violation_error_message="Choose what is known of the attendance.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("late_minutes__gte", 1),
                                ("late_minutes__isnull", False),
                                ("outcome", "late"),
                                ("late_minutes__lt", models.F("minutes")),
                            ),
                            models.Q(
                                models.Q(("outcome", "late"), _negated=True),
                                ("late_minutes__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="late_attendance_has_its_minutes",
                        violation_error_message="Write how many minutes late, fewer than the session has.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "absence_reason__in",
                                    ["child", "health_care", "authority", "interview", "other"],
                                ),
                                ("outcome", "excused"),
                            ),
                            models.Q(
                                models.Q(("outcome", "excused"), _negated=True),
                                ("absence_reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="excused_absence_has_its_reason",
                        violation_error_message="Choose why the absence is excused.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttendanceChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "old",
                    models.CharField(
                        choices=[
                            ("not_registered", "not registered"),
                            ("present", "present"),
                            ("late", "came late"),
                            ("elsewhere", "other activity according to the plan"),
                            ("excused", "excused absence"),
                            ("unexcused", "unexcused absence"),
                            ("sick_certified", "ill, with certificate"),
                            ("sick", "ill, without certificate"),
                        ],
                        max_length=15,
                    ),
                ),
                (
                    "new",
                    models.CharField(
                        choices=[
                            ("not_registered", "not registered"),
                            ("present", "present"),
                            ("late", "came late"),
                            ("elsewhere", "other activity according to the plan"),
                            ("excused", "excused absence"),
                            ("unexcused", "unexcused absence"),
                            ("sick_certified", "ill, with certificate"),
                            ("sick", "ill, without certificate"),
                        ],
                        max_length=15,
                    ),
                ),
                ("old_note", models.CharField(blank=True, max_length=300)),
                ("old_at", models.DateTimeField(null=True)),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="why it is changed"),
                ),
                ("changed_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "old_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="activityplans.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of attendance",
                "verbose_name_plural": "changes of attendance",
                "ordering": ["changed_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="AbsenceReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        choices=[
                            ("reached", "the person was reached"),
                            ("tried", "tried, not reached"),
                            ("not_tried", "nobody tried"),
                        ],
                        max_length=10,
                        verbose_name="was the person contacted before?",
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="what is known of the absence"
                    ),
                ),
                (
                    "reported_at",
                    models.DateTimeField(
                        default=jobcentre.replay.moment_now, verbose_name="reported"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absence_report",
                        to="activityplans.session",
                    ),
                ),
            ],
            options={
                "verbose_name": "report of an absence",
                "verbose_name_plural": "reports of absences",
                "ordering": ["reported_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("contact__in", ["reached", "tried", "not_tried"])),
                        name="absence_report_says_of_contact",
                        violation_error_message="Say whether the person was contacted before.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SetAsideSession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                ("starts_at", models.TimeField(verbose_name="starts")),
                ("minutes", models.PositiveSmallIntegerField(verbose_name="minutes")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="set_aside",
                        to="activityplans.activity",
                    ),
                ),
            ],
            options={
                "verbose_name": "session set aside",
                "verbose_name_plural": "sessions set aside",
                "ordering": ["on", "starts_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "on", "starts_at"),
                        name="session_set_aside_once",
                        violation_error_message="That session is already set aside.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SteeringMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("held_on", models.DateField(verbose_name="held on")),
                ("participants", models.CharField(max_length=500, verbose_name="who took part")),
                ("text", models.CharField(max_length=1000, verbose_name="decided")),
                (
                    "activity",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activityplans.activity",
                        verbose_name="about the activity",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steering",
                        to="activityplans.planversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "steering meeting",
                "verbose_name_plural": "steering meetings",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="SubGoal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                ("text", models.CharField(max_length=300, verbose_name="sub-goal")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="reached by")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sub_goals",
                        to="activityplans.planversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "sub-goal",
                "verbose_name_plural": "sub-goals",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="SupportStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("month", models.DateField(verbose_name="month")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("sent", "sent")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "correction_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is corrected"
                    ),
                ),
                (
                    "asked",
                    models.CharField(
                        choices=[
                            ("not_asked", "not asked"),
                            ("given", "asked, and has explained"),
                            ("none", "asked, and has said nothing"),
                        ],
                        default="not_asked",
                        max_length=10,
                        verbose_name="the person's explanation",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="what the person says"
                    ),
                ),
                (
                    "comment",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="the coach's comment"
                    ),
                ),
                ("content", models.JSONField(default=dict, editable=False)),
                ("content_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("created_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("edit", models.PositiveIntegerField(default=1, editable=False)),
                ("sent_on", models.DateField(blank=True, null=True, verbose_name="sent")),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="casework.case",
                    ),
                ),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="activityplans.supportstatement",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
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
                "verbose_name": "support-month statement",
                "verbose_name_plural": "support-month statements",
                "ordering": ["-month", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "month", "number"),
                        name="statement_number_once",
                        violation_error_message="There is already a version with that number.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("case", "month"),
                        name="statement_one_being_written",
                        violation_error_message="The month is already being written.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("content_hash", ""), ("sent_at__isnull", True), ("state", "draft")
                            ),
                            models.Q(
                                ("sent_at__isnull", False),
                                ("sent_by__isnull", False),
                                ("sent_on__isnull", False),
                                ("state", "sent"),
                                models.Q(("content_hash", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="statement_sent_with_its_content",
                        violation_error_message="What is sent has its content, its sender and its time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("correction_reason", ""), ("corrects__isnull", True), ("number", 1)
                            ),
                            models.Q(
                                ("corrects__isnull", False),
                                ("number__gt", 1),
                                models.Q(("correction_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="statement_correction_names_what_it_corrects",
                        violation_error_message="A correction names what it corrects, and why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("asked", "given"), models.Q(("explanation", ""), _negated=True)
                            ),
                            models.Q(
                                models.Q(("asked", "given"), _negated=True), ("explanation", "")
                            ),
                            _connector="OR",
                        ),
                        name="statement_explanation_is_given_or_not",
                        violation_error_message="Write what the person says, or that nothing was said.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "read_at",
                    models.DateTimeField(default=jobcentre.replay.moment_now, verbose_name="read"),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="activityplans.supportstatement",
                    ),
                ),
            ],
            options={
                "verbose_name": "reading of a statement",
                "verbose_name_plural": "readings of statements",
                "ordering": ["read_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("statement", "read_by"),
                        name="statement_read_once_by_each",
                        violation_error_message="You have already noted that you have read it.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateLine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=1)),
                (
                    "description",
                    models.TextField(max_length=2000, verbose_name="what the person does"),
                ),
                (
                    "expected_result",
                    models.TextField(max_length=2000, verbose_name="expected result"),
                ),
                (
                    "after_weeks",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[
                            django.core.validators.MaxValueValidator(
                                25, "A plan covers at most 26 weeks."
                            )
                        ],
                        verbose_name="begins after weeks",
                    ),
                ),
                (
                    "weeks",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(
                                1, "An activity is 1 to 26 weeks long."
                            ),
                            django.core.validators.MaxValueValidator(
                                26, "An activity is 1 to 26 weeks long."
                            ),
                        ],
                        verbose_name="length in weeks",
                    ),
                ),
                (
                    "hours_per_week",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, verbose_name="hours per week"
                    ),
                ),
                ("times", models.JSONField(blank=True, default=list)),
                (
                    "is_followed_up",
                    models.BooleanField(default=False, verbose_name="followed up midway"),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="activityplans.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="activityplans.plantemplate",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity of a template",
                "verbose_name_plural": "activities of templates",
                "ordering": ["position", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("weeks__gte", 1), ("weeks__lte", 26)),
                        name="template_line_length_is_sensible",
                        violation_error_message="An activity is 1 to 26 weeks long.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("after_weeks__lt", 26)),
                        name="template_line_begins_within_the_plan",
                        violation_error_message="A plan covers at most 26 weeks.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_per_week__gt", 0), ("hours_per_week__lte", 40)),
                        name="template_line_hours_are_sensible",
                        violation_error_message="Hours per week lie between 0.5 and 40.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActivityBreak",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("last_on", models.DateField(verbose_name="last day")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("work", "work or studies"),
                            ("health", "health"),
                            ("not_fitting", "it did not fit the person"),
                            ("no_show", "the person stayed away"),
                            ("provider", "the provider could not go on"),
                            ("moved", "the person moved"),
                            ("other", "another reason"),
                        ],
                        max_length=15,
                        verbose_name="reason",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=1000, verbose_name="what happened"),
                ),
                ("decided_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "activity",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="broken_off",
                        to="activityplans.activity",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "activity broken off",
                "verbose_name_plural": "activities broken off",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reason", "other"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="break_for_another_reason_says_it",
                        violation_error_message="Say what happened.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AfPackage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "being written"), ("handed", "handed over")],
                        default="draft",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="the coach's summary"
                    ),
                ),
                (
                    "remains",
                    models.TextField(blank=True, max_length=4000, verbose_name="what remains"),
                ),
                (
                    "receiver",
                    models.CharField(blank=True, max_length=200, verbose_name="receiver at AF"),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("consent", "the person's consent to exchange with AF"),
                            ("law", "a rule of law"),
                        ],
                        default="consent",
                        max_length=10,
                        verbose_name="ground",
                    ),
                ),
                ("ground", models.CharField(blank=True, max_length=300, verbose_name="which rule")),
                ("content", models.JSONField(default=dict, editable=False)),
                ("content_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("created_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("edit", models.PositiveIntegerField(default=1, editable=False)),
                ("handed_on", models.DateField(blank=True, null=True, verbose_name="handed over")),
                ("handed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="af_packages",
                        to="casework.case",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_by",
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
                "verbose_name": "package to AF",
                "verbose_name_plural": "packages to AF",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "number"),
                        name="af_package_number_once",
                        violation_error_message="There is already a version with that number.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("case",),
                        name="af_package_one_being_written",
                        violation_error_message="A package is already being written.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("content_hash", ""),
                                ("handed_at__isnull", True),
                                ("state", "draft"),
                            ),
                            models.Q(
                                ("handed_at__isnull", False),
                                ("handed_by__isnull", False),
                                ("handed_on__isnull", False),
                                ("state", "handed"),
                                models.Q(("content_hash", ""), _negated=True),
                                models.Q(("summary", ""), _negated=True),
                                models.Q(("receiver", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="af_package_handed_with_its_content",
                        violation_error_message="What is handed over has its content, a summary, who handed it over and to whom.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "draft"),
                            ("basis", "consent"),
                            models.Q(("ground", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="af_package_names_its_rule",
                        violation_error_message="Say which rule lets it be handed over.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MidwayFollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("planned_on", models.DateField(verbose_name="planned")),
                ("held_on", models.DateField(verbose_name="followed up")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("as_planned", "it goes as planned"),
                            ("adjust", "something has to be adjusted"),
                            ("no_help", "it does not help the person forward"),
                        ],
                        max_length=10,
                        verbose_name="how it goes",
                    ),
                ),
                (
                    "comment",
                    models.TextField(
                        max_length=4000, verbose_name="what the person and the place say"
                    ),
                ),
                (
                    "next_steps",
                    models.TextField(blank=True, max_length=4000, verbose_name="what comes next"),
                ),
                ("recorded_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="midways",
                        to="activityplans.activity",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up midway",
                "verbose_name_plural": "follow-ups midway",
                "ordering": ["-held_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "planned_on"),
                        name="midway_follow_up_once",
                        violation_error_message="The activity has already been followed up midway.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", "as_planned"),
                            models.Q(("next_steps", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="midway_result_leads_on",
                        violation_error_message="Say what comes next.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LineTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(
                                1, "The days of the week are 1, Monday, to 7, Sunday."
                            ),
                            django.core.validators.MaxValueValidator(
                                7, "The days of the week are 1, Monday, to 7, Sunday."
                            ),
                        ],
                        verbose_name="day of the week",
                    ),
                ),
                ("starts_at", models.TimeField(verbose_name="starts")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(
                                15, "A time is 15 minutes to 12 hours long."
                            ),
                            django.core.validators.MaxValueValidator(
                                720, "A time is 15 minutes to 12 hours long."
                            ),
                        ],
                        verbose_name="minutes",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="times",
                        to="activityplans.planline",
                    ),
                ),
            ],
            options={
                "verbose_name": "time in the week",
                "verbose_name_plural": "times in the week",
                "ordering": ["weekday", "starts_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("line", "weekday", "starts_at"),
                        name="plan_time_once",
                        violation_error_message="The same time stands twice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__gte", 1), ("weekday__lte", 7)),
                        name="plan_time_is_on_a_weekday",
                        violation_error_message="The days of the week are 1, Monday, to 7, Sunday.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 15), ("minutes__lte", 720)),
                        name="plan_time_length_is_sensible",
                        violation_error_message="A time is 15 minutes to 12 hours long.",
                    ),
                ],
            },
        ),
    ]
