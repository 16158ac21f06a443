from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.deadlines.rules import Unit as LengthUnit
from jobcentre.casework.enums import PauseReason, WaitsFor
from jobcentre.casework.models.case import Case
from jobcentre.replay import moment_now
from jobcentre.workdays import Period

# Least time left first, on every database; a clock that waits for somebody's return comes last.
DUE_FIRST = (F("due_on").asc(nulls_last=True), "pk")
MOST_WARNINGS, LONGEST_WARNING = 5, 365  # of a clock; days
MOST_EARLIER_MONTHS = 60


class ClosedDay(models.Model):
    """A day on which the municipality's offices are closed beside weekends and public holidays."""

    on = models.DateField(_("day"), unique=True)
    name = models.CharField(_("why"), max_length=100)

    class Meta:
        verbose_name = _("closed day")
        verbose_name_plural = _("closed days")
        ordering = ["on"]

    def __str__(self):
        return f"{self.on} {self.name}"


class DeadlineRule(models.Model):
    """The municipality's own length and warnings for a kind of clock, instead of the default."""

    kind = models.SlugField(_("clock"), max_length=40, unique=True)
    length = models.PositiveSmallIntegerField(_("length"))
    unit = models.CharField(
        _("counted in"), max_length=10, choices=[(unit.value, unit.value) for unit in LengthUnit]
    )
    warn_before = models.JSONField(_("warn this long before"), default=list, blank=True)
    earlier_months = models.PositiveSmallIntegerField(
        _("months back in which earlier cases count"),
        null=True,
        blank=True,
        validators=[
            MaxValueValidator(MOST_EARLIER_MONTHS, _("Earlier cases count at most 60 months back."))
        ],
        help_text=_("Only for the time at the centre. Empty: 12 months; 0: they do not count."),
    )

    class Meta:
        verbose_name = _("length of a clock")
        verbose_name_plural = _("lengths of clocks")
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(length__gte=1) & Q(length__lte=730),
                name="deadline_rule_length_is_sensible",
                violation_error_message=_("A clock is 1 to 730 days or months long."),
            )
        ]

    def __str__(self):
        return self.kind

    def clean(self):
        days = self.warn_before
        if not (
            isinstance(days, list)
            and len(days) <= MOST_WARNINGS
            and all(type(day) is int and 0 < day <= LONGEST_WARNING for day in days)
        ):
            raise ValidationError(
                {
                    "warn_before": _(
                        "Write at most five whole numbers from 1 to 365, the days before the last "
                        "day on which to warn: [30, 7]. An empty list leaves it as it was built."
                    )
                }
            )


class DeadlineQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.visible_children(self, user)

    def running(self):
        """Neither met, cancelled nor stopped: somebody still has to act."""
        return self.filter(
            met_on__isnull=True,
            cancelled_on__isnull=True,
            stopped_on__isnull=True,
        )

    def begun(self, today):
        """Running clocks whose start has come; an activity that goes on has none yet."""
        return self.running().filter(started_on__lte=today)

    def late_on(self, today):
        return self.running().filter(due_on__lt=today)


