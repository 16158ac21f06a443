"""Who carries out what is ordered."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activityplans.models import Service
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from referrals.enums import ProviderForm


class Provider(models.Model):
    """What a provider unit offers: its form, places and services. One row for each unit.

    Kept by the administrator; ended with the unit.
    """

    unit = models.OneToOneField(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        related_name="provider",
        limit_choices_to={"kind": UnitKind.PROVIDER},
    )
    form = models.CharField(_("form"), max_length=15, choices=ProviderForm.choices)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    places = models.PositiveSmallIntegerField(_("places"), default=10)
    services = models.ManyToManyField(Service, verbose_name=_("services"), blank=True)

    class Meta:
        verbose_name = _("provider")
        verbose_name_plural = _("providers")
        ordering = ["unit__name", "id"]

    def __str__(self):
        return self.unit.name
