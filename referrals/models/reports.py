"""What a provider reports on an order, and what the orderer asks to have completed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from referrals.enums import GoalProgress, ReportKind
from referrals.models.orders import Order


class ProviderReport(models.Model):
    """A provider's report on one order, as it was sent: the database refuses every change.

    One that is returned is completed by a new one, which `completes` it and has the next `number`;
    both stand. `month` is the first day of the month that a monthly report is about.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind.choices)
    month = models.DateField(_("month"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    completes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="completed_by"
    )
    done = models.TextField(_("what was done"), max_length=4000)
    development = models.TextField(_("observations"), max_length=4000)
    recommendation = models.TextField(_("next step"), max_length=4000, blank=True)
    submitted_on = models.DateField(_("sent"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("provider's report")
        verbose_name_plural = _("providers' reports")
        ordering = ["-submitted_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "month"],
                condition=Q(kind=ReportKind.MONTHLY, completes__isnull=True),
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
                condition=Q(kind=ReportKind.FINAL, completes__isnull=True),
                name="one_final_report",
                violation_error_message=_("The final report is already sent."),
            ),
            models.CheckConstraint(
                condition=Q(completes__isnull=True, number=1)
                | Q(completes__isnull=False, number__gt=1),
                name="report_first_version_completes_nothing",
                violation_error_message=_("Only what is returned is completed."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}"


class ReportedGoal(models.Model):
    """How it goes with one goal of the order, in one report; the goal as it was worded then."""

    report = models.ForeignKey(ProviderReport, on_delete=models.PROTECT, related_name="goals")
    position = models.PositiveSmallIntegerField(_("position"))
    goal = models.CharField(_("goal"), max_length=2000)
    progress = models.CharField(_("how it goes"), max_length=10, choices=GoalProgress.choices)
    comment = models.TextField(_("comment"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("reported goal")
        verbose_name_plural = _("reported goals")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "position"],
                name="reported_goal_once",
                violation_error_message=_("The goal is in the report already."),
            ),
        ]


class ReportReturn(models.Model):
    """The orderer asks the provider to complete one report, with the reason; never changed."""

    report = models.OneToOneField(ProviderReport, on_delete=models.PROTECT, related_name="returned")
    reason = models.TextField(_("what is lacking"), max_length=1000)
    returned_on = models.DateField(_("returned"))
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("returned report")
        verbose_name_plural = _("returned reports")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="report_returned_with_reason",
                violation_error_message=_("Say what is lacking."),
            ),
        ]
