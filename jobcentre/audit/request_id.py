"""The id of the request being answered, for log lines and audit entries."""

import uuid
from contextvars import ContextVar

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request in this context, or an empty text outside requests."""
    return _current.get()


def begin() -> str:
    """Set and return a new random id; the caller's own header is never trusted."""
    value = uuid.uuid4().hex[:16]
    _current.set(value)
    return value


def end() -> None:
    _current.set("")
