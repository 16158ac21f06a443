"""The pages of the shell itself, and the answers when something is wrong."""

import re

import pytest
from django.test import RequestFactory
from django.urls import reverse

from jobcentre.ui import views

pytestmark = pytest.mark.django_db


def without_number(page: bytes) -> bytes:
    return re.sub(rb"[0-9a-f]{16}", b"", page)


def test_missing_is_the_same_page_for_every_address(client):
    first = client.get("/qwxz/inte/")
    second = client.get("/qwxz/heller-inte/?fraga=%3Cscript%3E")
    assert first.status_code == second.status_code == 404
    assert without_number(first.content) == without_number(second.content)
    assert b"qwxz" not in first.content


def test_a_failure_needs_neither_user_nor_database(django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        response = views.failure(request)
    assert response.status_code == 500
    assert "Något gick fel" in response.content.decode() or b"Something" in response.content


def test_the_accent_is_a_small_style_sheet_that_is_kept(client, settings):
    settings.MUNICIPALITY_ACCENT = "#2c5f3c"
    response = client.get(reverse("ui:accent"))
    assert response["Content-Type"] == "text/css"
    assert response.content == b":root { --kommun-accent: #2c5f3c; }\n"
    assert "max-age" in response["Cache-Control"]


def test_the_statement_is_public(client):
    response = client.get(reverse("ui:accessibility"))
    assert response.status_code == 200
    assert b"2018:1937" in response.content


def test_the_guide_is_there_in_demo_mode_only(client, settings):
    settings.DEMO_MODE = False
    assert client.get(reverse("ui:guide")).status_code == 404
    settings.DEMO_MODE = True
    response = client.get(reverse("ui:guide"), {"theme": "dark"})
    assert response.status_code == 200
    assert b'data-theme="dark"' in response.content


def test_a_theme_that_is_none_is_ignored(client, settings):
    settings.DEMO_MODE = True
    response = client.get(reverse("ui:guide"), {"theme": '"><script>'})
    assert b'data-theme="auto"' in response.content


def test_ids_on_the_guide_are_unique(client, settings):
    settings.DEMO_MODE = True
    page = client.get(reverse("ui:guide")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) > 50
    assert sorted(ids) == sorted(set(ids))


def test_a_refused_form_says_so_and_saves_nothing(client, settings):
    strict = client.__class__(enforce_csrf_checks=True)
    response = strict.post(reverse("accounts:login"), {"username": "a@b.se", "password": "x"})
    assert response.status_code == 403
    assert "Reason" not in response.content.decode()


def test_a_browser_that_asks_for_the_usual_icon_gets_ours(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"].endswith("favicon.svg")
