"""Where visitors are called to, what stands at the door, and the way in for the protected."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.enums import DeskKind, ScreenKind
from intake.reception.tokens import new_token
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.models import Appointment
from jobcentre.replay import moment_now


class DeskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To those who call visitors there and to those who look after the desks."""
        for action in ("visit.register", "screen.manage"):
            reached = queries.units_filter(user, action, "centre")
            if reached is not None:
                return self.filter(reached)
        return self.none()

    def active(self):
        return self.filter(is_active=True)


class Desk(models.Model):
    """A desk or a room of a centre to which visitors are called.

    Made by a manager or administrator, ended by `is_active = False`. Who sits there is written
    by `take_desk` and holds for that day only: nobody sits anywhere the next morning.
    """

    centre = models.ForeignKey(
        Unit,
        verbose_name=_("job centre"),
        on_delete=models.PROTECT,
        related_name="desks",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(
        _("kind"), max_length=10, choices=DeskKind.choices, default=DeskKind.DESK
    )
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    is_active = models.BooleanField(_("in use"), default=True)
    staffed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="desks",
        editable=False,
    )
    staffed_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("desk or room")
        verbose_name_plural = _("desks and rooms")
        ordering = ["kind", "position", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="desk_name_once_in_a_centre",
                violation_error_message=_("The centre already has a desk or room of that name."),
            ),
            models.UniqueConstraint(
                fields=["staffed_by"],
                name="desk_one_for_each_user",
                violation_error_message=_("You already sit at another desk."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="desk_has_a_name",
                violation_error_message=_("Give the desk a name."),
            ),
            models.CheckConstraint(
                condition=Q(staffed_by__isnull=True, staffed_at__isnull=True)
                | Q(staffed_by__isnull=False, staffed_at__isnull=False),
                name="desk_is_staffed_since_a_time",
                violation_error_message=_("Say since when somebody sits there."),
            ),
        ]

    def __str__(self):
        return self.name

    def access_unit(self):
        return self.centre


class ScreenQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "screen.manage", "centre")

    def in_use(self):
        return self.filter(ended_at__isnull=True)


class Screen(models.Model):
    """A screen in the waiting room or a tablet at the door: an address with a secret in it.

    Whoever has the address sees the screen, without logging in. Made and ended by a manager or
    administrator; a replaced screen is ended and a new row takes its name.
    """

    centre = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="screens",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ScreenKind.choices)
    name = models.CharField(_("name"), max_length=60)
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(default=moment_now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScreenQuerySet.as_manager()

    class Meta:
        verbose_name = _("screen")
        verbose_name_plural = _("screens")
        ordering = ["kind", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "kind", "name"],
                condition=Q(ended_at__isnull=True),
                name="screen_name_once_in_use",
                violation_error_message=_("The centre already has a screen of that name."),
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(token=""),
                name="screen_has_name_and_address",
                violation_error_message=_("A screen has a name and an address."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
                name="screen_ends_after_it_was_made",
                violation_error_message=_("A screen ends after it was made."),
            ),
        ]

    def __str__(self):
        return self.name

    def access_unit(self):
        return self.centre


class PlannedEntranceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The circle's alone, as everything else of a protected person."""
        return self.filter(appointment__in=Appointment.objects.visible_to(user).values("pk"))


class PlannedEntrance(models.Model):
    """Where and when a protected person is let in for an appointment, agreed beforehand.

    Only those who see the person know of it: it is on no board, no screen and in no count. The
    person who lets the visitor in says so, and the appointment is met.
    """

    appointment = models.OneToOneField(
        Appointment, on_delete=models.PROTECT, related_name="entrance"
    )
    at = models.DateTimeField(_("agreed time"))
    entrance = models.CharField(_("entrance"), max_length=120)
    met_by = models.CharField(_("met by"), max_length=120, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    came_at = models.DateTimeField(null=True, blank=True)

    objects = PlannedEntranceQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreed entrance")
        verbose_name_plural = _("agreed entrances")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(entrance=""),
                name="entrance_is_named",
                violation_error_message=_("Say which entrance."),
            )
        ]

    def access_case(self):
        return self.appointment.case

    def access_unit(self) -> Unit:
        return self.appointment.at_centre

    @property
    def person(self):
        return self.appointment.person

    @property
    def person_id(self) -> int:
        return self.appointment.person_id
