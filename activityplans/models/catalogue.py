"""The catalogue of services, and what it said before."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from activityplans.enums import (
    ActivityType,
)
from jobcentre.casework.enums import Track
from jobcentre.casework.models import CodeListItem, TargetGroup
from jobcentre.replay import moment_now


class Service(CodeListItem):
    """A kind of activity in the catalogue that a plan may use (mission row J10).

    Kept by managers and administrators through `transitions.catalogue`, which writes a version for
    every change. `cost` is in kronor for one person and week; None when it costs nothing of its own.
    """

    activity_type = models.CharField(
        _("kind in the activity requirement"), max_length=20, choices=ActivityType.choices
    )
    description_sv = models.TextField(_("description in Swedish"), max_length=2000)
    description_en = models.TextField(_("description in English"), max_length=2000)
    usual_weeks = models.PositiveSmallIntegerField(_("usual length in weeks"))
    usual_hours = models.DecimalField(
        _("usual hours per week"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    at_provider = models.BooleanField(_("carried out by a provider"), default=True)
    track = models.CharField(
        _("most for the track"), max_length=10, choices=Track.choices, blank=True
    )
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name=_("target groups"), blank=True, related_name="+"
    )
    places = models.CharField(_("where it is given"), max_length=300, blank=True)
    given_by = models.CharField(_("who gives it"), max_length=200, blank=True)
    cost = models.DecimalField(
        _("cost for a person and week, kronor"),
        max_digits=9,
        decimal_places=2,
        null=True,
        blank=True,
    )

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("service")
        verbose_name_plural = _("services")


class ServiceVersion(models.Model):
    """What the catalogue said of a service from a moment on; `says` holds its fields as plain
    values, the target groups by their keys. The highest number is what it says now."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    says = models.JSONField()
    changed_at = models.DateTimeField(default=moment_now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("version of a service")
        verbose_name_plural = _("versions of services")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "number"],
                name="service_version_number_once",
                violation_error_message=_("There is already a version with that number."),
            )
        ]
