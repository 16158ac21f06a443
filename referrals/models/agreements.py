"""What is agreed with a provider: period, services, prices and service levels."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activityplans.models import Service
from jobcentre.casework.access import queries
from jobcentre.replay import moment_now
from referrals.agreement_rules import latest_end, notice_by
from referrals.enums import AgreementState, PriceModel
from referrals.models.providers import Provider


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "agreement.view", "provider__unit")


class Agreement(models.Model):
    """An agreement with a provider, known by its reference. What it says is its versions;
    `in_force` is the latest approved one, None until the first is approved."""

    provider = models.ForeignKey(
        Provider, verbose_name=_("provider"), on_delete=models.PROTECT, related_name="agreements"
    )
    reference = models.CharField(_("reference"), max_length=60, unique=True)
    in_force = models.OneToOneField(
        "AgreementVersion",
        verbose_name=_("version in force"),
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["provider__unit__name", "reference", "id"]

    def __str__(self):
        return f"{self.provider} {self.reference}"

    def access_unit(self):
        return self.provider.unit


class AgreementVersion(models.Model):
    """One wording of an agreement, proposed by one and approved or refused by another.

    Never changed once it is decided. Months are calendar months; ceilings are kronor for a
    calendar year, and for one person in all; None is no ceiling.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=AgreementState.choices,
        default=AgreementState.PROPOSED,
    )
    title = models.CharField(_("title"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    extensions = models.PositiveSmallIntegerField(_("extensions left"), default=0)
    extension_months = models.PositiveSmallIntegerField(_("months of each extension"), default=12)
    notice_months = models.PositiveSmallIntegerField(_("months of notice"), default=3)
    answer_workdays = models.PositiveSmallIntegerField(_("answer within, working days"), default=1)
    first_meeting_days = models.PositiveSmallIntegerField(
        _("first meeting within, days"), default=7
    )
    attendance_weekly = models.BooleanField(_("attendance each week"), default=True)
    reports_monthly = models.BooleanField(_("a report each month"), default=True)
    final_report_days = models.PositiveSmallIntegerField(_("final report within, days"), default=7)
    ceiling_year = models.DecimalField(
        _("ceiling for a year, kronor"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    ceiling_person = models.DecimalField(
        _("ceiling for a person, kronor"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    why = models.CharField(_("what is changed and why"), max_length=500)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(default=moment_now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("why it is refused"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("version of an agreement")
        verbose_name_plural = _("versions of agreements")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"],
                name="agreement_version_number_once",
                violation_error_message=_("There is already a version with that number."),
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state=AgreementState.PROPOSED),
                name="agreement_one_proposal_at_a_time",
                violation_error_message=_("A change of the agreement waits for an answer already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="agreement_ends_after_it_starts",
                violation_error_message=_("The agreement must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="agreement_by_four_eyes",
                violation_error_message=_("Somebody else than the one who proposed it decides."),
            ),
            models.CheckConstraint(
                condition=Q(state=AgreementState.PROPOSED, decided_by__isnull=True)
                | (~Q(state=AgreementState.PROPOSED) & Q(decided_by__isnull=False)),
                name="agreement_decided_by_somebody",
                violation_error_message=_("What is decided has somebody who decided it."),
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.REFUSED) | ~Q(reason=""),
                name="agreement_refused_with_reason",
                violation_error_message=_("Say why the proposal is refused."),
            ),
        ]

    def __str__(self):
        return f"{self.agreement} {self.number}"

    @property
    def notice_on(self):
        """The last day to give notice or extend."""
        return notice_by(self.ends_before, self.notice_months)

    @property
    def latest_end(self):
        """The day after the last when every extension is used."""
        return latest_end(self.ends_before, self.extensions, self.extension_months)


class AgreementService(models.Model):
    """A service of one version of an agreement, with its requirement and price.

    `steps` holds the shares of the price in per cent by PriceStep, all of it together; empty
    unless the price is by steps.
    """

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="services")
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.PROTECT, related_name="+"
    )
    requirement = models.TextField(_("requirement"), max_length=2000)
    price_model = models.CharField(_("the price is"), max_length=10, choices=PriceModel.choices)
    price = models.DecimalField(_("price, kronor"), max_digits=10, decimal_places=2)
    steps = models.JSONField(_("steps"), default=dict, blank=True)

    class Meta:
        verbose_name = _("service of an agreement")
        verbose_name_plural = _("services of agreements")
        ordering = ["service__position", "service_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "service"],
                name="agreement_service_once",
                violation_error_message=_("A service stands once in an agreement."),
            ),
            models.CheckConstraint(
                condition=Q(price__gte=0),
                name="agreement_price_not_negative",
                violation_error_message=_("A price is not below 0."),
            ),
        ]


class AgreementDocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "agreement.view", "agreement__provider__unit")


class AgreementDocument(models.Model):
    """A file that belongs to an agreement: the signed contract, a tender, a price list. Stored under
    a random name outside the web root; never replaced, a newer one is a new row."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(_("file"), upload_to="agreements/%Y/%m", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=moment_now)

    objects = AgreementDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of an agreement")
        verbose_name_plural = _("documents of agreements")
        ordering = ["-added_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="agreement_document_is_not_empty",
                violation_error_message=_("The file is empty."),
            )
        ]

    def __str__(self):
        return self.title

    def access_unit(self):
        return self.agreement.provider.unit
