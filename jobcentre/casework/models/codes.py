from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.enums import Outcome


class CodeListQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class CodeListItem(models.Model):
    """A row of a code list kept by the administrator; never deleted, only ended."""

    key = models.SlugField(_("code"), max_length=40, unique=True)
    label_sv = models.CharField(_("wording in Swedish"), max_length=120)
    label_en = models.CharField(_("wording in English"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"), default=100)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("no longer valid on"), null=True, blank=True)

    objects = CodeListQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="%(class)s_ends_after_it_starts",
                violation_error_message=_("The last day must be after the first."),
            )
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if (get_language() or "sv").startswith("en") else self.label_sv

    def is_valid_on(self, day) -> bool:
        """What `valid_on` asks, of a row that has been read."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class TargetGroup(CodeListItem):
    """A group that the committees follow; a case has one or more."""

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class ExitReason(CodeListItem):
    """Why a case ended, and how it counts: work and studies as Kolada reads them."""

    outcome = models.CharField(_("counts as"), max_length=10, choices=Outcome.choices)
    needs_employment = models.BooleanField(_("asks for the form of employment"), default=False)

    class Meta(CodeListItem.Meta):
        abstract = False
        verbose_name = _("exit reason")
        verbose_name_plural = _("exit reasons")
