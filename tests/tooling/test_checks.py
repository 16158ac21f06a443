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
# Check of the suite: a file, what is added to it, and what the check says of it.
FAULTS = {
    "ruff": ("jobcentre/views.py", "\nprint(undefined_name)\n", "undefined_name"),
    "ruff format": ("jobcentre/views.py", "\nx = {'a':1}\n", ""),
    "djlint": ("templates/base.html", '\n<img src="x">\n', "H013"),
    "import-linter": (
        "jobcentre/text.py",
        "\nimport reporting.rules\n",
        "text -> reporting",
    ),
    "wordings": ("jobcentre/views.py", WORDING, "Planted"),
    "migrations": ("jobcentre/casework/models/codes.py", MODEL, "Create model Planted"),
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


def _run(check: suite.Check, folder: Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        check.command,
        cwd=folder,
        env={**os.environ, "APP_MODE": "test", **check.environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(copy, name):
    (check,) = [each for each in suite.checks() if each.name == name]
    file, fault, said = FAULTS[name]
    whole = (copy / file).read_text()
    if not said:
        assert _run(check, copy).returncode == 0
    try:
        (copy / file).write_text(whole + fault)
        found = _run(check, copy)
    finally:
        (copy / file).write_text(whole)
    assert found.returncode != 0
    assert said in found.stdout


def test_every_check_has_a_fault():
    """Settings that production refuses are planted one by one in tests/tooling/test_operations.py."""
    assert {check.name for check in suite.checks()} == {*FAULTS, "production settings"}
