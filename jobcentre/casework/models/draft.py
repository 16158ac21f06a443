from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.models.case import Case


class FormDraft(models.Model):
    """What a user has typed on one form page and not sent yet.

    Written as one types, read only by the same user on the same page; gone when the form is sent
    or thrown away, or after thirty days. `page` is the path of the page, which names no person;
    `fields` are the pairs of name and value as the browser sent them; `edit` counts the saves, so
    that two tabs do not overwrite each other.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # The text goes with the case, whatever removes it.
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=200)
    fields = models.JSONField(default=list)
    edit = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("typed text")
        verbose_name_plural = _("typed texts")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "page"],
                name="typed_text_once_per_page",
                violation_error_message=_("This page already has a typed text."),
            )
        ]

    def access_case(self):
        return self.case
