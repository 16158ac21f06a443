from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.youth.enums import CombinedWith, ContractResult, ContractState, StudyProgress
from intake.youth.models.contacts import EntryChild, EntryChildQuerySet, KnownOccupation
from intake.youth.models.entry import OutreachEntry


class EducationContractQuerySet(EntryChildQuerySet):
    def running(self):
        return self.filter(state=ContractState.RUNNING)


class EducationContract(EntryChild):
    """An education contract (utbildningskontrakt) with somebody of 20 to 24 who has not completed
    upper secondary school: which studies, how much, and what they are combined with.

    `ends_before` is the planned end; `ended_on` the last day, with the result. A contract that runs
    keeps its entry in the register past the 25th birthday. `occupation` says the same in the
    register. `next_follow_up_on` is kept by the transitions.
    """

    entry = models.ForeignKey(OutreachEntry, on_delete=models.CASCADE, related_name="contracts")
    occupation = models.OneToOneField(
        KnownOccupation, on_delete=models.CASCADE, related_name="contract"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ContractState.choices, default=ContractState.RUNNING
    )
    school = models.CharField(_("school"), max_length=200)
    programme = models.CharField(_("programme or courses"), max_length=200)
    percent = models.PositiveSmallIntegerField(_("studies in per cent of full time"))
    combined_with = models.CharField(
        _("combined with"),
        max_length=10,
        choices=CombinedWith.choices,
        default=CombinedWith.NOTHING,
    )
    combined_percent = models.PositiveSmallIntegerField(
        _("work or practice in per cent of full time"), null=True, blank=True
    )
    goal = models.CharField(_("goal"), max_length=500, blank=True)
    starts_on = models.DateField(_("first day"))
    ends_before = models.DateField(_("planned end"))
    ended_on = models.DateField(_("last day"), null=True, blank=True)
    result = models.CharField(
        _("result"), max_length=15, choices=ContractResult.choices, blank=True
    )
    next_follow_up_on = models.DateField(_("next follow-up"), null=True, blank=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = EducationContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("education contract")
        verbose_name_plural = _("education contracts")
        ordering = ["next_follow_up_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state=ContractState.RUNNING),
                name="contract_one_at_a_time",
                violation_error_message=_("An education contract is already running."),
            ),
            models.CheckConstraint(
                condition=Q(ends_before__gt=F("starts_on"))
                & (Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on"))),
                name="contract_ends_after_it_starts",
                violation_error_message=_("The last day must be after the first."),
            ),
            models.CheckConstraint(
                condition=Q(percent__gte=1)
                & Q(percent__lte=100)
                & (
                    Q(combined_with=CombinedWith.NOTHING, combined_percent__isnull=True)
                    | (
                        Q(combined_with__in=[CombinedWith.WORK, CombinedWith.PRACTICE])
                        & Q(combined_percent__isnull=False, combined_percent__gte=1)
                        & Q(combined_percent__lte=100)
                    )
                ),
                name="contract_extent_is_sensible",
                violation_error_message=_(
                    "Studies are 1 to 100 per cent; work or practice has an extent too."
                ),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=ContractState.RUNNING,
                    ended_on__isnull=True,
                    result="",
                    next_follow_up_on__isnull=False,
                )
                | Q(
                    state=ContractState.ENDED,
                    ended_on__isnull=False,
                    result__in=ContractResult.values,
                    next_follow_up_on__isnull=True,
                ),
                name="contract_ended_has_a_result",
                violation_error_message=_("A contract that has ended has a last day and a result."),
            ),
        ]


class ContractFollowUp(models.Model):
    """A follow-up of an education contract: how the studies go. Never changed."""

    contract = models.ForeignKey(
        EducationContract, on_delete=models.CASCADE, related_name="follow_ups"
    )
    on = models.DateField(_("day"))
    progress = models.CharField(_("the studies go"), max_length=15, choices=StudyProgress.choices)
    note = models.TextField(_("note"), max_length=4000, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("follow-up of an education contract")
        verbose_name_plural = _("follow-ups of an education contract")
        ordering = ["-on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress__in=StudyProgress.values),
                name="contract_follow_up_says_how",
                violation_error_message=_("Choose how the studies go."),
            )
        ]
