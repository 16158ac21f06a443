"""Moves of a case that are remembered: from one coach to another, from one track to another."""

from django.conf import settings
from django.db import models
from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Track, TrackReason
from jobcentre.casework.models.appointment import Appointment
from jobcentre.casework.models.case import Case
from jobcentre.casework.models.relations import CaseChildQuerySet
from jobcentre.replay import moment_now


class TrackMove(models.Model):
    """A case moved from one track to another on a day; never changed afterwards.

    `Case.track` repeats the newest for the lists; `track_on` tells the track of any day.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="track_moves")
    old = models.CharField(_("from track"), max_length=10, choices=Track.choices)
    new = models.CharField(_("to track"), max_length=10, choices=Track.choices)
    reason = models.CharField(_("reason"), max_length=10, choices=TrackReason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    moved_on = models.DateField(_("moved"))
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("move between tracks")
        verbose_name_plural = _("moves between tracks")
        ordering = ["-moved_on", "-id"]
        indexes = [models.Index(fields=["case", "moved_on", "id"], name="track_move_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(old=F("new")),
                name="track_move_goes_somewhere",
                violation_error_message=_("The case is already in that track."),
            ),
            models.CheckConstraint(
                condition=Q(
                    old__in=Track.values, new__in=Track.values, reason__in=TrackReason.values
                ),
                name="track_move_codes_are_known",
                violation_error_message=_("Choose a track and a reason."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=TrackReason.OTHER, note=""),
                name="track_move_other_is_said",
                violation_error_message=_("Write what the other reason is."),
            ),
        ]

    def access_case(self):
        return self.case


def _left_after(day, **of_move):
    """Cases by the first move after `day`: that move's `old` is the track they had on the day."""
    earlier = (
        TrackMove.objects.filter(case=OuterRef("case"), moved_on__gt=day)
        .order_by()
        .filter(
            Q(moved_on__lt=OuterRef("moved_on"))
            | Q(moved_on=OuterRef("moved_on"), pk__lt=OuterRef("pk"))
        )
    )
    first = TrackMove.objects.filter(~Exists(earlier), moved_on__gt=day, **of_move)
    return first.order_by().values("case")


def track_on(day, path: str = ""):
    """The track that a case had at the end of `day`, as an expression for rows that lead to the
    case by `path` ("" or "case__"): the one that the first later move left, else today's."""
    return Choose(
        *(
            When(**{f"{path}pk__in": _left_after(day, old=track.value)}, then=Value(track.value))
            for track in Track
        ),
        default=F(f"{path}track"),
        output_field=CharField(),
    )


def track_at(day: str, path: str = ""):
    """The track that a case had at the end of the day in the column `day` of the row itself, as
    `track_on` says it; for rows that lead to the case by `path`."""
    left = TrackMove.objects.filter(case=OuterRef(f"{path}pk"), moved_on__gt=OuterRef(day))
    first = left.order_by("moved_on", "pk").values("old")[:1]
    return Coalesce(Subquery(first), F(f"{path}track"))


def was_in_track(day, track: str) -> Q:
    """The cases that were in `track` at the end of `day`, as a filter on Case."""
    return Q(pk__in=_left_after(day, old=track)) | (Q(track=track) & ~Q(pk__in=_left_after(day)))


class HandOver(models.Model):
    """A case given from one coach to another, with what the former wrote for the next.

    Written by the transition `hand_over`, which also books the meeting of the three. The former
    coach reads the case until `sees_before`, the day after the meeting (half-open).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hand_overs")
    former = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("former coach"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("new coach"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("hand-over note"), max_length=4000)
    handed_on = models.DateField(_("handed over"))
    sees_before = models.DateField(_("the former coach reads until"))
    appointment = models.OneToOneField(
        Appointment,
        verbose_name=_("hand-over meeting"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hand_over",
    )
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_at = models.DateTimeField(default=moment_now)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        ordering = ["-handed_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(former=F("coach")),
                name="hand_over_is_to_another",
                violation_error_message=_("Choose another coach than the present one."),
            ),
            models.CheckConstraint(
                condition=Q(sees_before__gte=F("handed_on")),
                name="hand_over_reading_ends_after",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="hand_over_has_a_note",
                violation_error_message=_("Write what the next coach needs to know."),
            ),
        ]

    def access_case(self):
        return self.case

    @property
    def involvement_key(self) -> str:
        """The `subject_key` of the involvement by which the former coach reads the case."""
        return f"hand_over:{self.pk}"
