"""The small budget of a job centre for short courses that lead straight to a job."""

import uuid
from datetime import timedelta
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now
from referrals.courses.enums import CourseState

NOTHING = Decimal("0.00")


class CourseBudgetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return queries.rows_of_units(self, user, "course.budget", "centre")


class CourseBudget(models.Model):
    """What a job centre may spend on quick courses in a calendar year, in kronor.

    `reserved` is approved and not paid, `paid` is paid; the two are moved by the transitions only,
    and the database refuses more than there is.
    """

    centre = models.ForeignKey(
        Unit,
        verbose_name=_("job centre"),
        on_delete=models.PROTECT,
        related_name="course_budgets",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("budget, kronor"), max_digits=12, decimal_places=2)
    reserved = models.DecimalField(
        _("reserved, kronor"), max_digits=12, decimal_places=2, default=NOTHING, editable=False
    )
    paid = models.DecimalField(
        _("paid, kronor"), max_digits=12, decimal_places=2, default=NOTHING, editable=False
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = CourseBudgetQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget for quick courses")
        verbose_name_plural = _("budgets for quick courses")
        ordering = ["-year", "centre__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "year"],
                name="course_budget_once_a_year",
                violation_error_message=_("The centre already has a budget for that year."),
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0) & Q(paid__gte=0),
                name="course_budget_parts_not_negative",
                violation_error_message=_("Nothing less than 0 is reserved or paid."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=F("reserved") + F("paid")),
                name="course_budget_never_below_zero",
                violation_error_message=_("That is more than what is left of the budget."),
            ),
        ]

    def __str__(self):
        return f"{self.centre} {self.year}"

    def access_unit(self):
        return self.centre

    @property
    def left(self) -> Decimal:
        """What can still be approved."""
        return self.amount - self.reserved - self.paid


class CourseBudgetChange(models.Model):
    """One decision on how large a budget is: the new amount, why, who and when.

    The table takes only INSERT.
    """

    budget = models.ForeignKey(CourseBudget, on_delete=models.PROTECT, related_name="changes")
    amount = models.DecimalField(_("budget, kronor"), max_digits=12, decimal_places=2)
    why = models.CharField(_("why"), max_length=300)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=moment_now)

    class Meta:
        verbose_name = _("change of a budget")
        verbose_name_plural = _("changes of budgets")
        ordering = ["-made_at", "-id"]


class CourseRequest(models.Model):
    """A short course for one person that leads straight to a job, to be paid from the centre's budget.

    Asked for by the coach, approved or refused by another, who is not the person's coach; the price
    is then reserved in the budget of the year in which the course begins, until it is paid or
    withdrawn. Amounts are kronor.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="courses")
    title = models.CharField(_("course"), max_length=200)
    organiser = models.CharField(_("who gives the course"), max_length=200)
    leads_to = models.CharField(_("the job it leads to"), max_length=300)
    why = models.TextField(_("why this course is what is missing"), max_length=2000)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until"))
    price = models.DecimalField(_("price, kronor"), max_digits=9, decimal_places=2)
    state = models.CharField(
        _("state"), max_length=10, choices=CourseState.choices, default=CourseState.REQUESTED
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    requested_on = models.DateField(_("requested"))
    budget = models.ForeignKey(
        CourseBudget, on_delete=models.PROTECT, null=True, blank=True, related_name="requests"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("why it is refused or withdrawn"), max_length=500, blank=True)
    paid_amount = models.DecimalField(
        _("paid, kronor"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    paid_on = models.DateField(_("paid"), null=True, blank=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invoice = models.CharField(_("number of the invoice"), max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a quick course")
        verbose_name_plural = _("requests for quick courses")
        ordering = ["-requested_on", "-id"]
        indexes = [
            models.Index(fields=["state", "-requested_on", "-id"], name="course_by_state"),
            models.Index(fields=["case"], name="course_of_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(price__gt=0),
                name="course_has_a_price",
                violation_error_message=_("The price is more than 0."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="course_ends_after_it_starts",
                violation_error_message=_("The course must end after it begins."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("requested_by")),
                name="course_by_four_eyes",
                violation_error_message=_("Somebody else than the one who asked decides."),
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[CourseState.APPROVED, CourseState.REFUSED, CourseState.PAID]
                )
                | Q(decided_by__isnull=False, decided_on__isnull=False),
                name="course_decided_by_somebody",
                violation_error_message=_("What is decided has somebody who decided it."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CourseState.APPROVED, CourseState.PAID])
                | Q(budget__isnull=False),
                name="course_approved_from_a_budget",
                violation_error_message=_("What is approved is paid from a budget."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CourseState.REFUSED, CourseState.WITHDRAWN])
                | ~Q(reason=""),
                name="course_refused_with_reason",
                violation_error_message=_("Say why it is refused or withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(state=CourseState.PAID)
                & Q(paid_by__isnull=False, paid_on__isnull=False, paid_amount__gt=0)
                & ~Q(invoice="")
                & Q(paid_amount__lte=F("price"))
                | ~Q(state=CourseState.PAID) & Q(paid_amount__isnull=True),
                name="course_paid_within_its_price",
                violation_error_message=_(
                    "What is paid has an invoice and is at most the price that was approved."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.title} {self.case}"

    def access_case(self):
        return self.case

    @property
    def last_on(self):
        """The last day of the course."""
        return self.ends_before - timedelta(days=1)
