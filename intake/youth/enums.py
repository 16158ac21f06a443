from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Origin(TextChoices):
    """Where an entry of the outreach register came from."""

    DROP_OUT = "drop_out", _("notice from a school that the studies ended")
    POPULATION = "population", _("list of the population register")
    OWN_CONTACT = "own_contact", _("the young person got in touch")
    GUARDIAN = "guardian", _("a guardian got in touch")
    AF = "af", _("public employment service (AF)")
    SOCIAL_SERVICES = "social_services", _("social services")
    OTHER_MUNICIPALITY = "other_municipality", _("another municipality")


class OutreachState(TextChoices):
    """How far the outreach has come; "moved" and "turned 25" are reasons of an ended entry."""

    TO_CONTACT = "to_contact", _("to contact")
    IN_CONTACT = "in_contact", _("contact made")
    IN_MEASURE = "in_measure", _("in a measure")
    OCCUPIED = "occupied", _("occupation found")
    DECLINED = "declined", _("declined contact")
    ENDED = "ended", _("has left the register")


class EndReason(TextChoices):
    MOVED = "moved", _("moved from the municipality")
    TURNED_25 = "turned_25", _("turned 25")
    OCCUPATION = "occupation", _("lasting occupation, after the 20th birthday")
    DECEASED = "deceased", _("deceased")
    MISTAKE = "mistake", _("registered by mistake")


class ContactChannel(TextChoices):
    LETTER = "letter", _("letter")
    PHONE = "phone", _("phone")
    SMS = "sms", _("SMS")
    EMAIL = "email", _("e-mail")
    HOME_VISIT = "home_visit", _("home visit")
    SCHOOL = "school", _("through the school")
    GUARDIAN = "guardian", _("through a guardian")
    SOCIAL_MEDIA = "social_media", _("social media")
    MEETING = "meeting", _("meeting")


class ContactResult(TextChoices):
    REACHED = "reached", _("reached, and wants to go on")
    DECLINED = "declined", _("reached, and declined")
    SENT = "sent", _("sent, no answer yet")
    MESSAGE_LEFT = "message_left", _("message left")
    OTHER_PERSON = "other_person", _("spoke with somebody else")
    NO_ANSWER = "no_answer", _("no answer, nobody at home")
    WRONG_DETAILS = "wrong_details", _("wrong number or address")


# The young person has been spoken with.
REACHED = frozenset({ContactResult.REACHED, ContactResult.DECLINED})


class OccupationKind(TextChoices):
    """What a young person does. The law's own codes for the survey are UNCONFIRMED; these are
    translated in one place, `intake.youth.kaa`."""

    UPPER_SECONDARY = "upper_secondary", _("upper secondary school")
    INTRODUCTORY = "introductory", _("introductory programme")
    ADULT_EDUCATION = "adult_education", _("municipal adult education (komvux)")
    FOLK_HIGH_SCHOOL = "folk_high_school", _("folk high school")
    OTHER_STUDIES = "other_studies", _("other studies")
    WORK = "work", _("work")
    PRACTICE = "practice", _("work practice")
    ABROAD = "abroad", _("abroad")
    PARENT = "parent", _("at home with a child")
    ILL = "ill", _("ill or in care")
    OTHER = "other", _("something else")
    NOTHING = "nothing", _("no occupation")


class KnownFrom(TextChoices):
    PERSON = "person", _("the young person")
    GUARDIAN = "guardian", _("a guardian")
    SCHOOL = "school", _("the school")
    AF = "af", _("public employment service (AF)")
    EMPLOYER = "employer", _("the employer")
    REGISTER = "register", _("a register")


class MeasureKind(TextChoices):
    """Individual measures that the municipality offers (29 kap. 9 § skollagen); the first aim is
    to begin or go back to an education."""

    MOTIVATION = "motivation", _("talks to motivate to studies")
    GUIDANCE = "guidance", _("study and vocational guidance")
    BACK_TO_SCHOOL = "back_to_school", _("way back to school")
    PREPARATORY = "preparatory", _("preparatory activity at home or in a group")
    PRACTICE = "practice", _("work practice")
    COACHING = "coaching", _("coaching towards work")
    OTHER = "other", _("other measure")


class MeasureState(TextChoices):
    OFFERED = "offered", _("offered")
    DECLINED = "declined", _("declined")
    BEGUN = "begun", _("begun")
    ENDED = "ended", _("ended")


class MeasureResult(TextChoices):
    TO_STUDIES = "to_studies", _("on to studies")
    TO_WORK = "to_work", _("on to work")
    TO_OTHER = "to_other", _("on to another measure")
    BROKEN_OFF = "broken_off", _("broken off")
    NO_CHANGE = "no_change", _("no change yet")


class KaaEnd(TextChoices):
    """Why a period in the KAA register ends."""

    TURNED_20 = "turned_20", _("turned 20")
    COMPLETED = "completed", _("completed upper secondary school")
    IN_SCHOOL = "in_school", _("began upper secondary school")
    LEFT = "left", _("left the outreach register")


class NeedKind(TextChoices):
    """What the young say that they need, for the yearly survey of needs (row U6)."""

    STUDIES = "studies", _("help to studies")
    WORK = "work", _("help to work or practice")
    GUIDANCE = "guidance", _("guidance on what to choose")
    SUPPORT = "support", _("somebody who comes along")
    HEALTH = "health", _("help with health")
    HOUSING = "housing", _("a place to live")
    MONEY = "money", _("help with money")
    LANGUAGE = "language", _("Swedish")
    TRAVEL = "travel", _("travel or a driving licence")
    OTHER = "other", _("something else")


class CombinedWith(TextChoices):
    NOTHING = "nothing", _("studies only")
    WORK = "work", _("work")
    PRACTICE = "practice", _("work practice")


class ContractState(TextChoices):
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


class ContractResult(TextChoices):
    COMPLETED = "completed", _("completed the studies")
    TO_WORK = "to_work", _("went on to work")
    OTHER_STUDIES = "other_studies", _("went on to other studies")
    BROKEN_OFF = "broken_off", _("broken off")
    MOVED = "moved", _("moved from the municipality")


class StudyProgress(TextChoices):
    AS_PLANNED = "as_planned", _("as planned")
    BEHIND = "behind", _("behind the plan")
    NOT_STUDYING = "not_studying", _("does not study")


class IntervalKey(TextChoices):
    """Numbers of days that the municipality decides."""

    TO_CONTACT = "to_contact", _("between attempts after the last step of the schedule")
    IN_CONTACT = "in_contact", _("between contacts when contact is made")
    IN_MEASURE = "in_measure", _("between contacts during a measure")
    OCCUPIED = "occupied", _("between checks of a known occupation")
    DECLINED = "declined", _("until somebody who declined is asked again")
    CONTRACT = "contract", _("between follow-ups of an education contract")
    REMOVE_ENTRY = "remove_entry", _("until an entry that has ended is removed")
    REMOVE_EXTRACT = "remove_extract", _("until an extract is removed")


class ExtractState(TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")
