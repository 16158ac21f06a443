"""Reminding the coach of what the first day has not left behind."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from intake import first_day
from intake.enums import FirstDayStep
from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.casework.models import Case, ClockPause
from jobcentre.notices.writer import NoticeText, notify_many

REMIND_AFTER = (2, 5)  # working days after the first visit
CATCH_UP_DAYS = 3  # a night that was missed is told so many days later
LOOK_BACK_DAYS = 25  # five working days are never longer ago, Christmas and Easter included

SENTENCE = gettext_lazy("The first day of case %(case)s lacks: %(what)s.")


def remind(today: date) -> int:
    """Tell the coaches of open, running cases what is missing, two and five working days after the
    first visit; returns how many notices were new. Safe to run again."""
    calendar = municipal_calendar()
    due: dict[date, int] = {}
    for back in range(LOOK_BACK_DAYS):
        start = today - timedelta(days=back)
        for count in REMIND_AFTER:
            day = calendar.add_workdays(start, count)
            if day is not None and today - timedelta(days=CATCH_UP_DAYS) < day <= today:
                due[start] = count
    open_ended = ClockPause.objects.filter(
        case=OuterRef("pk"), starts_on__lte=today, ends_before__isnull=True
    )
    cases = first_day.with_first_day(
        Case.objects.open()
        .filter(started_on__in=due, coach__isnull=False)
        .exclude(Exists(open_ended))
    )
    texts = []
    for case in cases.order_by("pk"):
        missing = first_day.asked_of(case, today)
        if missing:
            texts.append(
                NoticeText(
                    user_id=case.coach_id,
                    key=f"first-day:{case.pk}:{due[case.started_on]}",
                    sentence=SENTENCE,
                    payload={"case": case.number, "what": _in_words(missing)},
                    url_name="intake:rights",
                    url_arg=case.number,
                )
            )
    return notify_many(texts)


def _join(steps: list[FirstDayStep]) -> str:
    return ", ".join(str(step.label) for step in steps)


_in_words = lazy(_join, str)
