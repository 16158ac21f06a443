"""The tests are stricter than production; each guard with a planted fault that it catches."""

import re
import warnings
from datetime import datetime
from pathlib import Path

import pytest
from django.core.paginator import Paginator, UnorderedObjectListWarning
from django.template import Context, Template, TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

from jobcentre.accounts.models import Membership, User
from jobcentre.audit.models import Entry
from tests.strict import UndefinedVariable, UnorderedSlice

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


# --- warnings ------------------------------------------------------------------------------------
def test_a_warning_is_an_error():
    with pytest.raises(UserWarning, match="planted"):
        warnings.warn("planted", UserWarning, stacklevel=1)


def test_a_time_without_a_zone_is_an_error():
    with pytest.raises(RuntimeWarning, match="naive datetime"):
        Entry._meta.get_field("at").get_prep_value(datetime(2026, 1, 1))  # noqa: DTZ001


# --- templates -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "{{ nobody }}",
        "{{ person.nickname }}",
        "{{ nobody|upper }}",
        "{% with name=nobody %}x{% endwith %}",
        "{% blocktranslate %}Hello {{ nobody }}{% endblocktranslate %}",
        "{% blocktranslate count n=n %}One{% plural %}{{ n }} {{ nobody }}{% endblocktranslate %}",
    ],
)
def test_a_variable_that_nobody_gives_is_found(text):
    with pytest.raises(UndefinedVariable):
        Template(text).render(Context({"person": User(name="Eva"), "n": 2}))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{% if nobody %}yes{% else %}no{% endif %}", "no"),
        ("{% for each in nobody %}x{% empty %}none{% endfor %}", "none"),
        ("{{ nobody|default:'-' }}", "-"),
        ("{% with name=person.name %}{{ name }}{% endwith %}", "Eva"),
        (
            "{% blocktranslate with name=person.name %}Hi {{ name }}{% endblocktranslate %}",
            "Hi Eva",
        ),
    ],
)
def test_what_may_be_missing_is_no_fault(text, shown):
    assert Template(text).render(Context({"person": User(name="Eva")})) == shown


def test_a_value_is_asked_for_once():
    asked = []
    Template("{{ count|default:'-' }}").render(Context({"count": lambda: asked.append(1)}))
    assert asked == [1]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_template_can_be_read(path):
    """Also those that no test shows: tags and filters exist, blocks are closed."""
    try:
        get_template(str(path.relative_to(ROOT / "templates")))
    except (TemplateSyntaxError, TemplateDoesNotExist) as error:
        pytest.fail(str(error))


# --- order ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("cut", "stopped_by"),
    [
        (lambda rows: rows[:10], UnorderedSlice),
        (lambda rows: rows[0], UnorderedSlice),
        (lambda rows: Paginator(rows, 10).page(1), UnorderedObjectListWarning),
    ],
    ids=["slice", "index", "page"],
)
def test_rows_without_an_order_are_not_cut(cut, stopped_by, town):
    town.user("coach")
    with pytest.raises(stopped_by):
        cut(Membership.objects.order_by())
    assert cut(Membership.objects.order_by("pk"))


# --- forms ---------------------------------------------------------------------------------------
FORM = re.compile(
    r"<form\b(?P<attributes>(?:[^>%{]|{%.*?%}|{{.*?}})*)>(?P<body>.*?)</form>", re.DOTALL
)
POSTS = re.compile(r"\bmethod=[\"']?post\b|\bhx-(post|put|patch|delete)=", re.IGNORECASE)


def unprotected_forms(text: str) -> list[str]:
    """The opening tags of forms that post without the token."""
    return [
        match["attributes"].strip()
        for match in FORM.finditer(text)
        if POSTS.search(match["attributes"]) and "{% csrf_token %}" not in match["body"]
    ]


def test_every_form_that_posts_has_the_token():
    assert {str(p): bad for p in TEMPLATES if (bad := unprotected_forms(p.read_text()))} == {}
    assert sum(len(FORM.findall(path.read_text())) for path in TEMPLATES) > 20


@pytest.mark.parametrize(
    "text",
    [
        '<form method="post"><p></p></form>',
        "<form class='x{% if y > 1 %} z{% endif %}' method=post></form>",
        '<form method="get"></form><form hx-post="/x/"></form>{% csrf_token %}',
    ],
)
def test_a_form_without_the_token_is_found(text):
    assert len(unprotected_forms(text)) == 1


def test_a_form_that_reads_needs_no_token():
    assert unprotected_forms('<form method="get"></form>') == []


# --- every address refuses a post without the token ----------------------------------------------
SAMPLES = {
    "int": "1",
    "str": "2026-0001",
    "slug": "plan",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "path": "1",
    "url": "x",
}


def addresses(resolver=None, prefix="/") -> list[tuple[str, object]]:
    """(an address that fits, its view) of every URL, the code lists' included."""
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        route = str(each.pattern)
        if route.startswith("^") or "(?P" in route:  # the code lists' catch-all
            continue
        path = re.sub(r"<(?:(\w+):)?\w+>", lambda m: SAMPLES[m[1] or "str"], route)
        if isinstance(each, URLResolver):
            found += addresses(each, prefix + path)
        elif isinstance(each, URLPattern):
            found.append((prefix + path, each.callback))
    return found


def open_to_foreign_posts(client, pairs) -> list[str]:
    """Addresses whose post without a token is answered by anything but the refusal."""
    return [
        path
        for path, view in pairs
        if getattr(view, "csrf_exempt", False) or client.post(path, {"x": "1"}).status_code != 403
    ]


def test_no_address_takes_a_post_without_the_token(town, log_in):
    client = log_in(town.user("administrator"), enforce_csrf_checks=True)
    pairs = addresses()
    assert len(pairs) > 100
    assert open_to_foreign_posts(client, pairs) == []


def test_an_address_that_takes_foreign_posts_is_found(town, log_in):
    """A client without the check stands for a view without it."""
    client = log_in(town.user("administrator"))
    assert open_to_foreign_posts(client, addresses()[:3]) != []
