"""Meetings for groups - information, workshops, fairs - by kind, and the places in them."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.groups.enums import ABSENT, TAKING, GroupState, PlaceState
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.enums import MissedReason
from jobcentre.casework.models import Case, CodeListItem, Language, Person
from jobcentre.replay import moment_now

MOST_PLACES = 300


class GroupKind(CodeListItem):
    """A kind of meeting for groups, kept by the administrator: what is particular about it.

    Whether its hours count for somebody's plan is said by the services it is part of
    (activityplans.GroupService).
    """

    for_companies = models.BooleanField(
        _("companies may take part"),
        default=False,
        help_text=_("A recruitment meeting, a fair: the meeting names the company."),
    )
    as_series = models.BooleanField(
        _("is usually held on several dates"),
        default=False,
        help_text=_("Whoever signs up is proposed all the dates that come."),
    )

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("kind of group meeting")
        verbose_name_plural = _("kinds of group meetings")


class GroupSeries(models.Model):
    """Meetings of one group on several dates, planned together; each may be changed by itself."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("series of group meetings")
        verbose_name_plural = _("series of group meetings")


class GroupMeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "group.view", "centre")

    def with_counts(self):
        """Each with `taken` and `waiting`, the numbers of places that are so."""
        return self.annotate(
            taken=Count("signed_up", filter=Q(signed_up__state__in=TAKING)),
            waiting=Count("signed_up", filter=Q(signed_up__state=PlaceState.WAITING)),
        )

    def to_register(self, now: datetime):
        """Begun, and neither closed nor cancelled: somebody's attendance may be missing."""
        return self.filter(state=GroupState.PLANNED, starts_at__lte=now)

    def ahead(self, now: datetime):
        """Planned ones that have not begun more than a day ago."""
        return self.filter(state=GroupState.PLANNED, starts_at__gt=now - timedelta(days=1))


class GroupMeeting(models.Model):
    """A meeting at a centre to which several persons sign up; as many as there are places.

    Planned by the staff of the centre; held when the attendance of everybody is registered, or
    cancelled. `company` is the one that a recruitment meeting is with, when its kind is open to
    companies.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey(
        Unit,
        verbose_name=_("job centre"),
        on_delete=models.PROTECT,
        related_name="group_meetings",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    kind = models.ForeignKey(
        GroupKind,
        verbose_name=_("kind"),
        on_delete=models.PROTECT,
        to_field="key",
        db_column="kind",
        related_name="+",
    )
    series = models.ForeignKey(
        GroupSeries,
        verbose_name=_("series"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
    )
    company = models.CharField(_("company"), max_length=200, blank=True)
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
        verbose_name = _("group meeting")
        verbose_name_plural = _("group meetings")
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
                condition=Q(state__in=GroupState.values),
                name="group_state_is_known",
                violation_error_message=_("Choose what became of the meeting."),
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
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

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
    """A person's sign-up for a group meeting: a place, or a turn on the waiting list.

    The database refuses more places than the meeting has (a trigger, on both databases).
    `late_minutes` is how much was missed by coming late, when it is known to be so.
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
    late_minutes = models.PositiveSmallIntegerField(_("minutes late"), null=True, blank=True)
    signed_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_up_at = models.DateTimeField(default=moment_now)

    objects = GroupPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place in a group meeting")
        verbose_name_plural = _("places in group meetings")
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
                condition=Q(missed_reason="") | Q(state__in=ABSENT),
                name="group_place_reason_is_of_the_absent",
                violation_error_message=_("Only who did not come has a reason for it."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PlaceState.EXCUSED) | ~Q(missed_reason=""),
                name="group_place_valid_absence_has_its_reason",
                violation_error_message=_("Choose why the absence is valid."),
            ),
            models.CheckConstraint(
                condition=Q(state=PlaceState.LATE, late_minutes__isnull=False, late_minutes__gte=1)
                | (~Q(state=PlaceState.LATE) & Q(late_minutes__isnull=True)),
                name="group_place_late_has_its_minutes",
                violation_error_message=_("Write how many minutes late."),
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
        return self.state in (PlaceState.CANCELLED, PlaceState.WAITING, *ABSENT)

    @property
    def mark(self) -> str:
        """What stands registered, in one text: for telling whether two say the same."""
        late = "" if self.late_minutes is None else self.late_minutes
        return f"{self.state}|{late}|{self.missed_reason}"

    @property
    def is_ahead(self) -> bool:
        return self.meeting.starts_at > timezone.now()
