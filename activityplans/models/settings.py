"""What the municipality has decided about changes of a plan."""

from django.db import models
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
