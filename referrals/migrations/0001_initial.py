import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
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
        ("activityplans", "0001_initial"),
        ("casework", "0001_initial"),
        ("intake", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="budget, kronor"
                    ),
                ),
                (
                    "reserved",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        editable=False,
                        max_digits=12,
                        verbose_name="reserved, kronor",
                    ),
                ),
                (
                    "paid",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0.00"),
                        editable=False,
                        max_digits=12,
                        verbose_name="paid, kronor",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "centre",
                    models.ForeignKey(
                        limit_choices_to={"kind": "job_centre"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="course_budgets",
                        to="accounts.unit",
                        verbose_name="job centre",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget for quick courses",
                "verbose_name_plural": "budgets for quick courses",
                "ordering": ["-year", "centre__name", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("centre", "year"),
                        name="course_budget_once_a_year",
                        violation_error_message="The centre already has a budget for that year.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reserved__gte", 0), ("paid__gte", 0)),
                        name="course_budget_parts_not_negative",
                        violation_error_message="Nothing less than 0 is reserved or paid.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "amount__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("reserved"), "+", models.F("paid")
                                ),
                            )
                        ),
                        name="course_budget_never_below_zero",
                        violation_error_message="That is more than what is left of the budget.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CourseBudgetChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="budget, kronor"
                    ),
                ),
                ("why", models.CharField(max_length=300, verbose_name="why")),
                ("made_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "budget",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="referrals.coursebudget",
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
                "verbose_name": "change of a budget",
                "verbose_name_plural": "changes of budgets",
                "ordering": ["-made_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="CourseRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="course")),
                (
                    "organiser",
                    models.CharField(max_length=200, verbose_name="who gives the course"),
                ),
                ("leads_to", models.CharField(max_length=300, verbose_name="the job it leads to")),
                (
                    "why",
                    models.TextField(
                        max_length=2000, verbose_name="why this course is what is missing"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2, max_digits=9, verbose_name="price, kronor"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("requested", "waiting for a decision"),
                            ("approved", "approved, money reserved"),
                            ("refused", "refused"),
                            ("paid", "paid"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="requested",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("requested_on", models.DateField(verbose_name="requested")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided")),
                (
                    "reason",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="why it is refused or withdrawn"
                    ),
                ),
                (
                    "paid_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="paid, kronor",
                    ),
                ),
                ("paid_on", models.DateField(blank=True, null=True, verbose_name="paid")),
                (
                    "invoice",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="number of the invoice"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "budget",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="requests",
                        to="referrals.coursebudget",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="courses",
                        to="casework.case",
                    ),
                ),
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
                    "paid_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
            ],
            options={
                "verbose_name": "request for a quick course",
                "verbose_name_plural": "requests for quick courses",
                "ordering": ["-requested_on", "-id"],
                "indexes": [
                    models.Index(fields=["state", "-requested_on", "-id"], name="course_by_state"),
                    models.Index(fields=["case"], name="course_of_case"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("price__gt", 0)),
                        name="course_has_a_price",
                        violation_error_message="The price is more than 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="course_ends_after_it_starts",
                        violation_error_message="The course must end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("requested_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="course_by_four_eyes",
                        violation_error_message="Somebody else than the one who asked decides.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "refused", "paid"]), _negated=True),
                            models.Q(("decided_by__isnull", False), ("decided_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="course_decided_by_somebody",
                        violation_error_message="What is decided has somebody who decided it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "paid"]), _negated=True),
                            ("budget__isnull", False),
                            _connector="OR",
                        ),
                        name="course_approved_from_a_budget",
                        violation_error_message="What is approved is paid from a budget.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["refused", "withdrawn"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="course_refused_with_reason",
                        violation_error_message="Say why it is refused or withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "paid"),
                                ("paid_amount__gt", 0),
                                ("paid_by__isnull", False),
                                ("paid_on__isnull", False),
                                models.Q(("invoice", ""), _negated=True),
                                ("paid_amount__lte", models.F("price")),
                            ),
                            models.Q(
                                models.Q(("state", "paid"), _negated=True),
                                ("paid_amount__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="course_paid_within_its_price",
                        violation_error_message="What is paid has an invoice and is at most the price that was approved.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Order",
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
                            ("sent", "waiting for an answer"),
                            ("asked", "the provider has a question"),
                            ("waiting", "on the waiting list"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("started", "started"),
                            ("paused", "paused"),
                            ("ended", "ended"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="sent",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("requirement", models.TextField(max_length=4000, verbose_name="requirement")),
                (
                    "needs_to_know",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="what the provider needs to know"
                    ),
                ),
                (
                    "goals",
                    models.TextField(
                        blank=True, max_length=2000, verbose_name="goals and results wanted"
                    ),
                ),
                (
                    "adaptation",
                    models.TextField(blank=True, max_length=1000, verbose_name="adaptation"),
                ),
                (
                    "interpreter",
                    models.CharField(blank=True, max_length=200, verbose_name="interpreter wanted"),
                ),
                (
                    "shares",
                    models.JSONField(
                        blank=True, default=list, verbose_name="what the provider is told"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("consent", "the person's consent"),
                            ("necessary", "necessary for the work (OSL 10:2)"),
                        ],
                        max_length=10,
                        verbose_name="passed on because of",
                    ),
                ),
                (
                    "basis_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it is necessary"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="wanted from")),
                ("ends_before", models.DateField(verbose_name="until")),
                (
                    "hours_per_week",
                    models.DecimalField(
                        decimal_places=1, max_digits=4, verbose_name="hours per week"
                    ),
                ),
                ("sent_on", models.DateField(verbose_name="sent")),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="answered")),
                (
                    "decline_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("full", "no free place"),
                            ("unsuitable", "does not fit what we do"),
                            ("not_reached", "the person was not reached"),
                            ("other", "other reason"),
                        ],
                        max_length=15,
                        verbose_name="why it was declined",
                    ),
                ),
                (
                    "decline_note",
                    models.CharField(blank=True, max_length=300, verbose_name="comment"),
                ),
                (
                    "waiting_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why on the waiting list"
                    ),
                ),
                (
                    "expected_on",
                    models.DateField(blank=True, null=True, verbose_name="place expected"),
                ),
                (
                    "accepted_on",
                    models.DateField(blank=True, null=True, verbose_name="accepted on"),
                ),
                (
                    "contact",
                    models.CharField(blank=True, max_length=200, verbose_name="supervisor"),
                ),
                (
                    "first_day_on",
                    models.DateField(blank=True, null=True, verbose_name="first day agreed"),
                ),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="started")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="ended")),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reached", "the expected result was reached"),
                            ("partly", "the expected result was partly reached"),
                            ("not_reached", "the expected result was not reached"),
                            ("interrupted", "interrupted"),
                        ],
                        max_length=15,
                        verbose_name="result",
                    ),
                ),
                (
                    "withdrawn_reason",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="why it was withdrawn"
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="activityplans.activity",
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
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="casework.case",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        limit_choices_to={"kind": "provider"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="orders",
                        to="accounts.unit",
                        verbose_name="provider",
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
            ],
            options={
                "verbose_name": "order",
                "verbose_name_plural": "orders",
                "ordering": ["-sent_on", "-id"],
                "indexes": [
                    models.Index(fields=["provider", "state", "sent_on"], name="order_of_provider"),
                    models.Index(fields=["case", "-sent_on"], name="order_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["sent", "asked", "waiting", "accepted", "started", "paused"],
                            )
                        ),
                        fields=("activity", "provider"),
                        name="order_once_at_a_time",
                        violation_error_message="The activity is already ordered from this provider.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="order_ends_after_it_starts",
                        violation_error_message="The order must end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("requirement", ""), _negated=True),
                        name="order_has_a_requirement",
                        violation_error_message="Write the requirement.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("basis", "consent"),
                            models.Q(("basis_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="order_without_consent_says_why",
                        violation_error_message="Say why it is necessary to pass this on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("decline_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="order_declined_with_reason",
                        violation_error_message="Choose why you decline.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(("withdrawn_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="order_withdrawn_with_reason",
                        violation_error_message="Say why the order is withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "waiting"), _negated=True),
                            models.Q(("waiting_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="order_waits_with_reason",
                        violation_error_message="Say why there is a waiting list.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["started", "paused", "ended"]), _negated=True),
                            ("started_on__isnull", False),
                            _connector="OR",
                        ),
                        name="order_started_has_a_day",
                        violation_error_message="A started order has a first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(
                                ("ended_on__isnull", False), models.Q(("result", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="order_ended_with_result",
                        violation_error_message="An ended order has a last day and a result.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MethodSupport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ref", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("supported", "Supported Employment"),
                            ("mobilisation", "Mobilisering"),
                        ],
                        max_length=15,
                        verbose_name="method",
                    ),
                ),
                (
                    "aim",
                    models.TextField(max_length=2000, verbose_name="what the person wants with it"),
                ),
                ("started_on", models.DateField(verbose_name="from")),
                ("ended_on", models.DateField(blank=True, null=True, verbose_name="last day")),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_own", "manages without the support"),
                            ("other_support", "gets another support"),
                            ("own_wish", "the person's own wish"),
                            ("moved", "has moved"),
                            ("case_closed", "the case was closed"),
                            ("other", "other reason"),
                        ],
                        max_length=15,
                        verbose_name="why it ended",
                    ),
                ),
                ("end_note", models.CharField(blank=True, max_length=500, verbose_name="comment")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="methods",
                        to="casework.case",
                    ),
                ),
                (
                    "job_coach",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="job coach",
                    ),
                ),
                (
                    "series",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="intake.groupseries",
                        verbose_name="group",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="methods",
                        to="referrals.order",
                        verbose_name="order",
                    ),
                ),
            ],
            options={
                "verbose_name": "support by a method",
                "verbose_name_plural": "support by methods",
                "ordering": ["-started_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on__isnull", True)),
                        fields=("case", "method"),
                        name="method_once_at_a_time",
                        violation_error_message="The person already has support by this method.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("order__isnull", True), ("job_coach__isnull", True), _connector="OR"
                        ),
                        name="method_led_by_one",
                        violation_error_message="Either a provider or a job coach leads the support.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("end_reason", ""), ("ended_on__isnull", True)),
                            models.Q(
                                ("ended_on__gte", models.F("started_on")),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="method_ended_with_reason",
                        violation_error_message="What has ended has a reason, and a last day that is not before the first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("method", "mobilisation"), ("series__isnull", True), _connector="OR"
                        ),
                        name="method_group_of_mobilisation",
                        violation_error_message="Only Mobilisering has a group.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MethodStage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("profile", "vocational profile"),
                            ("job_finding", "job finding"),
                            ("workplace", "workplace analysis"),
                            ("support", "support on the job"),
                            ("tapering", "tapering"),
                            ("beginning", "beginning and agreement of the group"),
                            ("group", "the group works"),
                            ("future_plan", "own future plan"),
                            ("on_the_way", "on the way by the own plan"),
                        ],
                        max_length=15,
                        verbose_name="step",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "outcome",
                    models.TextField(blank=True, max_length=4000, verbose_name="what came of it"),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stages",
                        to="referrals.methodsupport",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a method",
                "verbose_name_plural": "steps of methods",
                "ordering": ["starts_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_before__isnull", True)),
                        fields=("support",),
                        name="method_one_step_at_a_time",
                        violation_error_message="The support is in one step at a time.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="method_step_ends_after_it_starts",
                        violation_error_message="The next step cannot begin before this one did.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MethodIntensity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from")),
                (
                    "minutes_per_week",
                    models.PositiveIntegerField(verbose_name="minutes for a week"),
                ),
                ("why", models.CharField(blank=True, max_length=300, verbose_name="why")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intensities",
                        to="referrals.methodsupport",
                    ),
                ),
            ],
            options={
                "verbose_name": "intensity of support",
                "verbose_name_plural": "intensities of support",
                "ordering": ["from_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("support", "from_on"),
                        name="method_intensity_once_a_day",
                        violation_error_message="It has been changed from that day already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_per_week__lte", 2400)),
                        name="method_intensity_within_a_week",
                        violation_error_message="At most 40 hours a week.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MethodContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="day")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting", "meeting"),
                            ("workplace", "visit at a workplace"),
                            ("phone", "telephone call"),
                            ("message", "text message or e-mail"),
                            ("group", "group meeting"),
                            ("practical", "practical help on the way"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("minutes", models.PositiveIntegerField(verbose_name="minutes")),
                (
                    "with_whom",
                    models.CharField(
                        choices=[
                            ("person", "the person"),
                            ("employer", "an employer"),
                            ("both", "the person and an employer"),
                            ("workmates", "workmates or a supervisor"),
                            ("others", "somebody else around the person"),
                        ],
                        max_length=10,
                        verbose_name="with",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("text", models.TextField(max_length=4000, verbose_name="what was done")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("profile", "vocational profile"),
                            ("job_finding", "job finding"),
                            ("workplace", "workplace analysis"),
                            ("support", "support on the job"),
                            ("tapering", "tapering"),
                            ("beginning", "beginning and agreement of the group"),
                            ("group", "the group works"),
                            ("future_plan", "own future plan"),
                            ("on_the_way", "on the way by the own plan"),
                        ],
                        max_length=15,
                        verbose_name="step",
                    ),
                ),
                ("written_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                (
                    "corrects",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="referrals.methodcontact",
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
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="referrals.methodsupport",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact of a method",
                "verbose_name_plural": "contacts of methods",
                "ordering": ["-on", "-id"],
                "indexes": [
                    models.Index(fields=["support", "-on"], name="method_contact_of_support")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 720)),
                        name="method_contact_has_minutes",
                        violation_error_message="A contact takes 1 to 720 minutes.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="method_contact_says_what",
                        violation_error_message="Write what was done.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FuturePlan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("picture", models.TextField(max_length=4000, verbose_name="how I want it to be")),
                (
                    "strengths",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="what I can and what helps me"
                    ),
                ),
                ("steps", models.TextField(max_length=4000, verbose_name="my next steps")),
                (
                    "help_wanted",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="what I want help with"
                    ),
                ),
                ("told_on", models.DateField(verbose_name="told on")),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "support",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="plans",
                        to="referrals.methodsupport",
                    ),
                ),
            ],
            options={
                "verbose_name": "own future plan",
                "verbose_name_plural": "own future plans",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("support", "number"),
                        name="future_plan_number_once",
                        violation_error_message="Somebody has written a new version meanwhile.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderMessage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=4000, verbose_name="message")),
                (
                    "sent_at",
                    models.DateTimeField(default=jobcentre.replay.moment_now, verbose_name="sent"),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="referrals.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "message about an order",
                "verbose_name_plural": "messages about orders",
                "ordering": ["sent_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="OrderPause",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="back on")),
                ("reason", models.CharField(max_length=300, verbose_name="why")),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pauses",
                        to="referrals.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "pause of an order",
                "verbose_name_plural": "pauses of orders",
                "ordering": ["starts_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ends_before__isnull", True)),
                        fields=("order",),
                        name="order_one_open_pause",
                        violation_error_message="The order is paused already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="order_pause_ends_after_it_starts",
                        violation_error_message="The day back must not be before the first day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="order_paused_with_reason",
                        violation_error_message="Say why the order is paused.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderProposal",
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
                            ("start", "another first day"),
                            ("extension", "an extension"),
                            ("hours", "other hours"),
                            ("ending", "an earlier end"),
                            ("unsuitable", "the activity does not suit the person"),
                        ],
                        max_length=12,
                        verbose_name="proposal",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "waiting for an answer"),
                            ("accepted", "accepted"),
                            ("refused", "refused"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                (
                    "hours",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=4,
                        null=True,
                        verbose_name="hours per week",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="why")),
                ("proposed_on", models.DateField(verbose_name="proposed")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="answer")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided")),
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="referrals.order",
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
                "verbose_name": "proposal about an order",
                "verbose_name_plural": "proposals about orders",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")),
                        fields=("order",),
                        name="order_one_open_proposal",
                        violation_error_message="A proposal waits for an answer already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on__isnull", True), ("state", "pending")),
                            models.Q(
                                models.Q(("state", "pending"), _negated=True),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="order_proposal_decided_on_a_day",
                        violation_error_message="A decided proposal has a day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="order_proposal_refused_with_reason",
                        violation_error_message="Say why the proposal is refused.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderQuestion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="question")),
                ("asked_on", models.DateField(verbose_name="asked")),
                ("reply", models.TextField(blank=True, max_length=2000, verbose_name="reply")),
                ("replied_on", models.DateField(blank=True, null=True, verbose_name="replied")),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="referrals.order",
                    ),
                ),
                (
                    "replied_by",
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
                "verbose_name": "question about an order",
                "verbose_name_plural": "questions about orders",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("replied_on__isnull", True)),
                        fields=("order",),
                        name="order_one_open_question",
                        violation_error_message="A question waits for a reply already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replied_on__isnull", True),
                            models.Q(("reply", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="order_question_replied_with_words",
                        violation_error_message="Write the reply.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Provider",
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
                            ("municipal", "the municipality's own"),
                            ("contracted", "by contract"),
                            ("voluntary", "voluntary organisation"),
                            ("social", "social enterprise"),
                        ],
                        max_length=15,
                        verbose_name="form",
                    ),
                ),
                (
                    "organisation_number",
                    models.CharField(blank=True, max_length=11, verbose_name="organisation number"),
                ),
                (
                    "description",
                    models.TextField(blank=True, max_length=2000, verbose_name="description"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "services",
                    models.ManyToManyField(
                        blank=True, to="activityplans.service", verbose_name="services"
                    ),
                ),
                (
                    "unit",
                    models.OneToOneField(
                        limit_choices_to={"kind": "provider"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provider",
                        to="accounts.unit",
                        verbose_name="unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "provider",
                "verbose_name_plural": "providers",
                "ordering": ["unit__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProviderReport",
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
                            ("monthly", "monthly report"),
                            ("deviation", "deviation"),
                            ("final", "final report"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("month", models.DateField(blank=True, null=True, verbose_name="month")),
                ("number", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                ("done", models.TextField(max_length=4000, verbose_name="what was done")),
                ("development", models.TextField(max_length=4000, verbose_name="observations")),
                (
                    "recommendation",
                    models.TextField(blank=True, max_length=4000, verbose_name="next step"),
                ),
                ("submitted_on", models.DateField(verbose_name="sent")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "completes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="completed_by",
                        to="referrals.providerreport",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="referrals.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "provider's report",
                "verbose_name_plural": "providers' reports",
                "ordering": ["-submitted_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("completes__isnull", True), ("kind", "monthly")),
                        fields=("order", "month"),
                        name="report_once_a_month",
                        violation_error_message="The month is already reported.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "monthly"), _negated=True),
                            ("month__isnull", False),
                            _connector="OR",
                        ),
                        name="monthly_report_has_a_month",
                        violation_error_message="Choose the month.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("completes__isnull", True), ("kind", "final")),
                        fields=("order",),
                        name="one_final_report",
                        violation_error_message="The final report is already sent.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("completes__isnull", True), ("number", 1)),
                            models.Q(("completes__isnull", False), ("number__gt", 1)),
                            _connector="OR",
                        ),
                        name="report_first_version_completes_nothing",
                        violation_error_message="Only what is returned is completed.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderSite",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("street", models.CharField(max_length=200, verbose_name="street")),
                ("postcode", models.CharField(blank=True, max_length=10, verbose_name="postcode")),
                ("city", models.CharField(max_length=80, verbose_name="city")),
                (
                    "latitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-90),
                            django.core.validators.MaxValueValidator(90),
                        ],
                        verbose_name="latitude",
                    ),
                ),
                (
                    "longitude",
                    models.DecimalField(
                        blank=True,
                        decimal_places=5,
                        max_digits=8,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude",
                    ),
                ),
                ("opening_hours", models.CharField(max_length=300, verbose_name="opening hours")),
                (
                    "directions",
                    models.CharField(blank=True, max_length=300, verbose_name="how to get there"),
                ),
                (
                    "step_free",
                    models.BooleanField(default=False, verbose_name="no steps at the entrance"),
                ),
                (
                    "has_lift",
                    models.BooleanField(default=False, verbose_name="lift, or all on one floor"),
                ),
                (
                    "accessible_toilet",
                    models.BooleanField(default=False, verbose_name="accessible toilet"),
                ),
                ("hearing_loop", models.BooleanField(default=False, verbose_name="hearing loop")),
                ("quiet_room", models.BooleanField(default=False, verbose_name="a quiet room")),
                (
                    "access_note",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="more about getting in and around"
                    ),
                ),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="used until")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sites",
                        to="referrals.provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "place of a provider",
                "verbose_name_plural": "places of providers",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="ProviderPerson",
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
                            ("contact", "contact for orders"),
                            ("supervisor", "supervisor"),
                            ("invoices", "contact for invoices"),
                        ],
                        max_length=12,
                        verbose_name="what for",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="referrals.provider",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.providersite",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "person at a provider",
                "verbose_name_plural": "persons at providers",
                "ordering": ["kind", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("phone", ""), _negated=True),
                            models.Q(("email", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="provider_person_can_be_reached",
                        violation_error_message="Write a phone number or an e-mail address.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProviderVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("says", models.JSONField()),
                ("changed", models.JSONField(blank=True, default=list)),
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
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="referrals.provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a provider",
                "verbose_name_plural": "versions of providers",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "number"),
                        name="provider_version_number_once",
                        violation_error_message="There is already a version with that number.",
                    )
                ],
            },
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
                ("comment", models.TextField(blank=True, max_length=1000, verbose_name="comment")),
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
        migrations.CreateModel(
            name="ServiceCapacity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_on", models.DateField(verbose_name="from the week of")),
                ("places", models.PositiveSmallIntegerField(verbose_name="places each week")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="capacities",
                        to="referrals.provider",
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activityplans.service",
                        verbose_name="service",
                    ),
                ),
            ],
            options={
                "verbose_name": "places for a service",
                "verbose_name_plural": "places for services",
                "ordering": ["service__position", "service_id", "-from_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "service", "from_on"),
                        name="capacity_once_a_week",
                        violation_error_message="There is already a number of places for that service from that week. Change that one.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SubSupplier",
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
                    models.CharField(blank=True, max_length=11, verbose_name="organisation number"),
                ),
                ("does", models.CharField(max_length=300, verbose_name="what it does")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sub_suppliers",
                        to="referrals.provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "sub-supplier",
                "verbose_name_plural": "sub-suppliers",
                "ordering": ["name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_before__isnull", True),
                            ("ends_before__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="sub_supplier_ends_after_it_starts",
                        violation_error_message="The last day must not be before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reference",
                    models.CharField(max_length=60, unique=True, verbose_name="reference"),
                ),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agreements",
                        to="referrals.provider",
                        verbose_name="provider",
                    ),
                ),
            ],
            options={
                "verbose_name": "agreement",
                "verbose_name_plural": "agreements",
                "ordering": ["provider__unit__name", "reference", "id"],
            },
        ),
        migrations.CreateModel(
            name="AgreementVersion",
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
                            ("proposed", "waiting for another to approve it"),
                            ("approved", "approved"),
                            ("refused", "refused"),
                        ],
                        default="proposed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
                (
                    "extensions",
                    models.PositiveSmallIntegerField(default=0, verbose_name="extensions left"),
                ),
                (
                    "extension_months",
                    models.PositiveSmallIntegerField(
                        default=12, verbose_name="months of each extension"
                    ),
                ),
                (
                    "notice_months",
                    models.PositiveSmallIntegerField(default=3, verbose_name="months of notice"),
                ),
                (
                    "answer_workdays",
                    models.PositiveSmallIntegerField(
                        default=1, verbose_name="answer within, working days"
                    ),
                ),
                (
                    "first_meeting_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="first meeting within, days"
                    ),
                ),
                (
                    "attendance_weekly",
                    models.BooleanField(default=True, verbose_name="attendance each week"),
                ),
                (
                    "reports_monthly",
                    models.BooleanField(default=True, verbose_name="a report each month"),
                ),
                (
                    "final_report_days",
                    models.PositiveSmallIntegerField(
                        default=7, verbose_name="final report within, days"
                    ),
                ),
                (
                    "ceiling_year",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="ceiling for a year, kronor",
                    ),
                ),
                (
                    "ceiling_person",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="ceiling for a person, kronor",
                    ),
                ),
                ("why", models.CharField(max_length=500, verbose_name="what is changed and why")),
                ("proposed_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(blank=True, max_length=500, verbose_name="why it is refused"),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="referrals.agreement",
                    ),
                ),
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
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version of an agreement",
                "verbose_name_plural": "versions of agreements",
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agreement", "number"),
                        name="agreement_version_number_once",
                        violation_error_message="There is already a version with that number.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "proposed")),
                        fields=("agreement",),
                        name="agreement_one_proposal_at_a_time",
                        violation_error_message="A change of the agreement waits for an answer already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="agreement_ends_after_it_starts",
                        violation_error_message="The agreement must end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_by_four_eyes",
                        violation_error_message="Somebody else than the one who proposed it decides.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_by__isnull", True), ("state", "proposed")),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_decided_by_somebody",
                        violation_error_message="What is decided has somebody who decided it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="agreement_refused_with_reason",
                        violation_error_message="Say why the proposal is refused.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementService",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("requirement", models.TextField(max_length=2000, verbose_name="requirement")),
                (
                    "price_model",
                    models.CharField(
                        choices=[
                            ("place", "for a place each month"),
                            ("week", "for a person and week"),
                            ("month", "for a person and month"),
                            ("hour", "for an hour"),
                            ("fixed", "for all of it"),
                            ("steps", "by steps"),
                        ],
                        max_length=10,
                        verbose_name="the price is",
                    ),
                ),
                (
                    "price",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="price, kronor"
                    ),
                ),
                ("steps", models.JSONField(blank=True, default=dict, verbose_name="steps")),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="activityplans.service",
                        verbose_name="service",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="services",
                        to="referrals.agreementversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "service of an agreement",
                "verbose_name_plural": "services of agreements",
                "ordering": ["service__position", "service_id", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "service"),
                        name="agreement_service_once",
                        violation_error_message="A service stands once in an agreement.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("price__gte", 0)),
                        name="agreement_price_not_negative",
                        violation_error_message="A price is not below 0.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=20, verbose_name="what is paid")),
                ("turn", models.PositiveSmallIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("place", "for a place each month"),
                            ("week", "for a person and week"),
                            ("month", "for a person and month"),
                            ("hour", "for an hour"),
                            ("fixed", "for all of it"),
                            ("steps", "by steps"),
                            ("started", "started"),
                            ("completed", "completed"),
                            ("job", "job started"),
                            ("held_1", "job held 1 month"),
                            ("held_3", "job held 3 months"),
                            ("held_6", "job held 6 months"),
                            ("held_12", "job held 12 months"),
                        ],
                        max_length=10,
                        verbose_name="for",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_before", models.DateField(verbose_name="until")),
                (
                    "quantity",
                    models.DecimalField(decimal_places=2, max_digits=8, verbose_name="quantity"),
                ),
                (
                    "unit_price",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, verbose_name="price, kronor"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="amount, kronor"
                    ),
                ),
                ("evidence", models.JSONField(default=dict, verbose_name="evidence")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("blocked", "stopped"),
                            ("open", "to review"),
                            ("reviewed", "to attest"),
                            ("attested", "attested"),
                            ("cancelled", "fallen away"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "block",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("report", "the report is missing"),
                            ("attendance", "attendance is not registered"),
                            ("proposal", "a proposal waits for an answer"),
                            ("overlap", "the same is paid to somebody else"),
                            ("ceiling_person", "above the ceiling for a person"),
                            ("ceiling_year", "above the ceiling of the year"),
                        ],
                        max_length=15,
                        verbose_name="why it is stopped",
                    ),
                ),
                ("made_at", models.DateTimeField(default=jobcentre.replay.moment_now)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                ("attested_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="referrals.agreement",
                    ),
                ),
                (
                    "attested_by",
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
                        related_name="claims",
                        to="casework.case",
                    ),
                ),
                (
                    "priced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="referrals.agreementservice",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="referrals.claim",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="referrals.order",
                    ),
                ),
            ],
            options={
                "verbose_name": "claim",
                "verbose_name_plural": "claims",
                "ordering": ["-starts_on", "-id"],
                "indexes": [
                    models.Index(fields=["state", "-starts_on", "-id"], name="claim_by_state"),
                    models.Index(fields=["agreement", "state"], name="claim_of_agreement"),
                    models.Index(fields=["case", "kind"], name="claim_of_case"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("reverses__isnull", True)),
                        fields=("order", "key", "turn"),
                        name="claim_once",
                        violation_error_message="This is claimed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount__gt", 0), ("reverses__isnull", True)),
                            models.Q(("amount__lt", 0), ("reverses__isnull", False)),
                            _connector="OR",
                        ),
                        name="claim_amount_has_its_sign",
                        violation_error_message="Only what takes an amount back is below 0.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_before__gt", models.F("starts_on"))),
                        name="claim_ends_after_it_starts",
                        violation_error_message="The period must end after it begins.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "blocked"), models.Q(("block", ""), _negated=True)),
                            models.Q(models.Q(("state", "blocked"), _negated=True), ("block", "")),
                            _connector="OR",
                        ),
                        name="claim_blocked_with_reason",
                        violation_error_message="What is stopped has a reason, and nothing else.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("attested_by__isnull", True),
                            models.Q(("attested_by", models.F("reviewed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="claim_by_four_eyes",
                        violation_error_message="Somebody else than the one who reviewed it attests.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "attested"), _negated=True),
                            models.Q(
                                ("attested_at__isnull", False),
                                ("attested_by__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="claim_attested_by_two",
                        violation_error_message="What is attested was reviewed by one and attested by another.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "reviewed"), _negated=True),
                            ("reviewed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="claim_reviewed_by_somebody",
                        violation_error_message="What is reviewed has somebody who reviewed it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AgreementDocument",
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
                    "file",
                    models.FileField(
                        max_length=200, upload_to="agreements/%Y/%m", verbose_name="file"
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
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="referrals.agreement",
                    ),
                ),
            ],
            options={
                "verbose_name": "document of an agreement",
                "verbose_name_plural": "documents of agreements",
                "ordering": ["-added_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)),
                        name="agreement_document_is_not_empty",
                        violation_error_message="The file is empty.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="agreement",
            name="in_force",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="referrals.agreementversion",
                verbose_name="version in force",
            ),
        ),
    ]
