"""A person's languages are written freely, mostly in Swedish; an English page says those it knows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from jobcentre.casework.languages import said
from jobcentre.casework.models import Language


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("ukrainska", "Ukrainian"),
        ("Ukrainska", "Ukrainian"),
        ("svenska, Somaliska och dari", "Swedish, Somali and Dari"),
        ("kurmanji (lite)", "kurmanji (lite)"),  # as it was written
        ("Ukrainian", "Ukrainian"),
        ("", ""),
    ],
)
def test_a_language_that_is_known_is_said_in_english(db, written, english):
    with translation.override("en"):
        assert said(written) == english
    with translation.override("sv"):
        assert said(written) == written


def test_a_swedish_page_asks_nothing(db):
    with translation.override("sv"), CaptureQueriesContext(connection) as asked:
        assert said("ukrainska") == "ukrainska"
    assert not asked.captured_queries


def test_the_case_page_says_the_language_in_the_reader_s_own(town, log_in):
    coach = town.user("coach")
    case = town.opened()
    case.person.first_language, case.person.interpreter_language = "ukrainska", "dari"
    case.person.save()
    page = log_in(coach).get(reverse("casework:case", args=[case.number])).content.decode()
    assert "ukrainska" in page
    client = log_in(coach, "en")
    page = client.get(reverse("casework:case", args=[case.number])).content.decode()
    assert "Ukrainian" in page
    assert "ukrainska" not in page
    assert Language.objects.get(label_sv="dari").label_en in page
