from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from employers.enums import ContactForm, NeedKind, NeedState, PlacementResult, PlacementState
from intake.groups.models import GroupMeeting, GroupMeetingQuerySet
from jobcentre import text
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now


class EmployerQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "employer.view", "registered_unit")

    def matching(self, query: str):
        found = self
        for term in text.terms(query):
            found = found.filter(search_text__contains=term)
        return found


class Employer(models.Model):
    """A company, authority or organisation that the centres have contact with.

    One coordinator holds the relation, so that nobody is called twice. Created by the
    coordinator; ended by `is_active = False`.
    """

    name = models.CharField(_("name"), max_length=200)
    organisation_number = models.CharField(
        _("organisation number"), max_length=10, null=True, blank=True
    )
    sector = models.CharField(_("sector"), max_length=120, blank=True)
    is_social_enterprise = models.BooleanField(_("social enterprise"), default=False)
    contact_name = models.CharField(_("contact person"), max_length=200, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    coordinator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coordinator"),
        on_delete=models.PROTECT,
        related_name="employers",
    )
    registered_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(_("active"), default=True)
    search_text = models.CharField(max_length=500, editable=False)
    sort_key = models.CharField(max_length=400, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("employer")
        verbose_name_plural = _("employers")
        ordering = ["sort_key", "id"]
        indexes = [models.Index(fields=["sort_key", "id"], name="employer_sort")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation_number"],
                name="employer_number_once",
                violation_error_message=_("The employer is already in the register."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="employer_has_a_name",
                violation_error_message=_("Write the employer's name."),
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_text = text.search_text(
            self.name, self.organisation_number or "", self.sector, self.contact_name
        )[:500]
        self.sort_key = text.sort_key(self.name)
        super().save(*args, **kwargs)

    def access_unit(self):
        return self.registered_unit


class EmployerContact(models.Model):
    """A contact with an employer: a visit, a call, a letter; never changed."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    form = models.CharField(_("how"), max_length=10, choices=ContactForm.choices)
    text = models.TextField(_("what was said"), max_length=4000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("contact with an employer")
        verbose_name_plural = _("contacts with employers")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["employer", "-on"], name="contact_of_employer")]


class NeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "employer.view", "employer__registered_unit")

    def open(self):
        return self.filter(state=NeedState.OPEN)


class Need(models.Model):
    """What an employer needs: a job, a placement, a trainee; how many, when and with what
    requirements. Open until it is filled or closed.
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="needs")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=NeedKind.choices)
    occupation = models.CharField(_("occupation"), max_length=120)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    requirements = models.TextField(_("requirements"), max_length=2000, blank=True)
    needs_licence = models.BooleanField(_("driving licence is needed"), default=False)
    places = models.PositiveSmallIntegerField(_("places"), default=1)
    hours_per_week = models.PositiveSmallIntegerField(_("hours per week"), default=40)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"), null=True, blank=True)
    replaces_staff = models.BooleanField(
        _("replaces ordinary staff"), null=True, blank=True, default=None
    )
    union_consulted_on = models.DateField(_("union consulted"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=NeedState.choices, default=NeedState.OPEN
    )
    opened_on = models.DateField(_("received"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(
                fields=["starts_on", "id"], name="need_open", condition=Q(state=NeedState.OPEN)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(places__gte=1) & Q(places__lte=500),
                name="need_places_are_sensible",
                violation_error_message=_("The number of places is 1 to 500."),
            ),
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1) & Q(hours_per_week__lte=40),
                name="need_hours_are_sensible",
                violation_error_message=_("Hours per week lie between 1 and 40."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("starts_on")),
                name="need_ends_after_it_starts",
                violation_error_message=_("The need must end after it begins."),
            ),
        ]

    def __str__(self):
        return self.title

    def access_unit(self):
        return self.employer.registered_unit


class CompetenceProfile(models.Model):
    """What the competence bank shows of a person: these fields and nothing else of the case.

    Written by the coach with the person; shown only while the person's consent is in force.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="profile")
    headline = models.CharField(_("in one line"), max_length=200)
    occupations = models.CharField(_("occupations wanted"), max_length=300)
    skills = models.TextField(_("skills and experience"), max_length=2000, blank=True)
    languages = models.CharField(_("languages"), max_length=200, blank=True)
    has_licence = models.BooleanField(_("driving licence"), default=False)
    hours_per_week = models.PositiveSmallIntegerField(_("hours per week"), default=40)
    available_from = models.DateField(_("available from"))
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile in the competence bank")
        verbose_name_plural = _("profiles in the competence bank")
        ordering = ["available_from", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_per_week__gte=1) & Q(hours_per_week__lte=40),
                name="profile_hours_are_sensible",
                violation_error_message=_("Hours per week lie between 1 and 40."),
            )
        ]

    def access_case(self):
        return self.case


class Placement(models.Model):
    """A person proposed to, or working at, an employer because of a need.

    Proposed by coach or coordinator; answered by the employer through the coordinator; runs and
    ends with a result.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placements")
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="placements")
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=PlacementState.choices,
        default=PlacementState.PROPOSED,
    )
    note = models.TextField(_("why it fits"), max_length=2000, blank=True)
    proposed_on = models.DateField(_("proposed"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answer = models.CharField(_("the employer's words"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_before = models.DateField(_("until"), null=True, blank=True)
    supervisor = models.CharField(_("supervisor"), max_length=200, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    result = models.CharField(
        _("result"), max_length=15, choices=PlacementResult.choices, blank=True
    )
    result_note = models.TextField(_("what came of it"), max_length=2000, blank=True)
    created_at = models.DateTimeField(default=moment_now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        ordering = ["-proposed_on", "-id"]
        indexes = [
            models.Index(fields=["state", "proposed_on"], name="placement_state"),
            models.Index(fields=["case", "-proposed_on"], name="placement_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "need"],
                condition=Q(
                    state__in=[
                        PlacementState.PROPOSED,
                        PlacementState.AGREED,
                        PlacementState.RUNNING,
                    ]
                ),
                name="placement_once_per_need",
                violation_error_message=_("The person is already proposed for this."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PlacementState.RUNNING) | Q(starts_on__isnull=False),
                name="placement_running_has_a_start",
                violation_error_message=_("A running placement has a first day."),
            ),
            models.CheckConstraint(
                condition=~Q(state=PlacementState.ENDED)
                | (Q(ended_on__isnull=False) & ~Q(result="")),
                name="placement_ended_with_result",
                violation_error_message=_("An ended placement has a last day and a result."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_before__gt=F("starts_on")),
                name="placement_ends_after_it_starts",
                violation_error_message=_("The placement must end after it begins."),
            ),
        ]

    def __str__(self):
        return f"{self.need}"

    def access_case(self):
        return self.case

    @property
    def subject_key(self) -> str:
        return f"placement:{self.pk}"


class FairQuerySet(GroupMeetingQuerySet):
    def visible_to(self, user):
        near = queries.rows_of_units(self, user, "fair.keep", "centre")
        return near.filter(kind__for_companies=True)


class Fair(GroupMeeting):
    """A group meeting whose kind is open to companies, as those see it who work with employers: the
    meeting and how many come, never who. It has no rows of its own."""

    objects = FairQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = _("fair")
        verbose_name_plural = _("fairs")


class FairEmployer(models.Model):
    """An employer of the register that takes part in a fair. Taken away when it does not come."""

    meeting = models.ForeignKey(
        GroupMeeting, on_delete=models.CASCADE, related_name="employers_there"
    )
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="fairs")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("employer at a fair")
        verbose_name_plural = _("employers at fairs")
        ordering = ["employer__sort_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "employer"],
                name="fair_employer_once",
                violation_error_message=_("The employer is already on the list of the fair."),
            )
        ]

    def __str__(self):
        return f"{self.meeting_id} {self.employer_id}"