class Deadline(models.Model):
    """One clock of a case, computed from the facts by `clock.recompute` and by nothing else.

    `due_on` is None while an open-ended pause makes it unknown. `met_on` may lie after `due_on`:
    late is late even when met. `cancelled_on`: the case ended before the clock ran out, it counts
    nowhere. `stopped_on`: the case ended late without it being met; it stays late in the figures.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="deadlines")
    kind = models.CharField(_("clock"), max_length=40)
    subject_key = models.CharField(max_length=80, blank=True)
    subject_label = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=200, blank=True)
    length = models.PositiveSmallIntegerField()
    length_unit = models.CharField(max_length=10)
    started_on = models.DateField(_("started"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    met_on = models.DateField(_("met"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled"), null=True, blank=True)
    stopped_on = models.DateField(_("stopped"), null=True, blank=True)
    paused_days = models.PositiveSmallIntegerField(default=0)
    waits_for = models.CharField(max_length=20, choices=WaitsFor.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deadlines",
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="deadlines"
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["owner", "due_on", "id"],
                name="deadline_of_owner",
                condition=Q(met_on=None, cancelled_on=None, stopped_on=None),
            ),
            models.Index(
                fields=["unit", "due_on", "id"],
                name="deadline_of_unit",
                condition=Q(met_on=None, cancelled_on=None, stopped_on=None),
            ),
            models.Index(
                fields=["due_on"],
                name="deadline_running",
                condition=Q(met_on=None, cancelled_on=None, stopped_on=None),
            ),
            models.Index(fields=["kind", "started_on"], name="deadline_kind_started"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "subject_key"],
                name="deadline_once_per_subject",
                violation_error_message=_("The clock already runs."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("started_on")),
                name="deadline_due_after_start",
                violation_error_message=_("A clock cannot run out before it starts."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(met_on__isnull=True, cancelled_on__isnull=True)
                    | Q(met_on__isnull=True, stopped_on__isnull=True)
                    | Q(cancelled_on__isnull=True, stopped_on__isnull=True)
                ),
                name="deadline_ends_in_one_way",
                violation_error_message=_("A clock is met, cancelled or stopped, not several."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.case_id}"

    @property
    def is_running(self) -> bool:
        """What `running` asks, of a row that has been read."""
        return self.met_on is None and self.cancelled_on is None and self.stopped_on is None

    def access_case(self):
        return self.case


class CapExtension(models.Model):
    """A decision that a person stays past the cap, with the reason and the last day.

    The newest decision holds. Never changed: another day is another decision.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="cap_extensions")
    extended_to = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=1000)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_on = models.DateField(_("decided"))
    decided_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("extension past the cap")
        verbose_name_plural = _("extensions past the cap")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extended_to__gt=F("decided_on")),
                name="extension_lies_ahead",
                violation_error_message=_("The new last day must lie ahead."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="extension_has_a_reason",
                violation_error_message=_("Write the reason."),
            ),
        ]

    def access_case(self):
        return self.case


class ClockPauseQuerySet(models.QuerySet):
    def on(self, day):
        """The interruptions that go on that day, whether or not anybody knows until when."""
        return self.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=day), starts_on__lte=day)


class ClockPause(models.Model):
    """An interruption that stops the pausable clocks of a case, half-open.

    `ends_before` is None while the person has not come back. May be entered afterwards; pauses of
    a case never overlap (checked by the transition under the lock of the case). `moved` is what the
    latest entry or change of it did: for each clock {"kind", "about", "old", "new"} with the due
    days as ISO dates, None while nobody knows.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pauses")
    starts_on = models.DateField(_("first day"))
    ends_before = models.DateField(_("back on"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=PauseReason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    expected_back_on = models.DateField(_("expected back"), null=True, blank=True)
    document = models.ForeignKey(
        "casework.Document",
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    moved = models.JSONField(default=list, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(default=moment_now)

    objects = ClockPauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("interruption")
        verbose_name_plural = _("interruptions")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="pause_ends_after_it_starts",
                violation_error_message=_("The day back must be after the first day."),
            ),
            models.CheckConstraint(
                condition=Q(expected_back_on__isnull=True) | Q(expected_back_on__gt=F("starts_on")),
                name="pause_is_expected_to_end_later",
                violation_error_message=_("The expected day back must be after the first day."),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ends_before__isnull=True),
                name="case_has_one_open_pause",
                violation_error_message=_("The case is already interrupted."),
            ),
            models.UniqueConstraint(
                fields=["case", "starts_on"],
                name="pause_starts_once_a_day",
                violation_error_message=_("An interruption already starts that day."),
            ),
        ]

    def goes_on(self, day) -> bool:
        """Whether the person is away on that day: not yet in one that is decided for later."""
        return Period(self.starts_on, self.ends_before).contains(day)

    def access_case(self):
        return self.case
