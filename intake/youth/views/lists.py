"""The coordinator's start page, the register, the search and registering by hand."""

from datetime import date, timedelta

from django.db.models import Q
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from intake.registrations.known import ask_who
from intake.youth import rules
from intake.youth.enums import OutreachState
from intake.youth.forms import RegisterFilter, RegisterForm
from intake.youth.models import EducationContract, OutreachEntry
from intake.youth.transitions.register import OutreachRow, register_from_row
from intake.youth.words import clock_of, left_in_words
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Membership, User
from jobcentre.audit.enums import Access
from jobcentre.casework.access.fetch import log_list
from jobcentre.casework.forms import SearchForm
from jobcentre.casework.identity import IdentityError, parse_identity
from jobcentre.casework.models import Deadline, Person
from jobcentre.casework.views.base import handle_form
from jobcentre.casework.worklist import masked, rows_of, with_number
from jobcentre.ui import formats

PAGE = 60
START_ROWS = 100
NEAR_DAYS = 14


def coordinators_of(unit, today):
    """The youth coordinators of the unit today, by name."""
    held = Membership.objects.valid_on(today).filter(unit=unit, role=Role.YOUTH_COORDINATOR)
    return User.objects.filter(pk__in=held.values("user_id")).order_by("name", "id")


def row_of(entry: OutreachEntry, today: date) -> dict:
    """An entry as the lists show it (read `with_number`, with person and coordinator)."""
    age = entry.person.age_on(today)
    clock = clock_of(entry, today)
    detail = clock.name if clock else entry.get_ended_because_display()
    return {
        "url": reverse("intake:youth_entry", args=[entry.ref]),
        "attempt_url": reverse("intake:youth_attempt", args=[entry.ref]),
        "name": entry.person.name,
        "meta": (masked(entry.current_number), _years(age)),
        "clock": clock,
        "shown": clock or formats.day_year(entry.ended_on),
        "standing": capfirst(f"{entry.get_state_display()}: {detail[:1].lower()}{detail[1:]}"),
        "school": entry.school or "–",
        "coordinator": entry.coordinator.name if entry.coordinator else _("nobody yet"),
        "next_on": entry.next_on,
    }


def _years(age: int | None) -> str:
    return "" if age is None else ngettext("%(n)d year", "%(n)d years", age) % {"n": age}


def _read(entries):
    return with_number(entries, "person_id").select_related("person", "coordinator")


@require_GET
def start(request):
    """What needs the coordinator now: the next contacts by time left, those nobody is responsible
    for, contracts to follow up, and the clocks of own cases."""
    today = timezone.localdate()
    near = today + timedelta(days=NEAR_DAYS)
    seen = OutreachEntry.objects.visible_to(request.user).open()
    mine = list(
        _read(seen.filter(coordinator=request.user, next_on__lte=near)).order_by("next_on", "pk")[
            :START_ROWS
        ]
    )
    nobodys = list(
        _read(seen.filter(coordinator__isnull=True)).order_by("next_on", "pk")[:START_ROWS]
    )
    contracts = list(
        EducationContract.objects.visible_to(request.user)
        .running()
        .filter(entry__coordinator=request.user, next_follow_up_on__lte=near)
        .select_related("entry__person")
        .order_by("next_follow_up_on", "pk")[:START_ROWS]
    )
    clocks = [
        row
        for row in rows_of(
            Deadline.objects.visible_to(request.user)
            .begun(today)
            .filter(case__coach=request.user, due_on__lte=near)
            .exclude(kind="cap"),
            today,
            request.user,
        )
        if row.may_step
    ]
    numbers = [row.case_number for row in clocks]
    refs = list(Person.objects.filter(cases__number__in=numbers).values_list("ref", flat=True))
    log_list(
        request,
        [
            *(entry.person.ref for entry in (*mine, *nobodys)),
            *(each.entry.person.ref for each in contracts),
            *refs,
        ],
    )
    rows = [row_of(entry, today) for entry in mine]
    return render(
        request,
        "intake/youth/start.html",
        {
            "groups": _groups(rows, today),
            "late_count": sum(row["clock"].is_late for row in rows),
            "first": rows[0] if rows else None,
            "nobodys": [row_of(entry, today) for entry in nobodys],
            "contracts": [_contract_row(each, today) for each in contracts],
            "clocks": clocks,
            "in_register": seen.count(),
            "in_kaa": seen.in_kaa_on(today).count(),
            "today": today,
        },
    )


def _groups(rows: list[dict], today: date) -> list[dict]:
    """Rows under late, today, within a week and within two; empty groups left out."""
    week = today + timedelta(days=7)
    parts = {
        _("Late"): [row for row in rows if row["next_on"] < today],
        _("Today"): [row for row in rows if row["next_on"] == today],
        _("Within a week"): [row for row in rows if today < row["next_on"] <= week],
        _("Within two weeks"): [row for row in rows if row["next_on"] > week],
    }
    return [{"title": title, "rows": members} for title, members in parts.items() if members]


