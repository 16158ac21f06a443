"""Which consent covers what. Pure; worked examples in docs/rules.md."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from jobcentre.casework.enums import ConsentPurpose

MAX_RECEIVER = 120  # characters
# Exchanges with somebody outside, which a consent may limit to one of them.
EXCHANGES = (
    ConsentPurpose.AF,
    ConsentPurpose.INCOME_SUPPORT,
    ConsentPurpose.PROVIDERS,
    ConsentPurpose.HEALTH,
    ConsentPurpose.FK,
)
# Whom the person sees in health care says something about their health.
SENSITIVE = frozenset({ConsentPurpose.HEALTH})


class Given(Protocol):
    """A consent as it was given; an empty `receiver` is everybody of the kind."""

    purpose: str
    receiver: str
    given_on: date
    ends_before: date | None
    withdrawn_on: date | None


def same_receiver(one: str, other: str) -> bool:
    """Whether the two names are of the same receiver: spaces and capitals do not count."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())


def is_in_force(consent: Given, on: date) -> bool:
    """Whether it was given by `on`, is not withdrawn and has not run out."""
    return (
        consent.withdrawn_on is None
        and consent.given_on <= on
        and (consent.ends_before is None or consent.ends_before > on)
    )


def covers(consents: Iterable[Given], purpose: str, on: date, *names: str) -> bool:
    """Whether a consent in force on the day lets us exchange with a receiver of that kind who is
    known by any of `names`; one limited to a single receiver covers that one only."""
    return any(
        consent.purpose == purpose
        and is_in_force(consent, on)
        and (
            not consent.receiver
            or any(same_receiver(consent.receiver, name) for name in names if name)
        )
        for consent in consents
    )
