from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NeedKind(TextChoices):
    JOB = "job", _("job")
    PLACEMENT = "placement", _("work practice")
    TRAINEE = "trainee", _("trainee job")
    SUBSIDISED = "subsidised", _("subsidised job")


# Kinds that must not replace ordinary staff (mission row M5).
CHECKED_KINDS = frozenset({NeedKind.PLACEMENT, NeedKind.TRAINEE, NeedKind.SUBSIDISED})


class NeedState(TextChoices):
    OPEN = "open", _("open")
    FILLED = "filled", _("filled")
    CLOSED = "closed", _("closed")


class PlacementState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    AGREED = "agreed", _("the employer said yes")
    DECLINED = "declined", _("the employer said no")
    WITHDRAWN = "withdrawn", _("withdrawn")
    RUNNING = "running", _("running")
    ENDED = "ended", _("ended")


class PlacementResult(TextChoices):
    HIRED = "hired", _("hired")
    NOT_HIRED = "not_hired", _("completed without being hired")
    INTERRUPTED = "interrupted", _("interrupted")


class ContactForm(TextChoices):
    VISIT = "visit", _("visit")
    PHONE = "phone", _("phone call")
    MAIL = "mail", _("e-mail")
