"""What production does not start with, though it is there: addresses without a password, hosts that
are half the internet, keys that somebody forgot to choose, an accent that nobody can read."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

_KEPT_KEYS = re.compile(
    r"only-for-|change.?me|example|default|secret|insecure|password", re.IGNORECASE
)
_LENGTH, _DIFFERENT = 12, 6  # of a password that only machines type
_READABLE = 4.5  # WCAG 2.2, 1.4.3: text on white


def check_secret(key: str) -> None:
    """Raises ImproperlyConfigured when the key is short, monotonous or one that was never chosen."""
    if len(key) < 50 or len(set(key)) < 20 or _KEPT_KEYS.search(key):
        raise ImproperlyConfigured(
            "SECRET_KEY is weak: it must have at least 50 characters, 20 of them different, and be "
            "made for this installation; docs/operations.md has the command."
        )


def check_hosts(hosts: Iterable[str]) -> None:
    """Raises ImproperlyConfigured for what stands for more than the site's own hosts."""
    for host in hosts:
        if "*" in host:
            raise ImproperlyConfigured(
                "ALLOWED_HOSTS may not contain *: name the hosts of the site."
            )
        if host.startswith(".") and "." not in host.strip("."):
            raise ImproperlyConfigured(
                f"ALLOWED_HOSTS may not contain {host}: that is every site of a top domain."
            )


def check_address(name: str, address: str, schemes: tuple[str, ...]) -> None:
    """Raises ImproperlyConfigured for an address of another kind, or without host or password."""
    parts = urlsplit(address)
    if parts.scheme not in schemes or not parts.hostname:
        raise ImproperlyConfigured(
            f"{name} must be an address that begins with {schemes[0]}:// and names a host."
        )
    if not parts.password:
        raise ImproperlyConfigured(f"{name} has no password: whoever reaches the host gets in.")
    check_placeholders(name, address)
    if len(parts.password) < _LENGTH or len(set(parts.password)) < _DIFFERENT:
        raise ImproperlyConfigured(
            f"{name} has a weak password: at least {_LENGTH} characters, {_DIFFERENT} of them "
            "different; docs/operations.md has a command that makes one."
        )


def check_placeholders(name: str, address: str) -> None:
    """Raises ImproperlyConfigured for an address as the example has it, with nothing filled in."""
    if re.search(r"[<>]|user:password@", address):
        raise ImproperlyConfigured(f"{name} still has what stands in the example: fill it in.")


def check_accent(colour: str) -> None:
    """Raises ImproperlyConfigured when `colour` (#rrggbb) cannot be read on white."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ImproperlyConfigured("MUNICIPALITY_ACCENT must be a colour written #rrggbb.")
    contrast = 1.05 / (_luminance(colour) + 0.05)
    if contrast < _READABLE:
        raise ImproperlyConfigured(
            f"MUNICIPALITY_ACCENT {colour} is too pale: {contrast:.1f}:1 on white, at least 4.5:1."
        )


def _luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2, from 0 (black) to 1 (white)."""
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
