"""The ledger: what a provider is to be paid, on what evidence, and who attested it."""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case as OneOf
from django.db.models import F, OuterRef, Q, Subquery, When
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now
from referrals.enums import ClaimBlock, ClaimState, PriceModel, PriceStep, ReportKind
from referrals.models.agreements import Agreement, AgreementService
from referrals.models.orders import Order


class ClaimQuerySet(CaseChildQuerySet):
    def of_provider(self, user):
        """The amounts of the provider that the user acts for, also of orders and persons that the
        user no longer sees or never did: they are shown without any of them."""
        membership = getattr(user, "acting", None)
        if membership is None or membership.role != Role.PROVIDER_STAFF:
            return self.none()
        return self.filter(order__provider=membership.unit_id)

    def with_question(self):
        """`questioned_on`: the day on which the report that an attested amount was paid by was
        returned, while it is not completed and the amount not taken back; else None."""
        returned = apps.get_model("referrals", "ProviderReport").objects.filter(
            order=OuterRef("order"), returned__isnull=False, completed_by__isnull=True
        )
        final = returned.filter(kind=ReportKind.FINAL)
        monthly = returned.filter(kind=ReportKind.MONTHLY, month=OuterRef("month_of"))
        day = "returned__returned_on"
        paid = Q(state=ClaimState.ATTESTED, reverses__isnull=True, reversed_by__isnull=True)
        by_final = Q(kind__in=[PriceStep.COMPLETED, PriceModel.FIXED]) | Q(
            evidence__has_key="final_report", priced_by__version__reports_monthly=True
        )
        by_month = Q(evidence__has_key="report", priced_by__version__reports_monthly=True)
        return self.annotate(month_of=TruncMonth("starts_on")).annotate(
            questioned_on=OneOf(
                When(paid & by_final, then=Subquery(final.values(day)[:1])),
                When(paid & by_month, then=Subquery(monthly.values(day)[:1])),
                default=None,
                output_field=models.DateField(),
            )
        )

    def standing(self):
        return self.filter(state__in=ClaimState.standing())


class Claim(models.Model):
    """One amount for one order, made by the ledger when what it is paid for has happened.

    `key` names what is paid within the order ("started", "week:2026-40"), `turn` counts when it is
    claimed again after having been taken back. The period is half-open. `evidence` is {what: day}.
    Reviewed by one and attested by another. An amount that takes another back `reverses` it and is
    negative.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="claims")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="claims")
    priced_by = models.ForeignKey(AgreementService, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(_("what is paid"), max_length=20)
    turn = models.PositiveSmallIntegerField(default=1, editable=False)
    kind = models.CharField(
        _("for"), max_length=10, choices=[*PriceModel.choices, *PriceStep.choices]
    )
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    quantity = models.DecimalField(_("quantity"), max_digits=8, decimal_places=2)
    unit_price = models.DecimalField(_("price, kronor"), max_digits=10, decimal_places=2)
    amount = models.DecimalField(_("amount, kronor"), max_digits=12, decimal_places=2)
    evidence = models.JSONField(_("evidence"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=ClaimState.choices, default=ClaimState.OPEN
    )
    block = models.CharField(
        _("why it is stopped"), max_length=15, choices=ClaimBlock.choices, blank=True
    )
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reversed_by"
    )
    made_at = models.DateTimeField(default=moment_now)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    attested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    attested_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["state", "-starts_on", "-id"], name="claim_by_state"),
            models.Index(fields=["agreement", "state"], name="claim_of_agreement"),
            models.Index(fields=["case", "kind"], name="claim_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "key", "turn"],
                condition=Q(reverses__isnull=True),
                name="claim_once",
                violation_error_message=_("This is claimed already."),
            ),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, amount__gt=0)
                | Q(reverses__isnull=False, amount__lt=0),
                name="claim_amount_has_its_sign",
                violation_error_message=_("Only what takes an amount back is below 0."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="claim_ends_after_it_starts",
                violation_error_message=_("The period must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state=ClaimState.BLOCKED) & ~Q(block="")
                | ~Q(state=ClaimState.BLOCKED) & Q(block=""),
                name="claim_blocked_with_reason",
                violation_error_message=_("What is stopped has a reason, and nothing else."),
            ),
            models.CheckConstraint(
                condition=Q(attested_by__isnull=True) | ~Q(attested_by=F("reviewed_by")),
                name="claim_by_four_eyes",
                violation_error_message=_("Somebody else than the one who reviewed it attests."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.ATTESTED)
                | Q(
                    reviewed_by__isnull=False,
                    attested_by__isnull=False,
                    attested_at__isnull=False,
                ),
                name="claim_attested_by_two",
                violation_error_message=_(
                    "What is attested was reviewed by one and attested by another."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.REVIEWED) | Q(reviewed_by__isnull=False),
                name="claim_reviewed_by_somebody",
                violation_error_message=_("What is reviewed has somebody who reviewed it."),
            ),
        ]

    def __str__(self):
        return f"{self.order} {self.key}"

    def access_case(self):
        return self.case
