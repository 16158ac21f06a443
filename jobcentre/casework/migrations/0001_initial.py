import django.db.models.deletion
import jobcentre.replay
import uuid
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(unique=True, verbose_name="day")),
                ("name", models.CharField(max_length=100, verbose_name="why")),
            ],
            options={
                "verbose_name": "closed day",
                "verbose_name_plural": "closed days",
                "ordering": ["on"],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                ("year", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="CaseloadRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[
                            ("target", "target for a full-time coach, in weighed cases"),
                            ("direct", "weight of a case in the track job now"),
                            ("later", "weight of a case in the track job in time"),
                            (
                                "support",
                                "weight of a case in the track job with rehabilitation or support",
                            ),
                        ],
                        max_length=10,
                        unique=True,
                        verbose_name="what",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(decimal_places=2, max_digits=5, verbose_name="number"),
                ),
            ],
            options={
                "verbose_name": "number of the caseload",
                "verbose_name_plural": "numbers of the caseload",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", "target"), ("value__gte", 5), ("value__lte", 200)),
                            models.Q(
                                models.Q(("key", "target"), _negated=True),
                                ("key__in", ["target", "direct", "later", "support"]),
                                ("value__gte", Decimal("0.1")),
                                ("value__lte", 5),
                            ),
                            _connector="OR",
                        ),
                        name="caseload_rule_is_sensible",
                        violation_error_message="A target is 5 to 200 weighed cases, a weight 0.1 to 5 cases.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeadlineRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.SlugField(max_length=40, unique=True, verbose_name="clock")),
                ("length", models.PositiveSmallIntegerField(verbose_name="length")),
                (
                    "unit",
                    models.CharField(
                        choices=[("workdays", "workdays"), ("months", "months"), ("days", "days")],
                        max_length=10,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "warn_before",
                    models.JSONField(
                        blank=True, default=list, verbose_name="warn this long before"
                    ),
                ),
            ],
            options={
                "verbose_name": "length of a clock",
                "verbose_name_plural": "lengths of clocks",
                "ordering": ["kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("length__gte", 1), ("length__lte", 730)),
                        name="deadline_rule_length_is_sensible",
                        violation_error_message="A clock is 1 to 730 days or months long.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExitReason",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("work", "work"),
                            ("studies", "studies"),
                            ("neither", "neither work nor studies"),
                            ("excluded", "left out of the result"),
                            ("unknown", "unknown"),
                        ],
                        max_length=10,
                        verbose_name="counts as",
                    ),
                ),
                (
                    "needs_employment",
                    models.BooleanField(
                        default=False, verbose_name="asks for the form of employment"
                    ),
                ),
            ],
            options={
                "verbose_name": "exit reason",
                "verbose_name_plural": "exit reasons",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="exitreason_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Language",
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
            ],
            options={
                "verbose_name": "language",
                "verbose_name_plural": "languages",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="language_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("given_name", models.CharField(max_length=200, verbose_name="given name")),
                (
                    "family_name",
                    models.CharField(blank=True, max_length=200, verbose_name="family name"),
                ),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="birth date")),
                (
                    "sex",
                    models.CharField(
                        choices=[("woman", "woman"), ("man", "man"), ("unknown", "not known")],
                        default="unknown",
                        max_length=10,
                        verbose_name="sex",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "street",
                    models.CharField(blank=True, max_length=200, verbose_name="street address"),
                ),
                ("postcode", models.CharField(blank=True, max_length=10, verbose_name="postcode")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="post town")),
                (
                    "first_language",
                    models.CharField(blank=True, max_length=60, verbose_name="first language"),
                ),
                (
                    "other_languages",
                    models.CharField(blank=True, max_length=200, verbose_name="other languages"),
                ),
                (
                    "interpreter_language",
                    models.CharField(blank=True, max_length=60, verbose_name="interpreter in"),
                ),
                (
                    "protection",
                    models.CharField(
                        choices=[
                            ("none", "no protection"),
                            ("marked", "secrecy marker"),
                            ("registration", "protected population registration"),
                            ("fictitious", "fictitious identity"),
                        ],
                        default="none",
                        max_length=15,
                        verbose_name="protection",
                    ),
                ),
                ("search_text", models.CharField(editable=False, max_length=700)),
                ("sort_key", models.CharField(editable=False, max_length=400)),
                ("sound_key", models.CharField(default="", editable=False, max_length=60)),
                ("phone_key", models.CharField(default="", editable=False, max_length=20)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="casework.person",
                        verbose_name="merged with",
                    ),
                ),
                (
                    "registered_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="registered at",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "persons",
                "ordering": ["sort_key", "id"],
                "indexes": [
                    models.Index(fields=["sort_key", "id"], name="person_sort"),
                    models.Index(fields=["sound_key"], name="person_sound"),
                    models.Index(fields=["phone_key"], name="person_phone"),
                    models.Index(fields=["birth_date"], name="person_birth"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("merged_into__isnull", True),
                            models.Q(("merged_into", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="person_is_not_merged_with_itself",
                        violation_error_message="A merge is of two different registrations.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("given_name", ""), _negated=True),
                        name="person_has_a_name",
                        violation_error_message="Enter the person's name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("protection__in", ["none", "marked", "registration", "fictitious"])
                        ),
                        name="person_protection_is_known",
                        violation_error_message="Choose a level of protection.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("protection", "none"),
                            models.Q(("city", ""), ("postcode", ""), ("street", "")),
                            _connector="OR",
                        ),
                        name="person_protected_has_no_address",
                        violation_error_message="No address is kept for a protected person.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityNumber",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=12, verbose_name="identity number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("personnummer", "personal identity number"),
                            ("samordningsnummer", "coordination number"),
                            ("reserve", "reserve number"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("is_current", models.BooleanField(default=True, verbose_name="current")),
                ("added_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbers",
                        to="casework.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "identity number",
                "verbose_name_plural": "identity numbers",
                "ordering": ["-is_current", "-id"],
                "indexes": [models.Index(fields=["number"], name="number_ever")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("number",),
                        name="number_is_current_for_one_person",
                        violation_error_message="Another person already has this number.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("person",),
                        name="person_has_one_current_number",
                        violation_error_message="The person already has a current number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", "^[0-9]{8}[0-9T][0-9]{3}$")),
                        name="number_has_twelve_characters",
                        violation_error_message="An identity number is stored with 12 characters.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DuplicatePair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("same", "the same person"),
                            ("separate", "two different persons"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        default=jobcentre.replay.moment_now, verbose_name="answered"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "pair of registrations",
                "verbose_name_plural": "pairs of registrations",
                "ordering": ["-answered_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("first", "second"),
                        name="pair_once",
                        violation_error_message="The two have been compared already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))),
                        name="pair_is_of_two",
                        violation_error_message="A pair is of two different registrations.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictOfInterest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("declared_on", models.DateField(verbose_name="declared")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conflicts",
                        to="casework.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "conflict of interest",
                "verbose_name_plural": "conflicts of interest",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "user"),
                        name="conflict_once",
                        violation_error_message="The conflict of interest is already declared.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CircleMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "added_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="circle",
                        to="casework.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "member of the circle",
                "verbose_name_plural": "members of the circle",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_before__isnull", True)),
                        fields=("person", "user"),
                        name="circle_member_once",
                        violation_error_message="The user is already in the circle.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="circle_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonMerge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "merged_at",
                    models.DateTimeField(
                        default=jobcentre.replay.moment_now, verbose_name="merged"
                    ),
                ),
                ("before", models.JSONField(blank=True, default=dict, editable=False)),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "undone_by",
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
                "verbose_name": "merge of two registrations",
                "verbose_name_plural": "merges of two registrations",
                "ordering": ["-merged_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("merged",),
                        name="person_is_merged_once",
                        violation_error_message="The person has already been merged.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kept", models.F("merged")), _negated=True),
                        name="merge_is_of_two",
                        violation_error_message="A merge is of two different registrations.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="merge_undone_by_somebody",
                        violation_error_message="A merge is undone by somebody at a time.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffAbsence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_before", models.DateField(verbose_name="back on")),
                ("noted_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "absence of staff",
                "verbose_name_plural": "absences of staff",
                "ordering": ["starts_on", "id"],
                "indexes": [models.Index(fields=["user", "ends_before"], name="absence_of_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="absence_ends_after_it_starts",
                        violation_error_message="The day back must be after the first day.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token", models.UUIDField()),
                ("result_url", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sent form",
                "verbose_name_plural": "sent forms",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "token"),
                        name="form_is_sent_once",
                        violation_error_message="The form has already been sent.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TargetGroup",
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
            ],
            options={
                "verbose_name": "target group",
                "verbose_name_plural": "target groups",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="targetgroup_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Specialisation",
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
                        verbose_name="track",
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
                "verbose_name": "specialisation",
                "verbose_name_plural": "specialisations",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="specialisation_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "number",
                    models.CharField(max_length=12, unique=True, verbose_name="case number"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "open"), ("closed", "closed")],
                        default="open",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                ("started_on", models.DateField(verbose_name="first visit")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "source",
                    models.CharField(
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
                    "track",
                    models.CharField(
                        choices=[
                            ("direct", "job now"),
                            ("later", "job in time"),
                            ("support", "job with rehabilitation or support"),
                        ],
                        max_length=10,
                        verbose_name="track",
                    ),
                ),
                ("next_deadline_on", models.DateField(blank=True, editable=False, null=True)),
                ("last_event_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "centre",
                    models.ForeignKey(
                        limit_choices_to={"kind": "job_centre"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="centre_cases",
                        to="accounts.unit",
                        verbose_name="job centre",
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coached_cases",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coach",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "district"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="district_cases",
                        to="accounts.unit",
                        verbose_name="district",
                    ),
                ),
                (
                    "income_support_unit",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "income_support"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="income_support_cases",
                        to="accounts.unit",
                        verbose_name="income-support unit",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="later",
                        to="casework.case",
                        verbose_name="earlier case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="casework.person",
                    ),
                ),
                (
                    "target_groups",
                    models.ManyToManyField(to="casework.targetgroup", verbose_name="target groups"),
                ),
            ],
            options={
                "verbose_name": "case",
                "verbose_name_plural": "cases",
                "ordering": ["-started_on", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["coach", "next_deadline_on", "id"],
                        name="case_caseload",
                    ),
                    models.Index(
                        condition=models.Q(("status", "open")),
                        fields=["centre", "next_deadline_on", "id"],
                        name="case_open_of_centre",
                    ),
                    models.Index(fields=["centre", "started_on"], name="case_centre_started"),
                    models.Index(fields=["centre", "ended_on"], name="case_centre_ended"),
                    models.Index(
                        fields=["income_support_unit", "status"], name="case_income_support"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "open")),
                        fields=("person",),
                        name="person_has_one_open_case",
                        violation_error_message="The person already has an open case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("status", "open")),
                            models.Q(("ended_on__isnull", False), ("status", "closed")),
                            _connector="OR",
                        ),
                        name="case_is_closed_with_a_date",
                        violation_error_message="A closed case has a last day, an open one has none.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="case_ends_after_it_starts",
                        violation_error_message="A case cannot end before it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source__in", ["income_support", "af", "kaa", "project", "own"]),
                            ("track__in", ["direct", "later", "support"]),
                        ),
                        name="case_codes_are_known",
                        violation_error_message="Choose who referred the person and a track.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("subject_key", models.CharField(max_length=80)),
                ("subject_id", models.BigIntegerField()),
                ("subject_version", models.PositiveIntegerField()),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for an answer"),
                            ("approved", "approved"),
                            ("returned", "returned"),
                            ("refused", "refused"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("requested_on", models.DateField()),
                ("requested_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, max_length=4000, verbose_name="reason")),
                (
                    "comments",
                    models.JSONField(blank=True, default=dict, verbose_name="comments on lines"),
                ),
                ("delegation", models.CharField(blank=True, max_length=200)),
                ("decision_text", models.TextField(blank=True, max_length=2000)),
                ("appeal", models.TextField(blank=True, max_length=2000)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        verbose_name="passed on to",
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
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="accounts.unit",
                        verbose_name="decided by unit",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval",
                "verbose_name_plural": "approvals",
                "ordering": ["requested_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "pending")),
                        fields=["unit", "requested_on", "id"],
                        name="approval_queue",
                    ),
                    models.Index(fields=["case", "kind"], name="approval_case_kind"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("kind", "subject_key"),
                        name="approval_one_pending_per_subject",
                        violation_error_message="This already waits for an answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(
                                models.Q(("decided_by", models.F("requested_by")), _negated=True),
                                models.Q(("decided_by", models.F("last_edited_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="approval_needs_four_eyes",
                        violation_error_message="Nobody approves what they wrote themselves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            ("written_by__isnull", True),
                            models.Q(("decided_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="approval_is_not_the_authors",
                        violation_error_message="Nobody approves what they wrote themselves.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", True),
                                ("decided_on__isnull", True),
                                ("state__in", ["pending", "withdrawn"]),
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                                ("state__in", ["approved", "returned", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="approval_is_decided_by_somebody",
                        violation_error_message="A decision has a decider and a date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["returned", "refused"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="approval_returned_with_reason",
                        violation_error_message="Say why.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("minutes", models.PositiveSmallIntegerField(default=60, verbose_name="minutes")),
                ("place", models.CharField(blank=True, max_length=120, verbose_name="place")),
                ("purpose", models.CharField(max_length=200, verbose_name="about")),
                (
                    "interpreter_language",
                    models.CharField(blank=True, max_length=60, verbose_name="interpreter in"),
                ),
                (
                    "interpreter_booked",
                    models.BooleanField(default=False, verbose_name="interpreter is booked"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "booked"),
                            ("arrived", "arrived"),
                            ("held", "held"),
                            ("missed", "did not come"),
                            ("cancelled", "cancelled"),
                        ],
                        default="booked",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "missed_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("no_word", "no word from the person"),
                            ("ill", "ill"),
                            ("child", "ill child"),
                            ("work", "work or studies"),
                            ("forgot", "forgot"),
                            ("our_fault", "the centre's mistake"),
                            ("other", "another reason"),
                        ],
                        max_length=20,
                        verbose_name="why the person did not come",
                    ),
                ),
                (
                    "also_with",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="also_appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="and with",
                    ),
                ),
                (
                    "booked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "job_centre"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="accounts.unit",
                        verbose_name="job centre",
                    ),
                ),
                (
                    "moved_from",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moved_to",
                        to="casework.appointment",
                        verbose_name="moved from",
                    ),
                ),
                (
                    "with_user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="with",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="casework.case",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="casework.person",
                    ),
                ),
            ],
            options={
                "verbose_name": "appointment",
                "verbose_name_plural": "appointments",
                "ordering": ["starts_at", "id"],
                "indexes": [
                    models.Index(fields=["with_user", "starts_at"], name="appointment_of_user"),
                    models.Index(fields=["case", "starts_at"], name="appointment_of_case"),
                    models.Index(fields=["person", "starts_at"], name="appointment_of_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 5), ("minutes__lte", 600)),
                        name="appointment_length_is_sensible",
                        violation_error_message="An appointment is 5 to 600 minutes long.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["booked", "arrived"])),
                        fields=("with_user", "starts_at"),
                        name="appointment_one_at_a_time",
                        violation_error_message="The coach already has an appointment then.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["booked", "arrived"])),
                        fields=("also_with", "starts_at"),
                        name="appointment_one_at_a_time_also",
                        violation_error_message="The coach already has an appointment then.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("also_with__isnull", True),
                            models.Q(("also_with", models.F("with_user")), _negated=True),
                            _connector="OR",
                        ),
                        name="appointment_with_two_different",
                        violation_error_message="Choose two different colleagues.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("case__isnull", False), ("centre__isnull", False), _connector="OR"
                        ),
                        name="appointment_has_a_case_or_a_centre",
                        violation_error_message="Say at which centre the meeting is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("missed_reason", ""), ("state", "missed"), _connector="OR"
                        ),
                        name="appointment_reason_is_of_the_missed",
                        violation_error_message="Only a missed meeting has a reason for it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=60, verbose_name="kind")),
                ("area", models.CharField(max_length=20, verbose_name="area")),
                ("occurred_at", models.DateTimeField(verbose_name="happened")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=jobcentre.replay.moment_now, verbose_name="recorded"
                    ),
                ),
                ("acting_role", models.CharField(blank=True, max_length=30)),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="text")),
                ("payload", models.JSONField(blank=True, default=dict)),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="casework.case",
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="casework.caseevent",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["-occurred_at", "-id"],
                "indexes": [
                    models.Index(fields=["case", "-occurred_at", "-id"], name="event_timeline"),
                    models.Index(fields=["kind", "occurred_at"], name="event_kind_time"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind", ""), _negated=True),
                        name="event_has_a_kind",
                        violation_error_message="An event has a kind.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CentreLoan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "service",
                    models.CharField(max_length=200, verbose_name="service or activity there"),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="why there")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
                ("lent_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="casework.case",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        limit_choices_to={"kind": "job_centre"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loans",
                        to="accounts.unit",
                        verbose_name="lent to",
                    ),
                ),
                (
                    "host_coach",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="coach there",
                    ),
                ),
                (
                    "lent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "loan to another centre",
                "verbose_name_plural": "loans to other centres",
                "ordering": ["-starts_on", "-id"],
                "indexes": [
                    models.Index(fields=["host", "ends_before"], name="loan_of_host"),
                    models.Index(fields=["case", "ends_before"], name="loan_of_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gte", models.F("starts_on"))),
                        name="loan_ends_after_start",
                        violation_error_message="The last day must not be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("service", ""), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                        ),
                        name="loan_says_what_and_why",
                        violation_error_message="Write what the person is to do there, and why there.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachAssignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coach_history",
                        to="casework.case",
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="coach_assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "coach of a case",
                "verbose_name_plural": "coaches of a case",
                "ordering": ["-starts_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_before__isnull", True)),
                        fields=("case",),
                        name="case_has_one_coach",
                        violation_error_message="The case already has a coach.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="coach_ends_after_start",
                        violation_error_message="The last day must not be before the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("af", "exchange with the public employment service (AF)"),
                            ("income_support", "exchange with the income-support unit"),
                            ("providers", "exchange with providers"),
                            ("health", "exchange with health care"),
                            (
                                "competence_bank",
                                "profile in the competence bank, shown to coordinators",
                            ),
                            ("follow_up", "contact after the exit for follow-up"),
                        ],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                ("receiver", models.CharField(blank=True, max_length=120, verbose_name="only to")),
                (
                    "form",
                    models.CharField(
                        choices=[("written", "in writing"), ("oral", "orally, noted by the coach")],
                        max_length=10,
                        verbose_name="given",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="given on")),
                (
                    "ends_before",
                    models.DateField(blank=True, null=True, verbose_name="no longer valid on"),
                ),
                (
                    "withdrawn_on",
                    models.DateField(blank=True, null=True, verbose_name="withdrawn on"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consents",
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
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["purpose", "-given_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True), ("withdrawn_on__isnull", True)
                        ),
                        fields=("case", "purpose", "receiver"),
                        name="consent_once_per_purpose",
                        violation_error_message="A consent to this is already in force.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_on__isnull", True),
                            ("withdrawn_on__gte", models.F("given_on")),
                            _connector="OR",
                        ),
                        name="consent_withdrawn_after_given",
                        violation_error_message="A consent cannot be withdrawn before it was given.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gt", models.F("given_on")),
                            _connector="OR",
                        ),
                        name="consent_ends_after_given",
                        violation_error_message="A consent cannot end before it was given.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("receiver", ""),
                            ("purpose__in", ("af", "income_support", "providers", "health")),
                            _connector="OR",
                        ),
                        name="consent_receiver_of_an_exchange",
                        violation_error_message="Only an exchange has a receiver.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactWish",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("phone", "telephone"),
                            ("sms", "text message"),
                            ("email", "e-mail"),
                            ("letter", "letter"),
                        ],
                        max_length=10,
                        verbose_name="reached by",
                    ),
                ),
                ("only", models.BooleanField(default=False, verbose_name="in no other way")),
                (
                    "times",
                    models.CharField(blank=True, max_length=200, verbose_name="when it suits"),
                ),
                ("noted_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contact_wishes",
                        to="casework.case",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "wish about contact",
                "verbose_name_plural": "wishes about contact",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["case", "-id"], name="contact_wish_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel__in", ["phone", "sms", "email", "letter"])),
                        name="contact_wish_channel_is_known",
                        violation_error_message="Choose how the person wants to be reached.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=40, verbose_name="clock")),
                ("subject_key", models.CharField(blank=True, max_length=80)),
                ("subject_label", models.CharField(blank=True, max_length=200)),
                ("url", models.CharField(blank=True, max_length=200)),
                ("length", models.PositiveSmallIntegerField()),
                ("length_unit", models.CharField(max_length=10)),
                ("started_on", models.DateField(verbose_name="started")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due")),
                ("met_on", models.DateField(blank=True, null=True, verbose_name="met")),
                ("cancelled_on", models.DateField(blank=True, null=True, verbose_name="cancelled")),
                ("stopped_on", models.DateField(blank=True, null=True, verbose_name="stopped")),
                ("paused_days", models.PositiveSmallIntegerField(default=0)),
                (
                    "waits_for",
                    models.CharField(
                        choices=[
                            ("coach", "the coach"),
                            ("income_support", "the income-support unit"),
                            ("provider", "the provider"),
                            ("coordinator", "the business coordinator"),
                            ("centre", "the centre's manager"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="casework.case",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deadlines",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "deadline",
                "verbose_name_plural": "deadlines",
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            ("cancelled_on", None), ("met_on", None), ("stopped_on", None)
                        ),
                        fields=["owner", "due_on", "id"],
                        name="deadline_of_owner",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_on", None), ("met_on", None), ("stopped_on", None)
                        ),
                        fields=["unit", "due_on", "id"],
                        name="deadline_of_unit",
                    ),
                    models.Index(
                        condition=models.Q(
                            ("cancelled_on", None), ("met_on", None), ("stopped_on", None)
                        ),
                        fields=["due_on"],
                        name="deadline_running",
                    ),
                    models.Index(fields=["kind", "started_on"], name="deadline_kind_started"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "kind", "subject_key"),
                        name="deadline_once_per_subject",
                        violation_error_message="The clock already runs.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_on__isnull", True),
                            ("due_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="deadline_due_after_start",
                        violation_error_message="A clock cannot run out before it starts.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cancelled_on__isnull", True), ("met_on__isnull", True)),
                            models.Q(("met_on__isnull", True), ("stopped_on__isnull", True)),
                            models.Q(("cancelled_on__isnull", True), ("stopped_on__isnull", True)),
                            _connector="OR",
                        ),
                        name="deadline_ends_in_one_way",
                        violation_error_message="A clock is met, cancelled or stopped, not several.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("header", "header and who works with the person"),
                            ("clocks", "clocks"),
                            ("appointments", "appointments"),
                            ("contact", "contact details and consents"),
                            ("mapping", "mapping"),
                            ("mapping_summary", "summary of the mapping"),
                            ("plan", "activity plan"),
                            ("attendance", "activities and attendance"),
                            ("referrals", "orders and reports"),
                            ("provider_notes", "provider's working notes"),
                            ("employers", "matching and placements"),
                            ("documents", "documents"),
                            ("notes", "coach's notes"),
                            ("sensitive", "sensitive areas"),
                            ("outcome", "exit and follow-up"),
                        ],
                        default="documents",
                        max_length=20,
                        verbose_name="area",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to="documents/%Y/%m", verbose_name="file"
                    ),
                ),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "document",
                "verbose_name_plural": "documents",
                "ordering": ["-added_at", "-id"],
                "indexes": [models.Index(fields=["case", "-added_at"], name="document_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)),
                        name="document_is_not_empty",
                        violation_error_message="The file is empty.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockPause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="back on")),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("illness", "illness"),
                            ("parental", "parental leave"),
                            ("pregnancy", "pregnancy"),
                            ("child_care", "care of a child"),
                            ("treatment", "treatment or care"),
                            ("detention", "detention or prison"),
                            ("other", "other reason"),
                        ],
                        max_length=20,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                (
                    "expected_back_on",
                    models.DateField(blank=True, null=True, verbose_name="expected back"),
                ),
                ("moved", models.JSONField(blank=True, default=list, editable=False)),
                ("decided_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="casework.case",
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
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.document",
                        verbose_name="document",
                    ),
                ),
            ],
            options={
                "verbose_name": "interruption",
                "verbose_name_plural": "interruptions",
                "ordering": ["-starts_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="pause_ends_after_it_starts",
                        violation_error_message="The day back must be after the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("expected_back_on__isnull", True),
                            ("expected_back_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="pause_is_expected_to_end_later",
                        violation_error_message="The expected day back must be after the first day.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ends_before__isnull", True)),
                        fields=("case",),
                        name="case_has_one_open_pause",
                        violation_error_message="The case is already interrupted.",
                    ),
                    models.UniqueConstraint(
                        fields=("case", "starts_on"),
                        name="pause_starts_once_a_day",
                        violation_error_message="An interruption already starts that day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Exit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("work", "work"),
                            ("studies", "studies"),
                            ("neither", "neither work nor studies"),
                            ("excluded", "left out of the result"),
                            ("unknown", "unknown"),
                        ],
                        max_length=10,
                        verbose_name="counts as",
                    ),
                ),
                (
                    "employment_form",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("permanent", "permanent"),
                            ("temporary", "fixed-term"),
                            ("hourly", "by the hour"),
                            ("own_business", "own business"),
                            ("trainee", "trainee job"),
                        ],
                        max_length=15,
                        verbose_name="form of employment",
                    ),
                ),
                (
                    "extent_percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="extent in per cent of full time"
                    ),
                ),
                (
                    "subsidy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "no subsidy"),
                            ("new_start", "new-start job"),
                            ("introduction", "introductory job"),
                            ("wage", "wage subsidy"),
                            ("osa", "sheltered public employment (OSA)"),
                            ("municipal", "municipal labour-market employment"),
                            ("other", "other subsidy"),
                        ],
                        max_length=15,
                        verbose_name="subsidy",
                    ),
                ),
                (
                    "employer_name",
                    models.CharField(blank=True, max_length=200, verbose_name="employer or school"),
                ),
                (
                    "begins_on",
                    models.DateField(blank=True, null=True, verbose_name="work or studies begin"),
                ),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="comment")),
                ("recorded_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exit",
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
                    "reason",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="casework.exitreason",
                        verbose_name="reason",
                    ),
                ),
            ],
            options={
                "verbose_name": "exit",
                "verbose_name_plural": "exits",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "work"), _negated=True),
                            models.Q(
                                models.Q(("employment_form", ""), _negated=True),
                                ("extent_percent__isnull", False),
                                models.Q(("subsidy", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="exit_to_work_has_its_form",
                        violation_error_message="An exit to work needs the form of employment, the extent and the subsidy.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("extent_percent__isnull", True),
                            models.Q(("extent_percent__gte", 1), ("extent_percent__lte", 100)),
                            _connector="OR",
                        ),
                        name="exit_extent_is_a_share",
                        violation_error_message="The extent is 1 to 100 per cent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FormDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.CharField(max_length=200)),
                ("fields", models.JSONField(default=list)),
                ("edit", models.PositiveIntegerField(default=1)),
                ("saved_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="casework.case",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "typed text",
                "verbose_name_plural": "typed texts",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "page"),
                        name="typed_text_once_per_page",
                        violation_error_message="This page already has a typed text.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HandOver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("note", models.TextField(max_length=4000, verbose_name="hand-over note")),
                ("handed_on", models.DateField(verbose_name="handed over")),
                ("sees_before", models.DateField(verbose_name="the former coach reads until")),
                ("handed_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "appointment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_over",
                        to="casework.appointment",
                        verbose_name="hand-over meeting",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hand_overs",
                        to="casework.case",
                    ),
                ),
                (
                    "coach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="new coach",
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="former coach",
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
                "verbose_name": "hand-over",
                "verbose_name_plural": "hand-overs",
                "ordering": ["-handed_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("former", models.F("coach")), _negated=True),
                        name="hand_over_is_to_another",
                        violation_error_message="Choose another coach than the present one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sees_before__gte", models.F("handed_on"))),
                        name="hand_over_reading_ends_after",
                        violation_error_message="The last day must not be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), _negated=True),
                        name="hand_over_has_a_note",
                        violation_error_message="Write what the next coach needs to know.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Involvement",
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
                            ("order", "order to a provider"),
                            ("placement", "placement or matching"),
                            ("guidance", "study and vocational guidance"),
                            ("cover", "stands in for the coach"),
                            ("hand_over", "coach until the hand-over meeting"),
                            ("other_centre", "served by another centre"),
                            ("method", "job coach"),
                            ("contact", "contact outside the job centre"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("subject_key", models.CharField(blank=True, max_length=80)),
                ("label", models.CharField(max_length=200, verbose_name="who or what")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "visible_before",
                    models.DateField(blank=True, null=True, verbose_name="sees until"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="casework.case",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to="accounts.unit",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="involvements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "involvement",
                "verbose_name_plural": "involvements",
                "ordering": ["starts_on", "id"],
                "indexes": [
                    models.Index(fields=["unit", "visible_before"], name="involvement_unit"),
                    models.Index(fields=["user", "visible_before"], name="involvement_user"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("subject_key", ""), _negated=True),
                        fields=("case", "kind", "subject_key"),
                        name="involvement_once_per_subject",
                        violation_error_message="This involvement is already noted.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="involvement_ends_after_start",
                        violation_error_message="The last day must not be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visible_before__isnull", True),
                            ("ends_before__isnull", True),
                            ("visible_before__gte", models.F("ends_before")),
                            _connector="OR",
                        ),
                        name="involvement_visible_to_its_end",
                        violation_error_message="Access cannot end before the involvement.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OutsideContact",
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
                            ("af", "public employment service (AF)"),
                            ("fk", "Social Insurance Agency (FK)"),
                            ("school", "school or adult education"),
                            ("health", "health care"),
                            ("probation", "Prison and Probation Service"),
                            ("guardian", "special representative or guardian"),
                            ("other", "other contact"),
                        ],
                        max_length=20,
                        verbose_name="where",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "organisation",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="organisation or office"
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "contacted_on",
                    models.DateField(blank=True, null=True, verbose_name="latest contact"),
                ),
                (
                    "next_step",
                    models.CharField(blank=True, max_length=200, verbose_name="next step"),
                ),
                ("next_on", models.DateField(blank=True, null=True, verbose_name="when")),
                ("recorded_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outside_contacts",
                        to="casework.case",
                    ),
                ),
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
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "contact outside the job centre",
                "verbose_name_plural": "contacts outside the job centre",
                "ordering": ["kind", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_can_be_reached",
                        violation_error_message="Write a phone number or an e-mail address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="contact_ends_after_start",
                        violation_error_message="The last day must not be before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("next_on__isnull", True),
                            models.Q(("next_step", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="contact_next_day_has_a_step",
                        violation_error_message="Say what the next step is.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["af", "fk", "school", "health", "probation", "guardian", "other"],
                            )
                        ),
                        name="contact_kind_is_known",
                        violation_error_message="Choose where the contact is.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SensitiveOpening",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("opened_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("valid_until", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="openings",
                        to="casework.case",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of sensitive areas",
                "verbose_name_plural": "openings of sensitive areas",
                "ordering": ["-opened_at"],
                "indexes": [
                    models.Index(fields=["case", "user", "valid_until"], name="opening_valid")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="opening_has_a_reason",
                        violation_error_message="Say why you need to open this.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CoachProfile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        default=100, verbose_name="per cent of full time"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coach_profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "languages",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="casework.language",
                        verbose_name="languages",
                    ),
                ),
                (
                    "specialisations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="+",
                        to="casework.specialisation",
                        verbose_name="specialisations",
                    ),
                ),
            ],
            options={
                "verbose_name": "coach's profile",
                "verbose_name_plural": "coaches' profiles",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("percent__gte", 10), ("percent__lte", 100)),
                        name="profile_share_is_sensible",
                        violation_error_message="A coach coaches 10 to 100 per cent of full time.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StruckNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("struck_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="struck",
                        to="casework.caseevent",
                    ),
                ),
                (
                    "struck_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "struck note",
                "verbose_name_plural": "struck notes",
            },
        ),
        migrations.CreateModel(
            name="TrackMove",
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
                            ("direct", "job now"),
                            ("later", "job in time"),
                            ("support", "job with rehabilitation or support"),
                        ],
                        max_length=10,
                        verbose_name="from track",
                    ),
                ),
                (
                    "new",
                    models.CharField(
                        choices=[
                            ("direct", "job now"),
                            ("later", "job in time"),
                            ("support", "job with rehabilitation or support"),
                        ],
                        max_length=10,
                        verbose_name="to track",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("closer", "closer to work than was thought"),
                            ("further", "further from work than was thought"),
                            ("health", "health or rehabilitation"),
                            ("language", "language or education first"),
                            ("plan", "the plan's goal is reached"),
                            ("own_wish", "the person's own wish"),
                            ("wrong", "the track was wrong from the start"),
                            ("other", "another reason"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("moved_on", models.DateField(verbose_name="moved")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="track_moves",
                        to="casework.case",
                    ),
                ),
                (
                    "moved_by",
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
                "verbose_name": "move between tracks",
                "verbose_name_plural": "moves between tracks",
                "ordering": ["-moved_on", "-id"],
                "indexes": [
                    models.Index(fields=["case", "moved_on", "id"], name="track_move_of_case")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="track_move_goes_somewhere",
                        violation_error_message="The case is already in that track.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("new__in", ["direct", "later", "support"]),
                            ("old__in", ["direct", "later", "support"]),
                            (
                                "reason__in",
                                [
                                    "closer",
                                    "further",
                                    "health",
                                    "language",
                                    "plan",
                                    "own_wish",
                                    "wrong",
                                    "other",
                                ],
                            ),
                        ),
                        name="track_move_codes_are_known",
                        violation_error_message="Choose a track and a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("note", ""), ("reason", "other"), _negated=True),
                        name="track_move_other_is_said",
                        violation_error_message="Write what the other reason is.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("weekday", models.PositiveSmallIntegerField(verbose_name="weekday")),
                ("starts_at", models.TimeField(verbose_name="from")),
                ("ends_at", models.TimeField(verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="work_hours",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bookable hours",
                "verbose_name_plural": "bookable hours",
                "ordering": ["weekday", "starts_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="work_hours_end_after_they_start",
                        violation_error_message="The hours must end after they start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weekday__lte", 6)),
                        name="work_hours_on_a_weekday",
                        violation_error_message="Choose a weekday.",
                    ),
                    models.UniqueConstraint(
                        fields=("user", "weekday", "starts_at"),
                        name="work_hours_once",
                        violation_error_message="There are hours that begin then already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnswerTexts",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "delegation",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="paragraph of the delegation order"
                    ),
                ),
                (
                    "decision_text",
                    models.TextField(
                        help_text="Stands on every answer.",
                        max_length=2000,
                        verbose_name="what the position means",
                    ),
                ),
                (
                    "appeal",
                    models.TextField(
                        help_text="Stands on every refusal.",
                        max_length=2000,
                        verbose_name="how to have a refusal tried",
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        blank=True,
                        help_text="Empty: for every unit that has no texts of its own.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answer_texts",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of answers",
                "verbose_name_plural": "texts of answers",
                "ordering": ["unit_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("unit__isnull", True)),
                        name="answer_texts_one_for_all",
                        violation_error_message="There are already texts for all units.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision_text", ""), _negated=True),
                            models.Q(("appeal", ""), _negated=True),
                        ),
                        name="answer_texts_are_written",
                        violation_error_message="Write both texts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalForward",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("sent_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "approval",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forwards",
                        to="casework.approval",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_to",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "answer passed on",
                "verbose_name_plural": "answers passed on",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sent_by", models.F("sent_to")), _negated=True),
                        name="forward_is_to_somebody_else",
                        violation_error_message="Choose somebody else than yourself.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="forward_has_a_reason",
                        violation_error_message="Say why you pass it on.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApproverCover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_before", models.DateField(verbose_name="back on")),
                ("noted_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "away",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approver_absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="stand-in",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "stand-in of an approver",
                "verbose_name_plural": "stand-ins of approvers",
                "ordering": ["starts_on", "id"],
                "indexes": [
                    models.Index(fields=["unit", "ends_before"], name="approver_cover_of_unit")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="approver_cover_ends_after_start",
                        violation_error_message="The day back must be after the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("away", models.F("cover")), _negated=True),
                        name="approver_cover_is_another",
                        violation_error_message="Choose somebody else than yourself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CapExtension",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("extended_to", models.DateField(verbose_name="last day")),
                ("reason", models.CharField(max_length=1000, verbose_name="reason")),
                ("decided_on", models.DateField(verbose_name="decided")),
                ("decided_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cap_extensions",
                        to="casework.case",
                    ),
                ),
            ],
            options={
                "verbose_name": "extension past the cap",
                "verbose_name_plural": "extensions past the cap",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("extended_to__gt", models.F("decided_on"))),
                        name="extension_lies_ahead",
                        violation_error_message="The new last day must lie ahead.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="extension_has_a_reason",
                        violation_error_message="Write the reason.",
                    ),
                ],
            },
        ),
    ]
