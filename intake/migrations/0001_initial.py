import django.db.models.deletion
import django.utils.timezone
import intake.reception.tokens
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
    ]

    operations = [
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
        migrations.CreateModel(
            name="ContactStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        unique=True, verbose_name="days after the start"
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("letter", "letter"),
                            ("phone", "phone"),
                            ("sms", "SMS"),
                            ("email", "e-mail"),
                            ("home_visit", "home visit"),
                            ("school", "through the school"),
                            ("guardian", "through a guardian"),
                            ("social_media", "social media"),
                            ("meeting", "meeting"),
                        ],
                        max_length=15,
                        verbose_name="channel",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of the contact schedule",
                "verbose_name_plural": "steps of the contact schedule",
                "ordering": ["days"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__lte", 365),
                            (
                                "channel__in",
                                [
                                    "letter",
                                    "phone",
                                    "sms",
                                    "email",
                                    "home_visit",
                                    "school",
                                    "guardian",
                                    "social_media",
                                    "meeting",
                                ],
                            ),
                        ),
                        name="contact_step_is_sensible",
                        violation_error_message="A step is at most 365 days after the start.",
                    )
                ],
            },
        ),
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
                (
                    "centre",
                    models.ForeignKey(
                        limit_choices_to={"kind": "job_centre"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desks",
                        to="accounts.unit",
                        verbose_name="job centre",
                    ),
                ),
                (
                    "staffed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="desks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "desk or room",
                "verbose_name_plural": "desks and rooms",
                "ordering": ["kind", "position", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("centre", "name"),
                        name="desk_name_once_in_a_centre",
                        violation_error_message="The centre already has a desk or room of that name.",
                    ),
                    models.UniqueConstraint(
                        fields=("staffed_by",),
                        name="desk_one_for_each_user",
                        violation_error_message="You already sit at another desk.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="desk_has_a_name",
                        violation_error_message="Give the desk a name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("staffed_at__isnull", True), ("staffed_by__isnull", True)),
                            models.Q(("staffed_at__isnull", False), ("staffed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="desk_is_staffed_since_a_time",
                        violation_error_message="Say since when somebody sits there.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EmergencyNote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="whom to call, and the number"
                    ),
                ),
                ("noted_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_notes",
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
                "verbose_name": "emergency note",
                "verbose_name_plural": "emergency notes",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["case", "-id"], name="emergency_note_of_case")],
            },
        ),
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
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="groupkind_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupMeeting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("company", models.CharField(blank=True, max_length=200, verbose_name="company")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("starts_at", models.DateTimeField(verbose_name="starts")),
                ("minutes", models.PositiveSmallIntegerField(default=60, verbose_name="minutes")),
                ("room", models.CharField(max_length=120, verbose_name="room")),
                ("places", models.PositiveSmallIntegerField(verbose_name="places")),
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
                            ("planned", "planned"),
                            ("held", "held"),
                            ("cancelled", "cancelled"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "centre",
                    models.ForeignKey(
                        limit_choices_to={"kind": "job_centre"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_meetings",
                        to="accounts.unit",
                        verbose_name="job centre",
                    ),
                ),
                (
                    "kind",
                    models.ForeignKey(
                        db_column="kind",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.groupkind",
                        to_field="key",
                        verbose_name="kind",
                    ),
                ),
                (
                    "language",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.language",
                        verbose_name="language",
                    ),
                ),
                (
                    "leader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="leader",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="intake.groupseries",
                        verbose_name="series",
                    ),
                ),
            ],
            options={
                "verbose_name": "group meeting",
                "verbose_name_plural": "group meetings",
                "ordering": ["starts_at", "id"],
                "indexes": [models.Index(fields=["centre", "starts_at"], name="group_of_centre")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("places__gte", 1), ("places__lte", 300)),
                        name="group_has_places",
                        violation_error_message="A meeting has 1 to 300 places.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 10), ("minutes__lte", 600)),
                        name="group_length_is_sensible",
                        violation_error_message="A meeting is 10 to 600 minutes long.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "held", "cancelled"])),
                        name="group_state_is_known",
                        violation_error_message="Choose what became of the meeting.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("centre", "room", "starts_at"),
                        name="group_room_once_at_a_time",
                        violation_error_message="There is already a meeting in that room then.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GroupPlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
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
                    "late_minutes",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="minutes late"
                    ),
                ),
                ("signed_up_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_places",
                        to="casework.case",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signed_up",
                        to="intake.groupmeeting",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="group_places",
                        to="casework.person",
                    ),
                ),
                (
                    "signed_up_by",
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
                "verbose_name": "place in a group meeting",
                "verbose_name_plural": "places in group meetings",
                "ordering": ["signed_up_at", "id"],
                "indexes": [
                    models.Index(fields=["person", "state"], name="group_place_of_person"),
                    models.Index(fields=["case"], name="group_place_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "cancelled"), _negated=True),
                        fields=("meeting", "person"),
                        name="group_place_once_per_person",
                        violation_error_message="The person is already signed up for that meeting.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "booked",
                                    "waiting",
                                    "came",
                                    "late",
                                    "excused",
                                    "missed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="group_place_state_is_known",
                        violation_error_message="Choose what became of the place.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("missed_reason", ""),
                            ("state__in", ("excused", "missed")),
                            _connector="OR",
                        ),
                        name="group_place_reason_is_of_the_absent",
                        violation_error_message="Only who did not come has a reason for it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "excused"), _negated=True),
                            models.Q(("missed_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="group_place_valid_absence_has_its_reason",
                        violation_error_message="Choose why the absence is valid.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("late_minutes__gte", 1),
                                ("late_minutes__isnull", False),
                                ("state", "late"),
                            ),
                            models.Q(
                                models.Q(("state", "late"), _negated=True),
                                ("late_minutes__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="group_place_late_has_its_minutes",
                        violation_error_message="Write how many minutes late.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KaaExtract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
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
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                ("error", models.CharField(blank=True, max_length=200, verbose_name="error")),
                ("as_of", models.DateField(blank=True, null=True, verbose_name="as of")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=jobcentre.replay.moment_now, verbose_name="ordered"
                    ),
                ),
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
                        related_name="kaa_extracts",
                        to="accounts.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "extract of the KAA register",
                "verbose_name_plural": "extracts of the KAA register",
                "ordering": ["-created_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=("unit", "starts_on"),
                        name="kaa_extract_one_at_a_time",
                        violation_error_message="The extract is already being made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__gt", models.F("starts_on")), ("attempts__lte", 3)
                        ),
                        name="kaa_extract_is_of_a_period",
                        violation_error_message="The last day must be after the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("as_of__isnull", False), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="kaa_extract_done_has_its_day",
                        violation_error_message="A ready extract has its day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LanguageNeed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "minority_language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("finnish", "Finnish"),
                            ("meankieli", "Meänkieli"),
                            ("sami", "Sami"),
                            ("yiddish", "Yiddish"),
                            ("romani", "Romani Chib"),
                        ],
                        max_length=15,
                        verbose_name="national minority language",
                    ),
                ),
                (
                    "wants_translation",
                    models.BooleanField(
                        default=False, verbose_name="wants decisions translated in writing"
                    ),
                ),
                ("noted_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="language_needs",
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
                "verbose_name": "need of language",
                "verbose_name_plural": "needs of language",
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["case", "-id"], name="language_need_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "minority_language__in",
                                ["finnish", "meankieli", "sami", "yiddish", "romani", ""],
                            )
                        ),
                        name="language_need_is_known",
                        violation_error_message="Choose one of the national minority languages.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wants_translation", False),
                            models.Q(("minority_language", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="language_translation_is_of_one",
                        violation_error_message="Choose the language to translate to.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "origin",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("drop_out", "notice from a school that the studies ended"),
                            ("population", "list of the population register"),
                            ("own_contact", "the young person got in touch"),
                            ("guardian", "a guardian got in touch"),
                            ("af", "public employment service (AF)"),
                            ("social_services", "social services"),
                            ("other_municipality", "another municipality"),
                        ],
                        max_length=20,
                        verbose_name="source",
                    ),
                ),
                (
                    "listed_on",
                    models.DateField(blank=True, null=True, verbose_name="day of the list"),
                ),
                (
                    "is_full",
                    models.BooleanField(default=False, verbose_name="everybody is on the list"),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="file")),
                ("headings", models.JSONField(default=list)),
                ("matching", models.JSONField(blank=True, default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("read", "the columns are to be matched"),
                            ("checked", "checked, nothing is registered yet"),
                            ("queued", "waits for its turn"),
                            ("running", "is being registered"),
                            ("done", "done"),
                            ("dropped", "thrown away"),
                        ],
                        default="read",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveIntegerField(default=0)),
                ("lease_until", models.DateTimeField(blank=True, null=True)),
                (
                    "uploaded_at",
                    models.DateTimeField(
                        default=jobcentre.replay.moment_now, verbose_name="uploaded"
                    ),
                ),
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
                    "centre",
                    models.ForeignKey(
                        limit_choices_to={"kind__in": ["job_centre", "youth"]},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of persons",
                "verbose_name_plural": "lists of persons",
                "ordering": ["-uploaded_at", "-id"],
                "indexes": [
                    models.Index(fields=["centre", "-uploaded_at"], name="list_of_centre"),
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["uploaded_at"],
                        name="list_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="list_running_has_a_lease",
                        violation_error_message="A list being registered is registered by somebody.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            ("finished_at__isnull", False),
                            _connector="OR",
                        ),
                        name="list_done_has_a_time",
                        violation_error_message="A list that is done has a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("is_full", False), ("listed_on__isnull", True), ("origin", "")
                            ),
                            models.Q(
                                ("listed_on__isnull", False),
                                (
                                    "origin__in",
                                    [
                                        "drop_out",
                                        "population",
                                        "own_contact",
                                        "guardian",
                                        "af",
                                        "social_services",
                                        "other_municipality",
                                    ],
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="list_of_the_young_says_whence",
                        violation_error_message="A list for the outreach register has a source and a day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.PositiveIntegerField(verbose_name="row")),
                ("cells", models.JSONField(blank=True, default=list)),
                ("values", models.JSONField(blank=True, default=dict)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "new person"),
                            ("known", "already registered"),
                            ("enters", "new in the outreach register"),
                            ("possible", "may be registered already"),
                            ("wrong", "something is wrong"),
                        ],
                        max_length=10,
                        verbose_name="check",
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not answered"),
                            ("same", "the same person"),
                            ("separate", "somebody else"),
                            ("skip", "leave the row out"),
                        ],
                        max_length=10,
                        verbose_name="answer",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waits"),
                            ("done", "registered"),
                            ("left_out", "left out"),
                            ("failed", "not registered"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("told_sv", models.CharField(blank=True, max_length=500)),
                ("told_en", models.CharField(blank=True, max_length=500)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.person",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="intake.listimport",
                    ),
                ),
            ],
            options={
                "verbose_name": "row of a list",
                "verbose_name_plural": "rows of a list",
                "ordering": ["line"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("source", "line"),
                        name="list_line_once",
                        violation_error_message="The row is already there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            ("person__isnull", False),
                            _connector="OR",
                        ),
                        name="list_row_done_has_a_person",
                        violation_error_message="A registered row is of a person.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["done", "left_out"]), _negated=True),
                            models.Q(("cells", []), ("values", {})),
                            _connector="OR",
                        ),
                        name="list_row_done_is_forgotten",
                        violation_error_message="What stood in a registered row is not kept.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mapping",
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
                        choices=[("begun", "begun"), ("completed", "completed")],
                        default="begun",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("begun_on", models.DateField(verbose_name="begun")),
                ("completed_on", models.DateField(blank=True, null=True, verbose_name="completed")),
                (
                    "others",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="others who took part"
                    ),
                ),
                ("summary", models.TextField(blank=True, max_length=4000, verbose_name="summary")),
                ("edit", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mappings",
                        to="casework.case",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "mapping",
                "verbose_name_plural": "mappings",
                "ordering": ["-begun_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "begun")),
                        fields=("case",),
                        name="mapping_one_at_a_time",
                        violation_error_message="A mapping is already under way.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completed_on__isnull", True), ("state", "begun")),
                            models.Q(("completed_on__isnull", False), ("state", "completed")),
                            _connector="OR",
                        ),
                        name="mapping_completed_has_a_date",
                        violation_error_message="A completed mapping has a date.",
                    ),
                ],
            },
        ),
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
            name="MappingAnswer",
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
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="intake.mapping",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        db_column="area",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.mappingarea",
                        to_field="key",
                        verbose_name="area",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer in a mapping",
                "verbose_name_plural": "answers in a mapping",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mapping", "area"),
                        name="mapping_area_once",
                        violation_error_message="The area already has an answer.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__isnull", True),
                            models.Q(("level__gte", 1), ("level__lte", 5)),
                            _connector="OR",
                        ),
                        name="mapping_level_is_one_to_five",
                        violation_error_message="A level is 1 to 5.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["person", "coach"])),
                        name="mapping_answer_has_a_source",
                        violation_error_message="Say whose words it is.",
                    ),
                ],
            },
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
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "answer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="intake.mappinganswer",
                    ),
                ),
            ],
            options={
                "verbose_name": "wording of an answer",
                "verbose_name_plural": "wordings of an answer",
                "ordering": ["-edit"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("answer", "edit"),
                        name="mapping_answer_version_once",
                        violation_error_message="This wording is already kept.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__isnull", True),
                            models.Q(("level__gte", 1), ("level__lte", 5)),
                            _connector="OR",
                        ),
                        name="mapping_version_level_is_one_to_five",
                        violation_error_message="A level is 1 to 5.",
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
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mapping_facts",
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
                (
                    "removed_by",
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
                "verbose_name": "fact in a mapping",
                "verbose_name_plural": "facts in a mapping",
                "ordering": ["kind", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("removed_on__isnull", True)),
                        fields=["kind", "code"],
                        name="mapping_fact_code",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_on__isnull", True)),
                        fields=("case", "kind", "code", "text"),
                        name="mapping_fact_once",
                        violation_error_message="This is already noted.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "sfi"), ("removed_on__isnull", True)),
                        fields=("case",),
                        name="mapping_sfi_once",
                        violation_error_message="SFI is already noted.",
                    ),
                    models.CheckConstraint(
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
                    models.CheckConstraint(
                        condition=models.Q(
                            ("years__isnull", True), ("years__lte", 70), _connector="OR"
                        ),
                        name="mapping_fact_years_are_a_life",
                        violation_error_message="At most 70 years.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on__isnull", True),
                            ("ordered_on__isnull", True),
                            ("done_on__gte", models.F("ordered_on")),
                            _connector="OR",
                        ),
                        name="mapping_test_done_after_ordered",
                        violation_error_message="A test cannot be done before it was ordered.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("result", ""), ("done_on__isnull", False), _connector="OR"
                        ),
                        name="mapping_test_result_when_done",
                        violation_error_message="Only a test that is done has a result.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_by__isnull", True), ("removed_on__isnull", True)),
                            models.Q(("removed_by__isnull", False), ("removed_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="mapping_fact_removed_by_somebody",
                        violation_error_message="Who removed it?",
                    ),
                ],
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
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.mappingarea",
                        to_field="key",
                        verbose_name="area",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mapping_parts",
                        to="casework.case",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "part of another party in a mapping",
                "verbose_name_plural": "parts of other parties in a mapping",
                "ordering": ["-said_on", "-id"],
                "indexes": [models.Index(fields=["case", "-said_on"], name="mapping_part_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "party__in",
                                [
                                    "guidance",
                                    "af",
                                    "fk",
                                    "health",
                                    "social",
                                    "school",
                                    "employer",
                                    "other",
                                ],
                            ),
                            models.Q(("text", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                        ),
                        name="mapping_part_is_said_by_somebody",
                        violation_error_message="Write who says it, and what.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("drop_out", "notice from a school that the studies ended"),
                            ("population", "list of the population register"),
                            ("own_contact", "the young person got in touch"),
                            ("guardian", "a guardian got in touch"),
                            ("af", "public employment service (AF)"),
                            ("social_services", "social services"),
                            ("other_municipality", "another municipality"),
                        ],
                        max_length=20,
                        verbose_name="came from",
                    ),
                ),
                (
                    "school",
                    models.CharField(blank=True, max_length=200, verbose_name="latest school"),
                ),
                (
                    "school_left_on",
                    models.DateField(blank=True, null=True, verbose_name="left the school"),
                ),
                (
                    "completed_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="completed upper secondary school"
                    ),
                ),
                (
                    "guardian",
                    models.CharField(blank=True, max_length=200, verbose_name="guardian and phone"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("to_contact", "to contact"),
                            ("in_contact", "contact made"),
                            ("in_measure", "in a measure"),
                            ("occupied", "occupation found"),
                            ("declined", "declined contact"),
                            ("ended", "has left the register"),
                        ],
                        default="to_contact",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("since", models.DateField(verbose_name="in this state since")),
                ("registered_on", models.DateField(verbose_name="registered")),
                (
                    "ended_on",
                    models.DateField(blank=True, null=True, verbose_name="left the register"),
                ),
                (
                    "ended_because",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("moved", "moved from the municipality"),
                            ("turned_25", "turned 25"),
                            ("occupation", "lasting occupation, after the 20th birthday"),
                            ("deceased", "deceased"),
                            ("mistake", "registered by mistake"),
                        ],
                        max_length=12,
                        verbose_name="reason",
                    ),
                ),
                (
                    "next_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="next contact"
                    ),
                ),
                (
                    "next_channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("letter", "letter"),
                            ("phone", "phone"),
                            ("sms", "SMS"),
                            ("email", "e-mail"),
                            ("home_visit", "home visit"),
                            ("school", "through the school"),
                            ("guardian", "through a guardian"),
                            ("social_media", "social media"),
                            ("meeting", "meeting"),
                        ],
                        editable=False,
                        max_length=15,
                    ),
                ),
                ("next_step", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("next_of", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("occupation_ends", models.BooleanField(default=False, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("created_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "case",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach_entries",
                        to="casework.case",
                        verbose_name="case",
                    ),
                ),
                (
                    "coordinator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach_entries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="responsible",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach_entries",
                        to="casework.person",
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
                (
                    "unit",
                    models.ForeignKey(
                        limit_choices_to={"kind": "youth"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outreach_entries",
                        to="accounts.unit",
                        verbose_name="youth unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "entry of the outreach register",
                "verbose_name_plural": "entries of the outreach register",
                "ordering": ["next_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "ended"), _negated=True),
                        fields=["unit", "next_on", "id"],
                        name="outreach_next",
                    ),
                    models.Index(fields=["unit", "registered_on"], name="outreach_registered"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "ended"), _negated=True),
                        fields=("person",),
                        name="outreach_person_once",
                        violation_error_message="The person is already in the outreach register.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "origin__in",
                                [
                                    "drop_out",
                                    "population",
                                    "own_contact",
                                    "guardian",
                                    "af",
                                    "social_services",
                                    "other_municipality",
                                ],
                            ),
                            (
                                "state__in",
                                [
                                    "to_contact",
                                    "in_contact",
                                    "in_measure",
                                    "occupied",
                                    "declined",
                                    "ended",
                                ],
                            ),
                        ),
                        name="outreach_codes_are_known",
                        violation_error_message="Choose where the entry came from.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "ended_because__in",
                                    ["moved", "turned_25", "occupation", "deceased", "mistake"],
                                ),
                                ("ended_on__isnull", False),
                                ("next_on__isnull", True),
                                ("state", "ended"),
                            ),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("ended_because", ""),
                                ("ended_on__isnull", True),
                                ("next_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="outreach_ended_or_to_be_contacted",
                        violation_error_message="An open entry has a next contact; one that has ended a day and a reason.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("registered_on")),
                            _connector="OR",
                        ),
                        name="outreach_ends_after_it_begins",
                        violation_error_message="An entry cannot end before it was registered.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactAttempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("on", models.DateField(verbose_name="day")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("letter", "letter"),
                            ("phone", "phone"),
                            ("sms", "SMS"),
                            ("email", "e-mail"),
                            ("home_visit", "home visit"),
                            ("school", "through the school"),
                            ("guardian", "through a guardian"),
                            ("social_media", "social media"),
                            ("meeting", "meeting"),
                        ],
                        max_length=15,
                        verbose_name="channel",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "reached, and wants to go on"),
                            ("declined", "reached, and declined"),
                            ("sent", "sent, no answer yet"),
                            ("message_left", "message left"),
                            ("other_person", "spoke with somebody else"),
                            ("no_answer", "no answer, nobody at home"),
                            ("wrong_details", "wrong number or address"),
                        ],
                        max_length=15,
                        verbose_name="result",
                    ),
                ),
                (
                    "companion",
                    models.CharField(blank=True, max_length=200, verbose_name="who came along"),
                ),
                (
                    "safety",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        verbose_name="safety, as judged before the visit",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="note")),
                ("created_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="intake.outreachentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact attempt",
                "verbose_name_plural": "contact attempts",
                "ordering": ["-on", "-id"],
                "indexes": [models.Index(fields=["on"], name="contact_attempt_on")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "channel__in",
                                [
                                    "letter",
                                    "phone",
                                    "sms",
                                    "email",
                                    "home_visit",
                                    "school",
                                    "guardian",
                                    "social_media",
                                    "meeting",
                                ],
                            ),
                            (
                                "result__in",
                                [
                                    "reached",
                                    "declined",
                                    "sent",
                                    "message_left",
                                    "other_person",
                                    "no_answer",
                                    "wrong_details",
                                ],
                            ),
                        ),
                        name="contact_attempt_codes_are_known",
                        violation_error_message="Choose a channel and a result.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("channel", "home_visit"), _negated=True),
                            models.Q(
                                models.Q(("companion", ""), _negated=True),
                                models.Q(("safety", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="home_visit_is_made_by_two",
                        violation_error_message="A home visit is made by two: write who came along and how the safety was judged beforehand.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExpressedNeed",
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
                            ("studies", "help to studies"),
                            ("work", "help to work or practice"),
                            ("guidance", "guidance on what to choose"),
                            ("support", "somebody who comes along"),
                            ("health", "help with health"),
                            ("housing", "a place to live"),
                            ("money", "help with money"),
                            ("language", "Swedish"),
                            ("travel", "travel or a driving licence"),
                            ("other", "something else"),
                        ],
                        max_length=10,
                        verbose_name="need",
                    ),
                ),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="needs",
                        to="intake.contactattempt",
                    ),
                ),
            ],
            options={
                "verbose_name": "expressed need",
                "verbose_name_plural": "expressed needs",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("attempt", "kind"),
                        name="expressed_need_once",
                        violation_error_message="The need is already noted.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownOccupation",
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
                            ("upper_secondary", "upper secondary school"),
                            ("introductory", "introductory programme"),
                            ("adult_education", "municipal adult education (komvux)"),
                            ("folk_high_school", "folk high school"),
                            ("other_studies", "other studies"),
                            ("work", "work"),
                            ("practice", "work practice"),
                            ("abroad", "abroad"),
                            ("parent", "at home with a child"),
                            ("ill", "ill or in care"),
                            ("other", "something else"),
                            ("nothing", "no occupation"),
                        ],
                        max_length=20,
                        verbose_name="occupation",
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="school or workplace"
                    ),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="per cent of full time"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "known_from",
                    models.CharField(
                        choices=[
                            ("person", "the young person"),
                            ("guardian", "a guardian"),
                            ("school", "the school"),
                            ("af", "public employment service (AF)"),
                            ("employer", "the employer"),
                            ("register", "a register"),
                        ],
                        max_length=10,
                        verbose_name="known from",
                    ),
                ),
                ("noted_on", models.DateField(verbose_name="noted")),
                (
                    "noted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="occupations",
                        to="intake.outreachentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "known occupation",
                "verbose_name_plural": "known occupations",
                "ordering": ["-starts_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="occupation_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "upper_secondary",
                                    "introductory",
                                    "adult_education",
                                    "folk_high_school",
                                    "other_studies",
                                    "work",
                                    "practice",
                                    "abroad",
                                    "parent",
                                    "ill",
                                    "other",
                                    "nothing",
                                ],
                            ),
                            (
                                "known_from__in",
                                ["person", "guardian", "school", "af", "employer", "register"],
                            ),
                            models.Q(
                                ("percent__isnull", True),
                                models.Q(("percent__gte", 1), ("percent__lte", 100)),
                                _connector="OR",
                            ),
                        ),
                        name="occupation_values_are_sensible",
                        violation_error_message="Choose the occupation and how it is known; the extent is 1 to 100 per cent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EducationContract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("running", "running"), ("ended", "ended")],
                        default="running",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("school", models.CharField(max_length=200, verbose_name="school")),
                (
                    "programme",
                    models.CharField(max_length=200, verbose_name="programme or courses"),
                ),
                (
                    "percent",
                    models.PositiveSmallIntegerField(
                        verbose_name="studies in per cent of full time"
                    ),
                ),
                (
                    "combined_with",
                    models.CharField(
                        choices=[
                            ("nothing", "studies only"),
                            ("work", "work"),
                            ("practice", "work practice"),
                        ],
                        default="nothing",
                        max_length=10,
                        verbose_name="combined with",
                    ),
                ),
                (
                    "combined_percent",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="work or practice in per cent of full time",
                    ),
                ),
                ("goal", models.CharField(blank=True, max_length=500, verbose_name="goal")),
                ("starts_on", models.DateField(verbose_name="first day")),
                ("ends_before", models.DateField(verbose_name="planned end")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("completed", "completed the studies"),
                            ("to_work", "went on to work"),
                            ("other_studies", "went on to other studies"),
                            ("broken_off", "broken off"),
                            ("moved", "moved from the municipality"),
                        ],
                        max_length=15,
                        verbose_name="result",
                    ),
                ),
                (
                    "next_follow_up_on",
                    models.DateField(
                        blank=True, editable=False, null=True, verbose_name="next follow-up"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "occupation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contract",
                        to="intake.knownoccupation",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contracts",
                        to="intake.outreachentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "education contract",
                "verbose_name_plural": "education contracts",
                "ordering": ["next_follow_up_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "running")),
                        fields=("entry",),
                        name="contract_one_at_a_time",
                        violation_error_message="An education contract is already running.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__gt", models.F("starts_on")),
                            models.Q(
                                ("ended_on__isnull", True),
                                ("ended_on__gte", models.F("starts_on")),
                                _connector="OR",
                            ),
                        ),
                        name="contract_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("percent__gte", 1),
                            ("percent__lte", 100),
                            models.Q(
                                models.Q(
                                    ("combined_percent__isnull", True), ("combined_with", "nothing")
                                ),
                                models.Q(
                                    ("combined_with__in", ["work", "practice"]),
                                    ("combined_percent__gte", 1),
                                    ("combined_percent__isnull", False),
                                    ("combined_percent__lte", 100),
                                ),
                                _connector="OR",
                            ),
                        ),
                        name="contract_extent_is_sensible",
                        violation_error_message="Studies are 1 to 100 per cent; work or practice has an extent too.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_on__isnull", True),
                                ("next_follow_up_on__isnull", False),
                                ("result", ""),
                                ("state", "running"),
                            ),
                            models.Q(
                                ("ended_on__isnull", False),
                                ("next_follow_up_on__isnull", True),
                                (
                                    "result__in",
                                    [
                                        "completed",
                                        "to_work",
                                        "other_studies",
                                        "broken_off",
                                        "moved",
                                    ],
                                ),
                                ("state", "ended"),
                            ),
                            _connector="OR",
                        ),
                        name="contract_ended_has_a_result",
                        violation_error_message="A contract that has ended has a last day and a result.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContractFollowUp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("as_planned", "as planned"),
                            ("behind", "behind the plan"),
                            ("not_studying", "does not study"),
                        ],
                        max_length=15,
                        verbose_name="the studies go",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=4000, verbose_name="note")),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="follow_ups",
                        to="intake.educationcontract",
                    ),
                ),
            ],
            options={
                "verbose_name": "follow-up of an education contract",
                "verbose_name_plural": "follow-ups of an education contract",
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("progress__in", ["as_planned", "behind", "not_studying"])
                        ),
                        name="contract_follow_up_says_how",
                        violation_error_message="Choose how the studies go.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KaaPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("turned_20", "turned 20"),
                            ("completed", "completed upper secondary school"),
                            ("in_school", "began upper secondary school"),
                            ("left", "left the outreach register"),
                        ],
                        max_length=10,
                        verbose_name="reason",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kaa_periods",
                        to="intake.outreachentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "period in the KAA register",
                "verbose_name_plural": "periods in the KAA register",
                "ordering": ["starts_on", "id"],
                "indexes": [
                    models.Index(fields=["starts_on", "ends_before"], name="kaa_period_days")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "starts_on"),
                        name="kaa_period_starts_once",
                        violation_error_message="The period is already there.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="kaa_period_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KaaExtractRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("values", models.JSONField()),
                (
                    "extract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="intake.kaaextract",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="intake.outreachentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of an extract",
                "verbose_name_plural": "lines of an extract",
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("extract", "position"),
                        name="kaa_extract_row_once",
                        violation_error_message="The line is already there.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutreachInterval",
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
                            ("to_contact", "between attempts after the last step of the schedule"),
                            ("in_contact", "between contacts when contact is made"),
                            ("in_measure", "between contacts during a measure"),
                            ("occupied", "between checks of a known occupation"),
                            ("declined", "until somebody who declined is asked again"),
                            ("contract", "between follow-ups of an education contract"),
                            ("remove_entry", "until an entry that has ended is removed"),
                            ("remove_extract", "until an extract is removed"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="what",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="days")),
            ],
            options={
                "verbose_name": "interval of the outreach",
                "verbose_name_plural": "intervals of the outreach",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days__gte", 1),
                            ("days__lte", 3650),
                            (
                                "key__in",
                                [
                                    "to_contact",
                                    "in_contact",
                                    "in_measure",
                                    "occupied",
                                    "declined",
                                    "contract",
                                    "remove_entry",
                                    "remove_extract",
                                ],
                            ),
                        ),
                        name="outreach_interval_is_sensible",
                        violation_error_message="An interval is 1 to 3650 days.",
                    )
                ],
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
                (
                    "agreed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "appointment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entrance",
                        to="casework.appointment",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreed entrance",
                "verbose_name_plural": "agreed entrances",
                "ordering": ["at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("entrance", ""), _negated=True),
                        name="entrance_is_named",
                        violation_error_message="Say which entrance.",
                    )
                ],
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="progressindicator_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("asked_of_person", True), ("asked_of_coach", True), _connector="OR"
                        ),
                        name="progress_indicator_is_asked_of_somebody",
                        violation_error_message="Somebody has to rate it.",
                    ),
                ],
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
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progress_measures",
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
                "verbose_name": "measure of progression",
                "verbose_name_plural": "measures of progression",
                "ordering": ["-measured_on", "-id"],
                "indexes": [models.Index(fields=["case", "-measured_on"], name="progress_of_case")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("case", "rater", "measured_on"),
                        name="progress_once_a_day",
                        violation_error_message="There is already a rating of that day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rater__in", ["person", "coach"])),
                        name="progress_rater_is_known",
                        violation_error_message="Say who rates.",
                    ),
                ],
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
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.progressindicator",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ratings",
                        to="intake.progressmeasure",
                    ),
                ),
            ],
            options={
                "verbose_name": "rating of an indicator",
                "verbose_name_plural": "ratings of an indicator",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("measure", "indicator"),
                        name="progress_indicator_once",
                        violation_error_message="The indicator is already rated.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__gte", 1), ("step__lte", 5)),
                        name="progress_step_is_one_to_five",
                        violation_error_message="A step is 1 to 5.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RightsGiven",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_on", models.DateField(verbose_name="explained on")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("oral", "told"),
                            ("oral_and_written", "told and given in writing"),
                        ],
                        max_length=20,
                        verbose_name="how",
                    ),
                ),
                ("language", models.CharField(max_length=60, verbose_name="in which language")),
                (
                    "with_interpreter",
                    models.BooleanField(default=False, verbose_name="with interpreter"),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rights_given",
                        to="casework.case",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "explanation of rights and duties",
                "verbose_name_plural": "explanations of rights and duties",
                "ordering": ["-given_on", "-id"],
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
                (
                    "centre",
                    models.ForeignKey(
                        limit_choices_to={"kind": "job_centre"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="screens",
                        to="accounts.unit",
                    ),
                ),
                (
                    "made_by",
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
                "verbose_name": "screen",
                "verbose_name_plural": "screens",
                "ordering": ["kind", "name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("centre", "kind", "name"),
                        name="screen_name_once_in_use",
                        violation_error_message="The centre already has a screen of that name.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("token", ""), _negated=True),
                        ),
                        name="screen_has_name_and_address",
                        violation_error_message="A screen has a name and an address.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="screen_ends_after_it_was_made",
                        violation_error_message="A screen ends after it was made.",
                    ),
                ],
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
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summaries",
                        to="intake.mapping",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier summary of a mapping",
                "verbose_name_plural": "earlier summaries of a mapping",
                "ordering": ["-edit"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mapping", "edit"),
                        name="mapping_summary_version_once",
                        violation_error_message="This wording is already kept.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SupportObstacle",
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
                "verbose_name": "obstacle to self-support",
                "verbose_name_plural": "obstacles to self-support",
                "ordering": ["position", "id"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gt", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="supportobstacle_ends_after_it_starts",
                        violation_error_message="The last day must be after the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
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
                ("sent_on", models.DateField(verbose_name="sent")),
                ("sent_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "exception_reason",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        verbose_name="why another centre than the district's",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("consent", "the person's consent"),
                            ("activity", "required activity under the Social Services Act"),
                            ("request", "the person's own request"),
                        ],
                        max_length=20,
                        verbose_name="ground for passing on the information",
                    ),
                ),
                (
                    "wishes",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="the person's wishes"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "no time yet"),
                            ("booked", "first meeting booked"),
                            ("met", "the person has come"),
                            ("ended", "ended without a case"),
                        ],
                        default="waiting",
                        max_length=15,
                        verbose_name="state",
                    ),
                ),
                ("contact_on", models.DateField(blank=True, null=True, verbose_name="act by")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("never_came", "never came"),
                            ("withdrawn", "taken back by the sender"),
                            ("wrong_centre", "belongs elsewhere"),
                            ("has_work", "has work or studies"),
                            ("moved", "moved"),
                            ("other", "another reason"),
                        ],
                        max_length=15,
                        verbose_name="why it ended",
                    ),
                ),
                ("end_note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                (
                    "appointment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="casework.appointment",
                        verbose_name="first meeting",
                    ),
                ),
                (
                    "case",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referral_in",
                        to="casework.case",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        limit_choices_to={"kind": "job_centre"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals_in",
                        to="accounts.unit",
                        verbose_name="job centre",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        blank=True,
                        limit_choices_to={"kind": "district"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals_of_district",
                        to="accounts.unit",
                        verbose_name="district",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="referrals_in",
                        to="casework.person",
                    ),
                ),
                (
                    "sending_unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sent_referrals",
                        to="accounts.unit",
                        verbose_name="sending unit",
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
                    "obstacle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.supportobstacle",
                        verbose_name="obstacle to self-support",
                    ),
                ),
            ],
            options={
                "verbose_name": "referral in",
                "verbose_name_plural": "referrals in",
                "ordering": ["contact_on", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "booked"])),
                        fields=["centre", "contact_on", "id"],
                        name="referral_in_to_do",
                    ),
                    models.Index(fields=["sending_unit", "-sent_on"], name="referral_in_of_sender"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "booked"])),
                        fields=("person",),
                        name="referral_in_one_open",
                        violation_error_message="The person is referred already and has not come yet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contact_on__isnull", False),
                                ("end_reason", ""),
                                ("ended_on__isnull", True),
                                ("state__in", ["waiting", "booked"]),
                            ),
                            models.Q(
                                ("case__isnull", False),
                                ("ended_on__isnull", False),
                                ("state", "met"),
                            ),
                            models.Q(
                                ("case__isnull", True),
                                ("ended_on__isnull", False),
                                ("state", "ended"),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="referral_in_state_fits",
                        violation_error_message="The state does not fit the rest of the referral.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "booked"), _negated=True),
                            ("appointment__isnull", False),
                            _connector="OR",
                        ),
                        name="referral_in_booked_has_a_time",
                        violation_error_message="A booked referral has a first meeting.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("ended_on__gte", models.F("sent_on")),
                            _connector="OR",
                        ),
                        name="referral_in_ends_after_it_is_sent",
                        violation_error_message="A referral cannot end before it is sent.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReferralContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("phone", "telephone"),
                            ("sms", "text message"),
                            ("email", "e-mail"),
                            ("letter", "letter"),
                            ("sender", "through the sender"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("reached", "reached"),
                            ("no_answer", "no answer"),
                            ("message", "message left"),
                        ],
                        max_length=15,
                        verbose_name="result",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="note")),
                ("next_on", models.DateField(verbose_name="next attempt")),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "referral",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="intake.referralin",
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt to reach a referred person",
                "verbose_name_plural": "attempts to reach referred persons",
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("next_on__gt", models.F("on"))),
                        name="referral_contact_next_lies_ahead",
                        violation_error_message="The next attempt must lie ahead.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("came_on", models.DateField(verbose_name="day")),
                ("ticket_letter", models.CharField(blank=True, max_length=1)),
                ("ticket_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("person", "person"), ("company", "company")],
                        max_length=10,
                        verbose_name="visitor",
                    ),
                ),
                (
                    "visitor_name",
                    models.CharField(blank=True, max_length=100, verbose_name="name to call"),
                ),
                (
                    "company_name",
                    models.CharField(blank=True, max_length=200, verbose_name="company"),
                ),
                (
                    "purpose",
                    models.CharField(
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
                ("language", models.CharField(blank=True, max_length=60, verbose_name="language")),
                (
                    "state",
                    models.CharField(
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
                (
                    "result",
                    models.CharField(
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
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="answer")),
                (
                    "arrived_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="arrived"),
                ),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="called")),
                (
                    "met_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="meeting began"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "sent_token",
                    models.UUIDField(blank=True, editable=False, null=True, unique=True),
                ),
                ("nameless_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "appointment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="casework.appointment",
                    ),
                ),
                (
                    "called_by",
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
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="casework.case",
                    ),
                ),
                (
                    "centre",
                    models.ForeignKey(
                        limit_choices_to={"kind": "job_centre"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="accounts.unit",
                    ),
                ),
                (
                    "desk",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="intake.desk",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="hosted_visits",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="has come to see",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="casework.person",
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
                (
                    "screen",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="intake.screen",
                    ),
                ),
                (
                    "sent_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_visits",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "visit",
                "verbose_name_plural": "visits",
                "ordering": ["arrived_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["centre", "arrived_at"],
                        name="visit_waiting",
                    ),
                    models.Index(fields=["centre", "-arrived_at"], name="visit_of_centre"),
                    models.Index(fields=["centre", "came_on"], name="visit_of_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("company_name", ""), ("kind", "person")),
                            models.Q(
                                ("kind", "company"),
                                ("person__isnull", True),
                                models.Q(
                                    models.Q(("company_name", ""), _negated=True),
                                    ("nameless_at__isnull", False),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="visit_is_of_somebody",
                        violation_error_message="A visit is of a person or of a company.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "company"), ("purpose__in", ("company", "event"))),
                            models.Q(
                                ("kind", "person"),
                                models.Q(("purpose__in", ("company", "event")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visit_errand_fits_the_visitor",
                        violation_error_message="That errand is not for this kind of visitor.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ticket_letter", ""), ("ticket_number__isnull", True)),
                            models.Q(
                                ("ticket_letter__in", ["A", "B", "C", "D", "E"]),
                                ("ticket_number__gte", 1),
                                ("ticket_number__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="visit_ticket_is_letter_and_number",
                        violation_error_message="A ticket is a letter and a number.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_at__isnull", True),
                                ("ended_at__isnull", True),
                                ("met_at__isnull", True),
                                ("state", "waiting"),
                            ),
                            models.Q(
                                ("called_at__isnull", False),
                                ("ended_at__isnull", True),
                                ("met_at__isnull", True),
                                ("state", "called"),
                            ),
                            models.Q(
                                ("called_at__isnull", False),
                                ("ended_at__isnull", True),
                                ("met_at__isnull", False),
                                ("state", "meeting"),
                            ),
                            models.Q(
                                ("called_at__isnull", False),
                                ("ended_at__isnull", False),
                                ("state", "done"),
                            ),
                            models.Q(
                                ("ended_at__isnull", False), ("state__in", ("left", "sent_on"))
                            ),
                            _connector="OR",
                        ),
                        name="visit_state_fits_its_times",
                        violation_error_message="The state of the visit does not fit its times.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_at__isnull", True),
                                ("called_at__gte", models.F("arrived_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("met_at__isnull", True),
                                models.Q(
                                    ("called_at__isnull", False),
                                    ("met_at__gte", models.F("called_at")),
                                ),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_at__gte", models.F("arrived_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("called_at__isnull", True),
                                ("ended_at__gte", models.F("called_at")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_at__isnull", True),
                                ("met_at__isnull", True),
                                ("ended_at__gte", models.F("met_at")),
                                _connector="OR",
                            ),
                        ),
                        name="visit_times_are_in_order",
                        violation_error_message="The times of a visit follow each other.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called_at__isnull", True), ("called_by__isnull", True)),
                            models.Q(("called_at__isnull", False), ("called_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_called_by_somebody",
                        violation_error_message="Somebody called the visitor.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), models.Q(("result", ""), _negated=True)),
                            models.Q(models.Q(("state", "done"), _negated=True), ("result", "")),
                            _connector="OR",
                        ),
                        name="visit_done_has_a_result",
                        violation_error_message="Say how the visit ended.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("result", "enrolled"), _negated=True),
                            ("case__isnull", False),
                            _connector="OR",
                        ),
                        name="visit_enrolled_has_a_case",
                        violation_error_message="An enrolment has a case.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "sent_on"), _negated=True),
                            ("sent_to__isnull", False),
                            _connector="OR",
                        ),
                        name="visit_sent_on_to_somebody",
                        violation_error_message="Choose the colleague.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("registered_by__isnull", False),
                            ("screen__isnull", False),
                            _connector="OR",
                        ),
                        name="visit_registered_by_somebody",
                        violation_error_message="A visit is registered by a user or a tablet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nameless_at__isnull", True),
                            models.Q(
                                ("answer", ""),
                                ("case__isnull", True),
                                ("company_name", ""),
                                ("ended_at__isnull", False),
                                ("language", ""),
                                ("person__isnull", True),
                                ("visitor_name", ""),
                            ),
                            _connector="OR",
                        ),
                        name="visit_nameless_has_no_name",
                        violation_error_message="A visit made nameless has no name left.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ticket_letter", ""), _negated=True),
                        fields=("centre", "came_on", "ticket_letter", "ticket_number"),
                        name="visit_ticket_once_a_day",
                        violation_error_message="The ticket is already given.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("waiting", "called", "meeting"))),
                        fields=("centre", "person"),
                        name="visit_one_open_for_each_person",
                        violation_error_message="The person is already in the queue.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("called", "meeting"))),
                        fields=("desk",),
                        name="desk_has_one_visitor",
                        violation_error_message="Another visitor is already called there.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YouthMeasure",
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
                            ("motivation", "talks to motivate to studies"),
                            ("guidance", "study and vocational guidance"),
                            ("back_to_school", "way back to school"),
                            ("preparatory", "preparatory activity at home or in a group"),
                            ("practice", "work practice"),
                            ("coaching", "coaching towards work"),
                            ("other", "other measure"),
                        ],
                        max_length=15,
                        verbose_name="measure",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("offered", "offered"),
                            ("declined", "declined"),
                            ("begun", "begun"),
                            ("ended", "ended"),
                        ],
                        default="offered",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, max_length=500, verbose_name="what is offered"),
                ),
                ("offered_on", models.DateField(verbose_name="offered")),
                ("begun_on", models.DateField(blank=True, null=True, verbose_name="begun")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("to_studies", "on to studies"),
                            ("to_work", "on to work"),
                            ("to_other", "on to another measure"),
                            ("broken_off", "broken off"),
                            ("no_change", "no change yet"),
                        ],
                        max_length=12,
                        verbose_name="result",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="measures",
                        to="intake.outreachentry",
                    ),
                ),
                (
                    "offered_by",
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
                "verbose_name": "measure",
                "verbose_name_plural": "measures",
                "ordering": ["-offered_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("begun_on__isnull", True),
                                ("ended_on__isnull", True),
                                ("result", ""),
                                ("state__in", ["offered", "declined"]),
                            ),
                            models.Q(
                                ("begun_on__isnull", False),
                                ("ended_on__isnull", True),
                                ("result", ""),
                                ("state", "begun"),
                            ),
                            models.Q(
                                ("begun_on__isnull", False),
                                ("ended_on__isnull", False),
                                (
                                    "result__in",
                                    [
                                        "to_studies",
                                        "to_work",
                                        "to_other",
                                        "broken_off",
                                        "no_change",
                                    ],
                                ),
                                ("state", "ended"),
                            ),
                            _connector="OR",
                        ),
                        name="measure_days_fit_its_state",
                        violation_error_message="A measure that has begun has a first day, one that has ended a last day and a result.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("begun_on__isnull", True),
                                ("begun_on__gte", models.F("offered_on")),
                                _connector="OR",
                            ),
                            models.Q(
                                ("ended_on__isnull", True),
                                ("ended_on__gte", models.F("begun_on")),
                                _connector="OR",
                            ),
                        ),
                        name="measure_days_are_in_order",
                        violation_error_message="A measure is offered, then begun, then ended.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AfRegistration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("registered", "registered with AF"),
                            ("not_registered", "not registered with AF"),
                            ("will_register", "is to register with AF"),
                        ],
                        max_length=15,
                        verbose_name="registration",
                    ),
                ),
                ("since", models.DateField(blank=True, null=True, verbose_name="registered since")),
                (
                    "booked_on",
                    models.DateField(blank=True, null=True, verbose_name="time booked to register"),
                ),
                ("checked_on", models.DateField(verbose_name="checked")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="af_registrations",
                        to="casework.case",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "AF registration",
                "verbose_name_plural": "AF registrations",
                "ordering": ["-checked_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("since__isnull", True), ("status", "registered"), _connector="OR"
                        ),
                        name="af_date_only_when_registered",
                        violation_error_message="Only a registered person has a date.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("booked_on__isnull", True),
                            ("status", "will_register"),
                            _connector="OR",
                        ),
                        name="af_booked_only_when_to_register",
                        violation_error_message="Only one who is to register has a booked day.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ColumnMatching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("fingerprint", models.CharField(max_length=64)),
                ("matching", models.JSONField(default=dict)),
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
                "verbose_name": "matching of columns",
                "verbose_name_plural": "matchings of columns",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "fingerprint"),
                        name="matching_once_per_user",
                        violation_error_message="These headings are matched already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentRefusal",
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
                ("said_on", models.DateField(verbose_name="said no on")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consent_refusals",
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
                "verbose_name": "refused consent",
                "verbose_name_plural": "refused consents",
                "ordering": ["-said_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "purpose__in",
                                [
                                    "af",
                                    "income_support",
                                    "providers",
                                    "health",
                                    "competence_bank",
                                    "follow_up",
                                ],
                            )
                        ),
                        name="consent_refusal_purpose_is_known",
                        violation_error_message="Choose what was asked.",
                    )
                ],
            },
        ),
    ]
