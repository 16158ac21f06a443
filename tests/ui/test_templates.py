"""What holds for the source of every template and for what a browser has to load."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError

from jobcentre.ui.icons import SHAPES
from jobcentre.ui.templatetags.ui import ALERT_ICONS, SIGN_ICONS, UnknownIcon, with_keys

BASE = Path(settings.BASE_DIR)
TEMPLATES = sorted((BASE / "templates").rglob("*.html"))
# Attributes and scripts that the content policy stops in the browser.
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>{]*\sstyle\s*="),
    "an event attribute": re.compile(r"<[a-z][^>{]*\son[a-z]+\s*="),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>"),
    "hx-on": re.compile(r"\shx-on"),
    "a js: value": re.compile(r"[\"']js(avascript)?:"),
    "a trigger filter": re.compile(r"hx-trigger=\"[^\"]*\["),
    "the safe filter": re.compile(r"\|\s*safe\b"),
    "autoescape off": re.compile(r"autoescape\s+off"),
}


def faults(source: str) -> list[str]:
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(source)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(BASE)))
def test_nothing_that_the_content_policy_stops(path):
    assert faults(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color: red">',
        '<button class="a" onclick="go()">',
        "<script>go()</script>",
        '<b hx-on:click="go()">',
        '<b hx-vals="js:{a: 1}">',
        '<b hx-trigger="click[ctrlKey]">',
        "{{ name|safe }}",
        "{% autoescape off %}",
    ],
)
def test_a_planted_fault_is_found(planted):
    assert faults(planted)


def icons_in(source: str) -> set[str]:
    return set(re.findall(r"{%\s*icon\s+\"([\w-]+)\"", source)) | set(
        re.findall(r"icon_name=\"([\w-]+)\"", source)
    )


def test_every_icon_in_use_exists():
    used = set().union(*(icons_in(path.read_text(encoding="utf-8")) for path in TEMPLATES))
    for path in BASE.glob("**/*.py"):
        if ".venv" not in path.parts and "tests" not in path.parts:
            used |= set(re.findall(r"\bicon=\"([\w-]+)\"", path.read_text(encoding="utf-8")))
    used |= {name for name in (*SIGN_ICONS.values(), *ALERT_ICONS.values()) if name}
    assert used
    assert used <= set(SHAPES)


def test_an_unknown_icon_is_an_error():
    with pytest.raises(UnknownIcon):
        Template('{% icon "no-such-sign" %}').render(Context())
    assert issubclass(UnknownIcon, TemplateSyntaxError)


def loaded_by_a_page() -> list[Path]:
    head = (BASE / "templates/ui/head.html").read_text(encoding="utf-8")
    return [
        BASE / "static" / name for name in re.findall(r'{% static "([^"]+\.(?:css|js))" %}', head)
    ]


def test_script_and_style_of_a_page_stay_under_120_kb_compressed():
    files = loaded_by_a_page()
    assert len(files) > 5
    assert sum(len(brotli.compress(path.read_bytes())) for path in files) <= 120_000


def test_no_static_file_of_ours_is_over_600_lines():
    for path in (BASE / "static").rglob("*"):
        if path.suffix in {".css", ".js"} and "vendor" not in path.parts:
            assert len(path.read_text(encoding="utf-8").splitlines()) < 600, path.name


def test_each_place_in_the_menu_has_a_letter_of_its_own():
    items = [{"label": label} for label in ("Nu", "Närvaro", "N", "Mina ärenden")]
    keyed = with_keys([{"title": "", "items": items}])
    assert [item["key"] for item in keyed[0]["items"]] == ["n", "ä", "1", "m"]
