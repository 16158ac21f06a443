"""What the browser may run and load on our pages: our own files, and nothing written into a page."""

import re

import pytest
from django.urls import reverse

NONCE = re.compile(r"'nonce-[\w+/=-]{16,}'")
pytestmark = [pytest.mark.django_db, pytest.mark.row("T5")]


def _policy(client, address: str) -> dict[str, list[str]]:
    header = client.get(address).headers["Content-Security-Policy"]
    parts = (part.split() for part in header.split(";") if part.strip())
    return {name: sources for name, *sources in parts}


def test_nothing_is_run_that_is_not_ours(client):
    policy = _policy(client, reverse("accounts:login"))
    for name in ("default-src", "object-src", "frame-ancestors", "base-uri"):
        assert policy.pop(name) == ["'none'"]
    assert policy.pop("img-src") == ["'self'", "data:"]
    # A nonce stands there only for a page that has used it.
    scripts = policy.pop("script-src")
    assert [each for each in scripts if not NONCE.fullmatch(each)] == ["'self'"]
    assert set(map(tuple, policy.values())) == {("'self'",)}
    assert {"style-src", "connect-src", "form-action"} <= set(policy)
