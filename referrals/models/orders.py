"""What is ordered from a provider for a person."""

import uuid
from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activityplans.models import Activity
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now
from referrals.enums import (
    DeclineReason,
    DisclosureBasis,
    OrderResult,
    OrderState,
    SharedField,
)

DAYS_OF_SIGHT = 14  # the provider sees a started order so long after its end
DAYS_TO_COMPLETE = 30  # and so long while it owes the completion of a report


class OrderQuerySet(CaseChildQuerySet):
    def visible_to(self, user, *, just_ended: bool = True):
        """The orders of visible cases; provider staff only those to their own unit, each as long as
        it is in sight by itself, or while something is to be done in it: without the `just_ended`."""
        orders = super().visible_to(user)
        membership = getattr(user, "acting", None)
        if membership is not None and membership.unit.kind == UnitKind.PROVIDER:
            own = orders.filter(provider_id=membership.unit_id)
            return own.in_sight(timezone.localdate(), just_ended=just_ended)
        return orders

    def in_sight(self, today: date, *, just_ended: bool = True):
        """Those that their provider sees: what goes on, and what had started until so many days
        after its end; what was declined, or taken back before the start, at once no longer."""
        seen = Q(state__in=OrderState.going_on()) | self.owing_completion(today)
        if just_ended:
            since = today - timedelta(days=DAYS_OF_SIGHT)
            seen |= Q(started_on__isnull=False, ended_on__gt=since)
        return self.filter(seen)

    @staticmethod
    def owing_completion(today: date) -> Q:
        """Ended, with a report that was returned and is not completed, while that can be done."""
        returned = apps.get_model("referrals", "ProviderReport").objects.filter(
            order=OuterRef("pk"), returned__isnull=False, completed_by__isnull=True
        )
        since = today - timedelta(days=DAYS_TO_COMPLETE)
        return Q(Exists(returned), started_on__isnull=False, ended_on__gt=since)

    def going_on(self):
        return self.filter(state__in=OrderState.going_on())


