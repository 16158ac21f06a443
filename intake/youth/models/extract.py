import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.youth.enums import ExtractState
from intake.youth.models.entry import OutreachEntry
from jobcentre.accounts.models import Membership, Unit
from jobcentre.casework.access import queries
from jobcentre.replay import moment_now

MAX_ATTEMPTS = 3


class KaaExtractQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The extracts of the acting youth unit."""
        return queries.rows_of_units(self, user, "youth.extract", "unit")

    def claimable(self, now):
        """What waits, and what a lost worker has left."""
        return self.filter(
            Q(state=ExtractState.QUEUED) | Q(state=ExtractState.RUNNING, lease_until__lt=now),
            attempts__lt=MAX_ATTEMPTS,
        )


class KaaExtract(models.Model):
    """The extract of the KAA register for one half-year, to the statutory survey.

    Ordered by a coordinator, made in the worker with the coordinator's rights, frozen in its rows
    and never changed: a correction is a new extract. Removed a setting's time later.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="kaa_extracts")
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    acting = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=ExtractState.choices, default=ExtractState.QUEUED
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(_("error"), max_length=200, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    created_at = models.DateTimeField(_("ordered"), default=moment_now)
    finished_at = models.DateTimeField(_("ready"), null=True, blank=True)

    objects = KaaExtractQuerySet.as_manager()

    class Meta:
        verbose_name = _("extract of the KAA register")
        verbose_name_plural = _("extracts of the KAA register")
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "starts_on"],
                condition=Q(state__in=[ExtractState.QUEUED, ExtractState.RUNNING]),
                name="kaa_extract_one_at_a_time",
                violation_error_message=_("The extract is already being made."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")) & Q(attempts__lte=MAX_ATTEMPTS),
                name="kaa_extract_is_of_a_period",
                violation_error_message=_("The last day must be after the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtractState.DONE)
                | Q(as_of__isnull=False, finished_at__isnull=False),
                name="kaa_extract_done_has_its_day",
                violation_error_message=_("A ready extract has its day."),
            ),
        ]

    def __str__(self):
        return str(self.ref)

    def access_unit(self) -> Unit:
        return self.unit

    @property
    def is_active(self) -> bool:
        return self.state in (ExtractState.QUEUED, ExtractState.RUNNING)


class KaaExtractRow(models.Model):
    """One line of an extract, as it was that day: the values of `kaa.FIELDS` in their order.

    Goes with its entry when that is removed.
    """

    extract = models.ForeignKey(KaaExtract, on_delete=models.CASCADE, related_name="rows")
    entry = models.ForeignKey(OutreachEntry, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField()
    values = models.JSONField()

    class Meta:
        verbose_name = _("line of an extract")
        verbose_name_plural = _("lines of an extract")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["extract", "position"],
                name="kaa_extract_row_once",
                violation_error_message=_("The line is already there."),
            )
        ]
