"""A demo municipality on a server of its own, and a browser."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, sync_playwright

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PASSWORD = "prova-en-ingang"


@dataclass
class Site:
    """The address of the running demo, the environment of its processes, and by user the cookie of
    the one who has logged in."""

    url: str
    environment: dict[str, str]
    sessions: dict[str, dict] = field(default_factory=dict)

    def manage(self, *arguments: str) -> None:
        subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            timeout=300,
            stdout=subprocess.DEVNULL,
        )

    def run_jobs(self) -> None:
        """What the worker does when it wakes up."""
        self.manage("shell", "-v", "0", "-c", "import reporting.tasks as t; t.run_waiting_jobs()")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A small demo municipality, served on 127.0.0.1 and stopped afterwards."""
    folder = tmp_path_factory.mktemp("site")
    environment = {
        **os.environ,
        "APP_MODE": "demo",
        "SECRET_KEY": "only-for-the-browser-walk-" + "0123456789abcdefghij" * 2,
        "DATABASE_URL": f"sqlite:///{folder / 'walk.sqlite3'}",
        "REDIS_URL": "",
        "MEDIA_ROOT": str(folder / "media"),
        "LOG_LEVEL": "ERROR",
    }
    running = Site(f"http://127.0.0.1:{_free_port()}", environment)
    if migrated.stored().is_file():
        shutil.copy(migrated.stored(), folder / "walk.sqlite3")
    running.manage("migrate", "-v", "0")
    running.manage("seed_demo", "--cases", "40")
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "gunicorn",
            "jobcentre.wsgi",
            "--bind",
            running.url.removeprefix("http://"),
            "--threads",
            "4",
            "--log-level",
            "error",
            "--no-control-socket",
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        _wait_for(running.url, server)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _attempt in range(150):
        if server.poll() is not None:
            raise RuntimeError("the server stopped at once")
        try:
            with urllib.request.urlopen(f"{url}/halsa/", timeout=2):
                return
        except OSError:  # refused, reset or too slow while it starts
            time.sleep(0.2)
    raise RuntimeError("the server did not answer")


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium without a screen."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=FLAGS,
        )
        yield chromium
        chromium.close()


class Desk:
    """One user at one browser window; every page looked at is checked with axe."""

    def __init__(self, page: Page, site: Site, found: list[str]):
        self.page, self.site, self.found = page, site, found
        page.on("console", self._hear)

    def _hear(self, message) -> None:
        """Errors of the console, but not that a form was refused: status 422 is our answer."""
        if message.type == "error" and "status of 422" not in message.text:
            self.found.append(f"console {self.page.url}: {message.text}")

    def log_in(self, name: str) -> "Desk":
        """By the form the first time, then with the cookie: to check a password takes long."""
        if name in self.site.sessions:
            self.page.context.add_cookies([self.site.sessions[name]])
            self.page.goto(f"{self.site.url}/")
        if name not in self.site.sessions or "logga-in" in self.page.url:
            self._fill_in_the_log_in(name)
        return self.look()

    def _fill_in_the_log_in(self, name: str) -> None:
        self.page.goto(f"{self.site.url}/konto/logga-in/")
        self.page.fill("#id_username", f"{name}@demo.invalid")
        self.page.fill("#id_password", PASSWORD)
        self.page.press("#id_password", "Enter")
        self.page.wait_for_url(lambda url: "logga-in" not in url)
        cookies = {each["name"]: each for each in self.page.context.cookies()}
        self.site.sessions[name] = cookies["sessionid"]

    def go(self, path: str) -> "Desk":
        response = self.page.goto(self.site.url + path)
        assert response.status == 200, (path, response.status)
        return self.look()

    def look(self) -> "Desk":
        """Check the page that is open with axe."""
        self.page.wait_for_load_state()
        for violation in Axe().run(self.page).response["violations"]:
            targets = [node["target"] for node in violation["nodes"]][:3]
            self.found.append(f"axe {self.page.url}: {violation['id']} {targets}")
        return self

    def send(self, button: str) -> "Desk":
        """Press the button with that text, and look at where it leads."""
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("button", name=button, exact=True).first.click()
        return self.look()

    def follow(self, link: str) -> "Desk":
        # The hidden end of a link's name may be read with a space before it.
        name = re.compile(re.escape(link).replace(":", " ?:"))
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return self.look()

    def text(self) -> str:
        return self.page.inner_text("main")

    def fill(self, **values: str) -> "Desk":
        for name, value in values.items():
            self.page.fill(f"#id_{name}", value)
        return self

    def choose(self, **values: str) -> "Desk":
        """Choose in a list by the beginning of the option's text."""
        for name, text in values.items():
            options = self.page.locator(f"#id_{name} option")
            labels = options.all_inner_texts()
            index = next(i for i, label in enumerate(labels) if label.startswith(text))
            self.page.select_option(f"#id_{name}", index=index)
        return self

    def tick(self, *labels: str) -> "Desk":
        for label in labels:
            self.page.get_by_label(label, exact=True).check()
        return self


@pytest.fixture
def found():
    """Accessibility faults and console errors found on the way."""
    return []


@pytest.fixture
def desk(browser, site, found):
    """Opens a window of its own for a user: `desk("per.astrom")`."""
    contexts = []

    def open_for(name: str) -> Desk:
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Desk(context.new_page(), site, found).log_in(name)

    yield open_for
    for context in contexts:
        context.close()


def an_hour_today(at: str) -> str:
    """`at`, an hour of today when no coach of the demo has a meeting. Late in the evening none is
    left to book, and the walk that begins so is left out."""
    if f"{timezone.localtime():%H:%M}" >= at:
        pytest.skip(f"the first meeting is booked today at {at}, and that has been")
    return at
