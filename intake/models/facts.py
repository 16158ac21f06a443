"""What is known of the person's work and schooling, as facts that can be searched and counted."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.mapping.enums import FactKind, SfiCourse, StatementSource
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now


class FactQuerySet(CaseChildQuerySet):
    def current(self):
        return self.filter(removed_on__isnull=True)


class MappingFact(models.Model):
    """One fact: an occupation wanted or held, an education, a language, where the person stands in
    SFI, a licence. Noted by the coach; never changed: a wrong or old one is removed on a day, and
    stays in the history.

    `code` is the SSYK 2012 code (occupations), the level (education, language, SFI) or the class
    (licence); `text` the subject, the language or another licence in words. `years` counts the
    years worked. A test of SFI is `ordered_on`, then `done_on` with a `result` (the course it
    recommends). A case has one current row about SFI.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="mapping_facts")
    kind = models.CharField(_("kind"), max_length=20, choices=FactKind.choices)
    code = models.CharField(_("code"), max_length=20)
    text = models.CharField(_("in words"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    is_finished = models.BooleanField(_("finished"), default=False)
    wants_validation = models.BooleanField(_("validation wanted"), default=False)
    ordered_on = models.DateField(_("test ordered"), null=True, blank=True)
    done_on = models.DateField(_("test done"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=SfiCourse.choices, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    source = models.CharField(
        _("source"),
        max_length=10,
        choices=StatementSource.choices,
        default=StatementSource.PERSON,
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(_("noted"), default=moment_now)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    removed_on = models.DateField(_("removed"), null=True, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact in a mapping")
        verbose_name_plural = _("facts in a mapping")
        ordering = ["kind", "id"]
        indexes = [
            models.Index(
                fields=["kind", "code"],
                name="mapping_fact_code",
                condition=Q(removed_on__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "code", "text"],
                condition=Q(removed_on__isnull=True),
                name="mapping_fact_once",
                violation_error_message=_("This is already noted."),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(kind=FactKind.SFI, removed_on__isnull=True),
                name="mapping_sfi_once",
                violation_error_message=_("SFI is already noted."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=FactKind.values) & ~Q(code=""),
                name="mapping_fact_is_of_a_kind",
                violation_error_message=_("Choose what it is about."),
            ),
            models.CheckConstraint(
                condition=Q(years__isnull=True) | Q(years__lte=70),
                name="mapping_fact_years_are_a_life",
                violation_error_message=_("At most 70 years."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True)
                | Q(ordered_on__isnull=True)
                | Q(done_on__gte=F("ordered_on")),
                name="mapping_test_done_after_ordered",
                violation_error_message=_("A test cannot be done before it was ordered."),
            ),
            models.CheckConstraint(
                condition=Q(result="") | Q(done_on__isnull=False),
                name="mapping_test_result_when_done",
                violation_error_message=_("Only a test that is done has a result."),
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_by__isnull=True)
                | Q(removed_on__isnull=False, removed_by__isnull=False),
                name="mapping_fact_removed_by_somebody",
                violation_error_message=_("Who removed it?"),
            ),
        ]

    def access_case(self):
        return self.case
