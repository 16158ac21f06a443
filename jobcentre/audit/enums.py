from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Outcome(TextChoices):
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class Access(TextChoices):
    """What was done with the object: looked at, searched, printed, exported or changed."""

    READ = "read", _("read")
    SEARCH = "search", _("searched")
    PRINT = "print", _("printed")
    EXPORT = "export", _("exported")
    CHANGE = "change", _("changed")
    LOGIN = "login", _("logged in")
