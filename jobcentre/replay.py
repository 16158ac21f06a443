"""Telling the past: while it is replayed (imports, the demo), "now" is when it happened.

Pure: rows and events written inside `happening` carry that time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_happening: ContextVar[datetime | None] = ContextVar("happening", default=None)


@contextmanager
def happening(at: datetime) -> Iterator[None]:
    """What is written inside happened at `at`."""
    token = _happening.set(at)
    try:
        yield
    finally:
        _happening.reset(token)


def is_replaying() -> bool:
    """Whether the past is being told, inside `happening`."""
    return _happening.get() is not None


def moment_now() -> datetime:
    """Now, or the time of what is being told inside `happening`."""
    return _happening.get() or timezone.now()
