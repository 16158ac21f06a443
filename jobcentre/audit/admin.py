"""What an administrator changes is in the log like everybody's changes."""

from collections.abc import Iterable

from django.contrib import admin

from jobcentre.audit import log
from jobcentre.audit.enums import Access


class LoggedAdmin(admin.ModelAdmin):
    """Base of every list that an administrator keeps. Django's own history beside it can be changed
    by whoever reaches the database; an entry cannot."""

    def log_addition(self, request, obj, message):
        _log(request.user, "list.add", obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        _log(request.user, "list.change", obj, message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for row in queryset:
            _log(request.user, "list.remove", row, ())
        return super().log_deletions(request, queryset)


def _log(user, action: str, obj, message) -> None:
    log.record(user, action, access=Access.CHANGE, obj=obj, fields=list(_fields(message)))


def _fields(message) -> Iterable[str]:
    """The names of what was changed, those of rows on the same page by their kind; never a value."""
    for part in message if isinstance(message, list) else ():
        for told in part.values():
            of = f"{told['name']}: " if told.get("name") else ""
            names = told.get("fields") or ([""] if of else [])
            yield from (f"{of}{name}".rstrip(": ") for name in names)
