from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CourseState(TextChoices):
    """Of one request for a quick course."""

    REQUESTED = "requested", _("waiting for a decision")
    APPROVED = "approved", _("approved, money reserved")
    REFUSED = "refused", _("refused")
    PAID = "paid", _("paid")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @classmethod
    def going_on(cls) -> list["CourseState"]:
        """The states from which something is still to come."""
        return [cls.REQUESTED, cls.APPROVED]
