"""Meetings for groups: planned and closed (`meetings`), places and waiting lists (`places`),
attendance (`attendance`). The only writers of their states; `states` holds the tables of moves."""

from intake.transitions.groups.attendance import (
    Attended,
    close_meeting,
    note_arrival,
    register_attendance,
    todays_place,
)
from intake.transitions.groups.meetings import (
    Planned,
    cancel_meeting,
    change_meeting,
    plan_meeting,
    plan_series,
)
from intake.transitions.groups.places import (
    cancel_coming,
    cancel_place,
    coming_places,
    give_to_case,
    hold_coming,
    sign_up,
    sign_up_series,
)

__all__ = [
    "Attended",
    "Planned",
    "cancel_coming",
    "cancel_meeting",
    "cancel_place",
    "change_meeting",
    "close_meeting",
    "coming_places",
    "give_to_case",
    "hold_coming",
    "note_arrival",
    "plan_meeting",
    "plan_series",
    "register_attendance",
    "sign_up",
    "sign_up_series",
    "todays_place",
]
