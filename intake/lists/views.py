"""Lists of persons: uploaded, matched, checked, registered by the worker, told row by row."""

import csv
from collections.abc import Iterator

from django.db import transaction
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intake.lists import tasks
from intake.lists.enums import ImportState, RowState, Verdict
from intake.lists.forms import MOVES, ColumnsForm, MoveForm, RowForm, UploadForm
from intake.lists.models import ImportRow, ListImport
from intake.transitions import lists as transitions
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.views.base import handle_form
from jobcentre.ui.files import guarded

get_or_post = require_http_methods(["GET", "POST"])
LISTED = 30
SIGNS = {
    Verdict.NEW: "ok",
    Verdict.KNOWN: "info",
    Verdict.POSSIBLE: "soon",
    Verdict.WRONG: "late",
    RowState.DONE: "ok",
    RowState.LEFT_OUT: "",
    RowState.FAILED: "late",
}
LISTS = ListImport.objects.select_related("centre", "uploaded_by")


@get_or_post
def lists(request):
    """The lists of the centre, and a new one."""
    found = list(
        LISTS.visible_to(request.user)
        .exclude(state=ImportState.DROPPED)
        .order_by("-uploaded_at", "-pk")[:LISTED]
    )
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    return handle_form(
        request,
        form,
        lambda data: transitions.upload_list(
            data["centre"], data["file"].name, data["sheet"], actor=request.user
        ),
        template="intake/lists/lists.html",
        context={"lists": found},
        success_url=lambda source: reverse("intake:list_columns", args=[source.ref]),
        message=_("The file has been read. Say what its columns hold."),
    )


@get_or_post
def columns(request, ref):
    """What the columns hold: guessed, and changed when it is wrong."""
    source = get_visible(request, LISTS, ref=ref)
    form = ColumnsForm(request.POST or None, source=source)
    sample = source.rows.order_by("line").first() if source.may_be_changed else None
    return handle_form(
        request,
        form,
        lambda _data: transitions.match_columns(
            source, form.matching(), actor=request.user, today=timezone.localdate()
        ),
        template="intake/lists/columns.html",
        context={
            "source": source,
            "sample": list(zip(source.headings, sample.cells, strict=True))
            if sample is not None and sample.cells
            else [],
        },
        success_url=reverse("intake:list", args=[source.ref]),
        message=_("Every row has been checked. Nothing is registered yet."),
    )


def _rows(request, source: ListImport) -> list[dict]:
    """The rows as they are shown: by line, without those of persons hidden from the user."""
    rows = []
    for row in source.rows.shown_to(request.user).select_related("person").order_by("line"):
        is_over = row.state != RowState.WAITING
        status = row.state if is_over else row.verdict
        label = row.get_state_display() if is_over else row.get_verdict_display()
        rows.append(
            {
                "row": row,
                "name": row.person.name if row.state == RowState.DONE else _name(row),
                "label": label,
                "sign": SIGNS.get(status, ""),
            }
        )
    return rows


def _name(row: ImportRow) -> str:
    values = row.values
    return values.get("name") or " ".join(
        values[key] for key in ("given_name", "family_name") if values.get(key)
    )


def _page(request, source: ListImport) -> dict:
    rows = _rows(request, source)
    log_list(request, [each["row"].person.ref for each in rows if each["row"].person])
    states = source.rows.counted("state")
    total = sum(states.values())
    left = states.get(RowState.WAITING, 0)
    verdicts = source.rows.filter(state=RowState.WAITING).counted("verdict")
    is_over = source.state == ImportState.DONE
    return {
        "source": source,
        "rows": rows,
        "counts": [
            (choice.label, counts[choice], SIGNS.get(choice, ""))
            for choices, counts in ((RowState, states), (Verdict, verdicts))
            for choice in choices
            if counts.get(choice) and (choice != RowState.WAITING)
            if choices is RowState or not is_over or choice
        ],
        "total": total,
        "done": total - left,
        "percent": 100 * (total - left) // total if total else 0,
        "unanswered": sum(each["row"].needs_answer for each in rows),
        "moves": [(move, MOVES[move]) for move in transitions.available_moves(source)],
    }


@get_or_post
def one(request, ref):
    """One list: what the check says, how far the worker has come, what became of each row."""
    source = get_visible(request, LISTS, ref=ref)
    if request.method == "GET" and request.htmx:
        return render(
            request,
            "intake/lists/progress.html",
            {**_page(request, source), "form": MoveForm()},
        )

    def act(data):
        moved = transitions.move_list(source, data["move"], actor=request.user, now=timezone.now())
        transaction.on_commit(tasks.wake)
        return moved

    return handle_form(
        request,
        MoveForm(request.POST or None),
        act,
        template="intake/lists/list.html",
        context=_page(request, source),
        success_url=lambda moved: (
            reverse("intake:lists")
            if moved.state == ImportState.DROPPED
            else reverse("intake:list", args=[moved.ref])
        ),
        message=lambda moved: (
            _("The list is thrown away.")
            if moved.state == ImportState.DROPPED
            else _("The list is being registered. You can leave the page.")
        ),
    )


@get_or_post
def row(request, ref, line):
    """One row: corrected, or said who it is."""
    source = get_visible(request, LISTS, ref=ref)
    found = source.rows.shown_to(request.user).select_related("person").filter(line=line).first()
    if found is None or source.state == ImportState.READ:
        raise Http404
    found.source = source
    person = None
    if found.person_id is not None:
        person = (
            unhidden_persons(request.user)
            .filter(pk=found.person_id)
            .select_related("registered_unit")
            .prefetch_related("numbers")
            .first()
        )
        if request.method == "GET":
            log_list(request, [person.ref] if person else [], access=Access.SEARCH)
    form = RowForm(request.POST or None, row=found)
    return handle_form(
        request,
        form,
        lambda data: transitions.answer_row(
            found,
            form.values(),
            data["choice"],
            actor=request.user,
            today=timezone.localdate(),
        ),
        template="intake/lists/row.html",
        context={"source": source, "row": found, "person": person},
        success_url=reverse("intake:list", args=[source.ref]),
        message=lambda saved: saved.told,
    )


class _Echo:
    """A file that gives back what is written, for rows streamed one by one."""

    def write(self, value: str) -> str:
        return value


def _lines(rows: list[dict]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow([_("Row"), _("Name"), _("Result"), _("Why")])
    for each in rows:
        yield writer.writerow(
            [each["row"].line, guarded(each["name"]), guarded(each["label"]),
             guarded(each["row"].told)]
        )  # fmt: skip


@require_GET
def result(request, ref):
    """What became of each row, as a file; logged as an export."""
    source = get_visible(request, LISTS, access=Access.EXPORT, ref=ref)
    rows = _rows(request, source)
    log_list(
        request,
        [each["row"].person.ref for each in rows if each["row"].person],
        access=Access.EXPORT,
    )
    response = StreamingHttpResponse(
        iter(list(_lines(rows))), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = (
        f'attachment; filename="list-{source.uploaded_at:%Y-%m-%d}.csv"'
    )
    return response
