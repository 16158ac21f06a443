from celery import shared_task
from django.utils import timezone

from activityplans.transitions import sessions


@shared_task
def follow_all_schedules() -> int:
    """Bring the sessions ahead in line with the plans; returns how many changed. Safe to repeat."""
    return sessions.follow_all(timezone.localdate())
