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
        ("activityplans", "0001_initial"),
        ("casework", "0001_initial"),
    ]

    operations = [
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
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("started", "started"),
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
                    "shares_phone",
                    models.BooleanField(
                        default=True, verbose_name="the provider sees the phone number"
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
                        condition=models.Q(("state__in", ["sent", "accepted", "started"])),
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
                            models.Q(("state__in", ["started", "ended"]), _negated=True),
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
                    "description",
                    models.TextField(blank=True, max_length=2000, verbose_name="description"),
                ),
                ("places", models.PositiveSmallIntegerField(default=10, verbose_name="places")),
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
                ("done", models.TextField(max_length=4000, verbose_name="what was done")),
                ("development", models.TextField(max_length=4000, verbose_name="development")),
                (
                    "recommendation",
                    models.TextField(blank=True, max_length=4000, verbose_name="recommendation"),
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
                        condition=models.Q(("kind", "monthly")),
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
                        condition=models.Q(("kind", "final")),
                        fields=("order",),
                        name="one_final_report",
                        violation_error_message="The final report is already sent.",
                    ),
                ],
            },
        ),
    ]
