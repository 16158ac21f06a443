"""Progression: indicators with described steps, and how the person and the coach rate them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.mapping.enums import Rater
from jobcentre.casework.models import Case, CaseChildQuerySet, CodeListItem
from jobcentre.replay import moment_now

STEPS = range(1, 6)


class ProgressIndicator(CodeListItem):
    """Something that moves on the way to work, rated 1 to 5; each step is described, so that all
    mean the same. Kept by the administrator. Our own wordings: no licensed instrument is copied.
    """

    question_sv = models.CharField(_("question in Swedish"), max_length=200)
    question_en = models.CharField(_("question in English"), max_length=200)
    step1_sv = models.CharField(_("step 1 in Swedish"), max_length=200)
    step1_en = models.CharField(_("step 1 in English"), max_length=200)
    step2_sv = models.CharField(_("step 2 in Swedish"), max_length=200)
    step2_en = models.CharField(_("step 2 in English"), max_length=200)
    step3_sv = models.CharField(_("step 3 in Swedish"), max_length=200)
    step3_en = models.CharField(_("step 3 in English"), max_length=200)
    step4_sv = models.CharField(_("step 4 in Swedish"), max_length=200)
    step4_en = models.CharField(_("step 4 in English"), max_length=200)
    step5_sv = models.CharField(_("step 5 in Swedish"), max_length=200)
    step5_en = models.CharField(_("step 5 in English"), max_length=200)
    asked_of_person = models.BooleanField(_("the person rates it"), default=True)
    asked_of_coach = models.BooleanField(_("the coach rates it"), default=True)

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("indicator of progression")
        verbose_name_plural = _("indicators of progression")
        constraints = [
            *CodeListItem.Meta.constraints,
            models.CheckConstraint(
                condition=Q(asked_of_person=True) | Q(asked_of_coach=True),
                name="progress_indicator_is_asked_of_somebody",
                violation_error_message=_("Somebody has to rate it."),
            ),
        ]

    @property
    def question(self) -> str:
        return getattr(self, f"question_{self._language()}")

    @property
    def steps(self) -> dict[int, str]:
        """The five steps in words, by number."""
        language = self._language()
        return {n: getattr(self, f"step{n}_{language}") for n in STEPS}

    @staticmethod
    def _language() -> str:
        return "en" if (get_language() or "sv").startswith("en") else "sv"


class ProgressMeasure(models.Model):
    """How one of the two, the person or the coach, rates the indicators on a day.

    Made about every three months. A second one for the same day and rater replaces the first,
    which is kept with `is_current` False.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="progress_measures")
    rater = models.CharField(_("who rates"), max_length=10, choices=Rater.choices)
    measured_on = models.DateField(_("rated on"))
    comment = models.TextField(_("comment"), max_length=2000, blank=True)
    is_current = models.BooleanField(default=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(default=moment_now)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("measure of progression")
        verbose_name_plural = _("measures of progression")
        ordering = ["-measured_on", "-id"]
        indexes = [models.Index(fields=["case", "-measured_on"], name="progress_of_case")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "rater", "measured_on"],
                condition=Q(is_current=True),
                name="progress_once_a_day",
                violation_error_message=_("There is already a rating of that day."),
            ),
            models.CheckConstraint(
                condition=Q(rater__in=Rater.values),
                name="progress_rater_is_known",
                violation_error_message=_("Say who rates."),
            ),
        ]

    def access_case(self):
        return self.case


class ProgressRating(models.Model):
    """The step, 1 to 5, of one indicator in a measure; what was not rated has no row."""

    measure = models.ForeignKey(ProgressMeasure, on_delete=models.CASCADE, related_name="ratings")
    indicator = models.ForeignKey(ProgressIndicator, on_delete=models.PROTECT, related_name="+")
    step = models.PositiveSmallIntegerField(_("step"))

    class Meta:
        verbose_name = _("rating of an indicator")
        verbose_name_plural = _("ratings of an indicator")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "indicator"],
                name="progress_indicator_once",
                violation_error_message=_("The indicator is already rated."),
            ),
            models.CheckConstraint(
                condition=Q(step__gte=1) & Q(step__lte=5),
                name="progress_step_is_one_to_five",
                violation_error_message=_("A step is 1 to 5."),
            ),
        ]

    def access_case(self):
        return self.measure.case
