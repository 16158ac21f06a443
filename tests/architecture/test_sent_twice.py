"""Every form of every page, filled in and sent twice: no error, and nothing is done twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone
from lxml import html

from jobcentre.accounts.enums import Role
from tests.architecture.test_reading_writes_nothing import everything_to_get
from tests.factories import official_number

# What a second sending may write: that it was asked, and nothing of what it asked for.
LOGS = {"audit_entry", "django_session", "casework_submission"}
# What was saved leads to the same place again, or away from the page that told what was done; what
# is refused is refused with words.
USUAL = {(302, 302), (200, 200), (200, 302), (422, 422)}
# Forms of the shell on every page, and what ends the session of the one who walks.
NOT_HERE = ("/konto/", "/i18n/", "/sok/", "/unga/sok/", "/mottagning/vem/")
UNMASK = ("/nummer/", "/personnummer/")
LIST = "Förnamn;Efternamn\nProv;Provsson\n"
LATER = ("before", "until", "through", "_to", "next", "follow_up", "goal_on", "expected", "due")
OF_KIND = {
    "email": "prov@example.invalid",
    "tel": "070-174 06 05",
    "timeinput": "10:00",
    "number": "2",
    "textarea": "Prov av sidan.",
    "text": "Prov av sidan.",
}


def rows_of_all_tables() -> dict[str, int]:
    """How many rows each table of ours has, by one query."""
    tables = sorted({model._meta.db_table for model in apps.get_models()} - LOGS)
    counts = " UNION ALL ".join(f"SELECT '{each}', COUNT(*) FROM {each}" for each in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return dict(cursor.fetchall())


def plausible(field, unused: Iterator[str]) -> str:
    """What somebody might write in a field that is empty and has to be filled in."""
    name, classes = field.get("name"), field.get("class", "").split()
    kind = next((each for each in (*classes, field.get("type"), field.tag) if each in OF_KIND), "")
    if "dayinput" in classes:
        later = any(word in name for word in LATER)
        return str(timezone.localdate() + timedelta(days=14 if later else 0))
    if name in ("identity", "number"):
        return next(unused)
    if any(word in name for word in ("hours", "cost", "price", "amount")):
        return "2"
    return OF_KIND.get(kind, "")[: int(field.get("maxlength") or 100)]


def filled(form, unused: Iterator[str]) -> dict[str, list[str]]:
    """The form's values as a browser would send them, with something in each field that is empty
    and has to be filled in."""
    data: dict[str, list[str]] = {}
    boxes: dict[str, list[str]] = {}
    for field in form.inputs:
        name, kind = field.get("name"), field.get("type", "")
        if not name or field.get("disabled") is not None or kind in ("submit", "button"):
            continue
        needed = field.get("required") is not None or field.tag == "textarea"
        value = field.get("value", "")
        if kind == "radio":
            if field.checked or (name not in data and value):
                data[name] = [value]
        elif kind == "checkbox":
            boxes.setdefault(name, []).append(value or "on")
            if field.checked or needed:
                data.setdefault(name, []).append(value or "on")
        elif kind == "file":
            data[name] = [SimpleUploadedFile("prov.csv", LIST.encode(), "text/csv")]
        elif field.tag == "select":
            options = list(field.iter("option"))
            now = [each.get("value", "") for each in options if "selected" in each.attrib]
            usual = [each.get("value", "") for each in options if needed]
            data[name] = [next((each for each in [*now, *usual] if each), "")]
        else:
            value = (field.text or "").strip() if field.tag == "textarea" else value
            if needed and not value:
                value = plausible(field, unused)
            data.setdefault(name, []).append(value)
    # Of several boxes with one name somebody ticks one.
    return {**{name: each[:1] for name, each in boxes.items() if len(each) > 1}, **data}


def sendings(
    page: bytes, url: str, unused: Iterator[str]
) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """(address, data) of each button of each form of a page that changes something."""
    document = html.fromstring(page)
    for form in document.forms:
        target = urljoin(url, form.action or "")
        if (
            form.method.lower() != "post"
            or urlsplit(target).path.startswith(NOT_HERE)
            or target.endswith(UNMASK)
        ):
            continue
        data = filled(form, unused)
        outside = document.xpath("//button[@form=$id]", id=form.get("id", ""))
        buttons = [
            each
            for each in [*form.iter("button", "input"), *outside]
            if each.get("type", "submit" if each.tag == "button" else "") == "submit"
        ]
        for button in buttons:
            name, to = button.get("name"), urljoin(url, button.get("formaction", target))
            yield to, {**data, **({name: [button.get("value", "")]} if name else {})}


def mended(page: bytes, data, unused: Iterator[str]) -> dict[str, list[str]]:
    """The data with another value in each field that the page says is wrong."""
    better = dict(data)
    for field in html.fromstring(page).xpath("//*[@aria-invalid='true'][@name]"):
        name = field.get("name")
        if field.tag == "select":
            values = [each.get("value") for each in field.iter("option") if each.get("value")]
            better[name] = values[:1]
        elif field.get("type") in ("radio", "checkbox"):
            better[name] = better[name] if name in better else [field.get("value", "on")]
        elif field.get("type") != "file":
            better[name] = [plausible(field, unused)]
    return better


def send_twice(client, target: str, data, unused: Iterator[str]) -> tuple[int, int, dict[str, int]]:
    """(status of the first answer, of the second, tables that the second gave more rows). What the
    page says is wrong is mended and sent again before it is sent twice."""
    first = client.post(target, data)
    for _attempt in range(3):
        if first.status_code == 422:
            data = mended(first.content, data, unused)
            first = client.post(target, data)
    before = rows_of_all_tables()
    second = client.post(target, data)
    after = rows_of_all_tables()
    more = {table: after[table] - n for table, n in before.items() if after[table] > n}
    return first.status_code, second.status_code, more


@pytest.mark.wide
@pytest.mark.row("B3")
@pytest.mark.parametrize("half", [0, 1])
def test_a_form_sent_twice_does_its_thing_once(half, world, log_in):
    clients = {role: log_in(world.town.user(role)) for role in Role}
    unused = (official_number(date(2004, 1, day)) for day in range(1, 29))
    wrong, answers = [], {}
    pages = [(role, url) for role, url, headers in everything_to_get(world) if not headers]
    for role, url in pages[half::2]:
        page = clients[role].get(url)
        if page.streaming:
            assert b"".join(page.streaming_content)  # read to its end, which closes it
            continue
        if "html" not in page.get("Content-Type", "") or not page.content:
            continue
        for target, data in sendings(page.content, url, unused):
            point = transaction.savepoint()
            first, second, more = send_twice(clients[role], target, data, unused)
            transaction.savepoint_rollback(point)
            answers[first] = answers.get(first, 0) + 1
            if more or (first, second) not in USUAL:
                wrong.append((role.value, target, first, second, more))
    assert not wrong, "\n".join(map(str, wrong))
    assert answers[302] > 45, answers
    assert answers[422] < 30, answers
