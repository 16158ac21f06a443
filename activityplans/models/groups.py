"""Which services of the catalogue a kind of group meeting is part of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activityplans.models.catalogue import Service
from intake.groups.models import GroupKind


class GroupService(models.Model):
    """Meetings of the kind count for those whose plan has the service on that day.

    Kept by the administrator. A kind without any counts for nobody's plan.
    """

    kind = models.ForeignKey(
        GroupKind, verbose_name=_("kind of group meeting"), on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    service = models.ForeignKey(
        Service, verbose_name=_("service"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("group meetings that count as a service")
        verbose_name_plural = _("group meetings that count as services")
        ordering = ["kind", "service"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "service"],
                name="group_kind_counts_once_as_a_service",
                violation_error_message=_("Meetings of that kind count as that service already."),
            )
        ]

    def __str__(self):
        return f"{self.kind} – {self.service}"
