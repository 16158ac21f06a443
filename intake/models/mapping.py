"""The mapping: its areas (a code list), what is known of each, every earlier wording, and what
other parties have said."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.enums import MappingState
from intake.mapping.enums import PartyKind, StatementSource
from jobcentre.casework.models import Case, CaseChildQuerySet, CodeListItem
from jobcentre.replay import moment_now

TEXT_MAX, SHORT_MAX = 4000, 2000


class MappingArea(CodeListItem):
    """An area that the mapping asks about; kept by the administrator, never deleted, only ended.

    `is_required`: the mapping is complete when all such areas are answered. `is_sensitive`: read
    only by those to whom the sensitive areas of the case are open. `is_printed`: stands on the
    paper that the person takes along. `for_guidance`: open to an invited study counsellor.
    """

    help_sv = models.CharField(_("help in Swedish"), max_length=300, blank=True)
    help_en = models.CharField(_("help in English"), max_length=300, blank=True)
    is_required = models.BooleanField(_("required"), default=False)
    is_sensitive = models.BooleanField(_("sensitive"), default=False)
    is_printed = models.BooleanField(_("on the person's paper"), default=True)
    for_guidance = models.BooleanField(_("open to an invited study counsellor"), default=False)

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("area of the mapping")
        verbose_name_plural = _("areas of the mapping")
        constraints = [
            *CodeListItem.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(is_sensitive=True, for_guidance=True),
                name="mapping_area_sensitive_or_for_guidance",
                violation_error_message=_("A sensitive area is not open to the study counsellor."),
            ),
        ]

    @property
    def help(self) -> str:
        return self.help_en if (get_language() or "sv").startswith("en") else self.help_sv


class Mapping(models.Model):
    """The mapping (kartläggning) of the person's situation in a case, made with the person.

    Begun on the first day in parallel with the job search; completed when the required areas are
    answered, changed afterwards with every earlier wording kept. A case has one; cases from before
    that have several keep them, and the newest is the one in use. `edit` counts the wordings of
    the summary.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mappings")
    state = models.CharField(
        _("state"), max_length=10, choices=MappingState.choices, default=MappingState.BEGUN
    )
    begun_on = models.DateField(_("begun"))
    completed_on = models.DateField(_("completed"), null=True, blank=True)
    others = models.CharField(_("others who took part"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), max_length=TEXT_MAX, blank=True)
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


class SummaryVersion(models.Model):
    """One wording of a mapping's summary, from when it was saved; written once, never changed."""

    mapping = models.ForeignKey(Mapping, on_delete=models.PROTECT, related_name="summaries")
    edit = models.PositiveIntegerField()
    summary = models.TextField(_("summary"), max_length=TEXT_MAX, blank=True)
    others = models.CharField(_("others who took part"), max_length=300, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("saved"), default=moment_now)

    class Meta:
        verbose_name = _("earlier summary of a mapping")
        verbose_name_plural = _("earlier summaries of a mapping")
        ordering = ["-edit"]
        constraints = [
            models.UniqueConstraint(
                fields=["mapping", "edit"],
                name="mapping_summary_version_once",
                violation_error_message=_("This wording is already kept."),
            )
        ]

    def access_case(self):
        return self.mapping.case


class AreaStatement(models.Model):
    """What is said of one area at one time: where the person stands, resources and obstacles
    apart, whose words it is, who wrote it and when."""

    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    text = models.TextField(_("text"), max_length=TEXT_MAX, blank=True)
    resources = models.TextField(_("resources"), max_length=SHORT_MAX, blank=True)
    obstacles = models.TextField(_("obstacles"), max_length=SHORT_MAX, blank=True)
    needs_measure = models.BooleanField(_("a measure is needed"), default=False)
    source = models.CharField(
        _("source"),
        max_length=10,
        choices=StatementSource.choices,
        default=StatementSource.PERSON,
    )
    edit = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(_("saved"), default=moment_now)

    class Meta:
        abstract = True


_LEVEL = Q(level__isnull=True) | (Q(level__gte=1) & Q(level__lte=5))


class MappingAnswer(AreaStatement):
    """What is known now of one area in a mapping. `edit` counts its wordings."""

    mapping = models.ForeignKey(Mapping, on_delete=models.CASCADE, related_name="answers")
    area = models.ForeignKey(
        MappingArea,
        to_field="key",
        db_column="area",
        verbose_name=_("area"),
        on_delete=models.PROTECT,
        related_name="+",
    )

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
                condition=_LEVEL,
                name="mapping_level_is_one_to_five",
                violation_error_message=_("A level is 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(source__in=StatementSource.values),
                name="mapping_answer_has_a_source",
                violation_error_message=_("Say whose words it is."),
            ),
        ]

    def access_case(self):
        return self.mapping.case


class AnswerVersion(AreaStatement):
    """One wording of an answer, from when it was saved; written once, never changed.

    The newest one repeats the answer itself, so that a page opened at an earlier wording knows
    what it began with.
    """

    answer = models.ForeignKey(MappingAnswer, on_delete=models.CASCADE, related_name="versions")

    class Meta:
        verbose_name = _("wording of an answer")
        verbose_name_plural = _("wordings of an answer")
        ordering = ["-edit"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "edit"],
                name="mapping_answer_version_once",
                violation_error_message=_("This wording is already kept."),
            ),
            models.CheckConstraint(
                condition=_LEVEL,
                name="mapping_version_level_is_one_to_five",
                violation_error_message=_("A level is 1 to 5."),
            ),
        ]

    def access_case(self):
        return self.answer.mapping.case


class MappingPart(models.Model):
    """What another party has added to the mapping on a day: written by an invited study
    counsellor, or noted by the coach with the name and organisation of who said it.

    Stands for ever. `for_person` False: not on the paper that the person takes along.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mapping_parts")
    area = models.ForeignKey(
        MappingArea,
        to_field="key",
        verbose_name=_("area"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    party = models.CharField(_("who"), max_length=10, choices=PartyKind.choices)
    name = models.CharField(_("name"), max_length=200)
    organisation = models.CharField(_("organisation"), max_length=200)
    said_on = models.DateField(_("said on"))
    text = models.TextField(_("text"), max_length=TEXT_MAX)
    for_person = models.BooleanField(_("may stand on the person's paper"), default=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("written"), default=moment_now)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of another party in a mapping")
        verbose_name_plural = _("parts of other parties in a mapping")
        ordering = ["-said_on", "-id"]
        indexes = [models.Index(fields=["case", "-said_on"], name="mapping_part_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(party__in=PartyKind.values) & ~Q(text="") & ~Q(name=""),
                name="mapping_part_is_said_by_somebody",
                violation_error_message=_("Write who says it, and what."),
            )
        ]

    def access_case(self):
        return self.case
