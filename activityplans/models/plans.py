"""The plan in versions, its lines and reviews."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from activityplans.enums import (
    PlanState,
)
from activityplans.models.activities import Activity
from activityplans.models.catalogue import ServiceVersion
from activityplans.plan_enums import Span
from activityplans.schedule import MAX_MINUTES, MIN_MINUTES, Slot
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.enums import Track
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now

MAX_APPLICATIONS = 200


class PlanVersionQuerySet(CaseChildQuerySet):
    def in_force(self):
        return self.filter(state=PlanState.APPROVED)

    def being_written(self):
        return self.filter(state__in=PlanState.being_written())

    def once_in_force(self):
        """Those that were approved, whatever came of them: what later versions are changes of."""
        return self.filter(approved_on__isnull=False)


class PlanVersion(models.Model):
    """One version of the activity plan of a case, for a period of at most six months.

    Written by the coach with the person; in force from its approval until a newer one is
    approved. Changing a plan is writing the next version. `edit` counts the saves, so that nobody
    overwrites another's.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(
        _("state"), max_length=12, choices=PlanState.choices, default=PlanState.DRAFT
    )
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    goal = models.TextField(_("goal"), max_length=2000, blank=True)
    goal_track = models.CharField(
        _("track of the goal"), max_length=10, choices=Track.choices, blank=True
    )
    goal_occupation = models.CharField(_("occupation of the goal"), max_length=4, blank=True)
    goal_on = models.DateField(_("goal reached by"), null=True, blank=True)
    person_view = models.TextField(_("the person's own view"), max_length=4000, blank=True)
    support_needs = models.TextField(_("support and adaptation"), max_length=4000, blank=True)
    others_do = models.TextField(_("what others are responsible for"), max_length=4000, blank=True)
    weekly_target = models.DecimalField(
        _("hours per week that the plan asks"), max_digits=4, decimal_places=1, default=40
    )
    target_reason = models.TextField(
        _("why fewer hours than full time"), max_length=2000, blank=True
    )
    own_search_hours = models.DecimalField(
        _("own job search, hours per week"), max_digits=4, decimal_places=1, default=0
    )
    applications = models.PositiveSmallIntegerField(
        _("applications to send"), null=True, blank=True
    )
    applications_per = models.CharField(
        _("applications each"), max_length=5, choices=Span.choices, default=Span.MONTH
    )
    child_care = models.TextField(_("child care"), max_length=2000, blank=True)
    consequences_on = models.DateField(_("consequences explained on"), null=True, blank=True)
    consequences_by = models.CharField(_("consequences explained by"), max_length=200, blank=True)
    consequences_language = models.CharField(
        _("language of the explanation"), max_length=60, blank=True
    )
    change_reason = models.TextField(_("why the plan is changed"), max_length=2000, blank=True)
    # What the first draft was begun from; it says nothing of what was written then.
    template = models.ForeignKey(
        "activityplans.PlanTemplate",
        verbose_name=_("begun from the template"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    last_edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=moment_now)
    edit = models.PositiveIntegerField(default=1, editable=False)
    submitted_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an activity plan")
        verbose_name_plural = _("versions of activity plans")
        ordering = ["-number"]
        indexes = [models.Index(fields=["state", "submitted_on"], name="plan_state_submitted")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"],
                name="plan_version_number_once",
                violation_error_message=_("There is already a version with that number."),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=PlanState.APPROVED),
                name="plan_one_in_force",
                violation_error_message=_("Another version is in force."),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state__in=[PlanState.DRAFT, PlanState.SUBMITTED, PlanState.RETURNED]),
                name="plan_one_being_prepared",
                violation_error_message=_("Another version is already being prepared."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="plan_ends_after_it_starts",
                violation_error_message=_("The plan must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=[PlanState.DRAFT, PlanState.ENDED])
                | Q(submitted_on__isnull=False),
                name="plan_sent_has_a_date",
                violation_error_message=_("A plan that was sent has the date it was sent."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PlanState.APPROVED) | Q(approved_on__isnull=False),
                name="plan_in_force_has_a_date",
                violation_error_message=_("A plan in force has the date it was approved."),
            ),
            models.CheckConstraint(
                condition=Q(weekly_target__gte=0)
                & Q(weekly_target__lte=60)
                & Q(own_search_hours__gte=0)
                & Q(own_search_hours__lte=40),
                name="plan_hours_are_sensible",
                violation_error_message=_("Hours per week lie between 0 and 60."),
            ),
            models.CheckConstraint(
                condition=Q(applications__isnull=True) | Q(applications__lte=MAX_APPLICATIONS),
                name="plan_applications_are_sensible",
                violation_error_message=_("At most 200 applications."),
            ),
            models.CheckConstraint(
                condition=Q(consequences_on__isnull=False)
                | Q(consequences_by="", consequences_language=""),
                name="plan_consequences_have_a_day",
                violation_error_message=_("Say on which day the consequences were explained."),
            ),
        ]

    def __str__(self):
        return f"{self.case} v{self.number}"

    def access_case(self):
        return self.case

    def whole_lines(self) -> list["PlanLine"]:
        """The lines with service, provider and times; two queries, none after `keep_lines`."""
        if "lines" in getattr(self, "_prefetched_objects_cache", {}):
            return list(self.lines.all())
        return list(_whole(self.lines))

    def keep_lines(self) -> None:
        """Read `whole_lines` once for this object, which is looked at from several sides and whose
        lines nobody changes meanwhile."""
        models.prefetch_related_objects([self], models.Prefetch("lines", _whole(PlanLine.objects)))


