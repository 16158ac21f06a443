from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import EmploymentForm, Outcome, Subsidy
from jobcentre.casework.models.case import Case
from jobcentre.casework.models.codes import ExitReason
from jobcentre.casework.models.relations import CaseChildQuerySet
from jobcentre.replay import moment_now


class Exit(models.Model):
    """How a case ended: always a reason, and the form of employment when it was work.

    `outcome` repeats what the reason counted as on that day, so that a later change of the code
    list moves no published figure.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="exit")
    reason = models.ForeignKey(ExitReason, verbose_name=_("reason"), on_delete=models.PROTECT)
    outcome = models.CharField(_("counts as"), max_length=10, choices=Outcome.choices)
    employment_form = models.CharField(
        _("form of employment"), max_length=15, choices=EmploymentForm.choices, blank=True
    )
    extent_percent = models.PositiveSmallIntegerField(
        _("extent in per cent of full time"), null=True, blank=True
    )
    subsidy = models.CharField(_("subsidy"), max_length=15, choices=Subsidy.choices, blank=True)
    employer_name = models.CharField(_("employer or school"), max_length=200, blank=True)
    begins_on = models.DateField(_("work or studies begin"), null=True, blank=True)
    note = models.TextField(_("comment"), max_length=4000, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=moment_now)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("exit")
        verbose_name_plural = _("exits")
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.WORK)
                | (~Q(employment_form="") & Q(extent_percent__isnull=False) & ~Q(subsidy="")),
                name="exit_to_work_has_its_form",
                violation_error_message=_(
                    "An exit to work needs the form of employment, the extent and the subsidy."
                ),
            ),
            models.CheckConstraint(
                condition=Q(extent_percent__isnull=True)
                | (Q(extent_percent__gte=1) & Q(extent_percent__lte=100)),
                name="exit_extent_is_a_share",
                violation_error_message=_("The extent is 1 to 100 per cent."),
            ),
        ]

    def access_case(self):
        return self.case
