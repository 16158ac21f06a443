from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Protection(TextChoices):
    """Protection of personal data in the population register; each level hides the person."""

    NONE = "none", _("no protection")
    MARKED = "marked", _("secrecy marker")
    REGISTRATION = "registration", _("protected population registration")
    FICTITIOUS = "fictitious", _("fictitious identity")


class PairAnswer(TextChoices):
    """What somebody has said of two registrations that look alike."""

    SAME = "same", _("the same person")
    SEPARATE = "separate", _("two different persons")


class Sex(TextChoices):
    """Read from the identity number as a proposal only; staff can correct it."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    UNKNOWN = "unknown", _("not known")


class NumberKind(TextChoices):
    PERSONNUMMER = "personnummer", _("personal identity number")
    SAMORDNINGSNUMMER = "samordningsnummer", _("coordination number")
    RESERVE = "reserve", _("reserve number")


class CaseStatus(TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Source(TextChoices):
    """Who referred the person; targets are set for each source."""

    INCOME_SUPPORT = "income_support", _("income-support unit")
    AF = "af", _("public employment service (AF)")
    KAA = "kaa", _("municipal activity responsibility (KAA)")
    PROJECT = "project", _("project")
    OWN = "own", _("own initiative")


class Track(TextChoices):
    DIRECT = "direct", _("job now")
    LATER = "later", _("job in time")
    SUPPORT = "support", _("job with rehabilitation or support")


class TrackReason(TextChoices):
    """Why a case moves to another track."""

    CLOSER = "closer", _("closer to work than was thought")
    FURTHER = "further", _("further from work than was thought")
    HEALTH = "health", _("health or rehabilitation")
    LANGUAGE = "language", _("language or education first")
    PLAN = "plan", _("the plan's goal is reached")
    OWN_WISH = "own_wish", _("the person's own wish")
    WRONG = "wrong", _("the track was wrong from the start")
    OTHER = "other", _("another reason")


class CaseloadKey(TextChoices):
    """A number by which the municipality weighs what a coach has."""

    TARGET = "target", _("target for a full-time coach, in weighed cases")
    DIRECT = "direct", _("weight of a case in the track job now")
    LATER = "later", _("weight of a case in the track job in time")
    SUPPORT = "support", _("weight of a case in the track job with rehabilitation or support")


class PauseReason(TextChoices):
    ILLNESS = "illness", _("illness")
    PARENTAL = "parental", _("parental leave")
    PREGNANCY = "pregnancy", _("pregnancy")
    CHILD_CARE = "child_care", _("care of a child")
    TREATMENT = "treatment", _("treatment or care")
    DETENTION = "detention", _("detention or prison")
    OTHER = "other", _("other reason")


class WaitsFor(TextChoices):
    """Who has to act for a clock to be met."""

    COACH = "coach", _("the coach")
    INCOME_SUPPORT = "income_support", _("the income-support unit")
    PROVIDER = "provider", _("the provider")
    COORDINATOR = "coordinator", _("the business coordinator")
    CENTRE = "centre", _("the centre's manager")


class ApprovalState(TextChoices):
    PENDING = "pending", _("waiting for an answer")
    APPROVED = "approved", _("approved")
    RETURNED = "returned", _("returned")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class ConsentPurpose(TextChoices):
    AF = "af", _("exchange with the public employment service (AF)")
    INCOME_SUPPORT = "income_support", _("exchange with the income-support unit")
    PROVIDERS = "providers", _("exchange with providers")
    HEALTH = "health", _("exchange with health care")
    FK = "fk", _("exchange with the Social Insurance Agency (FK)")
    COMPETENCE_BANK = "competence_bank", _("profile in the competence bank, shown to coordinators")
    FOLLOW_UP = "follow_up", _("contact after the exit for follow-up")


class ConsentForm(TextChoices):
    WRITTEN = "written", _("in writing")
    ORAL = "oral", _("orally, noted by the coach")


class InvolvementKind(TextChoices):
    """Why somebody beside the coach works with the person."""

    ORDER = "order", _("order to a provider")
    PLACEMENT = "placement", _("placement or matching")
    GUIDANCE = "guidance", _("study and vocational guidance")
    COVER = "cover", _("stands in for the coach")
    HAND_OVER = "hand_over", _("coach until the hand-over meeting")
    OTHER_CENTRE = "other_centre", _("served by another centre")
    METHOD = "method", _("job coach")
    CONTACT = "contact", _("contact outside the job centre")


class ContactKind(TextChoices):
    """Where somebody outside the organisation works who has to do with the person."""

    AF = "af", _("public employment service (AF)")
    FK = "fk", _("Social Insurance Agency (FK)")
    SCHOOL = "school", _("school or adult education")
    HEALTH = "health", _("health care")
    PROBATION = "probation", _("Prison and Probation Service")
    GUARDIAN = "guardian", _("special representative or guardian")
    OTHER = "other", _("other contact")


class ContactChannel(TextChoices):
    """How a person wants to be reached."""

    PHONE = "phone", _("telephone")
    SMS = "sms", _("text message")
    EMAIL = "email", _("e-mail")
    LETTER = "letter", _("letter")


class MissedReason(TextChoices):
    """Why a person did not come to a meeting, as the person says or as it seems."""

    NO_WORD = "no_word", _("no word from the person")
    ILL = "ill", _("ill")
    CHILD = "child", _("ill child")
    WORK = "work", _("work or studies")
    FORGOT = "forgot", _("forgot")
    OUR_FAULT = "our_fault", _("the centre's mistake")
    OTHER = "other", _("another reason")


class MeetingFate(TextChoices):
    """What becomes of a booked meeting when the case moves to another centre."""

    STANDS = "stands", _("stands as booked")
    GIVEN = "given", _("is with the new coach")
    TOLD_OFF = "told_off", _("is cancelled, to be booked again")


class AppointmentState(TextChoices):
    BOOKED = "booked", _("booked")
    ARRIVED = "arrived", _("arrived")
    HELD = "held", _("held")
    MISSED = "missed", _("did not come")
    CANCELLED = "cancelled", _("cancelled")


class Outcome(TextChoices):
    """How an exit counts in the figures (Kolada's reading)."""

    WORK = "work", _("work")
    STUDIES = "studies", _("studies")
    NEITHER = "neither", _("neither work nor studies")
    EXCLUDED = "excluded", _("left out of the result")
    UNKNOWN = "unknown", _("unknown")


class EmploymentForm(TextChoices):
    PERMANENT = "permanent", _("permanent")
    TEMPORARY = "temporary", _("fixed-term")
    HOURLY = "hourly", _("by the hour")
    OWN_BUSINESS = "own_business", _("own business")
    TRAINEE = "trainee", _("trainee job")


class Subsidy(TextChoices):
    NONE = "none", _("no subsidy")
    NEW_START = "new_start", _("new-start job")
    INTRODUCTION = "introduction", _("introductory job")
    WAGE = "wage", _("wage subsidy")
    OSA = "osa", _("sheltered public employment (OSA)")
    MUNICIPAL = "municipal", _("municipal labour-market employment")
    OTHER = "other", _("other subsidy")


class Area(TextChoices):
    """Parts of a case that the policy opens or closes: panels, events and documents carry one."""

    HEADER = "header", _("header and who works with the person")
    CLOCKS = "clocks", _("clocks")
    APPOINTMENTS = "appointments", _("appointments")
    CONTACT = "contact", _("contact details and consents")
    MAPPING = "mapping", _("mapping")
    MAPPING_SUMMARY = "mapping_summary", _("summary of the mapping")
    PLAN = "plan", _("activity plan")
    ATTENDANCE = "attendance", _("activities and attendance")
    REFERRALS = "referrals", _("orders and reports")
    PROVIDER_NOTES = "provider_notes", _("provider's working notes")
    EMPLOYERS = "employers", _("matching and placements")
    DOCUMENTS = "documents", _("documents")
    NOTES = "notes", _("coach's notes")
    SENSITIVE = "sensitive", _("sensitive areas")
    OUTCOME = "outcome", _("exit and follow-up")
