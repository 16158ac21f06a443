"""What a provider reports on an order."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from referrals.enums import ReportKind
from referrals.models.orders import Order


class ProviderReport(models.Model):
    """A provider's report on one order; cannot be changed once sent. A correction is a new one."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind.choices)
    month = models.DateField(_("month"), null=True, blank=True)
    done = models.TextField(_("what was done"), max_length=4000)
    development = models.TextField(_("development"), max_length=4000)
    recommendation = models.TextField(_("recommendation"), max_length=4000, blank=True)
    submitted_on = models.DateField(_("sent"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("provider's report")
        verbose_name_plural = _("providers' reports")
        ordering = ["-submitted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "month"],
                condition=Q(kind=ReportKind.MONTHLY),
                name="report_once_a_month",
                violation_error_message=_("The month is already reported."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReportKind.MONTHLY) | Q(month__isnull=False),
                name="monthly_report_has_a_month",
                violation_error_message=_("Choose the month."),
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(kind=ReportKind.FINAL),
                name="one_final_report",
                violation_error_message=_("The final report is already sent."),
            ),
        ]
