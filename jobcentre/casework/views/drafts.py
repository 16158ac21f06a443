"""A form page that keeps what is typed: the browser posts the form to its own address while one
writes (header X-Draft), and the page begins with the kept text when it is opened again."""

import re
from functools import cached_property

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework import drafts
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case, FormDraft
from jobcentre.ui import formats

HEADER = "X-Draft"
MINE = "mine"  # the user chose this tab's text over another's
DISCARD = "discard_draft"
SAVE = "save_draft"
# What belongs to one showing of the page and not to the text.
_NOT_TEXT = {"csrfmiddlewaretoken", "token", SAVE}
_ROW = re.compile(r"(?P<prefix>[a-z_]+)-(?P<index>\d{1,3})-(?P<name>\w+)\Z", re.ASCII)


class PageDraft:
    """The text that the user has typed on the page being answered and not sent.

    `version` is the version of the row that the page shows. Make it after `get_visible`: who may
    not open the page may not keep text on it either.
    """

    def __init__(self, request: HttpRequest, case: Case, version: int | None = None):
        self.request, self.case, self.current = request, case, version
        self.page = request.path[:200]

    @property
    def is_asked(self) -> bool:
        """Whether this request keeps or throws away text, and is not the form being sent."""
        return self.request.method == "POST" and (
            HEADER in self.request.headers or DISCARD in self.request.POST
        )

    def answer(self) -> HttpResponse:
        """Keep the posted text (JSON: `edit` and the sentence `text`), or throw the kept away."""
        if DISCARD in self.request.POST:
            self.forget()
            return redirect(self.request.path)
        known = self.request.headers[HEADER]
        try:
            self._keep(None if known == MINE else int(known) if known.isdecimal() else 0)
        except Conflict as conflict:
            return JsonResponse({"text": str(conflict)}, status=409)
        except Refused as refused:
            return JsonResponse({"text": str(refused)}, status=422)
        said = _("Draft saved %(at)s") % {"at": formats.clock_time(self.row.saved_at)}
        return JsonResponse({"edit": self.row.edit, "text": said})

    def save(self) -> None:
        """Keep the posted form as it stands, by a button of the page (`SAVE`) instead of by the
        script; what was kept before gives way. Raises Refused when it is too long."""
        self._keep(None)

    def _keep(self, known: int | None) -> None:
        fields = [
            (name, value)
            for name, values in self.request.POST.lists()
            if name not in _NOT_TEXT
            for value in values
        ]
        self.row = kept = drafts.keep(self.request.user, self.case, self.page, fields, known=known)
        if kept.edit == 1:
            # That somebody writes is logged once, not at every pause in the typing.
            log.record(
                self.request.user,
                action_of(self.request.resolver_match.view_name),
                access=Access.CHANGE,
                subject=self.case.person.ref,
                obj=kept,
                fields=["fields"],
            )

    @cached_property
    def row(self) -> FormDraft | None:
        return drafts.find(self.request.user, self.page)

    @property
    def edit(self) -> int:
        """The number of the latest save, 0 when nothing is kept."""
        return self.row.edit if self.row else 0

    def initial(self) -> dict[str, str | list[str]]:
        """The kept values by field, empty when nothing is kept.

        All of them: a box that is not in the text was not ticked, whatever the row says.
        """
        values: dict[str, list[str]] = {}
        for name, value in self.row.fields if self.row else ():
            values.setdefault(name, []).append(value)
        return {name: each[0] if len(each) == 1 else each for name, each in values.items()}

    def rows(self, prefix: str) -> list[dict[str, str | list[str]]]:
        """The kept values of a formset, row by row; rows left empty are not there."""
        rows: dict[int, dict] = {}
        for name, value in self.initial().items():
            match = _ROW.match(name)
            if match and match["prefix"] == prefix:
                rows.setdefault(int(match["index"]), {})[match["name"]] = value
        return [row for _index, row in sorted(rows.items()) if any(row.values())]

    @property
    def version(self) -> int | None:
        """The version that the text was written over, so that another's save is never lost."""
        kept = self.initial().get("version", "")
        return int(kept) if isinstance(kept, str) and kept.isdecimal() else self.current

    @property
    def is_stale(self) -> bool:
        """Whether somebody has saved the row since the text was written."""
        return self.version != self.current

    def forget(self) -> None:
        drafts.forget(self.request.user, self.page)
