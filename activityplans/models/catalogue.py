"""The catalogue of services."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activityplans.enums import (
    ActivityType,
)
from jobcentre.casework.models import CodeListItem


class Service(CodeListItem):
    """A kind of activity in the catalogue that a plan may use (mission row J10)."""

    activity_type = models.CharField(
        _("kind in the activity requirement"), max_length=20, choices=ActivityType.choices
    )
    description_sv = models.TextField(_("description in Swedish"), max_length=2000)
    description_en = models.TextField(_("description in English"), max_length=2000)
    usual_weeks = models.PositiveSmallIntegerField(_("usual length in weeks"))
    at_provider = models.BooleanField(_("carried out by a provider"), default=True)

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("service")
        verbose_name_plural = _("services")
