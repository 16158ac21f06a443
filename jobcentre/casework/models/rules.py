"""What the municipality has decided about who gets a case."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EnrolmentRule(models.Model):
    """Whether somebody may come to a centre on own initiative, referred by nobody.

    One row, the municipality's own; kept by the administrator. Allowed to begin with.
    """

    key = models.SlugField(max_length=20, unique=True, default="enrolment", editable=False)
    own_initiative = models.BooleanField(_("own initiative is enough"), default=True)

    class Meta:
        verbose_name = _("rule of enrolment")
        verbose_name_plural = _("rules of enrolment")
        ordering = ["key"]

    def __str__(self):
        return self.key
