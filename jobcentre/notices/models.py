from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcentre.notices.enums import Channel, OutboxState
from jobcentre.replay import moment_now


class Notice(models.Model):
    """Something a user is told in the application.

    Kept in both languages as it was told. Read when opened, never deleted before the records plan
    says so. `key` makes it unique.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    key = models.CharField(max_length=150, unique=True)
    text_sv = models.CharField(max_length=400)
    text_en = models.CharField(max_length=400)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=moment_now, editable=False)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self):
        return self.text

    @property
    def text(self) -> str:
        return self.text_en if (get_language() or "sv").startswith("en") else self.text_sv


class OutboxMessage(models.Model):
    """A message on its way out of the system, written with the business change.

    A sweeper claims it with a lease and sends it; the body is neutral and holds no personal data.
    A crash while sending leaves it uncertain, for a human to look at, never sent blindly again.
    """

    key = models.CharField(max_length=150, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    recipient = models.CharField(max_length=254)
    language = models.CharField(max_length=2)
    template = models.CharField(max_length=60)
    context = models.JSONField(default=dict)
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=OutboxState.choices, default=OutboxState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                name="outbox_waiting",
                condition=Q(state=OutboxState.WAITING),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=OutboxState.SENT) | Q(sent_at__isnull=False),
                name="outbox_sent_has_a_time",
                violation_error_message=_("A sent message has a time."),
            )
        ]
