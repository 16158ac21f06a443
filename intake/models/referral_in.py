"""Persons sent to a centre before they have come: the referral in, and what was done to reach them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.enums import (
    ContactResult,
    ContactWay,
    PassingGround,
    ReferralEnd,
    ReferralState,
)
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.enums import Source
from jobcentre.casework.models import Appointment, Case, CodeListItem, Person
from jobcentre.replay import moment_now


class SupportObstacle(CodeListItem):
    """What keeps a person from self-support, as the income-support unit sees it
    (försörjningshinder). The municipality's own list; the national one is not settled."""

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("obstacle to self-support")
        verbose_name_plural = _("obstacles to self-support")


class ReferralInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To the centre those sent to it, to a sending unit its own; hidden persons left out."""
        rows = queries.rows_between_units(
            self, user, "referral_in.view", near="centre", sender="sending_unit"
        )
        return queries.without_hidden_persons(rows, user, "person")

    def open(self):
        return self.filter(state__in=[ReferralState.WAITING, ReferralState.BOOKED])


class ReferralIn(models.Model):
    """A person sent to a centre (remiss), from the day it is sent until the person has come.

    Begun by the sender; ended by the case that opens (`met`), by the sender or the centre, or
    because the person never came. `contact_on` is the day by which the centre has to act next, so
    that nobody is forgotten. One is open for a person at a time.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="referrals_in")
    source = models.CharField(_("referred by"), max_length=20, choices=Source.choices)
    sending_unit = models.ForeignKey(
        Unit,
        verbose_name=_("sending unit"),
        on_delete=models.PROTECT,
        related_name="sent_referrals",
    )
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    sent_on = models.DateField(_("sent"))
    sent_at = models.DateTimeField(default=moment_now)
    district = models.ForeignKey(
        Unit,
        verbose_name=_("district"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals_of_district",
        limit_choices_to={"kind": UnitKind.DISTRICT},
    )
    centre = models.ForeignKey(
        Unit,
        verbose_name=_("job centre"),
        on_delete=models.PROTECT,
        related_name="referrals_in",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    exception_reason = models.CharField(
        _("why another centre than the district's"), max_length=300, blank=True
    )
    ground = models.CharField(
        _("ground for passing on the information"), max_length=20, choices=PassingGround.choices
    )
    obstacle = models.ForeignKey(
        SupportObstacle,
        verbose_name=_("obstacle to self-support"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    wishes = models.TextField(_("the person's wishes"), max_length=2000, blank=True)
    state = models.CharField(
        _("state"),
        max_length=15,
        choices=ReferralState.choices,
        default=ReferralState.WAITING,
    )
    contact_on = models.DateField(_("act by"), null=True, blank=True)
    appointment = models.ForeignKey(
        Appointment,
        verbose_name=_("first meeting"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="referral_in"
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=15, choices=ReferralEnd.choices, blank=True
    )
    end_note = models.CharField(_("note"), max_length=500, blank=True)

    objects = ReferralInQuerySet.as_manager()

    class Meta:
        verbose_name = _("referral in")
        verbose_name_plural = _("referrals in")
        ordering = ["contact_on", "id"]
        indexes = [
            models.Index(
                fields=["centre", "contact_on", "id"],
                name="referral_in_to_do",
                condition=Q(state__in=[ReferralState.WAITING, ReferralState.BOOKED]),
            ),
            models.Index(fields=["sending_unit", "-sent_on"], name="referral_in_of_sender"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=[ReferralState.WAITING, ReferralState.BOOKED]),
                name="referral_in_one_open",
                violation_error_message=_("The person is referred already and has not come yet."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        state__in=[ReferralState.WAITING, ReferralState.BOOKED],
                        ended_on__isnull=True,
                        contact_on__isnull=False,
                        end_reason="",
                    )
                    | Q(state=ReferralState.MET, case__isnull=False, ended_on__isnull=False)
                    | (
                        Q(state=ReferralState.ENDED, case__isnull=True, ended_on__isnull=False)
                        & ~Q(end_reason="")
                    )
                ),
                name="referral_in_state_fits",
                violation_error_message=_("The state does not fit the rest of the referral."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ReferralState.BOOKED) | Q(appointment__isnull=False),
                name="referral_in_booked_has_a_time",
                violation_error_message=_("A booked referral has a first meeting."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("sent_on")),
                name="referral_in_ends_after_it_is_sent",
                violation_error_message=_("A referral cannot end before it is sent."),
            ),
        ]

    def __str__(self):
        return f"{self.sent_on} {self.get_state_display()}"

    def access_unit(self) -> Unit:
        return self.centre

    @property
    def is_open(self) -> bool:
        return self.state in (ReferralState.WAITING, ReferralState.BOOKED)


class ReferralContact(models.Model):
    """An attempt to reach a referred person who has not come."""

    referral = models.ForeignKey(ReferralIn, on_delete=models.PROTECT, related_name="contacts")
    on = models.DateField(_("day"))
    way = models.CharField(_("how"), max_length=10, choices=ContactWay.choices)
    result = models.CharField(_("result"), max_length=15, choices=ContactResult.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    next_on = models.DateField(_("next attempt"))

    class Meta:
        verbose_name = _("attempt to reach a referred person")
        verbose_name_plural = _("attempts to reach referred persons")
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__gt=F("on")),
                name="referral_contact_next_lies_ahead",
                violation_error_message=_("The next attempt must lie ahead."),
            )
        ]
