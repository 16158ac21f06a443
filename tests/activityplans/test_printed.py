"""Which version of the plan is printed: the one that holds, or the coming one when it is asked for."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from activityplans.views import printing
from jobcentre.ui import pdf
from tests.activityplans.test_periods import BEGAN, NEXT, case, next_approved
from tests.factories import MONDAY

pytestmark = pytest.mark.row("B10")
DAY = timedelta(days=1)
__all__ = ["case"]


@pytest.fixture
def printed(monkeypatch, log_in, town, case):
    """What the paper says (HTML), for an address after that of the plan on paper."""
    said = []

    def kept(template, context, **more):
        with override(more["language"]):
            page = pdf.render_to_string(
                template, {**context, **more, "municipality": "Testby", "accent": "#0f5e6b"}
            )
        said.append((page, context))
        return b"%PDF"

    monkeypatch.setattr(printing, "render_pdf", kept)
    client = log_in(town.acting(case.coach))

    def asked(query: str = ""):
        answer = client.get(f"/arenden/{case.number}/plan/utskrift/{query}")
        assert answer.status_code == 200
        return *said[-1], answer

    return asked


def test_a_version_approved_early_is_not_printed_before_its_day(town, case, printed):
    next_approved(town, case, goal="Eget arbete i butik.")
    page, context, answer = printed()
    assert context["version"].number == 1
    assert "Eget arbete i butik." not in page
    assert "börjar gälla" not in page
    assert f"från {BEGAN} till och med {NEXT - DAY}" in page
    assert {line.version_id for line in context["lines"]} == {context["version"].pk}
    assert f"plan-{case.number}-1.pdf" in answer["Content-Disposition"]


def test_the_coming_version_says_when_it_begins(town, case, printed):
    next_approved(town, case, goal="Eget arbete i butik.")
    page, context, answer = printed("?version=kommande&sprak=en")
    assert context["version"].number == 2
    assert "Eget arbete i butik." in page
    assert f"Planen börjar gälla {NEXT}." in page
    assert f"The plan begins on \u2068{NEXT}\u2069." in page
    assert f"plan-{case.number}-2.pdf" in answer["Content-Disposition"]


def test_a_version_that_replaces_the_running_one_ends_that_on_paper_too(town, case, printed):
    next_approved(town, case, starts_on=MONDAY + 7 * DAY)
    page, context, _answer = printed()
    assert context["version"].number == 1
    assert f"från {BEGAN} till och med {MONDAY + 6 * DAY}" in page


def test_without_a_coming_version_the_plan_that_holds_is_printed(case, printed):
    page, context, _answer = printed("?version=kommande")
    assert context["version"].number == 1
    assert "börjar gälla" not in page


def test_the_tab_offers_both(town, case, log_in):
    client = log_in(town.acting(case.coach))
    path = f"/arenden/{case.number}/del/plan/"
    assert "version=kommande" not in client.get(path).content.decode()
    next_approved(town, case)
    page = client.get(path).content.decode()
    assert f'href="/arenden/{case.number}/plan/utskrift/"' in page
    assert f'href="/arenden/{case.number}/plan/utskrift/?version=kommande"' in page
