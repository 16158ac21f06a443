"""What ties people, units and papers to a case: involvement, consent, documents, appointments."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.consents import EXCHANGES, MAX_RECEIVER
from jobcentre.casework.enums import (
    Area,
    ConsentForm,
    ConsentPurpose,
    InvolvementKind,
)
from jobcentre.casework.models.case import Case
from jobcentre.replay import moment_now


class CaseChildQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.visible_children(self, user)


class InvolvementQuerySet(CaseChildQuerySet):
    def valid_on(self, day):
        return self.filter(
            Q(visible_before__isnull=True) | Q(visible_before__gt=day),
            starts_on__lte=day,
        )

    def working_on(self, day):
        return self.filter(Q(ends_before__isnull=True) | Q(ends_before__gt=day), starts_on__lte=day)


class Involvement(models.Model):
    """Somebody beside the coach who works with the person: a unit, a user or an outside contact.

    Written by the transition that makes it so (an order sent, a placement proposed). It answers
    "who works with this person?" until `ends_before`, and gives the unit or user the right to see
    what they need until `visible_before` (for a provider 14 days after the end).
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="involvements")
    kind = models.CharField(_("kind"), max_length=20, choices=InvolvementKind.choices)
    subject_key = models.CharField(max_length=80, blank=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
    )
    label = models.CharField(_("who or what"), max_length=200)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"), null=True, blank=True)
    visible_before = models.DateField(_("sees until"), null=True, blank=True)

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        verbose_name = _("involvement")
        verbose_name_plural = _("involvements")
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["unit", "visible_before"], name="involvement_unit"),
            models.Index(fields=["user", "visible_before"], name="involvement_user"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "subject_key"],
                condition=~Q(subject_key=""),
                name="involvement_once_per_subject",
                violation_error_message=_("This involvement is already noted."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="involvement_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=Q(visible_before__isnull=True)
                | Q(ends_before__isnull=True)
                | Q(visible_before__gte=F("ends_before")),
                name="involvement_visible_to_its_end",
                violation_error_message=_("Access cannot end before the involvement."),
            ),
        ]

    def access_case(self):
        return self.case


class Consent(models.Model):
    """The person's consent to one purpose, until it is withdrawn or runs out.

    With a `receiver` (a clinic, a provider, as the person says it) it covers that one only, else
    everybody of the kind. A withdrawal works at the next request. One is in force for a purpose
    and receiver at a time.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consents")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    receiver = models.CharField(_("only to"), max_length=MAX_RECEIVER, blank=True)
    form = models.CharField(_("given"), max_length=10, choices=ConsentForm.choices)
    given_on = models.DateField(_("given on"))
    ends_before = models.DateField(_("no longer valid on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["purpose", "-given_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "purpose", "receiver"],
                condition=Q(withdrawn_on__isnull=True, ends_before__isnull=True),
                name="consent_once_per_purpose",
                violation_error_message=_("A consent to this is already in force."),
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="consent_withdrawn_after_given",
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gt=F("given_on")),
                name="consent_ends_after_given",
                violation_error_message=_("A consent cannot end before it was given."),
            ),
            models.CheckConstraint(
                condition=Q(receiver="") | Q(purpose__in=EXCHANGES),
                name="consent_receiver_of_an_exchange",
                violation_error_message=_("Only an exchange has a receiver."),
            ),
        ]

    def access_case(self):
        return self.case


class Document(models.Model):
    """A file that belongs to a case. Stored under a random name outside the web root.

    Never replaced: a newer one is a new row. Its area decides who may open it.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    area = models.CharField(_("area"), max_length=20, choices=Area.choices, default=Area.DOCUMENTS)
    file = models.FileField(_("file"), upload_to="documents/%Y/%m", max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField(default=moment_now)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-added_at", "-id"]
        indexes = [models.Index(fields=["case", "-added_at"], name="document_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="document_is_not_empty",
                violation_error_message=_("The file is empty."),
            )
        ]

    def __str__(self):
        return self.title

    def access_case(self):
        return self.case


class SensitiveOpening(models.Model):
    """A colleague or manager opened the sensitive areas of a case for a stated reason.

    Valid for the user until `valid_until` (60 minutes); always logged, reviewed afterwards.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    opened_at = models.DateTimeField(default=moment_now)
    valid_until = models.DateTimeField()

    class Meta:
        verbose_name = _("opening of sensitive areas")
        verbose_name_plural = _("openings of sensitive areas")
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["case", "user", "valid_until"], name="opening_valid")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="opening_has_a_reason",
                violation_error_message=_("Say why you need to open this."),
            )
        ]

    def access_case(self):
        return self.case


class Submission(models.Model):
    """A form sent once: its token makes a second press of the button return the first result."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    token = models.UUIDField()
    result_url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "token"],
                name="form_is_sent_once",
                violation_error_message=_("The form has already been sent."),
            )
        ]
