from celery import shared_task
from django.conf import settings
from django.utils import timezone

from intake import first_day_reminders
from intake.groups import reminders as group_reminders
from intake.lists.tasks import forget_old_lists, run_waiting_lists
from intake.transitions import nights, referrals_in

# The worker finds the tasks of the parts of the app here.
__all__ = [
    "end_visits_left_over",
    "forget_old_lists",
    "make_visits_nameless",
    "run_waiting_lists",
]


@shared_task
def end_visits_left_over() -> int:
    """End the visits that nobody ended on their day; returns how many. Safe to run again."""
    return nights.end_days_before(timezone.localdate())


@shared_task
def make_visits_nameless() -> int:
    """Take the names out of old visits without a case; returns how many. Safe to run again."""
    done = 0
    while count := nights.make_nameless(timezone.localdate(), settings.VISIT_NAME_DAYS):
        done += count
    return done


@shared_task
def warn_of_late_referrals() -> int:
    """Tell managers of referrals in that nobody has seen to; returns how many notices were new."""
    return referrals_in.warn_of_late(timezone.localdate())


@shared_task
def remind_of_first_days() -> int:
    """Tell coaches what their first days lack; returns how many notices were new."""
    return first_day_reminders.remind(timezone.localdate())


@shared_task
def remind_of_group_meetings() -> int:
    """Queue the reminders of tomorrow's group meetings; returns how many. Safe to repeat."""
    return group_reminders.remind_of_tomorrow(timezone.localdate())
