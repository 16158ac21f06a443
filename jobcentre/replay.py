"""Telling the past: while it is replayed (imports, the demo), "now" is when it happened.

Pure: rows and events written inside `happening` carry that time. Inside `unchanging` what the
municipality has decided is read once.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import timezone

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

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


# --- what stands still ---------------------------------------------------------------------------
_known: ContextVar[dict | None] = ContextVar("known", default=None)


@contextmanager
def unchanging() -> Iterator[None]:
    """Nobody decides anything for the municipality inside: `decided` is asked once for all."""
    token = _known.set({})
    try:
        yield
    finally:
        _known.reset(token)


def decided(read: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """For a function that reads what the municipality has decided (closed days, hours, texts).

    Inside `unchanging` it gives for the same arguments what it gave before; else it reads anew.
    """

    @wraps(read)
    def known(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        memory = _known.get()
        if memory is None:
            return read(*args, **kwargs)
        key = (read, args, tuple(kwargs.items()))
        if key not in memory:
            memory[key] = read(*args, **kwargs)
        return memory[key]

    return known
