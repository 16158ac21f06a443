"""The plan for the person: two columns, every letter in a font of ours, and a calendar file."""

import json
import re
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter

import pikepdf
import pytest
from django.template import Context, Template
from django.utils import timezone
from fontTools.ttLib import TTFont
from icalendar import Calendar

from activityplans.models import PlanVersion, Service
from activityplans.paper.languages import LANGUAGES
from activityplans.paper.services import text_of, texts
from activityplans.paper.wordings import wordings
from activityplans.planned_times import planned_times
from activityplans.transitions import plans
from tests.activityplans.test_schedule import THREE, with_times
from tests.factories import MONDAY

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
# Letters of no glyph of their own: the joining and direction marks of the scripts.
MARKS = {"\u2068", "\u2069", "\u200c", "\u200d"}


@cache
def letters(folder: Path = FONTS) -> frozenset[int]:
    """Every letter that a font of the folder can draw."""
    found: set[int] = set()
    for path in sorted(folder.glob("*.woff2")):
        found |= TTFont(path).getBestCmap().keys()
    return frozenset(found)


def undrawn(text: str, drawn: frozenset[int]) -> set[str]:
    return {each for each in text if ord(each) not in drawn and each not in MARKS | {" "}}


def all_texts(code: str) -> str:
    said = [each[code] for each in wordings().values()]
    if code not in ("sv", "en"):
        said += [part for service in texts().values() for part in service[code]]
    return " ".join([*said, LANGUAGES[code].name if code in LANGUAGES else ""])


@pytest.mark.row("B10")
@pytest.mark.parametrize("code", ["sv", *LANGUAGES])
def test_every_letter_of_the_paper_is_in_a_font_of_ours(code):
    assert undrawn(all_texts(code), letters()) == set()


def test_a_missing_font_is_seen():
    latin = frozenset(TTFont(FONTS / "source-sans-3-latin-wght-normal.woff2").getBestCmap())
    for code in ("ar", "ti", "uk"):
        assert undrawn(all_texts(code), latin)


@pytest.mark.row("B10")
def test_the_fonts_of_the_paper_are_in_its_style_sheet():
    css = (FONTS.parent / "css" / "paper.css").read_text()
    for path in FONTS.glob("*.woff2"):
        assert f"../fonts/{path.name}" in css


@pytest.mark.row("B10")
def test_every_wording_says_the_same_in_all_languages():
    for key, said in wordings().items():
        assert set(said) == {"sv", *LANGUAGES}, key
        fields = {
            code: {name for _text, name, *_rest in Formatter().parse(text) if name}
            for code, text in said.items()
        }
        assert len({frozenset(each) for each in fields.values()}) == 1, key


@pytest.mark.row("B10")
@pytest.mark.row("J10")
def test_the_whole_catalogue_is_translated_as_it_stands(db):
    for service in Service.objects.all():
        for code in LANGUAGES:
            name, about = text_of(service, code)
            assert name, (service.key, code)
            assert about, (service.key, code)


def test_what_was_changed_since_is_not_shown_in_an_old_translation(db):
    service = Service.objects.get(key="cv")
    service.description_sv = "Stöd att skriva CV, ansökan och brev."
    assert text_of(service, "ar") is None
    assert text_of(service, "en")[1] == service.description_en


def shown(template: str, code: str | None, **values) -> str:
    second = LANGUAGES[code] if code else None
    text = "{% load paper %}" + template
    return Template(text).render(Context({"second": second, **values}))


@pytest.mark.row("B10")
def test_the_second_column_runs_from_the_right_and_keeps_dates_whole(db):
    service = Service.objects.get(key="cv")
    page = shown(
        '{% both "we_follow" service=service day=day %}', "ar", service=service, day="2026-12-03"
    )
    assert 'lang="ar" dir="rtl"' in page
    assert "\u20682026-12-03\u2069" in page
    assert "CV och ansökan" in page.split('lang="ar"')[0]
    assert "CV och ansökan" not in page.split('lang="ar"')[1]
    assert "ei-two" not in shown('{% both "title" %}', None)
    assert 'dir="ltr"' in shown('{% both "title" %}', "uk")


def test_what_nobody_translated_stands_in_swedish_and_says_so(db):
    service = Service.objects.get(key="cv")
    service.description_sv = "Något nytt."
    page = shown("{% both_service service %}", "ar", service=service)
    assert 'lang="ar"' not in page
    assert page.count("Något nytt.") == 2


