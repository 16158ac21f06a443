import django.db.models.deletion
import jobcentre.replay
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
            name="Employer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "organisation_number",
                    models.CharField(
                        blank=True, max_length=10, null=True, verbose_name="organisation number"
                    ),
                ),
                ("sector", models.CharField(blank=True, max_length=120, verbose_name="sector")),
                (
                    "is_social_enterprise",
                    models.BooleanField(default=False, verbose_name="social enterprise"),
                ),
                (
                    "contact_name",
                    models.CharField(blank=True, max_length=200, verbose_name="contact person"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="address")),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("search_text", models.CharField(editable=False, max_length=500)),
                ("sort_key", models.CharField(editable=False, max_length=400)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "coordinator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employers",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coordinator",
                    ),
                ),
                (
                    "registered_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "employer",
                "verbose_name_plural": "employers",
                "ordering": ["sort_key", "id"],
                "indexes": [models.Index(fields=["sort_key", "id"], name="employer_sort")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation_number",),
                        name="employer_number_once",
                        violation_error_message="The employer is already in the register.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="employer_has_a_name",
                        violation_error_message="Write the employer's name.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmployerContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "form",
                    models.CharField(
                        choices=[("visit", "visit"), ("phone", "phone call"), ("mail", "e-mail")],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="what was said")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="employers.employer",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact with an employer",
                "verbose_name_plural": "contacts with employers",
                "ordering": ["-on", "-id"],
                "indexes": [models.Index(fields=["employer", "-on"], name="contact_of_employer")],
            },
        ),
        migrations.CreateModel(
            name="Need",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("job", "job"),
                            ("placement", "work practice"),
                            ("trainee", "trainee job"),
                            ("subsidised", "subsidised job"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("occupation", models.CharField(max_length=120, verbose_name="occupation")),
                (
                    "description",
                    models.TextField(blank=True, max_length=4000, verbose_name="description"),
                ),
                (
                    "requirements",
                    models.TextField(blank=True, max_length=2000, verbose_name="requirements"),
                ),
                (
                    "needs_licence",
                    models.BooleanField(default=False, verbose_name="driving licence is needed"),
                ),
                ("places", models.PositiveSmallIntegerField(default=1, verbose_name="places")),
                (
                    "hours_per_week",
                    models.PositiveSmallIntegerField(default=40, verbose_name="hours per week"),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "replaces_staff",
                    models.BooleanField(
                        blank=True, default=None, null=True, verbose_name="replaces ordinary staff"
                    ),
                ),
                (
                    "union_consulted_on",
                    models.DateField(blank=True, null=True, verbose_name="union consulted"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("filled", "filled"), ("closed", "closed")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("opened_on", models.DateField(verbose_name="received")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="needs",
                        to="employers.employer",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "need",
                "verbose_name_plural": "needs",
                "ordering": ["starts_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "open")),
                        fields=["starts_on", "id"],
                        name="need_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", 1), ("places__lte", 500)),
                        name="need_places_are_sensible",
                        violation_error_message="The number of places is 1 to 500.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours_per_week__gte", 1), ("hours_per_week__lte", 40)),
                        name="need_hours_are_sensible",
                        violation_error_message="Hours per week lie between 1 and 40.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="need_ends_after_it_starts",
                        violation_error_message="The need must end after it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("agreed", "the employer said yes"),
                            ("declined", "the employer said no"),
                            ("withdrawn", "withdrawn"),
                            ("running", "running"),
                            ("ended", "ended"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="why it fits")),
                ("proposed_on", models.DateField(verbose_name="proposed")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered")),
                (
                    "answer",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="the employer's words"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "supervisor",
                    models.CharField(blank=True, max_length=200, verbose_name="supervisor"),
                ),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hired", "hired"),
                            ("not_hired", "completed without being hired"),
                            ("interrupted", "interrupted"),
                        ],
                        max_length=15,
                        verbose_name="result",
                    ),
                ),
                (
                    "result_note",
                    models.TextField(blank=True, max_length=2000, verbose_name="what came of it"),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=jobcentre.replay.moment_now, editable=False),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="casework.case",
                    ),
                ),
                (
                    "need",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="employers.need",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "placement",
                "verbose_name_plural": "placements",
                "ordering": ["-proposed_on", "-id"],
                "indexes": [
                    models.Index(fields=["state", "proposed_on"], name="placement_state"),
                    models.Index(fields=["case", "-proposed_on"], name="placement_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["proposed", "agreed", "running"])),
                        fields=("case", "need"),
                        name="placement_once_per_need",
                        violation_error_message="The person is already proposed for this.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("starts_on__isnull", False),
                            _connector="OR",
                        ),
                        name="placement_running_has_a_start",
                        violation_error_message="A running placement has a first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(
                                ("ended_on__isnull", False), models.Q(("result", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="placement_ended_with_result",
                        violation_error_message="An ended placement has a last day and a result.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("starts_on__isnull", True),
                            ("ends_before__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="placement_ends_after_it_starts",
                        violation_error_message="The placement must end after it begins.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CompetenceProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("headline", models.CharField(max_length=200, verbose_name="in one line")),
                (
                    "occupations",
                    models.CharField(max_length=300, verbose_name="occupations wanted"),
                ),
                (
                    "skills",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="skills and experience"
                    ),
                ),
                (
                    "languages",
                    models.CharField(blank=True, max_length=200, verbose_name="languages"),
                ),
                ("has_licence", models.BooleanField(default=False, verbose_name="driving licence")),
                (
                    "hours_per_week",
                    models.PositiveSmallIntegerField(default=40, verbose_name="hours per week"),
                ),
                ("available_from", models.DateField(verbose_name="available from")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="profile",
                        to="casework.case",
                    ),
                ),
                (
                    "edited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "profile in the competence bank",
                "verbose_name_plural": "profiles in the competence bank",
                "ordering": ["available_from", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours_per_week__gte", 1), ("hours_per_week__lte", 40)),
                        name="profile_hours_are_sensible",
                        violation_error_message="Hours per week lie between 1 and 40.",
                    )
                ],
            },
        ),
    ]
