"""The main pages of each role in English and in the dark: axe, language, width.

In Swedish and light they are looked at on the walk (test_walk.py). Every page is laid out at 360 and
768 px too; axe looks at the narrow start page of each role, and with `bin/test --wide` at every
narrow page, which takes as long again.
"""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
# Pages of each role; after | the beginning of a link on that page that is followed as well.
PAGES = {
    "per.astrom": [
        *("/mottagning/", "/besok/|/besok/", "/sok/", "/mottagning/foretag/"),
        *("/borta/|/borta/", "/moten/", "/remisser/ny/", "/grupper/ny/"),
    ],
    "alva.nordin": ["/unga/nu/", "/unga/registret/|/unga/registret/", "/unga/kaa/"],
    "karin.lindqvist": [
        *("/nu/", "/moten/tider/"),
        *("/arenden/?state=open", "/arenden/?state=closed", "/planer/", "/insatser/"),
        *("/bestallningar/", "/uppfoljningar/"),
    ],
    "ingela.forsman": [
        "/planer/att-ta-stallning/|/planer/svar/",
        "/planer/besvarade/|/planer/svar/",
        "/arenden/|/arenden/",
    ],
    "siv.textor": ["/utforare/|/bestallningar/", "/utforare/narvaro/", "/utforare/ersattning/"],
    "bjorn.hallgren": ["/naringsliv/|/behov/", "/arbetsgivare/|/arbetsgivare/", "/behov/"],
    "eva.sundin": [
        "/oversikt/|/oversikt/",
        *("/ersattningar/", "/avtal/", "/utforarregister/"),
        "/rapporter/",
        "/uppfoljningar/|/uppfoljningar/",
        "/arenden/|/arenden/",
    ],
    "kim.dahl": ["/konto/enheter/", "/hjalp/", "/aviseringar/", "/konto/losenord/"],
}
# The pages of one case, as its coach sees them.
CASE = [
    *("", "del/plan/", "del/mapping/", "del/attendance/", "del/orders/", "del/employers/"),
    *("forsta-dagen/", "samtycke/", "del/people/", "skattning/"),
    *("del/documents/", "tidslinje/", "anteckning/", "plan/skriv/", "kartlaggning/", "avsluta/"),
]


def swedish() -> dict[str, str]:
    """Our Swedish sentences and their English: what must not stand on an English page."""
    words = {}
    for path in ROOT.glob("**/locale/sv/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="sv"):
                if isinstance(message.id, str) and " " in message.id and "%" not in message.id:
                    words[message.string] = message.id
    return {sv: en for sv, en in words.items() if sv and sv != en}


SWEDISH = swedish()
TEXTS = """() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) { found.push(walk.currentNode.textContent.trim()); }
  return found;
}"""
CHOOSE = """async (wanted) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  for (const [name, value] of wanted) {
    const form = new FormData();
    form.append("csrfmiddlewaretoken", token); form.append("next", "/"); form.append(name, value);
    await fetch("/konto/val/", { method: "POST", body: form });
  }
}"""


def choose(page, theme: str, language: str) -> None:
    page.evaluate(CHOOSE, [["theme", theme], ["language", language]])


def faults(page) -> list[str]:
    """What is wrong with the open page: its language, axe when wide, its width on narrow screens."""
    found = []
    if page.locator("html").get_attribute("lang") != "en":
        found.append(f"{page.url}: not in English")
    mixed = [text for text in page.evaluate(TEXTS) if text in SWEDISH]
    found += [f"{page.url}: Swedish: {text!r}" for text in mixed]
    found += _violations(page, 1440)
    for width in (768, 360):
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{page.url}: {wide} px wide at {width} px")
    return found


def _violations(page, width: int) -> list[str]:
    """What axe finds on the open page when the window is so wide."""
    page.set_viewport_size({"width": width, "height": 900})
    # The colours are the same at every width, and the slowest to measure.
    rules = {"color-contrast": {"enabled": width == 1440}}
    found = []
    # What passed is not asked for: to tell where each of it stands takes longer than to check it.
    options = {"rules": rules, "resultTypes": ["violations"]}
    for violation in Axe().run(page, options=options).response["violations"]:
        targets = [node["target"] for node in violation["nodes"]][:3]
        found.append(f"{page.url} at {width} px: {violation['id']} {targets}")
    return found


def pages_of(page, site, user: str):
    """The addresses to look at: those of the role, and the first object behind each list."""
    for entry in PAGES[user]:
        path, _bar, link = entry.partition("|")
        yield path
        if link:
            page.goto(site.url + path)
            links = page.locator(f"main a[href^='{link}']").all()
            hrefs = [each.get_attribute("href") for each in links]
            wanted = re.compile(re.escape(link) + r"[^/?#]+/")
            first = next((href for href in hrefs if wanted.match(href)), None)
            assert first, (user, path, link)
            yield first
    if user == "karin.lindqvist":
        page.goto(f"{site.url}/planer/")
        plan = page.locator("main a[href*='/del/plan/']").last.get_attribute("href")
        for part in CASE:
            yield plan.replace("del/plan/", part)


@pytest.fixture
def english(desk):
    """Opens the desk of a user in English and in the dark, and puts it back afterwards."""
    opened = []

    def open_for(user: str):
        page = desk(user).page
        choose(page, "dark", "en")
        opened.append(page)
        return page

    yield open_for
    for page in opened:
        choose(page, "auto", "sv")


@pytest.mark.parametrize("user", PAGES)
def test_english_in_the_dark(english, site, user):
    page = english(user)
    found = []
    for path in dict.fromkeys(pages_of(page, site, user)):
        page.set_viewport_size({"width": 1440, "height": 900})
        answer = page.goto(site.url + path)
        assert answer.status == 200, (path, answer.status)
        found += faults(page)
    assert found == []


def test_the_start_page_of_each_role_when_narrow(english, site):
    found = []
    for user in PAGES:
        page = english(user)
        page.goto(site.url + PAGES[user][0].partition("|")[0])
        found += _violations(page, 360)
    assert found == []


@pytest.mark.wide
@pytest.mark.parametrize("user", PAGES)
def test_every_page_when_narrow(english, site, user):
    page = english(user)
    found = []
    for path in dict.fromkeys(pages_of(page, site, user)):
        page.goto(site.url + path)
        found += _violations(page, 360)
    assert found == []


def test_a_fault_is_found(english, site):
    page = english("kim.dahl")
    page.goto(f"{site.url}/konto/enheter/")
    page.evaluate("document.querySelector('h1').textContent = 'Skriv en anteckning'")
    page.evaluate("document.querySelector('main').appendChild(new Image(900, 9))")
    said = " ".join(faults(page) + _violations(page, 360))
    assert "Swedish" in said
    assert "at 1440 px: image-alt" in said
    assert "at 360 px: image-alt" in said
    assert "wide at 360" in said
