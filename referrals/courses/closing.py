"""What becomes of requests for quick courses when a case closes: one that is approved stays, for it
leads to the job."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.casework.registries import ClosingStep, closing_steps
from referrals.courses.enums import CourseState
from referrals.models import CourseRequest
from referrals.transitions.courses import withdraw_course


def obstacles(case) -> list:
    return []


def _waiting(case):
    return CourseRequest.objects.filter(case=case, state=CourseState.REQUESTED)


def goes_with(case) -> list:
    return [
        gettext_lazy("The request for the course %(title)s is withdrawn.") % {"title": row.title}
        for row in _waiting(case)
    ]


def run(case, left, *, actor, today) -> None:
    for course in _waiting(case):
        withdraw_course(course, reason=_("The case was closed."), actor=None)


def register() -> None:
    closing_steps.register(
        ClosingStep(
            "courses",
            gettext_lazy("Quick courses"),
            obstacles,
            run,
            position=16,
            goes_with=goes_with,
        )
    )
