from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitorKind(TextChoices):
    PERSON = "person", _("person")
    COMPANY = "company", _("company")


class VisitPurpose(TextChoices):
    """Why somebody comes, coded: the reason is counted, what was said is not kept."""

    ENROL = "enrol", _("new, wants to enrol")
    BOOKED = "booked", _("booked meeting")
    DROP_IN = "drop_in", _("drop-in")
    QUESTION = "question", _("asks something")
    PAPERS = "papers", _("hands in papers")
    COMPANY = "company", _("company's errand")
    EVENT = "event", _("employer event")


class VisitState(TextChoices):
    WAITING = "waiting", _("waiting")
    CALLED = "called", _("called")
    MEETING = "meeting", _("in meeting")
    DONE = "done", _("done")
    SENT_ON = "sent_on", _("sent on")
    LEFT = "left", _("left without help")


class VisitResult(TextChoices):
    """How a visit that was served ended."""

    SOLVED = "solved", _("solved at the desk")
    UNSOLVED = "unsolved", _("not solved, has to come back")
    MET = "met", _("the meeting was held")
    ENROLLED = "enrolled", _("case opened")


class DeskKind(TextChoices):
    DESK = "desk", _("desk")
    ROOM = "room", _("room")


class ScreenKind(TextChoices):
    LOBBY = "lobby", _("screen in the waiting room")
    CHECK_IN = "check_in", _("tablet at the door")


COMPANY_PURPOSES = (VisitPurpose.COMPANY, VisitPurpose.EVENT)
# Errands that a desk can solve by itself; the others are for somebody else from the start.
DESK_PURPOSES = (
    VisitPurpose.DROP_IN,
    VisitPurpose.QUESTION,
    VisitPurpose.PAPERS,
    VisitPurpose.COMPANY,
)
SERVED_STATES = (VisitState.CALLED, VisitState.MEETING)
OPEN_STATES = (VisitState.WAITING, *SERVED_STATES)


class MappingState(TextChoices):
    BEGUN = "begun", _("begun")
    COMPLETED = "completed", _("completed")


class RightsForm(TextChoices):
    ORAL = "oral", _("told")
    ORAL_AND_WRITTEN = "oral_and_written", _("told and given in writing")


class AfStatus(TextChoices):
    REGISTERED = "registered", _("registered with AF")
    NOT_REGISTERED = "not_registered", _("not registered with AF")
    WILL_REGISTER = "will_register", _("is to register with AF")


class MinorityLanguage(TextChoices):
    """The national minority languages of act 2009:724 (2 §)."""

    FINNISH = "finnish", _("Finnish")
    MEANKIELI = "meankieli", _("Meänkieli")
    SAMI = "sami", _("Sami")
    YIDDISH = "yiddish", _("Yiddish")
    ROMANI = "romani", _("Romani Chib")


class FirstDayStep(TextChoices):
    """What the first day is to leave behind, in the order in which it is done."""

    RIGHTS = "rights", _("Rights and duties")
    AF = "af", _("Public employment service (AF)")
    CONSENTS = "consents", _("Consents")
    CONTACT = "contact", _("How the person wants to be reached")
    LANGUAGE = "language", _("Language")
    EMERGENCY = "emergency", _("In an emergency")


class ReferralState(TextChoices):
    """Where a referral in stands."""

    WAITING = "waiting", _("no time yet")
    BOOKED = "booked", _("first meeting booked")
    MET = "met", _("the person has come")
    ENDED = "ended", _("ended without a case")


class ReferralEnd(TextChoices):
    """Why a referral in ended without a case."""

    NEVER_CAME = "never_came", _("never came")
    WITHDRAWN = "withdrawn", _("taken back by the sender")
    WRONG_CENTRE = "wrong_centre", _("belongs elsewhere")
    HAS_WORK = "has_work", _("has work or studies")
    MOVED = "moved", _("moved")
    OTHER = "other", _("another reason")


class PassingGround(TextChoices):
    """On what ground information is passed from the sender to the centre."""

    CONSENT = "consent", _("the person's consent")
    ACTIVITY = "activity", _("required activity under the Social Services Act")
    REQUEST = "request", _("the person's own request")


class ContactWay(TextChoices):
    """How somebody tried to reach a referred person."""

    PHONE = "phone", _("telephone")
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")
    SENDER = "sender", _("through the sender")


class ContactResult(TextChoices):
    REACHED = "reached", _("reached")
    NO_ANSWER = "no_answer", _("no answer")
    MESSAGE = "message", _("message left")
