"""Through the queue of the approver: how little a clean approval takes, by mouse and by keys."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.row("J6")]
QUEUE = "/planer/att-ta-stallning/"


class Counted:
    """A page whose clicks and keys are counted: each press is one interaction."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, locator) -> None:
        self.count += 1
        with self.page.expect_navigation():
            locator.click()

    def press(self, key: str, *, leads_on: bool = False) -> None:
        self.count += 1
        if not leads_on:
            self.page.keyboard.press(key)
            return
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


def waiting(desk) -> list[str]:
    desk.go(QUEUE)
    return desk.page.locator("main tbody th a").all_inner_texts()


def test_keys_lead_through_the_queue_and_never_answer_by_themselves(desk, found):
    secretary = desk("ingela.forsman")
    first, second, *_rest = before = waiting(secretary)
    assert "piltangenter" in secretary.text()
    page, counted = secretary.page, Counted(secretary.page)
    counted.press("j")
    counted.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == second
    counted.press("ArrowUp")
    counted.press("Enter", leads_on=True)
    assert first in page.inner_text("h1")
    counted.press("a")
    assert page.evaluate("document.activeElement.value") == "approved"
    assert waiting(secretary) == before  # a key alone has answered nothing
    secretary.follow(first)
    counted.press("n", leads_on=True)
    assert second in page.inner_text("h1")
    counted.press("a")
    counted.press("Enter", leads_on=True)
    assert second not in waiting(secretary)
    assert found == []


def test_a_clean_approval_takes_two_clicks_from_the_queue(desk, found):
    secretary = desk("ingela.forsman")
    first, *others = waiting(secretary)
    counted = Counted(secretary.page)
    counted.click(secretary.page.get_by_role("link", name=first, exact=True).first)
    counted.click(secretary.page.locator("button[value=approved]"))
    assert counted.count <= 3
    assert not others or others[0] in secretary.page.inner_text("h1")
    assert waiting(secretary) == others
    assert found == []
