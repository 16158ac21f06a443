"""Standing in for a coach: for a time somebody else has the coach's rights to a case."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import forget_relations, require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, Involvement
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.notices.writer import NoticeText, notify_many

MAX_DAYS = 184  # longer than half a year is a change of coach


@transaction.atomic
def cover_cases(
    cases: list[Case], stand_in: User, starts_on: date, ends_before: date, *, actor: User
) -> int:
    """Let `stand_in` act as coach in `cases` from `starts_on` until `ends_before`.

    Cases where the stand-in is coach, or that somebody already covers during part of that time,
    are left as they are. Returns how many were given. Raises Refused for an empty or too long
    period, and when nothing could be given.
    """
    if ends_before <= starts_on:
        raise Refused(_("The last day must not be before the first."))
    if (ends_before - starts_on).days > MAX_DAYS:
        raise Refused(_("At most half a year; change the coach instead."))
    given = 0
    for each in sorted(cases, key=lambda case: case.pk):
        case = lock(each)
        require(actor, "case.cover", case)
        if not case.is_open or case.coach_id == stand_in.pk:
            continue
        covered = Involvement.objects.filter(
            case=case,
            kind=InvolvementKind.COVER,
            starts_on__lt=ends_before,
            ends_before__gt=starts_on,
        )
        if covered.exists():
            continue
        row = Involvement(
            case=case,
            kind=InvolvementKind.COVER,
            subject_key=f"cover:{stand_in.pk}:{starts_on.isoformat()}",
            user=stand_in,
            label=stand_in.name,
            phone=stand_in.phone,
            starts_on=starts_on,
            ends_before=ends_before,
            visible_before=ends_before,
        )
        save_checked(row)
        record_event(
            case,
            "case.covered",
            actor=actor,
            payload={
                "coach": stand_in.name,
                "from_on": starts_on,
                "last_on": ends_before - timedelta(days=1),
            },
        )
        log.record(
            actor,
            "case.cover",
            access=Access.CHANGE,
            subject=case.person.ref,
            obj=case,
            fields=["cover"],
        )
        given += 1
    if not given:
        raise Refused(_("The case is already covered during part of that time."))
    notify_many(
        [
            NoticeText(
                user_id=stand_in.pk,
                key=f"cover:{stand_in.pk}:{actor.pk}:{starts_on}:{cases[0].pk}",
                sentence=gettext_lazy("You stand in for a coach in %(n)s cases from %(from_on)s."),
                payload={"n": given, "from_on": starts_on},
                url_name="casework:cases",
                by_mail=True,
            )
        ]
    )
    forget_relations(actor)
    return given