class Order(models.Model):
    """The orderer's request to a provider to carry out an activity of the plan for a person.

    Sent by the coach with the requirement (kravbild); answered, started and ended by the provider.
    The provider sees the fields here, nothing else of the case, until 14 days after the end, or 30
    while it owes the completion of a report.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="orders")
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="orders")
    provider = models.ForeignKey(
        Unit,
        verbose_name=_("provider"),
        on_delete=models.PROTECT,
        related_name="orders",
        limit_choices_to={"kind": UnitKind.PROVIDER},
    )
    state = models.CharField(
        _("state"), max_length=10, choices=OrderState.choices, default=OrderState.SENT
    )
    requirement = models.TextField(_("requirement"), max_length=4000)
    needs_to_know = models.TextField(
        _("what the provider needs to know"), max_length=2000, blank=True
    )
    goals = models.TextField(_("goals and results wanted"), max_length=2000, blank=True)
    adaptation = models.TextField(_("adaptation"), max_length=1000, blank=True)
    interpreter = models.CharField(_("interpreter wanted"), max_length=200, blank=True)
    shares = models.JSONField(_("what the provider is told"), default=list, blank=True)
    basis = models.CharField(
        _("passed on because of"), max_length=10, choices=DisclosureBasis.choices
    )
    basis_reason = models.CharField(_("why it is necessary"), max_length=300, blank=True)
    starts_on = models.DateField(_("wanted from"))
    ends_before = models.DateField(_("until"))
    hours_per_week = models.DecimalField(_("hours per week"), max_digits=4, decimal_places=1)
    sent_on = models.DateField(_("sent"))
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decline_reason = models.CharField(
        _("why it was declined"), max_length=15, choices=DeclineReason.choices, blank=True
    )
    decline_note = models.CharField(_("comment"), max_length=300, blank=True)
    waiting_reason = models.CharField(_("why on the waiting list"), max_length=300, blank=True)
    expected_on = models.DateField(_("place expected"), null=True, blank=True)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True)
    contact = models.CharField(_("supervisor"), max_length=200, blank=True)
    first_day_on = models.DateField(_("first day agreed"), null=True, blank=True)
    started_on = models.DateField(_("started"), null=True, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=15, choices=OrderResult.choices, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["-sent_on", "-id"]
        indexes = [
            models.Index(fields=["provider", "state", "sent_on"], name="order_of_provider"),
            models.Index(fields=["case", "-sent_on"], name="order_of_case"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(state__in=OrderState.going_on()),
                name="order_once_at_a_time",
                violation_error_message=_("The activity is already ordered."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on")),
                name="order_ends_after_it_starts",
                violation_error_message=_("The order must end after it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(requirement=""),
                name="order_has_a_requirement",
                violation_error_message=_("Write the requirement."),
            ),
            models.CheckConstraint(
                condition=Q(basis=DisclosureBasis.CONSENT) | ~Q(basis_reason=""),
                name="order_without_consent_says_why",
                violation_error_message=_("Say why it is necessary to pass this on."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.DECLINED) | ~Q(decline_reason=""),
                name="order_declined_with_reason",
                violation_error_message=_("Choose why you decline."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.WITHDRAWN) | ~Q(withdrawn_reason=""),
                name="order_withdrawn_with_reason",
                violation_error_message=_("Say why the order is withdrawn."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.WAITING) | ~Q(waiting_reason=""),
                name="order_waits_with_reason",
                violation_error_message=_("Say why there is a waiting list."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[OrderState.STARTED, OrderState.PAUSED, OrderState.ENDED])
                | Q(started_on__isnull=False),
                name="order_started_has_a_day",
                violation_error_message=_("A started order has a first day."),
            ),
            models.CheckConstraint(
                condition=~Q(state=OrderState.ENDED) | (Q(ended_on__isnull=False) & ~Q(result="")),
                name="order_ended_with_result",
                violation_error_message=_("An ended order has a last day and a result."),
            ),
        ]

    def __str__(self):
        return f"{self.activity} {self.provider}"

    def access_case(self):
        return self.case

    def tells(self, name: str) -> bool:
        """Whether the provider is told the field (a SharedField) of the person."""
        return name in self.shares and not (
            self.case.person.is_protected and name in (SharedField.PHONE, SharedField.EMAIL)
        )

    @property
    def subject_key(self) -> str:
        """What the involvement and the clocks of this order are known by."""
        return f"order:{self.pk}"


class OrderMessage(models.Model):
    """A message between coach and provider about one order; never changed."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"), max_length=4000)
    sent_at = models.DateTimeField(_("sent"), default=moment_now)

    class Meta:
        verbose_name = _("message about an order")
        verbose_name_plural = _("messages about orders")
        ordering = ["sent_at", "id"]


class OrderQuestion(models.Model):
    """A question that the provider asks before it answers, and the orderer's reply; the order waits
    for the reply. Never changed once replied."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField(_("asked"))
    reply = models.TextField(_("reply"), max_length=2000, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replied_on = models.DateField(_("replied"), null=True, blank=True)

    class Meta:
        verbose_name = _("question about an order")
        verbose_name_plural = _("questions about orders")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(replied_on__isnull=True),
                name="order_one_open_question",
                violation_error_message=_("A question waits for a reply already."),
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | ~Q(reply=""),
                name="order_question_replied_with_words",
                violation_error_message=_("Write the reply."),
            ),
        ]


class OrderPause(models.Model):
    """Days when a started order stands still, with the reason; `ends_before` None: still paused."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="pauses")
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("back on"), null=True, blank=True)
    reason = models.CharField(_("why"), max_length=300)

    class Meta:
        verbose_name = _("pause of an order")
        verbose_name_plural = _("pauses of orders")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                condition=Q(ends_before__isnull=True),
                name="order_one_open_pause",
                violation_error_message=_("The order is paused already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__isnull=True) | Q(ends_before__gte=F("starts_on")),
                name="order_pause_ends_after_it_starts",
                violation_error_message=_("The day back must not be before the first day."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="order_paused_with_reason",
                violation_error_message=_("Say why the order is paused."),
            ),
        ]
