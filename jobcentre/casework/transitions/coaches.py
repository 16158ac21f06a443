"""What is known of a coach: languages, specialisations, the share of full time."""

from collections.abc import Iterable

from django.db import transaction

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.concurrency import lock
from jobcentre.casework.models import CoachProfile, Language, Specialisation
from jobcentre.casework.saving import save_checked


@transaction.atomic
def save_profile(
    coach: User,
    languages: Iterable[Language],
    specialisations: Iterable[Specialisation],
    *,
    percent: int | None = None,
    actor: User | None,
) -> CoachProfile:
    """Note the coach's languages and specialisations; the share of full time when it is given.

    Whether the actor may is asked by the page: a coach's own, or a manager's of the centre.
    """
    coach = lock(coach)
    profile = CoachProfile.objects.filter(user=coach).first() or CoachProfile(user=coach)
    if percent is not None:
        profile.percent = percent
    save_checked(profile)
    profile.languages.set(languages)
    profile.specialisations.set(specialisations)
    log.record(
        actor,
        "profile.edit",
        access=Access.CHANGE,
        obj=coach,
        fields=["languages", "specialisations"] + (["percent"] if percent is not None else []),
    )
    return profile
