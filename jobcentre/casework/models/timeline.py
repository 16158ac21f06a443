from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.models.case import Case
from jobcentre.replay import moment_now


class CaseEvent(models.Model):
    """One business fact on the timeline of a case, in the users' words.

    Written by `record_event` inside the transition that made it true. Append-only (triggers on
    both databases): a wrong one is followed by one that points at it with `corrects`.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("kind"), max_length=60)
    area = models.CharField(_("area"), max_length=20)
    occurred_at = models.DateTimeField(_("happened"))
    recorded_at = models.DateTimeField(_("recorded"), default=moment_now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    acting_role = models.CharField(max_length=30, blank=True)
    text = models.TextField(_("text"), blank=True, max_length=20_000)
    payload = models.JSONField(default=dict, blank=True)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-occurred_at", "-id"]
        indexes = [
            models.Index(fields=["case", "-occurred_at", "-id"], name="event_timeline"),
            models.Index(fields=["kind", "occurred_at"], name="event_kind_time"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=""),
                name="event_has_a_kind",
                violation_error_message=_("An event has a kind."),
            )
        ]

    def access_case(self):
        return self.case


class StruckNote(models.Model):
    """A note written in the wrong case, struck by a manager: content hidden, trace kept."""

    event = models.OneToOneField(CaseEvent, on_delete=models.PROTECT, related_name="struck")
    reason = models.CharField(_("reason"), max_length=300)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    struck_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("struck note")
        verbose_name_plural = _("struck notes")
