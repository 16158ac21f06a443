"""What somebody had typed when the session ended: carried through the login by the page itself.

Signed, so that nobody else's page can pass for one of ours, and kept nowhere. Files are not carried.
"""

from dataclasses import dataclass

from django.core import signing

SALT = "typed before the login"
MAX_SECONDS = 8 * 60 * 60  # a working day
MAX_LENGTH = 500_000  # characters of all that was typed
NEVER = ("csrfmiddlewaretoken", "password")  # what a field's name may not hold


@dataclass(frozen=True)
class Typed:
    """The address that the form was sent to, and its fields in order."""

    path: str
    fields: list[tuple[str, str]]


def sealed(request) -> str:
    """The fields of a form that was sent without a session; empty when nothing can be carried."""
    if request.resolver_match.namespace == "accounts":
        return ""
    fields = [
        [name, value]
        for name, values in request.POST.lists()
        for value in values
        if not any(word in name for word in NEVER)
    ]
    if not fields or sum(len(name) + len(value) for name, value in fields) > MAX_LENGTH:
        return ""
    return signing.dumps([request.get_full_path(), fields], salt=SALT, compress=True)


def opened(text: str) -> Typed | None:
    """What was sealed; None when it is not ours or too old."""
    try:
        path, fields = signing.loads(text, salt=SALT, max_age=MAX_SECONDS)
    except signing.BadSignature:
        return None
    return Typed(path, [(name, value) for name, value in fields])
