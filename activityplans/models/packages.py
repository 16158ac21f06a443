"""The package that goes to AF before the time at the centre is over."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from activityplans.plan_enums import PackageBasis, PackageState
from jobcentre.casework.models import Case, CaseChildQuerySet
from jobcentre.replay import moment_now


class AfPackage(models.Model):
    """What the public employment service (AF) is told when a person goes back to it.

    Gathered from the case, with the coach's own words, when the cap on the whole time nears. Handed
    over on a ground; what was handed over stands in `content` with its hash and is never changed (a
    trigger, on both databases): what has become known since is the next `number`.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="af_packages")
    number = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=PackageState.choices, default=PackageState.DRAFT
    )
    summary = models.TextField(_("the coach's summary"), max_length=4000, blank=True)
    remains = models.TextField(_("what remains"), max_length=4000, blank=True)
    receiver = models.CharField(_("receiver at AF"), max_length=200, blank=True)
    basis = models.CharField(
        _("ground"), max_length=10, choices=PackageBasis.choices, default=PackageBasis.CONSENT
    )
    ground = models.CharField(_("which rule"), max_length=300, blank=True)
    content = models.JSONField(default=dict, editable=False)
    content_hash = models.CharField(max_length=64, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=moment_now)
    edit = models.PositiveIntegerField(default=1, editable=False)
    handed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    handed_on = models.DateField(_("handed over"), null=True, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)

    objects = CaseChildQuerySet.as_manager()

    class Meta:
        verbose_name = _("package to AF")
        verbose_name_plural = _("packages to AF")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "number"],
                name="af_package_number_once",
                violation_error_message=_("There is already a version with that number."),
            ),
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(state=PackageState.DRAFT),
                name="af_package_one_being_written",
                violation_error_message=_("A package is already being written."),
            ),
            models.CheckConstraint(
                condition=Q(state=PackageState.DRAFT, content_hash="", handed_at__isnull=True)
                | (
                    Q(
                        state=PackageState.HANDED,
                        handed_on__isnull=False,
                        handed_at__isnull=False,
                        handed_by__isnull=False,
                    )
                    & ~Q(content_hash="")
                    & ~Q(summary="")
                    & ~Q(receiver="")
                ),
                name="af_package_handed_with_its_content",
                violation_error_message=_(
                    "What is handed over has its content, a summary, who handed it over and to whom."
                ),
            ),
            models.CheckConstraint(
                condition=Q(state=PackageState.DRAFT)
                | Q(basis=PackageBasis.CONSENT)
                | ~Q(ground=""),
                name="af_package_names_its_rule",
                violation_error_message=_("Say which rule lets it be handed over."),
            ),
        ]

    def __str__(self):
        return f"{self.case} AF v{self.number}"

    def access_case(self):
        return self.case

    @property
    def is_handed(self) -> bool:
        return self.state == PackageState.HANDED
