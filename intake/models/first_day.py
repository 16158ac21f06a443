"""What is written on the first day and after it: rights, registration with AF, the mapping."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.enums import AfStatus, MappingArea, MappingState, RightsForm
from jobcentre.casework.models import Case, CaseChildQuerySet


class RightsGiven(models.Model):
    """Rights, duties and consequences explained to the person on day one: when, by whom, in which
    language, with or without interpreter (mission row J3). A later explanation is a new row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="rights_given")
    given_on = models.DateField(_("explained on"))
    form = models.CharField(_("how"), max_length=20, choices=RightsForm.choices)
    language = models.CharField(_("in which language"), max_length=60)
    with_interpreter = models.BooleanField(_("with interpreter"), default=False)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("explanation of rights and duties")
        verbose_name_plural = _("explanations of rights and duties")
        ordering = ["-given_on", "-id"]

    def access_case(self):
        return self.case


class AfRegistration(models.Model):
    """Whether the person is registered with the public employment service, as checked on a day."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="af_registrations")
    status = models.CharField(_("registration"), max_length=15, choices=AfStatus.choices)
    since = models.DateField(_("registered since"), null=True, blank=True)
    checked_on = models.DateField(_("checked"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("AF registration")
        verbose_name_plural = _("AF registrations")
        ordering = ["-checked_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(status=AfStatus.REGISTERED),
                name="af_date_only_when_registered",
                violation_error_message=_("Only a registered person has a date."),
            )
        ]

    def access_case(self):
        return self.case


class Mapping(models.Model):
    """A mapping (kartläggning) of the person's situation, made with the person.

    Begun on the first day in parallel with the job search; completed when every area is answered.
    A repeated mapping is a new row, so that progression shows.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mappings")
    state = models.CharField(
        _("state"), max_length=10, choices=MappingState.choices, default=MappingState.BEGUN
    )
    begun_on = models.DateField(_("begun"))
    completed_on = models.DateField(_("completed"), null=True, blank=True)
    others = models.CharField(_("others who took part"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), max_length=4000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    edit = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        ordering = ["-begun_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=MappingState.BEGUN),
                name="mapping_one_at_a_time",
                violation_error_message=_("A mapping is already under way."),
            ),
            models.CheckConstraint(
                condition=Q(state=MappingState.BEGUN, completed_on__isnull=True)
                | Q(state=MappingState.COMPLETED, completed_on__isnull=False),
                name="mapping_completed_has_a_date",
                violation_error_message=_("A completed mapping has a date."),
            ),
        ]

    def access_case(self):
        return self.case


class MappingAnswer(models.Model):
    """What is known of one area in a mapping."""

    mapping = models.ForeignKey(Mapping, on_delete=models.CASCADE, related_name="answers")
    area = models.CharField(_("area"), max_length=20, choices=MappingArea.choices)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    text = models.TextField(_("text"), max_length=4000, blank=True)
    needs_measure = models.BooleanField(_("a measure is needed"), default=False)

    class Meta:
        verbose_name = _("answer in a mapping")
        verbose_name_plural = _("answers in a mapping")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["mapping", "area"],
                name="mapping_area_once",
                violation_error_message=_("The area already has an answer."),
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | (Q(level__gte=1) & Q(level__lte=5)),
                name="mapping_level_is_one_to_five",
                violation_error_message=_("A level is 1 to 5."),
            ),
        ]
