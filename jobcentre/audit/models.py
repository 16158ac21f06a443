from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobcentre.audit.enums import Access, Outcome


class Entry(models.Model):
    """One act of one user: what was seen or changed, never the values.

    Written by `jobcentre.audit.log` before the page is shown or inside the transaction of the
    change. Append-only: triggers on both databases refuse UPDATE and DELETE. Kept at least five
    years (setting of the municipality's records plan).
    """

    at = models.DateTimeField(_("time"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    acting_role = models.CharField(_("acting role"), max_length=30, blank=True)
    unit_id = models.BigIntegerField(_("unit"), null=True, blank=True)
    access = models.CharField(_("kind"), max_length=10, choices=Access.choices)
    action = models.CharField(_("action"), max_length=80)
    subject_ref = models.UUIDField(_("person's reference"), null=True, blank=True)
    subject_refs = models.JSONField(_("persons shown in a list"), default=list, blank=True)
    object_type = models.CharField(_("object"), max_length=60, blank=True)
    object_ref = models.CharField(_("object's reference"), max_length=60, blank=True)
    fields = models.JSONField(_("changed fields, without values"), default=list, blank=True)
    reason = models.CharField(_("stated reason"), max_length=300, blank=True)
    request_id = models.CharField(_("request id"), max_length=32, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["subject_ref", "at"], name="audit_subject_at"),
            models.Index(fields=["actor", "at"], name="audit_actor_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(access__in=Access.values),
                name="audit_access_is_known",
                violation_error_message=_("Unknown kind of access."),
            ),
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values),
                name="audit_outcome_is_known",
                violation_error_message=_("Unknown outcome."),
            ),
        ]

    def __str__(self):
        return f"{self.action} {self.object_type} {self.object_ref}".strip()