@pytest.fixture
def scheduled(town):
    """A case whose plan in force has a schedule."""
    case = town.opened(given_name="Hemlig", family_name="Person")
    version = plans.save_draft(case, with_times(town, case, THREE), actor=None, today=MONDAY)
    written = with_times(town, case, THREE, target_reason="Halvtid.", goal_occupation="5120")
    version = plans.save_draft(case, written, actor=None, today=MONDAY)
    town.approve(
        plans.submit_plan(version, actor=None, today=MONDAY), town.user("social_secretary")
    )
    return case


@pytest.mark.row("B10")
def test_each_file_of_letters_is_a_font_of_its_own():
    """Of one family with two files the PDF keeps one: Мій and Łukasz get the shapes of others."""
    css = (FONTS.parent / "css" / "paper.css").read_text()
    families = re.findall(r'@font-face \{ font-family: "([^"]+)"', css)
    assert len(families) == len(list(FONTS.glob("*.woff2")))
    assert len(set(families)) == len(families)
    for used in re.findall(r'(?:font-family: |15.5pt )("Source Sans 3", [^;]+), sans-serif', css):
        assert set(re.findall(r'"([^"]+)"', used)) == set(families)


@pytest.mark.row("B10")
@pytest.mark.parametrize("code", ["", "ar", "ti", "uk", "xx"])
def test_the_paper_is_a_tagged_pdf(scheduled, town, log_in, code):
    client = log_in(town.user("coach"))
    answer = client.get(f"/arenden/{scheduled.number}/plan/utskrift/", {"sprak": code})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert pdf.Root.Lang == "sv"
        assert "/StructTreeRoot" in pdf.Root
        names = {
            str(font.BaseFont)
            for page in pdf.pages
            for font in page.Resources.get("/Font", {}).values()
        }
    known = ("Arabic", "Ethiopic", "Cyrillic")
    scripts = {each for each in known if any(each in name for name in names)}
    assert scripts == {"ar": {"Arabic"}, "ti": {"Ethiopic"}, "uk": {"Cyrillic"}}.get(code, set())


@pytest.mark.row("B10")
def test_the_calendar_file_says_when_and_nothing_of_whom(scheduled, town, log_in):
    client = log_in(town.user("coach"))
    path = f"/arenden/{scheduled.number}/plan/kalender/"
    first = client.get(path)
    assert first["Content-Type"].startswith("text/calendar")
    events = Calendar.from_ical(first.content).walk("VEVENT")
    days = [each.decoded("dtstart").date() for each in events]
    assert days[:4] == [MONDAY + timedelta(days=n) for n in (1, 2, 7, 8)]  # not the day of approval
    assert date(2027, 1, 6) not in days  # Epiphany, a Wednesday
    text = first.content.decode()
    assert not any(word in text for word in ("Hemlig", "Person", scheduled.number, "Verkstad"))
    uids = [str(each["uid"]) for each in events]
    again = Calendar.from_ical(client.get(path).content).walk("VEVENT")
    assert len(set(uids)) == len(uids) == len(events)
    assert [str(each["uid"]) for each in again] == uids


def test_a_new_version_keeps_the_identity_of_each_time(scheduled, town):
    before = planned_times(scheduled, MONDAY + timedelta(days=1))
    line = PlanVersion.objects.get(number=1).lines.get()
    written = with_times(town, scheduled, THREE, change_reason="Mål.", target_reason="Halvtid.")
    written.lines[0] = plans.LineInput(
        **{**written.lines[0].__dict__, "activity": line.activity, "place": "Sal 2"}
    )
    second = plans.save_draft(scheduled, written, actor=None, today=MONDAY)
    town.approve(plans.submit_plan(second, actor=None, today=MONDAY), town.user("social_secretary"))
    after = planned_times(scheduled, MONDAY + timedelta(days=1))
    assert len(before) > 3
    assert [each.ref for each in after] == [each.ref for each in before]
    assert timezone.is_aware(after[0].starts_at)


def test_the_files_are_json_that_people_can_read():
    folder = FONTS.parents[1] / "activityplans" / "paper"
    for name in ("wordings", "services"):
        text = (folder / f"{name}.json").read_text()
        assert json.loads(text)
        assert "\\u" not in text
