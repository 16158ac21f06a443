from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.enums import CaseStatus, Source, Track
from jobcentre.casework.models.codes import TargetGroup
from jobcentre.casework.models.person import Person
from jobcentre.casework.models.together import RowsAsJson, columns_of, restore
from jobcentre.replay import moment_now

# What `with_parts` can read: model, which rows, and the columns it leaves out (moments, and JSON in
# JSON, are written differently by the two databases).
PARTS = {
    "pauses": ("ClockPause", {"case": OuterRef("pk")}, ("decided_at", "moved")),
    "consents": ("Consent", {"case": OuterRef("pk")}, ()),
    "target_groups": ("TargetGroup", {"case": OuterRef("pk")}, ()),
    "numbers": ("IdentityNumber", {"person": OuterRef("person_id")}, ("added_at",)),
}


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.visible_cases(self, user)

    def of_visible_persons(self, user):
        """`visible_to` among cases of persons that are known to be visible."""
        return queries.visible_cases_of(self, user)

    def open(self):
        return self.filter(status=CaseStatus.OPEN)

    def of_coach(self, user):
        return self.filter(coach=user)

    def with_parts(self, *names: str):
        """Each case with its interruptions, consents and target groups and the person's numbers
        (or those of `names`), all in the one query of the case."""
        found = {}
        for name in names or PARTS:
            model_name, of_owner, left_out = PARTS[name]
            model = apps.get_model("casework", model_name)
            found[f"parts_{name}"] = RowsAsJson(
                model.objects.filter(**of_owner), columns_of(model, *left_out)
            )
        return self.annotate(**found)

    def _fetch_all(self):
        fresh = self._result_cache is None
        super()._fetch_all()
        read = [name for name in PARTS if f"parts_{name}" in self.query.annotations]
        if fresh and read:
            for case in self._result_cache:
                case.unpack_parts(read)


class Case(models.Model):
    """An enrolment at a job centre.

    Begins on `started_on`, the day of the first visit; ends on `ended_on` with an Exit. A person
    has at most one open case; a return is a new case that points at the former one. "Interrupted"
    is not a status: it is an open ClockPause.
    """

    number = models.CharField(_("case number"), max_length=12, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(
        _("status"), max_length=10, choices=CaseStatus.choices, default=CaseStatus.OPEN
    )
    started_on = models.DateField(_("first visit"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    source = models.CharField(_("referred by"), max_length=20, choices=Source.choices)
    track = models.CharField(_("track"), max_length=10, choices=Track.choices)
    target_groups = models.ManyToManyField(TargetGroup, verbose_name=_("target groups"))
    centre = models.ForeignKey(
        Unit,
        verbose_name=_("job centre"),
        on_delete=models.PROTECT,
        related_name="centre_cases",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    district = models.ForeignKey(
        Unit,
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="district_cases",
        limit_choices_to={"kind": UnitKind.DISTRICT},
    )
    income_support_unit = models.ForeignKey(
        Unit,
        verbose_name=_("income-support unit"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="income_support_cases",
        limit_choices_to={"kind": UnitKind.INCOME_SUPPORT},
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coach"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="coached_cases",
    )
    previous = models.ForeignKey(
        "self",
        verbose_name=_("earlier case"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="later",
    )
    # Kept by one writer each: `clock.recompute` and `record_event`.
    next_deadline_on = models.DateField(null=True, blank=True, editable=False)
    last_event_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=moment_now)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-started_on", "-id"]
        indexes = [
            models.Index(
                fields=["coach", "next_deadline_on", "id"],
                name="case_caseload",
                condition=Q(status=CaseStatus.OPEN),
            ),
            models.Index(
                fields=["centre", "next_deadline_on", "id"],
                name="case_open_of_centre",
                condition=Q(status=CaseStatus.OPEN),
            ),
            models.Index(fields=["centre", "started_on"], name="case_centre_started"),
            models.Index(fields=["centre", "ended_on"], name="case_centre_ended"),
            models.Index(fields=["income_support_unit", "status"], name="case_income_support"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status=CaseStatus.OPEN),
                name="person_has_one_open_case",
                violation_error_message=_("The person already has an open case."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=CaseStatus.OPEN, ended_on__isnull=True)
                    | Q(status=CaseStatus.CLOSED, ended_on__isnull=False)
                ),
                name="case_is_closed_with_a_date",
                violation_error_message=_("A closed case has a last day, an open one has none."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="case_ends_after_it_starts",
                violation_error_message=_("A case cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(source__in=Source.values) & Q(track__in=Track.values),
                name="case_codes_are_known",
                violation_error_message=_("Choose who referred the person and a track."),
            ),
        ]

    def __str__(self):
        return self.number

    def access_case(self):
        return self

    def unpack_parts(self, names: list[str]) -> None:
        """Make of what `with_parts` read the rows that the relations would give."""
        for name in names:
            owner = self.person if name == "numbers" else self
            model = apps.get_model("casework", PARTS[name][0])
            restore(owner, name, model, getattr(self, f"parts_{name}"))

    @property
    def is_open(self) -> bool:
        return self.status == CaseStatus.OPEN


class NumberSeries(models.Model):
    """The last case number given in a year; the row is locked while the next one is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)


class CoachAssignment(models.Model):
    """A coach's time with a case. One is open at a time; `Case.coach` repeats it for the lists."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="coach_history")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="coach_assignments"
    )
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("coach of a case")
        verbose_name_plural = _("coaches of a case")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ends_before__isnull=True),
                name="case_has_one_coach",
                violation_error_message=_("The case already has a coach."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="coach_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]
