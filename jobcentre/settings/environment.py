"""Every setting that comes from outside, read once and described here.

The table in docs/operations.md is checked against `VARIABLES`. A variable is taken from the
process environment, else from the file `var/local.env` (written by bin/demo and bin/test so that
`manage.py` works afterwards), else from its default.
"""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
LOCAL_FILE = BASE_DIR / "var" / "local.env"


@dataclass(frozen=True)
class Variable:
    """One environment variable: its name, what it means and the value when it is absent, which
    production does not take for one that is required there."""

    name: str
    meaning: str
    default: str = ""
    required_in_production: bool = False


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable(
            "APP_MODE",
            "production, demo (made-up municipality, its users listed on the login page) or test",
            "production",
        ),
        Variable(
            "SECRET_KEY",
            "key that signs sessions and links; at least 50 characters, 20 of them different",
            required_in_production=True,
        ),
        Variable(
            "ALLOWED_HOSTS",
            "host names the site answers to, comma separated; never *",
            required_in_production=True,
        ),
        Variable(
            "DATABASE_URL",
            "postgresql://user:password@host:port/name or sqlite:////path; "
            "absent: the embedded SQLite under var/ (not in production)",
            required_in_production=True,
        ),
        Variable(
            "REDIS_URL",
            "redis://:password@host:port/0 for the task broker and the cache; "
            "absent: the filesystem broker under var/ (not in production)",
            required_in_production=True,
        ),
        Variable(
            "EMAIL_URL",
            "smtp://user:password@host:587 (STARTTLS) or smtps://...:465; "
            "absent: mail is written to files under var/mail (not in production)",
            required_in_production=True,
        ),
        Variable(
            "EMAIL_FROM", "sender of all mail; neutral, never a unit", "no-reply@kommun.invalid"
        ),
        Variable(
            "BASE_URL",
            "address of the site as written in mail; https:// in production",
            "http://127.0.0.1:8000",
            required_in_production=True,
        ),
        Variable(
            "TRUSTED_PROXIES",
            "number of reverse proxies in front whose X-Forwarded headers are believed",
            "0",
        ),
        Variable(
            "MUNICIPALITY_NAME",
            "name shown in the header and on prints",
            "Älvbro kommun",
            required_in_production=True,
        ),
        Variable(
            "MUNICIPALITY_ACCENT",
            "accent colour as #rrggbb, at least 4.5:1 on white",
            "#0f5a6b",
        ),
        Variable(
            "VISIT_NAME_DAYS",
            "days until a visit to the front desk that belongs to no case loses its names",
            "30",
        ),
        Variable(
            "MERGE_UNDO_DAYS",
            "days during which a merge of two registrations of one person can be undone",
            "30",
        ),
        Variable(
            "FIRST_DAY_SINCE",
            "day (YYYY-MM-DD) from which cases are asked for their first day; absent: all of them",
        ),
        Variable("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO"),
        Variable(
            "MEDIA_ROOT",
            "folder of stored documents, outside the web root; absent: under var/ (not in production)",
            required_in_production=True,
        ),
        Variable("DEBUG_ERRORS", "1 shows tracebacks in the browser; refused in production", "0"),
    )
}


def _local_values() -> dict[str, str]:
    if not LOCAL_FILE.is_file():
        return {}
    values = {}
    for line in LOCAL_FILE.read_text(encoding="utf-8").splitlines():
        name, separator, value = line.partition("=")
        if separator and not name.lstrip().startswith("#"):
            values[name.strip()] = value.strip()
    return values


class Environment:
    """The settings of this process. `read` raises ImproperlyConfigured with one clear sentence."""

    def __init__(self, values: dict[str, str] | None = None):
        self._values = {**_local_values(), **os.environ} if values is None else values
        self.mode = self._values.get("APP_MODE") or VARIABLES["APP_MODE"].default
        if self.mode not in ("production", "demo", "test"):
            raise ImproperlyConfigured(
                f"APP_MODE is {self.mode!r}; it must be production, demo or test."
            )

    @property
    def is_production(self) -> bool:
        return self.mode == "production"

    def read(self, name: str) -> str:
        variable = VARIABLES[name]
        given = self._values.get(name, "").strip()
        if not given and self.is_production and variable.required_in_production:
            raise ImproperlyConfigured(
                f"{name} is missing: {variable.meaning}. Production does not start without it; "
                "bin/demo sets up a try-out installation."
            )
        return given or variable.default

    def read_list(self, name: str) -> list[str]:
        return [part.strip() for part in self.read(name).split(",") if part.strip()]

    def read_flag(self, name: str) -> bool:
        return self.read(name).lower() in ("1", "true", "yes", "on")

    def read_day(self, name: str) -> date | None:
        value = self.read(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} is {value!r}; it must be a day, YYYY-MM-DD."
            ) from None

    def read_number(self, name: str) -> int:
        value = self.read(name)
        if not value.isascii() or not value.isdigit():
            raise ImproperlyConfigured(f"{name} is {value!r}; it must be a whole number.")
        return int(value)

    def read_choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.read(name).upper()
        if value not in choices:
            raise ImproperlyConfigured(f"{name} is {value!r}; it must be {', '.join(choices)}.")
        return value
