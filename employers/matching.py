"""Who fits a need, with the reasons, among those the user may see in the competence bank."""

from django.utils.translation import gettext as _

from employers import rules
from employers.models import CompetenceProfile, Need
from jobcentre.casework.access.checks import may_on_row
from jobcentre.casework.access.queries import cases_for, consented_cases
from jobcentre.casework.models import Case

MAX_CANDIDATES = 30
MAX_READ = 500


def wanted_of(need: Need) -> rules.Wanted:
    return rules.Wanted(
        need.occupation,
        f"{need.title} {need.requirements}",
        need.hours_per_week,
        need.starts_on,
        need.needs_licence,
    )


def offered_of(profile: CompetenceProfile) -> rules.Offered:
    return rules.Offered(
        profile.occupations,
        f"{profile.headline} {profile.skills} {profile.languages}",
        profile.hours_per_week,
        profile.available_from,
        profile.has_licence,
    )


def reason_words(reason: rules.Reason) -> str:
    words = ", ".join(reason.words)
    for_it = {
        "occupation": _("wants the occupation: %(words)s"),
        "skills": _("has what is asked: %(words)s"),
        "licence": _("has a driving licence"),
        "hours": _("can work the hours"),
        "available": _("is available in time"),
    }
    against = {
        "occupation": _("has not named the occupation"),
        "skills": _("none of the asked skills is named"),
        "licence": _("has no driving licence"),
        "hours": _("can work fewer hours"),
        "available": _("is available later"),
    }
    return (for_it if reason.fits else against)[reason.code] % {"words": words}


def profiles_for(user, today):
    """Profiles with consent in force that the user may search."""
    cases = cases_for(Case.objects.open(), user, "competence.search")
    return (
        CompetenceProfile.objects.filter(case__in=cases.values("pk"))
        .filter(case__in=consented_cases(today).values("case_id"))
        .select_related("case__person", "case__coach")
    )


def candidates(need: Need, user, today) -> list[dict]:
    """The best fitting profiles first, each with every reason for and against."""
    taken = set(need.placements.values_list("case_id", flat=True))
    rows = []
    for profile in profiles_for(user, today).order_by("available_from", "pk")[:MAX_READ]:
        if profile.case_id in taken:
            continue
        found = rules.reasons(wanted_of(need), offered_of(profile))
        rows.append(
            {
                "profile": profile,
                "fit": rules.fit(found),
                "of": len(found),
                "may_propose": may_on_row(user, "placement.propose", profile.case),
                "reasons": [
                    {"fits": reason.fits, "words": reason_words(reason)} for reason in found
                ],
            }
        )
    rows.sort(key=lambda row: (-row["fit"], row["profile"].available_from, row["profile"].pk))
    return rows[:MAX_CANDIDATES]


def needs_that_fit(profile: CompetenceProfile, needs) -> list[dict]:
    """Open needs for one profile, the best fitting first, with the reasons."""
    rows = []
    for need in needs:
        found = rules.reasons(wanted_of(need), offered_of(profile))
        rows.append(
            {
                "need": need,
                "fit": rules.fit(found),
                "of": len(found),
                "reasons": [
                    {"fits": reason.fits, "words": reason_words(reason)} for reason in found
                ],
            }
        )
    rows.sort(key=lambda row: (-row["fit"], row["need"].starts_on, row["need"].pk))
    return rows
