"""What the municipality has decided about changes of a plan."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class PlanFieldRule(models.Model):
    """Whether a change of one field of the plan in force needs approval.

    Kept by the administrator, one row a field; a field without a row needs approval. The row
    "spelling" is about corrections of words wherever they stand (`activityplans.free_changes`).
    """

    field = models.SlugField(_("field"), max_length=40, unique=True)
    needs_approval = models.BooleanField(_("a change needs approval"), default=True)

    class Meta:
        verbose_name = _("rule for a changed field")
        verbose_name_plural = _("rules for changed fields")
        ordering = ["field"]

    def __str__(self):
        return self.field


class HoursRule(models.Model):
    """How many hours a week full time is, against which a plan with fewer has to be motivated.

    One row, the municipality's own. The 40 that we begin with are the full-time requirement of the
    law of 2026.
    """

    key = models.SlugField(max_length=20, unique=True, default="hours", editable=False)
    full_time = models.DecimalField(
        _("hours per week of full time"), max_digits=4, decimal_places=1, default=Decimal(40)
    )

    class Meta:
        verbose_name = _("rule of full time")
        verbose_name_plural = _("rules of full time")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(full_time__gte=1) & Q(full_time__lte=60),
                name="full_time_is_sensible",
                violation_error_message=_("Full time is 1 to 60 hours a week."),
            )
        ]

    def __str__(self):
        return f"{self.full_time:g}"
