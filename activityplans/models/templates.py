"""Templates of plans: what a plan for a group of persons usually holds."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activityplans.models.catalogue import Service
from activityplans.plan_enums import Span
from jobcentre.casework.enums import Track
from jobcentre.casework.models import CodeListItem, TargetGroup

MAX_WEEKS = 26  # a plan covers at most six months


class PlanTemplate(CodeListItem):
    """A plan as it usually begins for some target groups or a track.

    Kept by managers and administrators through `transitions.templates`; never removed, only ended.
    Chosen for an empty plan it fills the form; what is written belongs to the plan from then on.
    `edit` counts the changes.
    """

    track = models.CharField(
        _("most for the track"), max_length=10, choices=Track.choices, blank=True
    )
    target_groups = models.ManyToManyField(
        TargetGroup, verbose_name=_("target groups"), blank=True, related_name="+"
    )
    goal = models.TextField(_("proposed goal"), max_length=2000)
    support_needs = models.TextField(_("support and adaptation"), max_length=4000, blank=True)
    own_search_hours = models.DecimalField(
        _("own job search, hours per week"), max_digits=4, decimal_places=1, default=0
    )
    applications = models.PositiveSmallIntegerField(
        _("applications to send"), null=True, blank=True
    )
    applications_per = models.CharField(
        _("applications each"), max_length=5, choices=Span.choices, default=Span.MONTH
    )
    edit = models.PositiveIntegerField(default=1, editable=False)

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("template of a plan")
        verbose_name_plural = _("templates of plans")
        constraints = [
            *CodeListItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(own_search_hours__gte=0) & Q(own_search_hours__lte=40),
                name="plan_template_hours_are_sensible",
                violation_error_message=_("Own job search is 0 to 40 hours a week."),
            ),
        ]


class TemplateLine(models.Model):
    """An activity that the template proposes: when it begins in the plan, how long, how much.

    `times` is its weekly schedule, a list of [weekday, "09:00", minutes]; with times the hours
    follow from them. `is_followed_up`: with a follow-up midway.
    """

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField(default=1)
    service = models.ForeignKey(Service, verbose_name=_("service"), on_delete=models.PROTECT)
    description = models.TextField(_("what the person does"), max_length=2000)
    expected_result = models.TextField(_("expected result"), max_length=2000)
    after_weeks = models.PositiveSmallIntegerField(
        _("begins after weeks"),
        default=0,
        validators=[MaxValueValidator(MAX_WEEKS - 1, _("A plan covers at most 26 weeks."))],
    )
    weeks = models.PositiveSmallIntegerField(
        _("length in weeks"),
        validators=[
            MinValueValidator(1, _("An activity is 1 to 26 weeks long.")),
            MaxValueValidator(MAX_WEEKS, _("An activity is 1 to 26 weeks long.")),
        ],
    )
    hours_per_week = models.DecimalField(_("hours per week"), max_digits=4, decimal_places=1)
    times = models.JSONField(default=list, blank=True)
    is_followed_up = models.BooleanField(_("followed up midway"), default=False)

    class Meta:
        verbose_name = _("activity of a template")
        verbose_name_plural = _("activities of templates")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks__gte=1) & Q(weeks__lte=MAX_WEEKS),
                name="template_line_length_is_sensible",
                violation_error_message=_("An activity is 1 to 26 weeks long."),
            ),
            models.CheckConstraint(
                condition=Q(after_weeks__lt=MAX_WEEKS),
                name="template_line_begins_within_the_plan",
                violation_error_message=_("A plan covers at most 26 weeks."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0) & Q(hours_per_week__lte=40),
                name="template_line_hours_are_sensible",
                violation_error_message=_("Hours per week lie between 0.5 and 40."),
            ),
        ]
