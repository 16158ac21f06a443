"""What is written on the first day and after it: rights and registration with AF."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.enums import AfStatus, RightsForm
from jobcentre.casework.models import Case, CaseChildQuerySet


class RightsGiven(models.Model):
    """Rights, duties and consequences explained to the person on day one: when, by whom, in which
    language, with or without interpreter (mission row J3). A later explanation is a new row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rights_given")
    given_on = models.DateField(_("explained on"))
    form = models.CharField(_("how"), max_length=20, choices=RightsForm.choices)
    language = models.CharField(_("in which language"), max_length=60)
    with_interpreter = models.BooleanField(_("with interpreter"), default=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("explanation of rights and duties")
        verbose_name_plural = _("explanations of rights and duties")
        ordering = ["-given_on", "-id"]

    def access_case(self):
        return self.case


class AfRegistration(models.Model):
    """Whether the person is registered with the public employment service, as checked on a day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="af_registrations")
    status = models.CharField(_("registration"), max_length=15, choices=AfStatus.choices)
    since = models.DateField(_("registered since"), null=True, blank=True)
    checked_on = models.DateField(_("checked"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("AF registration")
        verbose_name_plural = _("AF registrations")
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(status=AfStatus.REGISTERED),
                name="af_date_only_when_registered",
                violation_error_message=_("Only a registered person has a date."),
            )
        ]

    def access_case(self):
        return self.case
