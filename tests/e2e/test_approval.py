"""A plan from the coach to the approver and back, in a real browser: sent, returned with a word beside
the line, changed, approved, then changed again and approved line by line. Each page says what it is."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.e2e.conftest import an_hour_today
from tests.factories import official_number

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.row("J6")]
QUEUE = "/planer/att-ta-stallning/"
NAME = "Ylva Granlund"


def _today() -> date:
    return timezone.localdate()


@pytest.fixture
def number(desk) -> str:
    """A case that reception has just opened, with Karin as coach."""
    reception = desk("per.astrom")
    written = official_number(date(1988, 5, 3))
    reception.fill(q=f"{written[2:8]}-{written[8:]}").send("Hitta")
    given, family = NAME.split()
    reception.fill(given_name=given, family_name=family, phone="070-174 06 33")
    reception.send("Registrera personen")
    reception.choose(source="försörjningsstödsenhet", district="Enskede", track="jobb på sikt")
    reception.page.get_by_label(re.compile("^Karin")).check()
    reception.tick("Försörjningsstöd").fill(
        at=an_hour_today("23:30")
    )  # the walk of a person: 22:30
    reception.send("Öppna ärendet och boka mötet")
    return re.search(r"/arenden/([0-9-]+)/", reception.page.url).group(1)


def test_sent_returned_changed_and_approved_with_the_difference_line_by_line(desk, found, number):
    coach, secretary = desk("karin.lindqvist"), desk("ingela.forsman")
    _send(coach, number)
    _return(secretary)
    _change_and_send_again(coach, number)
    _approve_by_key(secretary)
    assert "version 1 gäller" in coach.go(f"/arenden/{number}/").text()
    _change_what_is_in_force(coach, number)
    _read_the_difference_and_approve(secretary)
    assert "version 2 gäller" in coach.go(f"/arenden/{number}/").text()
    assert found == []


def _send(coach, number) -> None:
    """1. The coach writes the plan and sends it; until it is answered nothing more is written."""
    coach.go(f"/arenden/{number}/plan/skriv/")
    coach.choose(**{"lines-0-service": "Arbetsträning", "lines-0-provider": "Café Bryggan"})
    coach.fill(
        **{
            "lines-0-hours_per_week": "30",
            "lines-0-starts_on": _today().isoformat(),
            "lines-0-ends_before": (_today() + timedelta(days=60)).isoformat(),
            "lines-0-description": "Tränar i kafé.",
            "lines-0-expected_result": "Klarar kassan.",
        }
    )
    coach.fill(
        goal="Arbete i kafé.",
        own_search_hours="10",
        target_reason="Mer planeras efter hand.",
        starts_on=_today().isoformat(),
        ends_before=(_today() + timedelta(days=120)).isoformat(),
    )
    coach.send("Skicka för godkännande")
    assert "väntar på svar" in coach.text()


def _return(secretary) -> None:
    """2. The approver returns it with a word beside the line, not without."""
    secretary.go(QUEUE).follow(NAME)
    assert f"{NAME}, första plan" in secretary.page.inner_text("h1")
    secretary.page.get_by_text("Återsänd eller avslå").click()
    secretary.send("Återsänd till coachen")
    assert "Skriv varför" in secretary.text()
    secretary.page.locator("summary", has_text="Arbetsträning").click()
    secretary.page.get_by_label("Kommentar om Arbetsträning").fill("Skriv vilka dagar.")
    secretary.send("Återsänd till coachen")
    assert f"{NAME}: planen är återsänd till coachen." in secretary.page.inner_text("#messages")
    assert NAME not in secretary.go(QUEUE).text()


def _change_and_send_again(coach, number) -> None:
    """3. The comment stands beside the line where the coach writes; the plan is sent once more."""
    coach.go(f"/arenden/{number}/plan/skriv/")
    assert "Skriv vilka dagar." in coach.text()
    assert coach.page.input_value("#id_lines-0-description") == "Tränar i kafé."
    coach.fill(**{"lines-0-description": "Tränar i kafé måndag till fredag."})
    coach.send("Skicka för godkännande")
    assert "väntar på svar" in coach.text()


def _approve_by_key(secretary) -> None:
    """4. The keys lead to the plan and to the button; Enter gives the answer."""
    secretary.go(QUEUE)
    page = secretary.page
    names = page.locator("main tbody th a").all_inner_texts()
    for _step in range(names.index(NAME) + 1):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == NAME
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "måndag till fredag" in secretary.look().text()
    page.keyboard.press("a")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert f"{NAME}: planen är godkänd." in page.inner_text("#messages")


def _change_what_is_in_force(coach, number) -> None:
    """5. A change asks for its reason; the version in force goes on while the new one waits."""
    coach.go(f"/arenden/{number}/plan/skriv/")
    coach.fill(**{"lines-0-hours_per_week": "20"}).send("Skicka för godkännande")
    text = coach.text()
    assert "Skriv varför planen ändras." in text
    assert coach.page.input_value("#id_lines-0-hours_per_week") == "20"
    coach.fill(change_reason="Orkar mindre än vi trodde.", target_reason="Bygger upp under hösten.")
    coach.send("Skicka för godkännande")
    text = coach.text()
    assert "version 1 gäller" in text.lower()
    assert "väntar på svar" in text


def _read_the_difference_and_approve(secretary) -> None:
    """6. Only what differs, old beside new, with the coach's reason; approved as it was read."""
    secretary.go(QUEUE).follow(NAME)
    page = secretary.page
    assert f"{NAME}, ändring av plan" in page.inner_text("h1")
    assert "Version 1 gäller tills den här är godkänd." in secretary.text()
    assert "Orkar mindre än vi trodde." in secretary.text()
    line = page.locator("article.ei-change", has_text="Arbetsträning")
    assert line.locator("del").all_inner_texts() == ["30"]
    assert line.locator("ins").all_inner_texts() == ["20"]
    assert "Tränar i kafé" not in "".join(
        page.locator("article del, article ins").all_inner_texts()
    )
    with page.expect_navigation():
        page.locator("button[value=approved]").click()
    assert f"{NAME}: planen är godkänd." in page.inner_text("#messages")
