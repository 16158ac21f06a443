"""Run every check and test there is, on everything that is installed, and say what ran on what."""

import argparse
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tooling import processes, services

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = Path(sys.executable).parent
PASSED, FAILED, SKIPPED = "passed", "FAILED", "skipped"
NO_TESTS_COLLECTED = 5

# Strong settings of an installation that does not exist, to check the production mode with.
PRODUCTION = {
    "APP_MODE": "production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "jobb.kommun.example",
    "BASE_URL": "https://jobb.kommun.example",
    "DATABASE_URL": f"postgresql://site:{secrets.token_urlsafe(20)}@127.0.0.1:5432/site",
    "REDIS_URL": f"redis://:{secrets.token_urlsafe(20)}@127.0.0.1:6379/0",
    "EMAIL_URL": f"smtp://site:{secrets.token_urlsafe(20)}@127.0.0.1:587",
    "MUNICIPALITY_NAME": "Någons kommun",
    "MEDIA_ROOT": "/srv/media",
    "EMAIL_FROM": "no-reply@kommun.example",
    "TRUSTED_PROXIES": "1",
}


@dataclass(frozen=True)
class Check:
    """A program that passes by exit code 0. `environment` is added to the process's own."""

    name: str
    command: Sequence[str | Path]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What became of one part. `detail` is counts, or why it was skipped; `seconds` is wall time."""

    name: str
    state: str
    detail: str = ""
    seconds: float = 0.0


def checks() -> list[Check]:
    python, test_mode = sys.executable, {"APP_MODE": "test"}
    return [
        Check("ruff", (python, "-m", "ruff", "check", ".")),
        Check("ruff format", (python, "-m", "ruff", "format", "--check", "--quiet", ".")),
        Check("djlint", (PROGRAMS / "djlint", "templates", "--lint", "--quiet")),
        Check("import-linter", (PROGRAMS / "lint-imports", "--no-cache")),
        Check("wordings", (python, "bin/messages", "--check")),
        Check(
            "migrations", (python, "manage.py", "makemigrations", "--check", "--dry-run"), test_mode
        ),
        Check(
            "production settings",
            (python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"),
            PRODUCTION,
        ),
    ]


def run_check(check: Check) -> Result:
    """Run one check; its output is shown only when it fails."""
    print(f"--- {check.name}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryFile() as output:
        code = processes.run(
            check.command,
            cwd=ROOT,
            env={**os.environ, **check.environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        if code:
            output.seek(0)
            print(output.read().decode(errors="replace").rstrip(), flush=True)
    return Result(check.name, FAILED if code else PASSED, seconds=time.monotonic() - started)


def counts(report: Path) -> str:
    """The numbers of a JUnit report in words, with the reason of every skipped test."""
    if not report.is_file():
        return "no report"
    total = failed = skipped = 0
    reasons: dict[str, int] = {}
    for suite in ET.parse(report).getroot().iter("testsuite"):
        total += int(suite.get("tests", 0))
        failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped += int(suite.get("skipped", 0))
        for case in suite.iter("skipped"):
            reason = case.get("message", "no reason given")
            reasons[reason] = reasons.get(reason, 0) + 1
    words = f"{total} tests"
    if failed:
        words += f", {failed} failed"
    if skipped:
        told = "; ".join(f"{number} x {reason}" for reason, number in sorted(reasons.items()))
        words += f", {skipped} skipped ({told})"
    return words


def run_pytest(
    name: str, words: Sequence[str], environment: dict[str, str], *, narrowed: bool = False
) -> Result:
    """Run pytest once. With `narrowed`, finding no test to run is no failure."""
    print(f"--- {name}", flush=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="jobcentre-report-") as folder:
        report = Path(folder) / "report.xml"
        code = processes.run(
            [sys.executable, "-m", "pytest", f"--junitxml={report}", *words],
            sign=signal.SIGINT,
            cwd=ROOT,
            env={**os.environ, "APP_MODE": "test", **environment},
        )
        detail = counts(report)
    passed = code == 0 or (narrowed and code == NO_TESTS_COLLECTED)
    return Result(name, PASSED if passed else FAILED, detail, time.monotonic() - started)


class Suite:
    """One run of everything. `required` makes what is not installed a failure; `wide` runs what
    walks every address on both databases, and looks at every page on a narrow screen too."""

    def __init__(
        self, *, fast: bool, required: bool, pytest_words: Sequence[str], wide: bool = False
    ):
        self.fast = fast
        self.wide = wide
        self.required = required
        self.pytest_words = list(pytest_words)
        self.results: list[Result] = []

    @property
    def passed(self) -> bool:
        return bool(self.results) and all(result.state != FAILED for result in self.results)

    def missing(self, name: str, reason: object) -> None:
        self.results.append(Result(name, FAILED if self.required else SKIPPED, str(reason)))

    def run(self) -> None:
        for check in checks():
            self.results.append(run_check(check))
        self.on_sqlite()
        if self.fast:
            for name in ("tests on PostgreSQL and Redis", "browser tests"):
                self.missing(name, "left out by --fast")
            return
        self.guarded("tests on PostgreSQL and Redis", self.on_postgresql)
        self.guarded("browser tests", self.in_browser)

    def guarded(self, name: str, part: Callable[[], None]) -> None:
        try:
            part()
        except services.Unavailable as reason:
            self.missing(name, reason)
        except services.Broken as reason:
            self.results.append(Result(name, FAILED, str(reason)))

    def pytest(self, name: str, words: Sequence[str], environment: dict[str, str]) -> None:
        self.results.append(
            run_pytest(
                name,
                [*words, *self.pytest_words],
                environment,
                narrowed=bool(self.pytest_words),
            )
        )

    def workers(self) -> list[str]:
        return ["-n", str(max(2, min(8, os.cpu_count() or 2)))]

    def on_sqlite(self) -> None:
        words = self.workers()
        if not self.fast and not self.wide and services.has_postgresql():
            # The walks over every address and list are half of the time, and ask the same of both
            # databases: they run on the one that is used for real.
            words += ["-m", "not browser and not wide"]
        self.pytest("tests on SQLite", words, {"DATABASE_URL": "", "REDIS_URL": ""})

    def on_postgresql(self) -> None:
        with ExitStack() as stack:
            database = stack.enter_context(services.postgresql())
            name = f"tests on PostgreSQL {services.version_of(services.postgresql_folder() / 'postgres')}"
            try:
                broker = stack.enter_context(services.redis())
                name += " and Redis"
            except services.Unavailable as reason:
                self.missing("Redis", reason)
                broker = ""
            words = self.workers()
            if not self.wide:
                words += ["-m", "not browser and not no_database"]
            self.pytest(name, words, {"DATABASE_URL": database, "REDIS_URL": broker})

    def in_browser(self) -> None:
        name = f"browser tests, Chromium {services.version_of(services.chromium())}"
        marked = "browser" if self.wide else "browser and not wide"
        # Each worker has a demo of its own; the tests of a file follow one another in one of them.
        words = [*self.workers(), "--dist", "loadfile", "-m", marked]
        self.pytest(name, words, {"DATABASE_URL": "", "REDIS_URL": ""})


def summary(results: Sequence[Result], seconds: float) -> str:
    """The last lines: each part with its outcome, what it counted or why it did not run, its time."""
    width = max((len(result.name) for result in results), default=0)
    lines = ["", "What ran on what"]
    lines += [
        f"  {result.name:<{width}}  {result.state:<7}  {result.seconds:6.1f} s  {result.detail}".rstrip()
        for result in results
    ]
    failed = [result.name for result in results if result.state == FAILED]
    skipped = [result.name for result in results if result.state == SKIPPED]
    verdict = f"Failed: {', '.join(failed)}" if failed else "Everything that ran passed"
    if skipped:
        verdict += f"; not run: {', '.join(skipped)}"
    lines.append(f"{verdict}. {seconds:.0f} s in all.")
    return "\n".join(lines)


def main(words: Sequence[str] | None = None) -> int:
    words = list(sys.argv[1:] if words is None else words)
    own, pytest_words = words, []
    if "--" in words:
        cut = words.index("--")
        own, pytest_words = words[:cut], words[cut + 1 :]
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description=__doc__,
        usage="bin/test [--fast | --wide] [-- pytest arguments]",
        epilog="REQUIRE_ALL=1 makes PostgreSQL, Redis and Chromium required instead of optional.",
    )
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--fast", action="store_true", help="only SQLite, and no browser")
    size.add_argument(
        "--wide",
        action="store_true",
        help="every walk on both databases, and every page on a narrow screen; about twice as long",
    )
    chosen = parser.parse_args(own)
    required = os.environ.get("REQUIRE_ALL", "") not in ("", "0")
    processes.interrupt_on_signals()
    suite = Suite(fast=chosen.fast, wide=chosen.wide, required=required, pytest_words=pytest_words)
    started = time.monotonic()
    try:
        suite.run()
    except KeyboardInterrupt:
        suite.results.append(Result("interrupted", FAILED))
    print(summary(suite.results, time.monotonic() - started), flush=True)
    return 0 if suite.passed else 1


if __name__ == "__main__":
    sys.exit(main())