def _contract_row(contract: EducationContract, today: date) -> dict:
    sign, words = left_in_words(contract.next_follow_up_on, today)
    return {
        "ref": contract.ref,
        "name": contract.entry.person.name,
        "school": contract.school,
        "programme": contract.programme,
        "sign": sign,
        "words": words,
        "day": contract.next_follow_up_on,
    }


@require_GET
def register(request):
    """The outreach register by next contact, sixty at a time; those who have left last first."""
    today = timezone.localdate()
    seen = OutreachEntry.objects.visible_to(request.user)
    schools = seen.exclude(school="").order_by("school").values_list("school", flat=True).distinct()
    form = RegisterFilter(request.GET, schools=schools[:200])
    form.is_valid()
    chosen = form.cleaned_data
    found = _chosen(seen, chosen, request.user, today)
    has_ended = chosen.get("state") == OutreachState.ENDED
    found, order = _ordered(found, chosen.get("after", ""), has_ended=has_ended)
    page = list(_read(found).order_by(*order)[: PAGE + 1])
    more = len(page) > PAGE
    page = page[:PAGE]
    log_list(request, [entry.person.ref for entry in page])
    kept = request.GET.copy()
    if more:
        last = page[-1]
        day = last.ended_on if has_ended else last.next_on
        kept["after"] = f"{day.isoformat()}_{last.pk}"
    return render(
        request,
        "intake/youth/register.html",
        {
            "form": form,
            "rows": [row_of(entry, today) for entry in page],
            "next_page": kept.urlencode() if more else "",
            "search": SearchForm(),
            "today": today,
        },
    )


def _chosen(found, chosen: dict, user, today: date):
    state = chosen.get("state")
    found = found.filter(state=state) if state else found.open()
    if chosen.get("whose") == "mine":
        found = found.filter(coordinator=user)
    elif chosen.get("whose") == "nobody":
        found = found.filter(coordinator__isnull=True)
    match chosen.get("band"):
        case "under_20":
            found = found.under_twenty_on(today)
        case "from_20":
            found = found.from_twenty_on(today)
        case "kaa":
            found = found.in_kaa_on(today)
    if chosen.get("when") == "late":
        found = found.late_on(today)
    elif chosen.get("when") == "week":
        found = found.filter(next_on__lte=today + timedelta(days=7))
    if chosen.get("school"):
        found = found.filter(school=chosen["school"])
    return found


def _ordered(found, after: str, *, has_ended: bool):
    """Keyset paging by the next contact, or by the last day for those who have left."""
    column = "ended_on" if has_ended else "next_on"
    order = [f"-{column}", "-pk"] if has_ended else [column, "pk"]
    day, _separator, pk = after.partition("_")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 18 and len(day) == 10):
        return found, order
    try:
        at = date.fromisoformat(day)
    except ValueError:
        return found, order
    side = "lt" if has_ended else "gt"
    return (
        found.filter(Q(**{f"{column}__{side}": at}) | Q(**{column: at, f"pk__{side}": int(pk)})),
        order,
    )


@require_http_methods(["GET", "POST"])
def find(request):
    """Who in the register is meant: by part of a name or phone, or a number. The words come by
    POST, because a name is no part of an address."""
    today = timezone.localdate()
    form = SearchForm(request.POST or None)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = []
    if query:
        try:
            words = parse_identity(query, today).number
        except IdentityError:
            words = query
        persons = Person.objects.matching(words)
        entries = OutreachEntry.objects.visible_to(request.user).filter(person__in=persons)
        found = list(_read(entries).order_by("person__sort_key", "pk")[:20])
    if request.method == "POST":
        log_list(request, [entry.person.ref for entry in found], access=Access.SEARCH)
    return render(
        request,
        "intake/youth/find.html",
        {"search": form, "query": query, "rows": [row_of(entry, today) for entry in found]},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def new(request):
    """Register one young person by hand."""
    today, unit = timezone.localdate(), request.user.acting.unit
    asked = ask_who(
        request,
        lambda: RegisterForm(
            request.POST or None,
            coordinators=coordinators_of(unit, today),
            initial={"coordinator": request.user.pk},
        ),
    )

    def act(data):
        names = set(OutreachRow.__dataclass_fields__)
        row = OutreachRow(**{name: data[name] for name in data if name in names})
        return register_from_row(
            row,
            unit=unit,
            actor=request.user,
            today=today,
            coordinator=data["coordinator"],
            known=asked.chosen(data),
        )

    return handle_form(
        request,
        asked.form,
        act,
        template="intake/youth/new.html",
        context={"oldest": rules.REGISTER_AGE - 1},
        success_url=lambda done: reverse("intake:youth_entry", args=[done.entry.ref]),
        message=lambda done: (
            _("The person is in the register. The schedule of contacts has started.")
            if done.is_new
            else _("The person was in the register already. What was not known is filled in.")
        ),
    )
