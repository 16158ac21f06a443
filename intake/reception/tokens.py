"""The secret in the address of a screen. Pure but for chance."""

import secrets


def new_token() -> str:
    """43 characters of an address, 256 bits of chance: nobody guesses it."""
    return secrets.token_urlsafe(32)
