"""Information meetings for groups and the places in them."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.groups.enums import TAKING, GroupKind, GroupState, PlaceState
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.models import Case, Language, Person
from jobcentre.replay import moment_now

MOST_PLACES = 300


class GroupMeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "group.view", "centre")

    def with_counts(self):
        """Each with `taken` and `waiting`, the numbers of places that are so."""
        return self.annotate(
            taken=Count("signed_up", filter=Q(signed_up__state__in=TAKING)),
            waiting=Count("signed_up", filter=Q(signed_up__state=PlaceState.WAITING)),
        )

    def ahead(self, now: datetime):
        """Planned ones that have not begun more than a day ago."""
        return self.filter(state=GroupState.PLANNED, starts_at__gt=now - timedelta(days=1))


class GroupMeeting(models.Model):
    """A meeting at a centre to which several persons sign up; as many as there are places.

    Planned by the staff of the centre; held when its attendance is taken, or cancelled.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey(
        Unit,
        verbose_name=_("job centre"),
        on_delete=models.PROTECT,
        related_name="group_meetings",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    kind = models.CharField(_("kind"), max_length=20, choices=GroupKind.choices)
    title = models.CharField(_("title"), max_length=120)
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    room = models.CharField(_("room"), max_length=120)
    places = models.PositiveSmallIntegerField(_("places"))
    language = models.ForeignKey(
        Language,
        verbose_name=_("language"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )  # none: Swedish
    interpreter_language = models.CharField(_("interpreter in"), max_length=60, blank=True)
    interpreter_booked = models.BooleanField(_("interpreter is booked"), default=False)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("leader"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=GroupState.choices, default=GroupState.PLANNED
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = GroupMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("information meeting")
        verbose_name_plural = _("information meetings")
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["centre", "starts_at"], name="group_of_centre")]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1) & Q(places__lte=MOST_PLACES),
                name="group_has_places",
                violation_error_message=_("A meeting has 1 to 300 places."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=10) & Q(minutes__lte=600),
                name="group_length_is_sensible",
                violation_error_message=_("A meeting is 10 to 600 minutes long."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=GroupKind.values) & Q(state__in=GroupState.values),
                name="group_codes_are_known",
                violation_error_message=_("Choose a kind of meeting."),
            ),
            models.UniqueConstraint(
                fields=["centre", "room", "starts_at"],
                condition=~Q(state=GroupState.CANCELLED),
                name="group_room_once_at_a_time",
                violation_error_message=_("There is already a meeting in that room then."),
            ),
        ]

    def __str__(self):
        return self.title

    def access_unit(self) -> Unit:
        return self.centre

    @property
    def language_label(self) -> str:
        return self.language.label if self.language else str(_("Swedish"))


class GroupPlaceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Places at the centres the user reaches, of persons who are not hidden from the user."""
        near = queries.rows_of_units(self, user, "group.view", "meeting__centre")
        return queries.without_hidden_persons(near, user, "person")

    def taking(self):
        return self.filter(state__in=TAKING)


class GroupPlace(models.Model):
    """A person's sign-up for an information meeting: a place, or a turn on the waiting list.

    The database refuses more places than the meeting has (a trigger, on both databases).
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="signed_up")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="group_places")
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="group_places"
    )
    state = models.CharField(_("state"), max_length=10, choices=PlaceState.choices)
    missed_reason = models.CharField(
        _("why the person did not come"), max_length=20, choices=MissedReason.choices, blank=True
    )
    signed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_up_at = models.DateTimeField(default=moment_now)

    objects = GroupPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in an information meeting")
        verbose_name_plural = _("places in information meetings")
        ordering = ["signed_up_at", "id"]
        indexes = [
            models.Index(fields=["person", "state"], name="group_place_of_person"),
            models.Index(fields=["case"], name="group_place_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=~Q(state=PlaceState.CANCELLED),
                name="group_place_once_per_person",
                violation_error_message=_("The person is already signed up for that meeting."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=PlaceState.values),
                name="group_place_state_is_known",
                violation_error_message=_("Choose what became of the place."),
            ),
            models.CheckConstraint(
                condition=Q(missed_reason="") | Q(state=PlaceState.MISSED),
                name="group_place_reason_is_of_the_missed",
                violation_error_message=_("Only who did not come has a reason for it."),
            ),
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.state}"

    def access_unit(self) -> Unit:
        return self.meeting.centre

    # As a calendar file wants it.
    @property
    def starts_at(self) -> datetime:
        return self.meeting.starts_at

    @property
    def minutes(self) -> int:
        return self.meeting.minutes

    @property
    def place(self) -> str:
        return f"{self.meeting.room}, {self.meeting.centre.name}"

    @property
    def is_off(self) -> bool:
        return self.state in (PlaceState.CANCELLED, PlaceState.WAITING, PlaceState.MISSED)

    @property
    def is_ahead(self) -> bool:
        return self.meeting.starts_at > timezone.now()
