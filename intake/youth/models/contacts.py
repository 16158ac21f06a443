import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.youth.enums import (
    ContactChannel,
    ContactResult,
    KnownFrom,
    MeasureKind,
    MeasureResult,
    MeasureState,
    NeedKind,
    OccupationKind,
)
from intake.youth.models.entry import OutreachEntry
from jobcentre.casework.access import queries
from jobcentre.casework.models import Person
from jobcentre.replay import moment_now


class EntryChildQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What hangs on a visible entry."""
        children = queries.rows_of_units(self, user, "youth.view", "entry__unit")
        return queries.without_hidden_persons(children, user, "entry__person")


class EntryChild(models.Model):
    """What hangs on an entry of the outreach register."""

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = EntryChildQuerySet.as_manager()

    class Meta:
        abstract = True

    def access_unit(self):
        return self.entry.unit

    @property
    def person(self) -> Person:
        return self.entry.person

    @property
    def person_id(self) -> int:
        return self.entry.person_id


class ContactAttempt(EntryChild):
    """One attempt to reach a young person, and what came of it. Never changed.

    At a home visit two go: `companion` is the second one, and `safety` what was judged beforehand.
    """

    entry = models.ForeignKey(OutreachEntry, on_delete=models.CASCADE, related_name="attempts")
    on = models.DateField(_("day"))
    channel = models.CharField(_("channel"), max_length=15, choices=ContactChannel.choices)
    result = models.CharField(_("result"), max_length=15, choices=ContactResult.choices)
    companion = models.CharField(_("who came along"), max_length=200, blank=True)
    safety = models.CharField(_("safety, as judged before the visit"), max_length=500, blank=True)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("contact attempt")
        verbose_name_plural = _("contact attempts")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["on"], name="contact_attempt_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel__in=ContactChannel.values) & Q(result__in=ContactResult.values),
                name="contact_attempt_codes_are_known",
                violation_error_message=_("Choose a channel and a result."),
            ),
            models.CheckConstraint(
                condition=~Q(channel=ContactChannel.HOME_VISIT)
                | (~Q(companion="") & ~Q(safety="")),
                name="home_visit_is_made_by_two",
                violation_error_message=_(
                    "A home visit is made by two: write who came along and how the safety was "
                    "judged beforehand."
                ),
            ),
        ]


class ExpressedNeed(models.Model):
    """A need that the young person spoke of in a contact; counted in the yearly survey."""

    attempt = models.ForeignKey(ContactAttempt, on_delete=models.CASCADE, related_name="needs")
    kind = models.CharField(_("need"), max_length=10, choices=NeedKind.choices)

    class Meta:
        verbose_name = _("expressed need")
        verbose_name_plural = _("expressed needs")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["attempt", "kind"],
                name="expressed_need_once",
                violation_error_message=_("The need is already noted."),
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class KnownOccupation(EntryChild):
    """What a young person does during a period, half-open, and how it is known.

    `ends_before` is empty while no end is known. Several may run at once (studies and work).
    """

    entry = models.ForeignKey(OutreachEntry, on_delete=models.CASCADE, related_name="occupations")
    kind = models.CharField(_("occupation"), max_length=20, choices=OccupationKind.choices)
    place = models.CharField(_("school or workplace"), max_length=200, blank=True)
    percent = models.PositiveSmallIntegerField(_("per cent of full time"), null=True, blank=True)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"), null=True, blank=True)
    known_from = models.CharField(_("known from"), max_length=10, choices=KnownFrom.choices)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    noted_on = models.DateField(_("noted"))

    class Meta:
        verbose_name = _("known occupation")
        verbose_name_plural = _("known occupations")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="occupation_ends_after_it_starts",
                violation_error_message=_("The last day must be after the first."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OccupationKind.values)
                & Q(known_from__in=KnownFrom.values)
                & (Q(percent__isnull=True) | (Q(percent__gte=1) & Q(percent__lte=100))),
                name="occupation_values_are_sensible",
                violation_error_message=_(
                    "Choose the occupation and how it is known; the extent is 1 to 100 per cent."
                ),
            ),
        ]


class YouthMeasure(EntryChild):
    """An individual measure offered to a young person (29 kap. 9 § skollagen): offered, then
    declined or begun, then ended. What is begun and ended is reported to the survey."""

    entry = models.ForeignKey(OutreachEntry, on_delete=models.CASCADE, related_name="measures")
    kind = models.CharField(_("measure"), max_length=15, choices=MeasureKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=MeasureState.choices, default=MeasureState.OFFERED
    )
    note = models.CharField(_("what is offered"), max_length=500, blank=True)
    offered_on = models.DateField(_("offered"))
    begun_on = models.DateField(_("begun"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=12, choices=MeasureResult.choices, blank=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("measure")
        verbose_name_plural = _("measures")
        ordering = ["-offered_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    state__in=[MeasureState.OFFERED, MeasureState.DECLINED],
                    begun_on__isnull=True,
                    ended_on__isnull=True,
                    result="",
                )
                | Q(
                    state=MeasureState.BEGUN,
                    begun_on__isnull=False,
                    ended_on__isnull=True,
                    result="",
                )
                | Q(
                    state=MeasureState.ENDED,
                    begun_on__isnull=False,
                    ended_on__isnull=False,
                    result__in=MeasureResult.values,
                ),
                name="measure_days_fit_its_state",
                violation_error_message=_(
                    "A measure that has begun has a first day, one that has ended a last day and "
                    "a result."
                ),
            ),
            models.CheckConstraint(
                condition=(Q(begun_on__isnull=True) | Q(begun_on__gte=F("offered_on")))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("begun_on"))),
                name="measure_days_are_in_order",
                violation_error_message=_("A measure is offered, then begun, then ended."),
            ),
        ]