def _whole(lines):
    return lines.select_related("activity__service", "provider").prefetch_related("times")


class PlanLine(models.Model):
    """What one version says of one activity: what, where, when and how much."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="lines")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="lines")
    # What the catalogue offered when the line was written.
    offered = models.ForeignKey(
        ServiceVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=1)
    description = models.TextField(_("what the person does"), max_length=2000)
    expected_result = models.TextField(_("expected result"), max_length=2000)
    provider = models.ForeignKey(
        Unit,
        verbose_name=_("provider"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": UnitKind.PROVIDER},
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    contact = models.CharField(_("who the person meets"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    follow_up_on = models.DateField(_("followed up midway"), null=True, blank=True)
    hours_per_week = models.DecimalField(_("hours per week"), max_digits=4, decimal_places=1)
    change_reason = models.CharField(_("reason for the change"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of a plan")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "activity"],
                name="plan_line_once_per_activity",
                violation_error_message=_("The activity already stands in this version."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="plan_line_is_time_limited",
                violation_error_message=_("An activity must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0) & Q(hours_per_week__lte=40),
                name="plan_line_hours_are_sensible",
                violation_error_message=_("Hours per week lie between 0.5 and 40."),
            ),
            models.CheckConstraint(
                condition=Q(follow_up_on__isnull=True)
                | Q(follow_up_on__gte=F("starts_on"), follow_up_on__lt=F("ends_before")),
                name="plan_line_is_followed_up_in_its_period",
                violation_error_message=_("The follow-up midway lies within the activity."),
            ),
        ]


class LineTime(models.Model):
    """One time of the week of an activity in one version: the weekly schedule is all of a line's.

    Written with its line. The hours per week of a line with times follow from them; the planned
    sessions come from them too (`activityplans.schedule`).
    """

    line = models.ForeignKey(PlanLine, on_delete=models.CASCADE, related_name="times")
    weekday = models.PositiveSmallIntegerField(
        _("day of the week"),
        validators=[
            MinValueValidator(1, _("The days of the week are 1, Monday, to 7, Sunday.")),
            MaxValueValidator(7, _("The days of the week are 1, Monday, to 7, Sunday.")),
        ],
    )
    starts_at = models.TimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        validators=[
            MinValueValidator(MIN_MINUTES, _("A time is 15 minutes to 12 hours long.")),
            MaxValueValidator(MAX_MINUTES, _("A time is 15 minutes to 12 hours long.")),
        ],
    )

    class Meta:
        verbose_name = _("time in the week")
        verbose_name_plural = _("times in the week")
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "weekday", "starts_at"],
                name="plan_time_once",
                violation_error_message=_("The same time stands twice."),
            ),
            models.CheckConstraint(
                condition=Q(weekday__gte=1) & Q(weekday__lte=7),
                name="plan_time_is_on_a_weekday",
                violation_error_message=_("The days of the week are 1, Monday, to 7, Sunday."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=MIN_MINUTES) & Q(minutes__lte=MAX_MINUTES),
                name="plan_time_length_is_sensible",
                violation_error_message=_("A time is 15 minutes to 12 hours long."),
            ),
        ]

    @property
    def slot(self) -> Slot:
        return Slot(self.weekday, self.starts_at, self.minutes)


class PlanReview(models.Model):
    """A recorded review (omprövning) of the plan; meets the six-month clock."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_reviews")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField(_("reviewed"))
    took_part = models.CharField(_("who took part"), max_length=300, blank=True)
    what_worked = models.TextField(_("what has worked"), max_length=4000, blank=True)
    person_view = models.TextField(_("the person's view"), max_length=4000, blank=True)
    next_steps = models.TextField(_("what comes next"), max_length=4000, blank=True)
    conclusion = models.TextField(_("conclusion"), max_length=4000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a plan")
        verbose_name_plural = _("reviews of plans")
        ordering = ["-reviewed_on", "-id"]

    def access_case(self):
        return self.case
