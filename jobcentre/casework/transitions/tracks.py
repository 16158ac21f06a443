"""Moves between the three tracks, each remembered with its day and reason."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import TrackReason
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, TrackMove
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event


@transaction.atomic
def change_track(
    case: Case, track: str, reason: str, note: str, *, actor: User, today: date, version: int
) -> Case:
    """Move the case to another track (jobb direkt, på sikt, rehab/stöd) from `today`.

    `reason` is a TrackReason; another reason needs a note. Raises Refused for a closed case and
    for the track the case is in already.
    """
    case = lock(case, version)
    require(actor, "case.move", case)
    if not case.is_open:
        raise Refused(_("The case is closed."))
    if case.track == track:
        raise Refused(_("The case is already in that track."))
    if reason == TrackReason.OTHER and not note.strip():
        raise Refused(_("Write what the other reason is."))
    move = TrackMove(
        case=case,
        old=case.track,
        new=track,
        reason=reason,
        note=note,
        moved_on=today,
        moved_by=actor,
    )
    save_checked(move)
    case.track = track
    case.version += 1
    save_checked(case)
    record_event(
        case,
        "case.track_moved",
        actor=actor,
        payload={"old": move.old, "new": track, "reason": reason, "note": note},
    )
    log.record(
        actor,
        "case.move",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["track"],
    )
    return case
