"""Addresses of database, broker and mail server turned into what Django and Celery expect."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# All of it together: WAL alone gives more refused writes than Django's defaults do. Append-only
# triggers are bypassed by INSERT OR REPLACE unless recursive_triggers is on.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
    "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;PRAGMA recursive_triggers=ON;"
)


def database(url: str, var: Path) -> dict:
    """Django's DATABASES entry for an address; an empty one means SQLite in `var`."""
    if not url:
        url = f"sqlite:///{var / 'db.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        # sqlite:////absolute/path has the path "//absolute/path".
        path = parts.path[1:] if parts.path.startswith("//") else parts.path
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(path),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "cached_statements": 2000,  # of pages and transitions; Python keeps 128 prepared
                "timeout": 20,
                "init_command": SQLITE_PRAGMAS,
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or ""),
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 15}},
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL starts with {parts.scheme!r}; it must start with postgresql or sqlite."
    )


def mail(url: str, var: Path) -> dict:
    """Django's EMAIL_ settings for an address; an empty one writes mail to files."""
    if not url:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(var / "mail"),
        }
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps"):
        raise ImproperlyConfigured(
            f"EMAIL_URL starts with {parts.scheme!r}; it must start with smtp or smtps."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_TIMEOUT": 20,
    }


def broker(url: str, var: Path) -> dict:
    """Celery's broker settings; an empty address means the filesystem broker in `var`."""
    if url:
        return {
            "CELERY_BROKER_URL": url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": {"visibility_timeout": 900},
        }
    queue, control = var / "queue", var / "queue-control"
    queue.mkdir(parents=True, exist_ok=True)
    control.mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "wholefiles://",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(control),
            "store_processed": False,
            "polling_interval": 0.2,
        },
    }
