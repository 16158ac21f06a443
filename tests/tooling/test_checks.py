"""Each check of the suite finds the fault that it is there for, planted in a copy of the site."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tooling import suite

WORDING = """
from django.utils.translation import gettext

gettext("Planted")
"""
MODEL = """
class Planted(models.Model):
    class Meta:
        app_label = "casework"
"""
# Check of the suite: a file, and what is added to it.
FAULTS = {
    "ruff": ("jobcentre/views.py", "\nprint(undefined_name)\n"),
    "ruff format": ("jobcentre/views.py", "\nx = {'a':1}\n"),
    "djlint": ("templates/base.html", '\n<img src="x">\n'),
    "import-linter": ("jobcentre/casework/text.py", "\nimport reporting.rules\n"),
    "wordings": ("jobcentre/views.py", WORDING),
    "migrations": ("jobcentre/casework/models/codes.py", MODEL),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The site as git knows it."""
    folder = tmp_path_factory.mktemp("site")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--", ".", ":!tests", ":!docs"],
        cwd=suite.ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for name in filter(None, listed.split("\0")):
        if (suite.ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(suite.ROOT / name, folder / name)
    return folder


def _passes(check: suite.Check, folder: Path) -> bool:
    environment = {**os.environ, "APP_MODE": "test", **check.environment}
    run = subprocess.run(
        check.command, cwd=folder, env=environment, capture_output=True, check=False, timeout=120
    )
    return run.returncode == 0


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(copy, name):
    (check,) = [each for each in suite.checks() if each.name == name]
    file, fault = FAULTS[name]
    whole = (copy / file).read_text()
    assert _passes(check, copy)
    try:
        (copy / file).write_text(whole + fault)
        assert not _passes(check, copy)
    finally:
        (copy / file).write_text(whole)


def test_every_check_has_a_fault():
    """Settings that production refuses are planted one by one in tests/tooling/test_setup.py."""
    assert {check.name for check in suite.checks()} == {*FAULTS, "production settings"}
