"""The words of the methods: what is worked by, its steps, what is logged."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Method(TextChoices):
    """A method of support without a last day that is set beforehand."""

    SUPPORTED_EMPLOYMENT = "supported", _("Supported Employment")
    MOBILISATION = "mobilisation", _("Mobilisering")


class MethodStep(TextChoices):
    """The steps of the methods; `rules.STEPS` says which belong to which, and in what order."""

    PROFILE = "profile", _("vocational profile")
    JOB_FINDING = "job_finding", _("job finding")
    WORKPLACE = "workplace", _("workplace analysis")
    SUPPORT = "support", _("support on the job")
    TAPERING = "tapering", _("tapering")
    BEGINNING = "beginning", _("beginning and agreement of the group")
    GROUP = "group", _("the group works")
    FUTURE_PLAN = "future_plan", _("own future plan")
    ON_THE_WAY = "on_the_way", _("on the way by the own plan")


class ContactKind(TextChoices):
    """How a contact of the log was made."""

    MEETING = "meeting", _("meeting")
    WORKPLACE = "workplace", _("visit at a workplace")
    PHONE = "phone", _("telephone call")
    MESSAGE = "message", _("text message or e-mail")
    GROUP = "group", _("group meeting")
    PRACTICAL = "practical", _("practical help on the way")


class ContactWith(TextChoices):
    """With whom a contact was."""

    PERSON = "person", _("the person")
    EMPLOYER = "employer", _("an employer")
    BOTH = "both", _("the person and an employer")
    WORKMATES = "workmates", _("workmates or a supervisor")
    OTHERS = "others", _("somebody else around the person")


class MethodEnd(TextChoices):
    """Why the support by a method ended."""

    ON_OWN = "on_own", _("manages without the support")
    OTHER_SUPPORT = "other_support", _("gets another support")
    OWN_WISH = "own_wish", _("the person's own wish")
    MOVED = "moved", _("has moved")
    CASE_CLOSED = "case_closed", _("the case was closed")
    OTHER = "other", _("other reason")
