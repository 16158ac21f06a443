"""What is known of the coaches when a person is given one, and how a caseload is weighed."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import CaseloadKey, Track
from jobcentre.casework.models.codes import CodeListItem, TargetGroup

LEAST_PERCENT = 10


class Language(CodeListItem):
    """A language that a coach can work in; the code is that of ISO 639."""

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("language")
        verbose_name_plural = _("languages")


class Specialisation(CodeListItem):
    """What a coach knows more of than others: some target groups, or a track."""

    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name=_("target groups"), blank=True, related_name="+"
    )
    track = models.CharField(_("track"), max_length=10, choices=Track.choices, blank=True)

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("specialisation")
        verbose_name_plural = _("specialisations")


class CoachProfile(models.Model):
    """A coach's languages and specialisations, and how much of full time they coach.

    Written by the coach; the share of full time by the manager. A coach without one coaches full
    time, in Swedish.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coach_profile"
    )
    languages = models.ManyToManyField(
        Language, verbose_name=_("languages"), blank=True, related_name="+"
    )
    specialisations = models.ManyToManyField(
        Specialisation, verbose_name=_("specialisations"), blank=True, related_name="+"
    )
    percent = models.PositiveSmallIntegerField(_("per cent of full time"), default=100)

    class Meta:
        verbose_name = _("coach's profile")
        verbose_name_plural = _("coaches' profiles")
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=LEAST_PERCENT) & Q(percent__lte=100),
                name="profile_share_is_sensible",
                violation_error_message=_("A coach coaches 10 to 100 per cent of full time."),
            )
        ]

    def __str__(self):
        return str(self.user)


class CaseloadRule(models.Model):
    """A number of the municipality's by which caseloads are weighed, kept by the administrator."""

    key = models.CharField(_("what"), max_length=10, choices=CaseloadKey.choices, unique=True)
    value = models.DecimalField(_("number"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("number of the caseload")
        verbose_name_plural = _("numbers of the caseload")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(key=CaseloadKey.TARGET, value__gte=5, value__lte=200)
                | Q(
                    ~Q(key=CaseloadKey.TARGET),
                    value__gte=Decimal("0.1"),
                    value__lte=5,
                    key__in=CaseloadKey.values,
                ),
                name="caseload_rule_is_sensible",
                violation_error_message=_(
                    "A target is 5 to 200 weighed cases, a weight 0.1 to 5 cases."
                ),
            )
        ]

    def __str__(self):
        return self.get_key_display()
