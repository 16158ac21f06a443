"""What the page about operations says is what the settings read."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from jobcentre.settings.environment import VARIABLES
from tooling.suite import PRODUCTION

ROOT = Path(__file__).resolve().parent.parent.parent


def rows_of_table(text: str) -> list[tuple[str, str, str, str]]:
    found = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    return [
        (name, meaning, default.strip("`"), required) for name, meaning, default, required in found
    ]


def test_every_setting_is_described_as_it_is_read():
    table = rows_of_table((ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    assert table == [
        (
            variable.name,
            variable.meaning,
            variable.default,
            "required" if variable.required_in_production else "",
        )
        for variable in VARIABLES.values()
    ]


def test_the_example_of_production_names_every_required_setting_and_no_unknown_one():
    text = (ROOT / "docs" / "production.env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^([A-Z_]+)=", text, re.MULTILINE))
    required = {name for name, variable in VARIABLES.items() if variable.required_in_production}
    assert required <= named
    assert named - set(VARIABLES) == {"POSTGRES_PASSWORD", "REDIS_PASSWORD"}


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is weak"),
        ("SECRET_KEY", "change-me-change-me-abcdefghijklmnopqrstuvwxyz-0123456789", "is weak"),
        ("SECRET_KEY", "", "SECRET_KEY is missing"),
        ("DATABASE_URL", "", "DATABASE_URL is missing"),
        ("DATABASE_URL", "sqlite:////tmp/site.sqlite3", "must be a PostgreSQL address"),
        ("DATABASE_URL", "postgresql:///", "names a host"),
        ("DATABASE_URL", "postgresql://site@127.0.0.1/site", "DATABASE_URL has no password"),
        ("REDIS_URL", "", "REDIS_URL is missing"),
        ("REDIS_URL", "hello", "names a host"),
        ("REDIS_URL", "redis://127.0.0.1:6379/0", "REDIS_URL has no password"),
        ("EMAIL_URL", "", "EMAIL_URL is missing"),
        ("ALLOWED_HOSTS", "*", "may not contain *"),
        ("ALLOWED_HOSTS", ".se", "every site of a top domain"),
        ("MUNICIPALITY_ACCENT", "#ffff00", "is too pale: 1.1:1 on white"),
        ("BASE_URL", "http://jobb.kommun.example", "must start with https://"),
        ("DEBUG_ERRORS", "1", "must be off in production"),
        ("BASE_URL", "", "BASE_URL is missing"),
        ("MUNICIPALITY_NAME", "", "MUNICIPALITY_NAME is missing"),
        ("MEDIA_ROOT", "", "MEDIA_ROOT is missing"),
        ("LOG_LEVEL", "LOUD", "must be DEBUG, INFO, WARNING, ERROR"),
        (
            "DATABASE_URL",
            "postgresql://ingang:<POSTGRES_PASSWORD>@postgres:5432/ingang",
            "DATABASE_URL still has what stands in the example",
        ),
        ("EMAIL_URL", "smtp://user:password@mail.kommun.example:587", "EMAIL_URL still has"),
        ("DATABASE_URL", "postgresql://u:postgres@127.0.0.1/site", "has a weak password"),
        ("REDIS_URL", "redis://:aaaaaaaaaaaaaaaa@127.0.0.1:6379/0", "has a weak password"),
    ],
)
def test_production_refuses_to_start_without_what_it_needs(name, value, complaint):
    finished = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, **PRODUCTION, name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode != 0
    assert complaint in finished.stderr
