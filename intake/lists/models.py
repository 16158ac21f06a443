"""A list that is read from a file: the list, its rows, and how columns were matched before."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.lists.enums import (
    OF_PERSONS,
    OF_YOUNG,
    Choice,
    Column,
    ImportState,
    RowState,
    Verdict,
)
from intake.youth.enums import Origin
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit
from jobcentre.casework.access import queries
from jobcentre.casework.models import Person
from jobcentre.replay import moment_now


class ListImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Own lists; a manager's are those of the centres, never those of a youth unit."""
        lists = queries.rows_of_units(self, user, "person.import", "centre")
        if getattr(user, "acting", None) is not None and user.acting.role == Role.MANAGER:
            return lists.filter(centre__kind=UnitKind.JOB_CENTRE)
        return lists.filter(uploaded_by=user.pk)

    def claimable(self, now):
        """Waiting, or left behind by a worker whose lease has run out."""
        return self.filter(
            Q(state=ImportState.QUEUED) | Q(state=ImportState.RUNNING, lease_until__lt=now)
        )


class ListImport(models.Model):
    """One list of persons, uploaded for a centre, or of the young for the outreach register of a
    youth unit (`centre` too). The file itself is never stored.

    A list of the young says whence it is (`origin`), on which day it was drawn (`listed_on`) and
    whether everybody of those ages in the municipality is on it (`is_full`).

    Its rows wait until somebody has matched the columns and seen the check; then a worker registers
    row by row. Whoever holds the lease of the present attempt may write. The contents of a row are
    forgotten when it is registered or left out, of the others when nobody has gone on for 30 days.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey(
        Unit,
        verbose_name=_("unit"),
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind__in": [UnitKind.JOB_CENTRE, UnitKind.YOUTH]},
    )
    origin = models.CharField(_("source"), max_length=20, choices=Origin.choices, blank=True)
    listed_on = models.DateField(_("day of the list"), null=True, blank=True)
    is_full = models.BooleanField(_("everybody is on the list"), default=False)
    file_name = models.CharField(_("file"), max_length=200)
    headings = models.JSONField(default=list)
    matching = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.READ
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    acting = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    uploaded_at = models.DateTimeField(_("uploaded"), default=moment_now)
    finished_at = models.DateTimeField(_("ready"), null=True, blank=True)

    objects = ListImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of persons")
        verbose_name_plural = _("lists of persons")
        ordering = ["-uploaded_at", "-id"]
        indexes = [
            models.Index(fields=["centre", "-uploaded_at"], name="list_of_centre"),
            models.Index(
                fields=["uploaded_at"],
                name="list_waiting",
                condition=Q(state__in=[ImportState.QUEUED, ImportState.RUNNING]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=ImportState.RUNNING) | Q(lease_until__isnull=False),
                name="list_running_has_a_lease",
                violation_error_message=_("A list being registered is registered by somebody."),
            ),
            models.CheckConstraint(
                condition=~Q(state=ImportState.DONE) | Q(finished_at__isnull=False),
                name="list_done_has_a_time",
                violation_error_message=_("A list that is done has a time."),
            ),
            models.CheckConstraint(
                condition=Q(origin="", listed_on__isnull=True, is_full=False)
                | Q(origin__in=Origin.values, listed_on__isnull=False),
                name="list_of_the_young_says_whence",
                violation_error_message=_(
                    "A list for the outreach register has a source and a day."
                ),
            ),
        ]

    def __str__(self):
        return self.file_name

    def access_unit(self) -> Unit:
        return self.centre

    @property
    def is_outreach(self) -> bool:
        """Whether the list fills the outreach register; else the persons of a centre."""
        return bool(self.origin)

    @property
    def columns(self) -> tuple[Column, ...]:
        """What the columns of the list may hold."""
        return OF_YOUNG if self.is_outreach else OF_PERSONS

    @property
    def is_active(self) -> bool:
        return self.state in (ImportState.QUEUED, ImportState.RUNNING)

    @property
    def may_be_changed(self) -> bool:
        """Whether columns may still be matched: nothing is registered yet."""
        return self.state in (ImportState.READ, ImportState.CHECKED)


class ImportRowQuerySet(models.QuerySet):
    def shown_to(self, user):
        """Less the rows of persons who are hidden from the user."""
        return queries.without_hidden_persons(self, user, "person")

    def to_see_to(self):
        """Those that somebody has to correct or answer before they can be registered."""
        return self.filter(
            Q(state=RowState.FAILED)
            | Q(state=RowState.WAITING, verdict=Verdict.WRONG)
            | Q(state=RowState.WAITING, verdict=Verdict.POSSIBLE, choice=Choice.UNSAID)
        )

    def to_try_again(self):
        """Those that failed and need neither to be corrected nor answered: what was in the way may
        be gone, and every row is looked at anew."""
        failed = self.filter(state=RowState.FAILED).exclude(verdict=Verdict.WRONG)
        return failed.exclude(verdict=Verdict.POSSIBLE, choice=Choice.UNSAID)

    def counted(self, name: str) -> dict[str, int]:
        """{value of the field `name`: number of rows}."""
        rows = self.order_by().values(name).annotate(n=Count("pk"))
        return {row[name]: row["n"] for row in rows}


class ImportRow(models.Model):
    """One row of a list: what stood in it, what the check said, what became of it.

    `line` is the row's number in the file. `person` is who it is, or may be. `told_sv` and
    `told_en` say why, in a sentence.
    """

    source = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(default=list, blank=True)
    values = models.JSONField(default=dict, blank=True)
    verdict = models.CharField(_("check"), max_length=10, choices=Verdict.choices, blank=True)
    choice = models.CharField(_("answer"), max_length=10, choices=Choice.choices, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RowState.choices, default=RowState.WAITING
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_sv = models.CharField(max_length=500, blank=True)
    told_en = models.CharField(max_length=500, blank=True)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a list")
        verbose_name_plural = _("rows of a list")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "line"],
                name="list_line_once",
                violation_error_message=_("The row is already there."),
            ),
            models.CheckConstraint(
                condition=~Q(state=RowState.DONE) | Q(person__isnull=False),
                name="list_row_done_has_a_person",
                violation_error_message=_("A registered row is of a person."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RowState.DONE, RowState.LEFT_OUT]) | Q(cells=[], values={}),
                name="list_row_done_is_forgotten",
                violation_error_message=_("What stood in a registered row is not kept."),
            ),
        ]

    @property
    def told(self) -> str:
        return self.told_en if (get_language() or "sv").startswith("en") else self.told_sv

    @property
    def needs_answer(self) -> bool:
        return self.verdict == Verdict.POSSIBLE and not self.choice

    @property
    def may_be_corrected(self) -> bool:
        return self.state in (RowState.WAITING, RowState.FAILED)


class ColumnMatching(models.Model):
    """How a user matched the columns of a list with these headings; proposed the next time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    matching = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("matching of columns")
        verbose_name_plural = _("matchings of columns")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "fingerprint"],
                name="matching_once_per_user",
                violation_error_message=_("These headings are matched already."),
            )
        ]
