from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProviderForm(TextChoices):
    MUNICIPAL = "municipal", _("the municipality's own")
    CONTRACTED = "contracted", _("by contract")
    VOLUNTARY = "voluntary", _("voluntary organisation")
    SOCIAL = "social", _("social enterprise")


class ProviderPersonKind(TextChoices):
    CONTACT = "contact", _("contact for orders")
    SUPERVISOR = "supervisor", _("supervisor")
    INVOICES = "invoices", _("contact for invoices")


class OrderState(TextChoices):
    SENT = "sent", _("waiting for an answer")
    ASKED = "asked", _("the provider has a question")
    WAITING = "waiting", _("on the waiting list")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    STARTED = "started", _("started")
    PAUSED = "paused", _("paused")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @classmethod
    def holding(cls) -> list["OrderState"]:
        """The states in which an order holds a place at the provider."""
        return [cls.ACCEPTED, cls.STARTED, cls.PAUSED]

    @classmethod
    def unanswered(cls) -> list["OrderState"]:
        """The states in which an order asks for a place."""
        return [cls.SENT, cls.ASKED, cls.WAITING]

    @classmethod
    def begun(cls) -> list["OrderState"]:
        """Those that are or were carried out."""
        return [cls.STARTED, cls.PAUSED, cls.ENDED]

    @classmethod
    def going_on(cls) -> list["OrderState"]:
        return [*cls.unanswered(), *cls.holding()]


class SharedField(TextChoices):
    """What the provider may be told of the person beside the name; nothing else is shown to it."""

    PHONE = "phone", _("phone number")
    EMAIL = "email", _("e-mail address")
    AGE = "age", _("age")
    LANGUAGE = "language", _("first language")
    INTERPRETER = "interpreter", _("need of an interpreter")


class DisclosureBasis(TextChoices):
    """What allows the information to be passed on; each passing is recorded (OSL 2009:400)."""

    CONSENT = "consent", _("the person's consent")
    NECESSARY = "necessary", _("necessary for the work (OSL 10:2)")


class DeclineReason(TextChoices):
    FULL = "full", _("no free place")
    UNSUITABLE = "unsuitable", _("does not fit what we do")
    NOT_REACHED = "not_reached", _("the person was not reached")
    OTHER = "other", _("other reason")


class ReportKind(TextChoices):
    MONTHLY = "monthly", _("monthly report")
    DEVIATION = "deviation", _("deviation")
    FINAL = "final", _("final report")


class Writer(TextChoices):
    """From which side a message about an order comes."""

    CENTRE = "centre", _("from the job centre")
    PROVIDER = "provider", _("from the provider")


class GoalProgress(TextChoices):
    """How it goes with one goal of the order, as a report says."""

    REACHED = "reached", pgettext_lazy("a goal", "reached")
    NEARER = "nearer", _("on the way")
    UNCHANGED = "unchanged", _("as before")
    FURTHER = "further", _("further off")
    NOT_BEGUN = "not_begun", _("not begun")


class OrderResult(TextChoices):
    REACHED = "reached", _("the expected result was reached")
    PARTLY = "partly", _("the expected result was partly reached")
    NOT_REACHED = "not_reached", _("the expected result was not reached")
    INTERRUPTED = "interrupted", _("interrupted")


class AgreementState(TextChoices):
    """Of one version of an agreement."""

    PROPOSED = "proposed", _("waiting for another to approve it")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class PriceModel(TextChoices):
    """What the price is for."""

    PLACE = "place", _("for a place each month")
    WEEK = "week", _("for a person and week")
    MONTH = "month", _("for a person and month")
    HOUR = "hour", _("for an hour")
    FIXED = "fixed", _("for all of it")
    STEPS = "steps", _("by steps")


class PriceStep(TextChoices):
    """The steps of a price, in the order they come; the months after a job began are calendar
    months."""

    STARTED = "started", _("started")
    COMPLETED = "completed", _("completed")
    JOB = "job", _("job started")
    HELD_1 = "held_1", _("job held 1 month")
    HELD_3 = "held_3", _("job held 3 months")
    HELD_6 = "held_6", _("job held 6 months")
    HELD_12 = "held_12", _("job held 12 months")


class ProposalKind(TextChoices):
    """What a provider may propose; only the orderer changes an order."""

    START = "start", _("another first day")
    EXTENSION = "extension", _("an extension")
    HOURS = "hours", _("other hours")
    ENDING = "ending", _("an earlier end")
    UNSUITABLE = "unsuitable", _("the activity does not suit the person")


class ProposalState(TextChoices):
    PENDING = "pending", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class ClaimState(TextChoices):
    """Of one amount in the ledger. What is attested is paid and never changed: what proves wrong is
    taken back by an amount of its own."""

    BLOCKED = "blocked", pgettext_lazy("an amount", "stopped")
    OPEN = "open", _("to review")
    REVIEWED = "reviewed", _("to attest")
    ATTESTED = "attested", _("attested")
    CANCELLED = "cancelled", _("fallen away")

    @classmethod
    def standing(cls) -> list["ClaimState"]:
        """The states in which an amount counts against budget and ceilings."""
        return [cls.OPEN, cls.REVIEWED, cls.ATTESTED]


class ClaimBlock(TextChoices):
    """Why an amount is stopped."""

    REPORT = "report", _("the report is missing")
    ATTENDANCE = "attendance", _("attendance is not registered")
    AGREEMENT = "agreement", _("no agreement held when it started")
    PROPOSAL = "proposal", _("a proposal waits for an answer")
    OVERLAP = "overlap", _("the same is paid to somebody else")
    CEILING_PERSON = "ceiling_person", _("above the ceiling for a person")
    CEILING_YEAR = "ceiling_year", _("above the ceiling of the year")
