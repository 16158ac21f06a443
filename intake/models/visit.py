import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intake.enums import (
    COMPANY_PURPOSES,
    OPEN_STATES,
    SERVED_STATES,
    VisitorKind,
    VisitPurpose,
    VisitResult,
    VisitState,
)
from intake.models.desk import Desk, Screen
from intake.reception import rules
from jobcentre.accounts.enums import UnitKind
from jobcentre.accounts.models import Unit
from jobcentre.casework.access import queries
from jobcentre.casework.enums import Protection
from jobcentre.casework.models import Appointment, Case, Person


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The visits of the centre, less those of persons hidden from the user."""
        visits = queries.rows_of_units(self, user, "visit.register", "centre")
        return queries.without_hidden_persons(visits, user, "person")

    def unprotected(self):
        """Less the visits of protected persons: nothing that is shown to many or counted has
        them, not even for their circle."""
        return self.filter(Q(person__isnull=True) | Q(person__protection=Protection.NONE))

    def waiting(self):
        return self.filter(state=VisitState.WAITING)

    def open(self):
        return self.filter(state__in=OPEN_STATES)


class Visit(models.Model):
    """Somebody who came to a centre: a person, known or not, or a company; with or without a case.

    Registered by reception or by the tablet at the door; called to a desk or room; ends by being
    done, sent on or leaving. A visit that belongs to no case loses its names after a time
    (`VISIT_NAME_DAYS`). A protected person's visit has no ticket and never waits in the queue.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey(
        Unit,
        on_delete=models.PROTECT,
        related_name="visits",
        limit_choices_to={"kind": UnitKind.JOB_CENTRE},
    )
    came_on = models.DateField(_("day"))
    ticket_letter = models.CharField(max_length=1, blank=True)
    ticket_number = models.PositiveSmallIntegerField(null=True, blank=True)
    kind = models.CharField(_("visitor"), max_length=10, choices=VisitorKind.choices)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    visitor_name = models.CharField(_("name to call"), max_length=100, blank=True)
    company_name = models.CharField(_("company"), max_length=200, blank=True)
    purpose = models.CharField(_("errand"), max_length=10, choices=VisitPurpose.choices)
    language = models.CharField(_("language"), max_length=60, blank=True)
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("has come to see"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hosted_visits",
    )
    appointment = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=VisitState.choices, default=VisitState.WAITING
    )
    result = models.CharField(
        _("how it ended"), max_length=10, choices=VisitResult.choices, blank=True
    )
    desk = models.ForeignKey(
        Desk, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sent_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="received_visits",
    )
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    arrived_at = models.DateTimeField(_("arrived"), default=timezone.now)
    called_at = models.DateTimeField(_("called"), null=True, blank=True)
    met_at = models.DateTimeField(_("meeting began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    screen = models.ForeignKey(
        Screen, on_delete=models.PROTECT, null=True, blank=True, related_name="visits"
    )
    # What the tablet sent, so that a second press of its button gives the first ticket.
    sent_token = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    nameless_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ["arrived_at", "id"]
        indexes = [
            models.Index(
                fields=["centre", "arrived_at"],
                name="visit_waiting",
                condition=Q(state=VisitState.WAITING),
            ),
            models.Index(fields=["centre", "-arrived_at"], name="visit_of_centre"),
            models.Index(fields=["centre", "came_on"], name="visit_of_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=VisitorKind.PERSON, company_name="")
                | (
                    Q(kind=VisitorKind.COMPANY, person__isnull=True)
                    & (~Q(company_name="") | Q(nameless_at__isnull=False))
                ),
                name="visit_is_of_somebody",
                violation_error_message=_("A visit is of a person or of a company."),
            ),
            models.CheckConstraint(
                condition=Q(kind=VisitorKind.COMPANY, purpose__in=COMPANY_PURPOSES)
                | (Q(kind=VisitorKind.PERSON) & ~Q(purpose__in=COMPANY_PURPOSES)),
                name="visit_errand_fits_the_visitor",
                violation_error_message=_("That errand is not for this kind of visitor."),
            ),
            models.CheckConstraint(
                condition=Q(ticket_letter="", ticket_number__isnull=True)
                | Q(
                    ticket_letter__in=rules.LETTERS,
                    ticket_number__isnull=False,
                    ticket_number__gte=1,
                ),
                name="visit_ticket_is_letter_and_number",
                violation_error_message=_("A ticket is a letter and a number."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state=VisitState.WAITING,
                    called_at__isnull=True,
                    met_at__isnull=True,
                    ended_at__isnull=True,
                )
                | Q(
                    state=VisitState.CALLED,
                    called_at__isnull=False,
                    met_at__isnull=True,
                    ended_at__isnull=True,
                )
                | Q(
                    state=VisitState.MEETING,
                    called_at__isnull=False,
                    met_at__isnull=False,
                    ended_at__isnull=True,
                )
                | Q(state=VisitState.DONE, called_at__isnull=False, ended_at__isnull=False)
                | Q(state__in=(VisitState.LEFT, VisitState.SENT_ON), ended_at__isnull=False),
                name="visit_state_fits_its_times",
                violation_error_message=_("The state of the visit does not fit its times."),
            ),
            models.CheckConstraint(
                condition=(Q(called_at__isnull=True) | Q(called_at__gte=F("arrived_at")))
                & (Q(met_at__isnull=True) | Q(called_at__isnull=False, met_at__gte=F("called_at")))
                & (Q(ended_at__isnull=True) | Q(ended_at__gte=F("arrived_at")))
                & (
                    Q(ended_at__isnull=True)
                    | Q(called_at__isnull=True)
                    | Q(ended_at__gte=F("called_at"))
                )
                & (
                    Q(ended_at__isnull=True) | Q(met_at__isnull=True) | Q(ended_at__gte=F("met_at"))
                ),
                name="visit_times_are_in_order",
                violation_error_message=_("The times of a visit follow each other."),
            ),
            models.CheckConstraint(
                condition=(Q(called_at__isnull=True) & Q(called_by__isnull=True))
                | (Q(called_at__isnull=False) & Q(called_by__isnull=False)),
                name="visit_called_by_somebody",
                violation_error_message=_("Somebody called the visitor."),
            ),
            models.CheckConstraint(
                condition=(Q(state=VisitState.DONE) & ~Q(result=""))
                | (~Q(state=VisitState.DONE) & Q(result="")),
                name="visit_done_has_a_result",
                violation_error_message=_("Say how the visit ended."),
            ),
            models.CheckConstraint(
                condition=~Q(result=VisitResult.ENROLLED) | Q(case__isnull=False),
                name="visit_enrolled_has_a_case",
                violation_error_message=_("An enrolment has a case."),
            ),
            models.CheckConstraint(
                condition=~Q(state=VisitState.SENT_ON) | Q(sent_to__isnull=False),
                name="visit_sent_on_to_somebody",
                violation_error_message=_("Choose the colleague."),
            ),
            models.CheckConstraint(
                condition=Q(registered_by__isnull=False) | Q(screen__isnull=False),
                name="visit_registered_by_somebody",
                violation_error_message=_("A visit is registered by a user or a tablet."),
            ),
            models.CheckConstraint(
                condition=Q(nameless_at__isnull=True)
                | Q(
                    person__isnull=True,
                    case__isnull=True,
                    visitor_name="",
                    company_name="",
                    language="",
                    answer="",
                    ended_at__isnull=False,
                ),
                name="visit_nameless_has_no_name",
                violation_error_message=_("A visit made nameless has no name left."),
            ),
            models.UniqueConstraint(
                fields=["centre", "came_on", "ticket_letter", "ticket_number"],
                condition=~Q(ticket_letter=""),
                name="visit_ticket_once_a_day",
                violation_error_message=_("The ticket is already given."),
            ),
            models.UniqueConstraint(
                fields=["centre", "person"],
                condition=Q(state__in=OPEN_STATES),
                name="visit_one_open_for_each_person",
                violation_error_message=_("The person is already in the queue."),
            ),
            models.UniqueConstraint(
                fields=["desk"],
                condition=Q(state__in=SERVED_STATES),
                name="desk_has_one_visitor",
                violation_error_message=_("Another visitor is already called there."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.arrived_at:%Y-%m-%d %H:%M}"

    @property
    def ticket(self) -> str:
        """`B 14`; empty for a visit that never stood in the queue."""
        return rules.ticket_text(self.ticket_letter, self.ticket_number)

    @property
    def shown_name(self) -> str:
        """Who it is, as the front desk says it; empty for one who has said no name."""
        if self.person_id:
            return self.person.name
        return self.company_name or self.visitor_name

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def access_unit(self):
        return self.centre
