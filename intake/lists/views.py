"""Lists of persons: uploaded, matched, checked, registered by the worker, told row by row."""

from collections.abc import Iterator

from django.db import transaction
from django.http import Http404, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from intake.lists import tasks
from intake.lists.enums import ImportState, RowState, Verdict
from intake.lists.forms import MOVES, ColumnsForm, MoveForm, RowForm, upload_form
from intake.lists.missing import not_on_list
from intake.lists.models import ImportRow, ListImport
from intake.transitions import lists as transitions
from jobcentre.accounts.enums import Role
from jobcentre.audit.enums import Access
from jobcentre.audit.log import MAX_LISTED
from jobcentre.casework.access.fetch import get_visible, log_list
from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.views.base import handle_form
from jobcentre.ui import formats
from jobcentre.ui.files import guarded
from jobcentre.ui.spreadsheets import MARK, line_writer

get_or_post = require_http_methods(["GET", "POST"])
LISTED = 30
ROWS_SHOWN = 100
SIGNS = {
    Verdict.NEW: "ok",
    Verdict.KNOWN: "info",
    Verdict.ENTERS: "ok",
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
    form = upload_form(request.POST or None, request.FILES or None, user=request.user)
    return handle_form(
        request,
        form,
        lambda data: transitions.upload_list(
            data["centre"],
            data["file"].name,
            data["sheet"],
            actor=request.user,
            **{name: data[name] for name in ("origin", "listed_on", "is_full") if name in data},
        ),
        template="intake/lists/lists.html",
        context={
            "lists": found,
            "is_outreach": request.user.acting.role == Role.YOUTH_COORDINATOR,
        },
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


def _rows(request, source: ListImport):
    """The rows that the user may see, by line: not those of persons hidden from the user."""
    return source.rows.shown_to(request.user).select_related("person").order_by("line")


def _shown(row: ImportRow) -> dict:
    """A row as the page and the file say it."""
    is_over = row.state != RowState.WAITING
    status = row.state if is_over else row.verdict
    return {
        "row": row,
        "name": row.person.name if row.state == RowState.DONE else _name(row),
        "label": row.get_state_display() if is_over else row.get_verdict_display(),
        "sign": SIGNS.get(status, ""),
    }


def _name(row: ImportRow) -> str:
    values = row.values
    return values.get("name") or " ".join(
        values[key] for key in ("given_name", "family_name") if values.get(key)
    )


def _part(request, source: ListImport) -> dict:
    """The rows of one page, after the line in the address; none while the worker is at them."""
    if source.is_active:
        return {"rows": [], "next": ""}
    rows, only = _rows(request, source), request.GET.get("rows") == "left"
    if only:
        rows = rows.to_see_to()
    after = request.GET.get("after", "")
    if after.isdecimal() and len(after) < 9:
        rows = rows.filter(line__gt=int(after))
    found = list(rows[: ROWS_SHOWN + 1])
    more, found = found[ROWS_SHOWN:], found[:ROWS_SHOWN]
    query = QueryDict(mutable=True)
    query.update({"rows": "left"} if only else {})
    query.update({"after": found[-1].line} if more else {})
    address = reverse("intake:list", args=[source.ref])
    return {
        "rows": [_shown(row) for row in found],
        "only_left": only,
        "previous": address if after else "",
        "next": f"{address}?{query.urlencode()}" if more else "",
    }


def _missing(request, source: ListImport) -> dict:
    """Who is in the register and not on the list, by name; once, with the first rows."""
    if not source.is_full or request.GET.get("after"):
        return {"missing": [], "missing_count": 0}
    found = not_on_list(source, request.user, timezone.now())
    shown = found.select_related("person").order_by("person__sort_key", "pk")[:ROWS_SHOWN]
    return {"missing": list(shown), "missing_count": found.count()}


def _page(request, source: ListImport) -> dict:
    part = _part(request, source)
    missing = _missing(request, source)
    log_list(
        request,
        [
            *(each["row"].person.ref for each in part["rows"] if each["row"].person),
            *(entry.person.ref for entry in missing["missing"]),
        ],
    )
    states = source.rows.counted("state")
    total = sum(states.values())
    left = states.get(RowState.WAITING, 0)
    verdicts = source.rows.filter(state=RowState.WAITING).counted("verdict")
    is_over = source.state == ImportState.DONE
    return {
        "source": source,
        **part,
        **missing,
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
        "unanswered": source.rows.filter(verdict=Verdict.POSSIBLE, choice="")
        .exclude(state__in=(RowState.DONE, RowState.LEFT_OUT))
        .count(),
        "left": 0 if source.is_active else source.rows.to_see_to().count(),
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


def _lines(rows, missing, language: str) -> Iterator[str]:
    """The lines of the file, in the language of the user: they are sent after the request. Those
    who are in the register and on no row come last, without a number."""
    writer = line_writer()
    with translation.override(language):
        yield MARK + writer.writerow([_("Row"), _("Name"), _("Result"), _("Why")])
    for row in rows.iterator(chunk_size=500):
        with translation.override(language):
            each = _shown(row)
            cells = [each["name"], str(each["label"]), row.told]
        yield writer.writerow([row.line, *(guarded(cell) for cell in cells)])
    for entry in missing.iterator(chunk_size=500):
        with translation.override(language):
            cells = [
                entry.person.name,
                _("Not on the list"),
                _("In the register since %(day)s; no row of the list is of the person.")
                % {"day": formats.day_year(entry.registered_on)},
            ]
        yield writer.writerow(["", *(guarded(cell) for cell in cells)])


@require_GET
def result(request, ref):
    """What became of each row, as a file; logged as an export."""
    source = get_visible(request, LISTS, access=Access.EXPORT, ref=ref)
    rows = _rows(request, source)
    missing = (
        not_on_list(source, request.user, timezone.now())
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )
    of_rows = rows.filter(person__isnull=False).values_list("person__ref", flat=True)
    of_missing = missing.values_list("person__ref", flat=True)
    log_list(
        request,
        [*of_rows[:MAX_LISTED], *of_missing[:MAX_LISTED]][:MAX_LISTED],
        access=Access.EXPORT,
    )
    response = StreamingHttpResponse(
        _lines(rows, missing, translation.get_language()), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = (
        f'attachment; filename="list-{source.uploaded_at:%Y-%m-%d}.csv"'
    )
    return response
