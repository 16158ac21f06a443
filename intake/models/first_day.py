"""What is written on the first day and after it. Nothing is written over: the newest row holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.enums import AfStatus, MinorityLanguage, RightsForm
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now


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
    booked_on = models.DateField(_("time booked to register"), null=True, blank=True)
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
            ),
            models.CheckConstraint(
                condition=Q(booked_on__isnull=True) | Q(status=AfStatus.WILL_REGISTER),
                name="af_booked_only_when_to_register",
                violation_error_message=_("Only one who is to register has a booked day."),
            ),
        ]

    def access_case(self):
        return self.case


class ConsentRefusal(models.Model):
    """The person was asked for a consent and said no. A consent given later takes its place."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="consent_refusals")
    purpose = models.CharField(_("purpose"), max_length=20, choices=ConsentPurpose.choices)
    said_on = models.DateField(_("said no on"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("refused consent")
        verbose_name_plural = _("refused consents")
        ordering = ["-said_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=ConsentPurpose.values),
                name="consent_refusal_purpose_is_known",
                violation_error_message=_("Choose what was asked."),
            )
        ]

    def access_case(self):
        return self.case


class LanguageNeed(models.Model):
    """A national minority language that the person wants to use with the authority.

    Act 2009:724: in an administrative area Finnish, Meänkieli and Sami may be used and are
    answered in (8 §); elsewhere when somebody there speaks them (9 §); everybody is told of it
    (3 §). The newest row of the case holds; an empty language says that the person was asked.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="language_needs")
    minority_language = models.CharField(
        _("national minority language"), max_length=15, choices=MinorityLanguage.choices, blank=True
    )
    wants_translation = models.BooleanField(
        _("wants decisions translated in writing"), default=False
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(default=moment_now)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("need of language")
        verbose_name_plural = _("needs of language")
        ordering = ["-id"]
        indexes = [models.Index(fields=["case", "-id"], name="language_need_of_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minority_language__in=[*MinorityLanguage.values, ""]),
                name="language_need_is_known",
                violation_error_message=_("Choose one of the national minority languages."),
            ),
            models.CheckConstraint(
                condition=Q(wants_translation=False) | ~Q(minority_language=""),
                name="language_translation_is_of_one",
                violation_error_message=_("Choose the language to translate to."),
            ),
        ]

    def access_case(self):
        return self.case


class EmergencyNote(models.Model):
    """Whom to call if something happens to the person; the newest row of the case holds.

    Sensitive: read by the own coach, by others only with the sensitive areas opened. An empty text
    says that the person was asked and names nobody.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="emergency_notes")
    text = models.CharField(_("whom to call, and the number"), max_length=200, blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    noted_at = models.DateTimeField(default=moment_now)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("emergency note")
        verbose_name_plural = _("emergency notes")
        ordering = ["-id"]
        indexes = [models.Index(fields=["case", "-id"], name="emergency_note_of_case")]

    def access_case(self):
        return self.case
