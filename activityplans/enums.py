from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("sent for approval")
    APPROVED = "approved", _("in force")
    RETURNED = "returned", _("returned")
    REFUSED = "refused", _("refused")
    SUPERSEDED = "superseded", _("replaced by a newer version")
    ENDED = "ended", _("ended")

    @classmethod
    def being_written(cls) -> tuple["PlanState", ...]:
        """Those in which the coach writes; a case has at most one such version."""
        return cls.DRAFT, cls.RETURNED


class ActivityType(TextChoices):
    """The four kinds of activity of the activity requirement, and the person's own job search,
    which has hours in the plan but is no assigned activity. The codes are settings of the law as
    it was understood in 2026; see docs/rules.md."""

    WORK_ABILITY = "work_ability", _("increases the ability to take a job")
    LANGUAGE = "language", _("improves the language")
    JOB_SEARCH = "job_search", _("job-search activity")
    WORKPLACE = "workplace", _("at a workplace")
    OWN_JOB_SEARCH = "own_job_search", _("own job search")
    NONE = "none", _("none of these")


class AttendanceOutcome(TextChoices):
    """What is known of a person's attendance at a session.

    Not registered is a state of its own: nobody has said anything yet, and it is never read as
    absence.
    """

    NOT_REGISTERED = "not_registered", _("not registered")
    PRESENT = "present", _("present")
    LATE = "late", _("came late")
    ELSEWHERE = "elsewhere", _("other activity according to the plan")
    EXCUSED = "excused", _("excused absence")
    UNEXCUSED = "unexcused", _("unexcused absence")
    SICK_CERTIFIED = "sick_certified", _("ill, with certificate")
    SICK = "sick", _("ill, without certificate")


class AbsenceReason(TextChoices):
    """Why an absence is excused. Illness is an outcome of its own, with or without certificate."""

    CHILD = "child", _("care of a child")
    HEALTH_CARE = "health_care", _("visit in health care")
    AUTHORITY = "authority", _("visit to an authority")
    INTERVIEW = "interview", _("interview or work")
    OTHER = "other", _("another valid reason")


class ContactBefore(TextChoices):
    """Whether anybody had spoken to the person before an absence was reported."""

    REACHED = "reached", _("the person was reached")
    TRIED = "tried", _("tried, not reached")
    NOT_TRIED = "not_tried", _("nobody tried")


class StatementState(TextChoices):
    DRAFT = "draft", _("being written")
    SENT = "sent", _("sent")


class ExplanationState(TextChoices):
    """Whether the person has been asked to explain the absence of a month."""

    NOT_ASKED = "not_asked", _("not asked")
    GIVEN = "given", _("asked, and has explained")
    NONE = "none", _("asked, and has said nothing")


class FollowUpResult(TextChoices):
    REACHED = "reached", _("the goal was reached")
    PARTLY = "partly", _("the goal was partly reached")
    NOT_REACHED = "not_reached", _("the goal was not reached")
    INTERRUPTED = "interrupted", _("interrupted")


class BreakReason(TextChoices):
    """Why an activity was broken off before its end."""

    WORK = "work", _("work or studies")
    HEALTH = "health", _("health")
    NOT_FITTING = "not_fitting", _("it did not fit the person")
    NO_SHOW = "no_show", _("the person stayed away")
    PROVIDER = "provider", _("the provider could not go on")
    MOVED = "moved", _("the person moved")
    OTHER = "other", _("another reason")


class NextMove(TextChoices):
    CONTINUE = "continue", _("go on with the same")
    REPLACE = "replace", _("replace with another activity")
    DONE = "done", _("nothing more is needed")
