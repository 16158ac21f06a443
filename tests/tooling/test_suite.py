"""The test command tells the truth: what ran, what did not, and a failure is a failure."""

import os
import sys
from pathlib import Path

import pytest

from tooling import services, suite
from tooling.suite import FAILED, PASSED, SKIPPED, Check, Result, Suite


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A folder of tests of its own, apart from the site."""
    (tmp_path / "pyproject.toml").write_text(
        "[tool.pytest.ini_options]\naddopts = '-p no:django'\n"
    )
    monkeypatch.setattr(suite, "ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def nothing_installed(monkeypatch):
    def unavailable():
        raise services.Unavailable("it is not installed")

    for name in ("postgresql", "chromium"):
        monkeypatch.setattr(services, name, unavailable)
    monkeypatch.setattr(suite, "checks", list)
    monkeypatch.setattr(
        suite,
        "run_pytest",
        lambda name, words, environment, narrowed: Result(name, PASSED, "1 tests"),
    )


def test_a_failing_test_fails_the_run(project):
    (project / "test_one.py").write_text("def test_right(): pass\ndef test_wrong(): assert 0\n")
    result = suite.run_pytest("tests", ["-q"], {})
    assert (result.state, result.detail) == (FAILED, "2 tests, 1 failed")


def test_skipped_tests_are_counted_with_their_reasons(project):
    (project / "test_one.py").write_text(
        "import pytest\ndef test_right(): pass\ndef test_left(): pytest.skip('no moon')\n"
    )
    result = suite.run_pytest("tests", ["-q"], {})
    assert (result.state, result.detail) == (PASSED, "2 tests, 1 skipped (1 x no moon)")


def test_no_tests_at_all_is_a_failure_unless_somebody_narrowed_them(project):
    (project / "test_one.py").write_text("def test_right(): pass\n")
    assert suite.run_pytest("tests", ["-q", "-k", "nothing"], {}).state == FAILED
    assert suite.run_pytest("tests", ["-q", "-k", "nothing"], {}, narrowed=True).state == PASSED


def test_a_broken_test_file_is_a_failure(project):
    (project / "test_one.py").write_text("import no_such_module\n")
    assert suite.run_pytest("tests", ["-q"], {}).state == FAILED


def test_a_check_passes_by_its_exit_code(capfd):
    good = Check("good", (sys.executable, "-c", "print('fine')"))
    bad = Check(
        "bad", (sys.executable, "-c", "import os; print(os.environ['WHY']); raise SystemExit(1)")
    )
    assert suite.run_check(good).state == PASSED
    assert suite.run_check(Check("bad", bad.command, {"WHY": "the reason"})).state == FAILED
    told = capfd.readouterr().out
    assert "the reason" in told
    assert "fine" not in told


def test_what_is_not_installed_is_skipped_with_the_reason(nothing_installed):
    whole = Suite(fast=False, required=False, pytest_words=[])
    whole.run()
    assert whole.passed
    assert [(result.name, result.state, result.detail) for result in whole.results[1:]] == [
        ("tests on PostgreSQL and Redis", SKIPPED, "it is not installed"),
        ("browser tests", SKIPPED, "it is not installed"),
    ]


def test_what_is_not_installed_fails_when_everything_is_required(nothing_installed):
    whole = Suite(fast=False, required=True, pytest_words=[])
    whole.run()
    assert not whole.passed
    assert [result.state for result in whole.results] == [PASSED, FAILED, FAILED]


def test_a_service_that_does_not_start_is_a_failure(nothing_installed, monkeypatch):
    def broken():
        raise services.Broken("initdb failed: no space")

    monkeypatch.setattr(services, "postgresql", broken)
    whole = Suite(fast=False, required=False, pytest_words=[])
    whole.run()
    assert not whole.passed
    assert whole.results[1].detail == "initdb failed: no space"


def test_a_run_of_nothing_has_not_passed():
    assert not Suite(fast=False, required=False, pytest_words=[]).passed


def test_arguments_after_two_dashes_go_to_pytest(nothing_installed, monkeypatch):
    seen = []

    def run_pytest(name, words, environment, narrowed):
        seen.append((words[-2:], narrowed))
        return Result(name, PASSED)

    monkeypatch.setattr(suite, "run_pytest", run_pytest)
    monkeypatch.setattr(suite.processes, "interrupt_on_signals", lambda: None)
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    assert suite.main(["--fast", "--", "-k", "clock"]) == 0
    assert seen == [(["-k", "clock"], True)]


@pytest.mark.parametrize(
    ("installed", "size", "left_out"),
    [
        (True, {}, True),
        (True, {"fast": True}, False),
        (True, {"wide": True}, False),
        (False, {}, False),
    ],
)
def test_the_wide_walks_run_once_on_the_real_database_when_it_is_there(
    nothing_installed, monkeypatch, installed, size, left_out
):
    asked = []
    monkeypatch.setattr(services, "has_postgresql", lambda: installed)
    monkeypatch.setattr(
        suite,
        "run_pytest",
        lambda name, words, environment, narrowed: asked.append(words) or Result(name, PASSED, ""),
    )
    Suite(**{"fast": False, **size}, required=False, pytest_words=[]).on_sqlite()
    assert ("not browser and not wide" in asked[0]) is left_out


def test_the_last_lines_say_what_ran_on_what():
    told = suite.summary(
        [
            Result("ruff", PASSED, seconds=0.4),
            Result("tests on SQLite", FAILED, "12 tests, 1 failed", 70.25),
            Result("browser tests", SKIPPED, "Chromium is not installed"),
        ],
        81.6,
    )
    assert told.splitlines()[1:] == [
        "What ran on what",
        "  ruff             passed      0.4 s",
        "  tests on SQLite  FAILED     70.2 s  12 tests, 1 failed",
        "  browser tests    skipped     0.0 s  Chromium is not installed",
        "Failed: tests on SQLite; not run: browser tests. 82 s in all.",
    ]


def test_missing_programs_are_unavailable_not_broken(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(services.Unavailable, match="Chromium"):
        services.chromium()
    monkeypatch.setattr(services.os, "access", lambda path, mode: False)
    with pytest.raises(services.Unavailable, match="PostgreSQL"):
        services.postgresql_folder()
    monkeypatch.setattr(services.shutil, "which", lambda name, path=None: None)
    with pytest.raises(services.Unavailable, match="Redis"), services.redis():
        pass


def test_tests_run_in_test_mode_whatever_the_machine_says():
    assert os.environ["APP_MODE"] == "test"
    lines = Path(suite.ROOT / "var" / "local.env")
    names = (
        [line.partition("=")[0] for line in lines.read_text().splitlines()]
        if lines.exists()
        else []
    )
    assert [name for name in names if name not in os.environ] == []
