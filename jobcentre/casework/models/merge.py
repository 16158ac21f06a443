"""Two registrations of one human: what was said of a pair, and a merge that can be undone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.models.person import Person
from jobcentre.replay import moment_now


class DuplicatePairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The pairs of which the user sees both persons."""
        persons = Person.objects.visible_to(user).values("pk")
        return self.filter(first__in=persons, second__in=persons)

    def to_merge(self):
        """Said to be the same human and not merged yet."""
        return self.filter(
            answer=PairAnswer.SAME,
            first__merged_into__isnull=True,
            second__merged_into__isnull=True,
        )


class DuplicatePair(models.Model):
    """What somebody has said of two registrations that look alike: the same human, or two.

    `first` is the older registration. "The same" waits for a manager to merge them; "somebody else"
    is for good: the pair is not proposed again.
    """

    first = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=10, choices=PairAnswer.choices)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(_("answered"), default=moment_now)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair of registrations")
        verbose_name_plural = _("pairs of registrations")
        ordering = ["-answered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="pair_once",
                violation_error_message=_("The two have been compared already."),
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="pair_is_of_two",
                violation_error_message=_("A pair is of two different registrations."),
            ),
        ]


class PersonMergeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(kept__in=Person.objects.visible_to(user).values("pk"))

    def standing(self):
        return self.filter(undone_at__isnull=True)


class PersonMerge(models.Model):
    """One merge: `merged` was the same human as `kept`, and everything of it now is `kept`'s.

    Made by a manager. `before` holds what undoing it needs; it is emptied when the time for that
    has passed. The merged row stays and points at the kept one.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField(_("merged"), default=moment_now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    before = models.JSONField(default=dict, blank=True, editable=False)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PersonMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two registrations")
        verbose_name_plural = _("merges of two registrations")
        ordering = ["-merged_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["merged"],
                condition=Q(undone_at__isnull=True),
                name="person_is_merged_once",
                violation_error_message=_("The person has already been merged."),
            ),
            models.CheckConstraint(
                condition=~Q(kept=F("merged")),
                name="merge_is_of_two",
                violation_error_message=_("A merge is of two different registrations."),
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undone_by_somebody",
                violation_error_message=_("A merge is undone by somebody at a time."),
            ),
        ]
