"""Support by a method: its steps, how much of it, the log of contacts, the own future plan."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.groups.models import GroupSeries
from jobcentre.accounts.enums import UnitKind
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now
from referrals.methods.enums import ContactKind, ContactWith, Method, MethodEnd, MethodStep
from referrals.models.orders import Order


class MethodSupportQuerySet(CaseChildQuerySet):
    def visible_to(self, user):
        """The support of visible cases; provider staff only what their own unit carries out by an
        order that it sees."""
        found = super().visible_to(user)
        membership = getattr(user, "acting", None)
        if membership is not None and membership.unit.kind == UnitKind.PROVIDER:
            orders = Order.objects.filter(provider_id=membership.unit_id)
            return found.filter(order__in=orders.in_sight(timezone.localdate()).values("pk"))
        return found

    def going_on(self):
        return self.filter(ended_on__isnull=True)


class MethodSupport(models.Model):
    """One person's support by one method, from a first day and as long as it is needed.

    Begun by the coach. Led by the person's coach, by a named job coach, or by the provider of an
    order; ended with a reason by whoever leads it, never by a date.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="methods")
    method = models.CharField(_("method"), max_length=15, choices=Method.choices)
    aim = models.TextField(_("what the person wants with it"), max_length=2000)
    started_on = models.DateField(_("from"))
    order = models.ForeignKey(
        Order,
        verbose_name=_("order"),
        on_delete=models.PROTECT,
        related_name="methods",
        null=True,
        blank=True,
    )
    job_coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("job coach"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    series = models.ForeignKey(
        GroupSeries,
        verbose_name=_("group"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=15, choices=MethodEnd.choices, blank=True
    )
    end_note = models.CharField(_("comment"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MethodSupportQuerySet.as_manager()

    class Meta:
        verbose_name = _("support by a method")
        verbose_name_plural = _("support by methods")
        ordering = ["-started_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "method"],
                condition=Q(ended_on__isnull=True),
                name="method_once_at_a_time",
                violation_error_message=_("The person already has support by this method."),
            ),
            models.CheckConstraint(
                condition=Q(order__isnull=True) | Q(job_coach__isnull=True),
                name="method_led_by_one",
                violation_error_message=_("Either a provider or a job coach leads the support."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__gte=F("started_on")) & ~Q(end_reason="")),
                name="method_ended_with_reason",
                violation_error_message=_(
                    "What has ended has a reason, and a last day that is not before the first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(method=Method.MOBILISATION) | Q(series__isnull=True),
                name="method_group_of_mobilisation",
                violation_error_message=_("Only Mobilisering has a group."),
            ),
        ]

    def __str__(self):
        return f"{self.get_method_display()} {self.case}"

    def access_case(self):
        return self.case

    @property
    def subject_key(self) -> str:
        """What the involvement of the job coach is known by."""
        return f"method:{self.pk}"


class MethodStage(models.Model):
    """Days in which the support was in one step of its method; one goes on at a time.

    `outcome` says what came of the step, when it is left.
    """

    support = models.ForeignKey(MethodSupport, on_delete=models.PROTECT, related_name="stages")
    step = models.CharField(_("step"), max_length=15, choices=MethodStep.choices)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("step of a method")
        verbose_name_plural = _("steps of methods")
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["support"],
                condition=Q(ends_before__isnull=True),
                name="method_one_step_at_a_time",
                violation_error_message=_("The support is in one step at a time."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="method_step_ends_after_it_starts",
                violation_error_message=_("The next step cannot begin before this one did."),
            ),
        ]

    @property
    def last_on(self):
        """The last day; None while the step goes on."""
        return self.ends_before and max(self.starts_on, self.ends_before - timedelta(days=1))


class MethodIntensity(models.Model):
    """How much support is planned from a day on, until the next row: minutes for a week, 0 is none.

    Never changed; the support is tapered by further rows.
    """

    support = models.ForeignKey(MethodSupport, on_delete=models.PROTECT, related_name="intensities")
    from_on = models.DateField(_("from"))
    minutes_per_week = models.PositiveIntegerField(_("minutes for a week"))
    why = models.CharField(_("why"), max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("intensity of support")
        verbose_name_plural = _("intensities of support")
        ordering = ["from_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["support", "from_on"],
                name="method_intensity_once_a_day",
                violation_error_message=_("It has been changed from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(minutes_per_week__lte=2400),
                name="method_intensity_within_a_week",
                violation_error_message=_("At most 40 hours a week."),
            ),
        ]


class MethodContact(models.Model):
    """One contact in the log of a support: when, how, how long, with whom, what.

    The table takes only INSERT: a wrong entry is corrected by a new one that points at it and
    counts instead. `step` is the step in which the support was that day.
    """

    support = models.ForeignKey(MethodSupport, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    kind = models.CharField(_("how"), max_length=10, choices=ContactKind.choices)
    minutes = models.PositiveIntegerField(_("minutes"))
    with_whom = models.CharField(_("with"), max_length=10, choices=ContactWith.choices)
    name = models.CharField(_("name"), max_length=200, blank=True)
    text = models.TextField(_("what was done"), max_length=4000)
    step = models.CharField(_("step"), max_length=15, choices=MethodStep.choices)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(default=moment_now)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    class Meta:
        verbose_name = _("contact of a method")
        verbose_name_plural = _("contacts of methods")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["support", "-on"], name="method_contact_of_support")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1) & Q(minutes__lte=720),
                name="method_contact_has_minutes",
                violation_error_message=_("A contact takes 1 to 720 minutes."),
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="method_contact_says_what",
                violation_error_message=_("Write what was done."),
            ),
        ]


class FuturePlan(models.Model):
    """One wording of the participant's own plan for the future, in their own words; Mobilisering.

    The table takes only INSERT: a new wording is a new row with the next number. It is no activity
    plan and nobody approves it.
    """

    support = models.ForeignKey(MethodSupport, on_delete=models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(_("version"))
    picture = models.TextField(_("how I want it to be"), max_length=4000)
    strengths = models.TextField(_("what I can and what helps me"), max_length=4000, blank=True)
    steps = models.TextField(_("my next steps"), max_length=4000)
    help_wanted = models.TextField(_("what I want help with"), max_length=4000, blank=True)
    told_on = models.DateField(_("told on"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("own future plan")
        verbose_name_plural = _("own future plans")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["support", "number"],
                name="future_plan_number_once",
                violation_error_message=_("Somebody has written a new version meanwhile."),
            )
        ]
