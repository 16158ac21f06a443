from datetime import timedelta

import structlog
from celery import shared_task
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from jobcentre.notices.enums import OutboxState
from jobcentre.notices.models import OutboxMessage

LEASE = timedelta(minutes=5)
MAX_ATTEMPTS = 5
BATCH = 50
logger = structlog.get_logger(__name__)


@shared_task
def send_outbox() -> int:
    """Send what is due, at most a batch; returns how many were sent. Safe to run in parallel."""
    mark_uncertain()
    sent = 0
    for pk in _claimable():
        if _claim(pk):
            sent += _send(OutboxMessage.objects.get(pk=pk))
    return sent


def mark_uncertain() -> None:
    """A message whose lease ran out while it was being sent may have left: a human looks at it."""
    OutboxMessage.objects.filter(state=OutboxState.SENDING, lease_until__lt=timezone.now()).update(
        state=OutboxState.UNCERTAIN
    )


def _claimable() -> list[int]:
    return list(
        OutboxMessage.objects.filter(state=OutboxState.WAITING, due_at__lte=timezone.now())
        .order_by("due_at", "id")
        .values_list("pk", flat=True)[:BATCH]
    )


def _claim(pk: int) -> bool:
    """One winner: the row is taken with a conditional update before anything is sent."""
    now = timezone.now()
    with transaction.atomic():
        return bool(
            OutboxMessage.objects.filter(
                Q(lease_until__isnull=True) | Q(lease_until__lt=now),
                pk=pk,
                state=OutboxState.WAITING,
            ).update(state=OutboxState.SENDING, lease_until=now + LEASE)
        )


def _send(message: OutboxMessage) -> int:
    with translation.override(message.language):
        lines = render_to_string(f"email/{message.template}.txt", message.context).strip()
    subject, _separator, body = lines.partition("\n")
    try:
        EmailMessage(
            subject,
            body.strip(),
            to=[message.recipient],
            headers={"X-Message-Key": message.key},
        ).send()
    except OSError as error:
        attempts = message.attempts + 1
        failed = attempts >= MAX_ATTEMPTS
        OutboxMessage.objects.filter(pk=message.pk).update(
            state=OutboxState.FAILED if failed else OutboxState.WAITING,
            attempts=attempts,
            lease_until=None,
            due_at=timezone.now() + timedelta(minutes=2**attempts),
            last_error=type(error).__name__,
        )
        logger.warning("message not sent", message_id=message.pk, error=type(error).__name__)
        return 0
    OutboxMessage.objects.filter(pk=message.pk).update(
        state=OutboxState.SENT, sent_at=timezone.now(), lease_until=None
    )
    return 1
