"""Codes of what a plan says."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Party(TextChoices):
    """Who beside the person and the job centre promises something in the plan."""

    AF = "af", _("public employment service (AF)")
    FK = "fk", _("Social Insurance Agency (FK)")
    HEALTH = "health", _("health care")
    SFI = "sfi", _("SFI or adult education")
    SOCIAL = "social", _("social services")
    EMPLOYER = "employer", _("employer")
    OTHER = "other", _("somebody else")


class Span(TextChoices):
    """What a number of applications is counted for."""

    WEEK = "week", _("week")
    MONTH = "month", _("month")


class MidwayResult(TextChoices):
    """How an activity goes halfway."""

    AS_PLANNED = "as_planned", _("it goes as planned")
    ADJUST = "adjust", _("something has to be adjusted")
    NO_HELP = "no_help", _("it does not help the person forward")


class PackageState(TextChoices):
    DRAFT = "draft", _("being written")
    HANDED = "handed", _("handed over")


class PackageBasis(TextChoices):
    """What lets a package be handed over to AF."""

    CONSENT = "consent", _("the person's consent to exchange with AF")
    LAW = "law", _("a rule of law")


class SignatureForm(TextChoices):
    """How the person said that the plan is theirs."""

    TYPED = "typed", _("wrote the name here, with the coach beside")
    PAPER = "paper", _("signed on paper")
    INFORMED = "informed", _("was present and is informed, but did not sign")
