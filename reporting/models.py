import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Language
from jobcentre.accounts.models import Membership, Unit
from jobcentre.casework.access import queries
from jobcentre.casework.enums import Source
from jobcentre.casework.models import Case, CaseChildQuerySet, Exit
from reporting import rules
from reporting.enums import (
    ContactWay,
    FollowUpKind,
    FollowUpState,
    JobError,
    JobKind,
    JobState,
    JobStep,
    Missing,
    Occupation,
    Split,
    UnitOf,
)

MAX_ATTEMPTS = 3


class FollowUpTime(models.Model):
    """After how many months those who left are asked how it went; a setting of the municipality.

    Kept by the administrator; holds for exits from `valid_from` on.
    """

    months = models.PositiveSmallIntegerField(
        _("months after the exit"), choices=[(n, str(n)) for n in rules.ALLOWED_MONTHS]
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("no longer valid on"), null=True, blank=True)

    class Meta:
        verbose_name = _("time of follow-up")
        verbose_name_plural = _("times of follow-up")
        ordering = ["months", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__in=rules.ALLOWED_MONTHS),
                name="follow_up_time_is_allowed",
                violation_error_message=_("Choose 1, 2, 3, 6, 8 or 12 months."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="follow_up_time_ends_after_start",
                violation_error_message=_("The last day must be after the first."),
            ),
            models.UniqueConstraint(
                fields=["months"],
                condition=Q(valid_to__isnull=True),
                name="follow_up_time_once",
                violation_error_message=_("That time is already in use."),
            ),
        ]

    def __str__(self):
        return str(self.months)


class FollowUpQuerySet(CaseChildQuerySet):
    def waiting(self):
        return self.filter(state=FollowUpState.WAITING)


class FollowUp(models.Model):
    """One question to a person who has left: how is it going, so many months later?

    Planned when the case closes, ended by an answer or by knowing that there is none. `due_on` is
    when it should be asked; it never moves. `version` counts the saves.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    exit = models.ForeignKey(Exit, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(_("kind"), max_length=12, choices=FollowUpKind.choices)
    months = models.PositiveSmallIntegerField(_("months"))
    starts_on = models.DateField(_("counted from"))
    due_on = models.DateField(_("to be done"))
    state = models.CharField(
        _("state"), max_length=12, choices=FollowUpState.choices, default=FollowUpState.WAITING
    )
    answered_on = models.DateField(_("day of the answer"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    how = models.CharField(_("how we know"), max_length=10, choices=ContactWay.choices, blank=True)
    occupation = models.CharField(
        _("what the person does now"), max_length=12, choices=Occupation.choices, blank=True
    )
    same_job = models.BooleanField(_("still the same job"), null=True, blank=True)
    extent_percent = models.PositiveSmallIntegerField(
        _("extent in per cent of full time"), null=True, blank=True
    )
    note = models.TextField(_("comment"), max_length=4000, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="follow_up_waiting",
                condition=Q(state=FollowUpState.WAITING),
            ),
            models.Index(fields=["due_on", "kind"], name="follow_up_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "months"],
                name="follow_up_once",
                violation_error_message=_("This follow-up is already planned."),
            ),
            models.CheckConstraint(
                condition=Q(months__in=rules.ALLOWED_MONTHS)
                & (~Q(kind=FollowUpKind.JOB_CHECK) | Q(months=rules.JOB_CHECK_MONTHS)),
                name="follow_up_months_are_allowed",
                violation_error_message=_("Choose 1, 2, 3, 6, 8 or 12 months."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("starts_on")),
                name="follow_up_due_after_start",
                violation_error_message=_("A follow-up is due after it begins to count."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=FollowUpState.WAITING, answered_on__isnull=True, occupation="", how="")
                    | (
                        Q(
                            state=FollowUpState.ANSWERED,
                            answered_on__isnull=False,
                            recorded_by__isnull=False,
                        )
                        & ~Q(occupation="")
                        & ~Q(how="")
                    )
                    | Q(
                        state__in=[
                            FollowUpState.NOT_REACHED,
                            FollowUpState.REFUSED,
                            FollowUpState.CANCELLED,
                        ],
                        answered_on__isnull=False,
                        recorded_by__isnull=False,
                        occupation="",
                        how="",
                    )
                ),
                name="follow_up_answer_is_complete",
                violation_error_message=_(
                    "An answer has a day, how we know it and what the person does; "
                    "without an answer none of them is given."
                ),
            ),
            models.CheckConstraint(
                condition=Q(extent_percent__isnull=True)
                | (
                    Q(extent_percent__gte=1)
                    & Q(extent_percent__lte=100)
                    & Q(occupation=Occupation.WORK)
                ),
                name="follow_up_extent_is_of_work",
                violation_error_message=_("The extent is 1 to 100 per cent, of work only."),
            ),
            models.CheckConstraint(
                condition=~Q(state=FollowUpState.CANCELLED) | ~Q(note=""),
                name="follow_up_called_off_with_reason",
                violation_error_message=_("Say why the follow-up is called off."),
            ),
        ]

    def access_case(self):
        return self.case

    @property
    def is_open(self) -> bool:
        return self.state in (FollowUpState.WAITING, FollowUpState.NOT_REACHED)


class TargetQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Target(models.Model):
    """What a committee wants a figure to reach, for one source of referral or (empty) for all."""

    figure = models.SlugField(_("figure"), max_length=40, default="to_work_or_studies")
    source = models.CharField(_("referred by"), max_length=20, choices=Source.choices, blank=True)
    percent = models.PositiveSmallIntegerField(
        _("target in per cent"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("no longer valid on"), null=True, blank=True)

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["figure", "source", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "source"],
                condition=Q(valid_to__isnull=True),
                name="target_once_at_a_time",
                violation_error_message=_("There is already a target for this."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1) & Q(percent__lte=100),
                name="target_is_a_share",
                violation_error_message=_("A target is 1 to 100 per cent."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="target_ends_after_it_starts",
                violation_error_message=_("The last day must be after the first."),
            ),
        ]

    def __str__(self):
        return f"{self.figure} {self.source} {self.percent}"


class ReportJobQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "report", "unit")

    def active(self):
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])

    def claimable(self, now):
        """Waiting, or left behind by a worker whose lease has run out."""
        return self.filter(
            Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now),
            attempts__lt=MAX_ATTEMPTS,
        )


class ReportJob(models.Model):
    """An ordered report: waits, is made by the worker, is ready with its frozen figures or failed.

    `unit` is the unit the orderer acted for, `acting` the membership whose right is asked again
    when the report is made. The period is half-open. `as_of` is the day the figures were read.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(
        _("kind"), max_length=12, choices=JobKind.choices, default=JobKind.COMMITTEE
    )
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    centres = models.ManyToManyField(Unit, verbose_name=_("job centres"), related_name="+")
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.SWEDISH
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="report_jobs")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ordered by"),
        on_delete=models.PROTECT,
        related_name="report_jobs",
    )
    acting = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    # Period, centres and language as one text: the same report is not ordered twice at a time.
    fingerprint = models.CharField(max_length=64, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED
    )
    progress = models.PositiveSmallIntegerField(_("done in per cent"), default=0)
    step = models.CharField(
        _("step"), max_length=12, choices=JobStep.choices, default=JobStep.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(_("error"), max_length=12, choices=JobError.choices, blank=True)
    error_detail = models.CharField(max_length=200, blank=True)
    file = models.FileField(_("file"), upload_to="reports/%Y/%m", max_length=200, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True)
    created_at = models.DateTimeField(_("ordered"), auto_now_add=True)
    finished_at = models.DateTimeField(_("ready"), null=True, blank=True)

    objects = ReportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("ordered report")
        verbose_name_plural = _("ordered reports")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["unit", "-created_at"], name="report_job_of_unit"),
            models.Index(
                fields=["created_at"],
                name="report_job_active",
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["requested_by", "fingerprint"],
                condition=Q(state__in=[JobState.QUEUED, JobState.RUNNING]),
                name="report_job_once_at_a_time",
                violation_error_message=_("The same report is already being made."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="report_job_has_a_period",
                violation_error_message=_("The period must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100) & Q(attempts__lte=MAX_ATTEMPTS),
                name="report_job_counts_are_sensible",
                violation_error_message=_("Progress is at most 100 per cent, in three attempts."),
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.RUNNING) | Q(lease_until__isnull=False),
                name="report_job_running_has_a_lease",
                violation_error_message=_("A report being made is made by somebody."),
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.DONE)
                | (~Q(file="") & Q(as_of__isnull=False, finished_at__isnull=False)),
                name="report_job_done_has_its_file",
                violation_error_message=_("A ready report has its file and its day."),
            ),
            models.CheckConstraint(
                condition=~Q(state=JobState.FAILED) | ~Q(error=""),
                name="report_job_failed_says_why",
                violation_error_message=_("A failed report says why."),
            ),
        ]

    def __str__(self):
        return str(self.ref)

    def access_unit(self) -> Unit:
        return self.unit

    @property
    def is_active(self) -> bool:
        return self.state in (JobState.QUEUED, JobState.RUNNING)


