"""Leading a group meeting takes the leader's time, as a meeting with a person does."""

from datetime import datetime

from django.utils.translation import gettext as _

from intake.groups.enums import GroupState
from intake.groups.models import GroupMeeting
from jobcentre.casework.registries import StaffTime, staff_times
from jobcentre.casework.staff_times import Taken


def taken(
    user_ids: set[int], since: datetime, until: datetime | None, but_of: GroupMeeting | None
) -> list[Taken]:
    """When the users lead a meeting that is not cancelled."""
    rows = GroupMeeting.objects.filter(leader__in=user_ids, starts_at__gt=since)
    rows = rows.exclude(state=GroupState.CANCELLED).order_by("starts_at", "pk")
    if until is not None:
        rows = rows.filter(starts_at__lt=until)
    if but_of is not None:
        rows = rows.exclude(pk=but_of.pk)
    sentence = _("%(name)s leads %(about)s then, %(from)s–%(until)s.")
    return [
        Taken(leader, starts_at, minutes, sentence, about=title)
        for leader, starts_at, minutes, title in rows.values_list(
            "leader_id", "starts_at", "minutes", "title"
        )
    ]


def register() -> None:
    staff_times.register(StaffTime("group_meetings", taken))
