from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FollowUpKind(TextChoices):
    AFTER_EXIT = "after_exit", _("follow-up after the exit")
    JOB_CHECK = "job_check", _("one-month check of a job")


class FollowUpState(TextChoices):
    """What came of a follow-up. Not reached may still be answered later."""

    WAITING = "waiting", _("not done yet")
    ANSWERED = "answered", _("answered")
    NOT_REACHED = "not_reached", _("not reached")
    REFUSED = "refused", _("did not want to answer")
    CANCELLED = "cancelled", _("called off")


class Occupation(TextChoices):
    """What the person does on the day of the answer."""

    WORK = "work", _("is working")
    STUDIES = "studies", _("is studying")
    UNEMPLOYED = "unemployed", _("is looking for work")
    OTHER = "other", _("does something else")
    UNKNOWN = "unknown", _("not known")


class ContactWay(TextChoices):
    """How the office learnt the answer. The first three contact the person and need a consent."""

    PHONE = "phone", _("by phone")
    MEETING = "meeting", _("at a meeting")
    MESSAGE = "message", _("by letter or message")
    PERSON = "person", _("the person got in touch")
    OTHER = "other", _("known in another way")


class JobKind(TextChoices):
    COMMITTEE = "committee", _("report to the committee")


class JobState(TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("being made")
    DONE = "done", _("ready")
    FAILED = "failed", _("failed")


class JobStep(TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    COUNTING = "counting", _("Counts the figures")
    COMPARING = "comparing", _("Counts the same period a year before")
    DRAWING = "drawing", _("Draws the pages")
    SAVING = "saving", _("Saves the report")
    DONE = "done", _("Ready")


class JobError(TextChoices):
    NO_RIGHT = "no_right", _("The one who ordered it no longer has the right to these centres.")
    LOST = "lost", _("The making of it stopped three times.")
    FAULT = "fault", _("Something went wrong three times.")


class Split(TextChoices):
    """What a figure is divided by."""

    SOURCE = "source", _("Referred by")
    TRACK = "track", _("Track")
    GROUP = "group", _("Target group")
    SEX = "sex", _("Sex")
    AGE = "age", _("Age")
    CENTRE = "centre", _("Job centre")


class AgeGroup(TextChoices):
    """Age on the last day of the period."""

    YOUNG = "16-24", _("16–24 years")
    MIDDLE = "25-54", _("25–54 years")
    OLDER = "55-", _("55 years and older")
    UNKNOWN = "unknown", _("not known")


class Missing(TextChoices):
    """Why there is no value. A missing value is never shown as 0."""

    FEW = "few", _("too few to show")
    NOBODY = "nobody", _("nobody to count")


class UnitOf(TextChoices):
    """What a figure is counted in."""

    NUMBER = "number", _("number")
    PERCENT = "percent", _("per cent")
    DAYS = "days", _("days")
    PER_COACH = "per_coach", _("per coach")


class Enrolled(TextChoices):
    """How long somebody had been enrolled when an order was sent."""

    NEW = "new", _("enrolled less than 6 months")
    SOME = "some", _("enrolled 6–17 months")
    LONG = "long", _("enrolled 18 months or longer")


class Schooling(TextChoices):
    """The highest schooling in the mapping, in two steps."""

    LOW = "low", _("at most compulsory school")
    UPPER = "upper", _("upper-secondary school or more")
    UNKNOWN = "unknown", _("schooling not known")


class Verdict(TextChoices):
    """Results against those expected; outside the 95 per cent limits or within them."""

    ABOVE = "above", _("more than expected")
    BELOW = "below", _("fewer than expected")
    AS_EXPECTED = "as_expected", _("no certain difference")


class Selection(TextChoices):
    """Whether those with a better chance are accepted more often."""

    EASIER = "easier", _("takes the easier ones")
    HARDER = "harder", _("takes the harder ones")
    EVEN = "even", _("no certain difference")


class Fate(TextChoices):
    """What a provider did with an offer. Given back: accepted first, then called unsuitable."""

    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    GIVEN_BACK = "given_back", _("given back as unsuitable")
    NOT_ANSWERED = "not_answered", _("not answered, or withdrawn before the answer")
