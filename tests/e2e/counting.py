"""What a task costs in interactions."""


class Counted:
    """Counts what a person does: a field filled, a choice made, a button pressed."""

    def __init__(self, page):
        self.page, self.done = page, []

    def fill(self, selector: str, text: str) -> None:
        self.page.fill(selector, text)
        self.done.append(f"fill {selector}")

    def choose(self, selector: str, value: str) -> None:
        self.page.select_option(selector, value)
        self.done.append(f"choose {selector}")

    def press(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=name).first.click()
        self.done.append(f"press {name}")

    def follow(self, name: str) -> None:
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=name).first.click()
        self.done.append(f"follow {name}")

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()
        self.done.append(f"tick {label}")

    def within(self, task: str, budget: int) -> None:
        """Print what the task cost, and fail when it was more than the budget."""
        print(f"{task}: {len(self.done)} of {budget}: {', '.join(self.done)}")
        assert len(self.done) <= budget, self.done
