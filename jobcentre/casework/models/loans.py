"""A person served by another centre for a time."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.models.case import Case
from jobcentre.casework.models.relations import CaseChildQuerySet
from jobcentre.replay import moment_now


class CentreLoanQuerySet(CaseChildQuerySet):
    def current_on(self, day):
        """Those that go on on `day` or are to begin."""
        return self.filter(ends_before__gt=day)


class CentreLoan(models.Model):
    """The person of a case is lent to another centre's service from `starts_on` until `ends_before`.

    The home centre and the district stay, and every figure counts the case there. Written by
    `lend_case`, which also writes the Involvement that lets the host centre see the case on these
    days and no other. Ends by itself; `ended_by` is the one who ended it before its time.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="loans")
    host = models.ForeignKey(
        Unit,
        verbose_name=_("lent to"),
        on_delete=models.PROTECT,
        related_name="loans",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    host_coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("coach there"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    service = models.CharField(_("service or activity there"), max_length=200)
    reason = models.CharField(_("why there"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    lent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    lent_at = models.DateTimeField(default=moment_now)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = CentreLoanQuerySet.as_manager()

    class Meta:
        verbose_name = _("loan to another centre")
        verbose_name_plural = _("loans to other centres")
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["host", "ends_before"], name="loan_of_host"),
            models.Index(fields=["case", "ends_before"], name="loan_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_before__gte=F("starts_on")),
                name="loan_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(service="") & ~Q(reason=""),
                name="loan_says_what_and_why",
                violation_error_message=_("Write what the person is to do there, and why there."),
            ),
        ]

    def access_case(self):
        return self.case

    @property
    def involvement_key(self) -> str:
        """What ties the loan to the Involvement that opens the case to the host centre."""
        return f"loan:{self.pk}"
