"""That a job is still held, as the answers to follow-ups verify it."""

from collections import defaultdict
from datetime import date

from jobcentre.casework.registries import JobFact, job_facts
from reporting.enums import FollowUpState, Occupation
from reporting.models import FollowUp


def held(case_ids: set[int]) -> dict[int, set[date]]:
    """{case: days of the answers} of those who said that they are in the same job."""
    found: dict = defaultdict(set)
    answers = FollowUp.objects.filter(
        case__in=case_ids,
        state=FollowUpState.ANSWERED,
        occupation=Occupation.WORK,
        same_job=True,
        answered_on__isnull=False,
    )
    for case, day in answers.order_by("pk").values_list("case_id", "answered_on"):
        found[case].add(day)
    return dict(found)


def register() -> None:
    job_facts.register(JobFact("follow_ups", held))