class PublishedFigure(models.Model):
    """One number of a ready report, with the definition as it was worded that day. Never changed.

    `split` and `cell` are empty for the whole; `before` is the same period a year earlier. A value
    that is missing says why; one hidden because it is of fewer than five persons is `is_hidden`.
    """

    job = models.ForeignKey(ReportJob, on_delete=models.PROTECT, related_name="figures")
    position = models.PositiveIntegerField()
    figure = models.SlugField(_("figure"), max_length=40)
    label = models.CharField(_("name"), max_length=200)
    definition = models.TextField(_("definition"))
    unit = models.CharField(_("counted in"), max_length=12, choices=UnitOf.choices)
    split = models.CharField(_("divided by"), max_length=12, choices=Split.choices, blank=True)
    split_label = models.CharField(max_length=60, blank=True)
    cell = models.CharField(max_length=40, blank=True)
    cell_label = models.CharField(max_length=200, blank=True)
    value = models.DecimalField(_("value"), max_digits=10, decimal_places=1, null=True, blank=True)
    population = models.PositiveIntegerField(_("number counted"), null=True, blank=True)
    before = models.DecimalField(
        _("a year before"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    target = models.PositiveSmallIntegerField(_("target"), null=True, blank=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    missing = models.CharField(
        _("why there is no value"), max_length=10, choices=Missing.choices, blank=True
    )

    class Meta:
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "figure", "split", "cell"],
                name="published_figure_once",
                violation_error_message=_("The figure is already published."),
            ),
            models.UniqueConstraint(
                fields=["job", "position"],
                name="published_figure_position_once",
                violation_error_message=_("The figure is already published."),
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=False)
                | Q(value__isnull=True, population__isnull=True, missing=Missing.FEW),
                name="published_figure_hidden_is_hidden",
                violation_error_message=_("A hidden figure shows neither value nor number."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=True, missing__in=Missing.values)
                | Q(value__isnull=False, missing=""),
                name="published_figure_missing_says_why",
                violation_error_message=_("A figure without a value says why."),
            ),
        ]

    def __str__(self):
        return f"{self.figure} {self.split} {self.cell}".strip()
