"""What a provider calls a protected person: an alias, the same as long as the order lives. Nobody at
the provider is shown the name, the number or the address, in no text either."""

import re
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Person
from referrals.models import Order

LETTERS = "ACDEFHJKLMNPQRTUVWXY3479"  # none that is read or heard as another
LENGTH = 5
SHORTEST = 3  # letters of a word of a name that is looked for by itself
_NUMBER = re.compile(r"\b(?:\d{2})?\d{6}[-+ ]?\d{4}\b", re.ASCII)


def code_of(ref: UUID) -> str:
    """The short code by which both sides may speak of an order without a name, as "A7K2M"."""
    left, letters = ref.int, []
    for _position in range(LENGTH):
        left, index = divmod(left, len(LETTERS))
        letters.append(LETTERS[index])
    return "".join(letters)


def alias_of(order: Order) -> str:
    """The name of a protected person at the provider, in the language of the reader."""
    return _("Participant %(code)s") % {"code": code_of(order.ref)}


def name_at_provider(order: Order) -> str:
    """Who the order is about as the provider's staff read it: the name, or the alias."""
    person = order.case.person
    return alias_of(order) if person.is_protected else person.name


def _words(person: Person) -> list[str]:
    """The names of a person and the words of them, the longest first."""
    whole = {person.given_name.strip(), person.family_name.strip()}
    parts = {word for name in whole for word in re.split(r"[\s-]+", name) if len(word) >= SHORTEST}
    return sorted((whole | parts) - {""}, key=lambda word: (-len(word), word))


def _pattern(person: Person) -> re.Pattern | None:
    words = "|".join(re.escape(word) for word in _words(person))
    return (
        re.compile(rf"\b(?:{words})s?\b(?:[\s-]+(?:{words})s?\b)*", re.IGNORECASE)
        if words
        else None
    )


def names(person: Person, text: str) -> bool:
    """Whether the text has a name of the person, or anything that looks like an identity number."""
    pattern = _pattern(person)
    return bool(_NUMBER.search(text) or (pattern and pattern.search(text)))


def without_name(text: str, person: Person, alias: str) -> str:
    """The text with the alias where a name of the person stands, and without numbers and addresses
    by which the person is reached."""
    pattern = _pattern(person)
    if pattern is not None:
        text = pattern.sub(alias, text)
    for known in (person.email, person.phone, person.street):
        if known:
            text = text.replace(known, "–")
    return _NUMBER.sub("–", text)


def cover(order: Order, rows: Iterable[tuple[object, Iterable[str]]]) -> None:
    """Take the name of a protected person out of the texts of rows that are about to be shown to the
    provider: (row, names of its fields). The rows are for this page only and are never saved."""
    person = order.case.person
    if not person.is_protected:
        return
    alias = alias_of(order)
    for row, fields in rows:
        for field in fields:
            setattr(row, field, without_name(getattr(row, field), person, alias))


def refuse_names(order: Order, *texts: str) -> None:
    """Raises Refused when the orderer writes the name of a protected person to the provider."""
    person = order.case.person
    if person.is_protected and any(names(person, text) for text in texts):
        raise Refused(
            _(
                "The text has the person's name or number. The provider knows a protected person "
                "as %(alias)s only; write that instead."
            )
            % {"alias": alias_of(order)}
        )
