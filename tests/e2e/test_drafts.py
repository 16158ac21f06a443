"""Nothing typed is lost: not by a reload, a login that ends, a lost connection or a second tab."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LINE = "[data-draft-line]"


@pytest.fixture
def coach(desk):
    """Karin, and the note form of the first of her cases."""
    karin = desk("karin.lindqvist")
    karin.go("/arenden/")
    number = karin.page.locator("main a[href^='/arenden/2']").first.get_attribute("href")
    karin.note = f"{number}anteckning/"
    return karin


def saved(page):
    expect(page.locator(LINE)).to_have_text(re.compile(r"Utkast sparat \d\d:\d\d"))


def write(page, text: str) -> None:
    page.locator("#id_text").press_sequentially(text)


def test_a_reload_keeps_what_was_typed(coach, found):
    coach.go(coach.note)
    write(coach.page, "Ringde arbetsgivaren.")
    saved(coach.page)
    coach.page.reload()
    assert coach.page.input_value("#id_text") == "Ringde arbetsgivaren."
    assert "har inte skickat" in coach.look().text()
    coach.send("Släng texten")
    assert coach.page.input_value("#id_text") == ""
    assert found == []


def test_a_login_that_ends_keeps_the_page_and_goes_on_after_the_next(coach, site):
    page = coach.go(coach.note).page
    write(page, "Före. ")
    saved(page)
    cookies = [c for c in page.context.cookies() if "csrf" in c["name"].lower()]
    page.context.clear_cookies()
    page.context.add_cookies(cookies)
    write(page, "Efter.")
    expect(page.locator(LINE)).to_contain_text("Du har loggats ut")
    # Sending is held back: the login page would take the text.
    page.get_by_role("button", name="Spara anteckningen").click()
    expect(page.locator(LINE)).to_be_focused()
    with page.context.expect_page() as opened:
        page.locator("[data-draft-login]").click()
    other = opened.value
    other.fill("#id_username", "karin.lindqvist@demo.invalid")
    other.fill("#id_password", "prova-en-ingang")
    other.press("#id_password", "Enter")
    other.wait_for_url(lambda url: "logga-in" not in url)
    with page.expect_navigation():
        page.get_by_role("button", name="Spara anteckningen").click()
    assert "Före. Efter." in page.inner_text("main")


def test_a_lost_connection_loses_and_doubles_nothing(coach):
    page = coach.go(coach.note).page
    page.context.set_offline(True)
    write(page, "Skrivet utan kontakt.")
    expect(page.locator(LINE)).to_contain_text("kunde inte sparas")
    button = page.locator("form[data-draft] button[type=submit]").first
    button.click()  # sending keeps the text first; without a connection it stays on the page
    expect(page.locator(LINE)).to_contain_text("kunde inte sparas")
    assert page.input_value("#id_text") == "Skrivet utan kontakt."
    page.context.set_offline(False)
    with page.expect_navigation():
        button.click()
    page.goto(coach.site.url + coach.note.replace("anteckning/", "tidslinje/"))
    assert page.inner_text("main").count("Skrivet utan kontakt.") == 1


def test_the_second_tab_is_told_and_chooses(coach):
    first = coach.go(coach.note).page
    second = first.context.new_page()
    second.goto(coach.site.url + coach.note)
    write(first, "Första")
    saved(first)
    write(second, "Andra")
    expect(second.locator(LINE)).to_contain_text("annan flik")
    assert second.input_value("#id_text") == "Andra"
    second.get_by_role("button", name="Spara det som står här").click()
    saved(second)
    second.reload()
    assert second.input_value("#id_text") == "Andra"


def test_a_plan_line_half_written_survives(coach):
    coach.go("/nu/")
    coach.go("/planer/")
    number = coach.page.locator("main a[href*='/del/plan/']").last.get_attribute("href")
    page = coach.go(number.replace("/del/plan/", "/plan/skriv/")).page
    last = page.locator("textarea[name$='-description']").last
    last.press_sequentially("Halv rad")
    saved(page)
    page.reload()
    assert "Halv rad" in [
        page.locator("textarea[name$='-description']").nth(i).input_value()
        for i in range(page.locator("textarea[name$='-description']").count())
    ]
