"""What a column is by its heading, and what a row says: pure functions on values."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from intake.enums import PassingGround
from intake.lists.enums import OF_PERSONS, Column
from jobcentre.casework.enums import Source
from jobcentre.casework.identity import Identity, IdentityError, parse_identity
from jobcentre.text import is_phone, search_text

# Headings as they are met, folded: Swedish first, then English.
HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.NAME: ("namn", "hela namnet", "fullständigt namn", "deltagare", "name", "full name"),
    Column.GIVEN_NAME: ("förnamn", "tilltalsnamn", "fornamn", "given name", "first name"),
    Column.FAMILY_NAME: ("efternamn", "familjenamn", "family name", "last name", "surname"),
    Column.NUMBER: (
        "personnummer", "personnr", "pnr", "pers nr", "samordningsnummer", "identitetsnummer",
        "person id", "identity number", "personal number",
    ),
    Column.BIRTH_DATE: (
        "född", "födelsedatum", "födelsedag", "birth date", "date of birth", "born",
    ),
    Column.PHONE: ("telefon", "telefonnummer", "tel", "mobil", "mobilnummer", "phone", "mobile"),
    Column.EMAIL: ("e post", "epost", "mejl", "mail", "e postadress", "e mail", "email"),
    Column.LANGUAGE: ("språk", "modersmål", "förstaspråk", "language", "first language"),
    Column.INTERPRETER: ("tolk", "tolkspråk", "behöver tolk", "interpreter", "interpreter in"),
    Column.DISTRICT: ("stadsdel", "område", "distrikt", "district", "area"),
    Column.SOURCE: ("källa", "remitterad av", "inremitterad av", "avsändare", "source", "referred by"),
    Column.GROUND: ("grund", "orsak", "anledning", "remissgrund", "ground", "reason", "grounds"),
    Column.STREET: ("adress", "gatuadress", "gata", "utdelningsadress", "street", "address"),
    Column.POSTCODE: ("postnummer", "postnr", "postcode"),
    Column.CITY: ("postort", "ort", "post town", "city"),
    Column.LEFT_ON: (
        "slutade", "slutat", "avbrott", "avbrottsdatum", "avgång", "avgångsdatum", "slutdatum",
        "lämnade skolan", "slutade skolan", "left school", "left the school on",
    ),
    Column.SCHOOL: ("skola", "skolenhet", "senaste skola", "gymnasieskola", "school"),
    Column.GUARDIAN: ("vårdnadshavare", "guardian"),
}  # fmt: skip
SOURCES: dict[Source, tuple[str, ...]] = {
    Source.INCOME_SUPPORT: (
        "income support", "försörjningsstöd", "försörjningsstödsenhet", "ekonomiskt bistånd",
        "socialtjänst", "socialtjänsten", "soc", "income support unit",
    ),
    Source.AF: ("af", "arbetsförmedlingen", "public employment service"),
    Source.KAA: ("kaa", "aktivitetsansvar", "kommunala aktivitetsansvaret"),
    Source.PROJECT: ("projekt", "project"),
    Source.OWN: ("egen", "eget initiativ", "own", "own initiative", "själv"),
}  # fmt: skip


GROUNDS: dict[PassingGround, tuple[str, ...]] = {
    PassingGround.CONSENT: ("samtycke", "samtycker", "consents"),
    PassingGround.ACTIVITY: (
        "aktivitet", "aktivitetskrav", "krav på aktivitet", "socialtjänstlagen", "sol", "activity",
    ),
    PassingGround.REQUEST: ("egen begäran", "eget önskemål", "begäran", "own request"),
}  # fmt: skip


Item = TypeVar("Item")


def parts_of(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in order, at most `size` at a time."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


@lru_cache(maxsize=2_000)
def plain(text: str) -> str:
    """A heading without capitals, signs and double spaces."""
    return " ".join(re.sub(r"[^\wåäö]+|_", " ", search_text(text)).split())


def guessed(headings: Sequence[str], columns: Sequence[Column] = OF_PERSONS) -> dict[str, str]:
    """{column: heading} of `columns`: the first heading that names it, whole before in part; each
    used once."""
    found: dict[str, str] = {}
    left = {plain(heading): heading for heading in reversed(headings)}
    for is_whole in (True, False):
        for column, words in HEADINGS.items():
            if column in found or column not in columns:
                continue
            for key in sorted(left, key=list(map(plain, headings)).index):
                fits = key in words if is_whole else any(key.startswith(f"{w} ") for w in words)
                if fits:
                    found[column] = left.pop(key)
                    break
    if Column.GIVEN_NAME in found:
        found.pop(Column.NAME, None)
    return {str(column): heading for column, heading in found.items()}


def source_of(text: str) -> str | None:
    """The source that a cell names; None when it names none that we know."""
    key = plain(text)
    for source, words in SOURCES.items():
        if key == plain(source.value) or key in words or key == plain(str(source.label)):
            return source.value
    return None


def ground_of(text: str) -> str | None:
    """The ground for passing information on that a cell names; None when it names none."""
    key = plain(text)
    for ground, words in GROUNDS.items():
        if key == plain(ground.value) or key in words or key == plain(str(ground.label)):
            return ground.value
    return None


@dataclass(frozen=True)
class RowFacts:
    """A row understood: the person's fields, the number, and what the referral says. `problems` are
    sentences; a row with one is registered not at all."""

    fields: dict[str, Any]
    identity: Identity | None
    district: str = ""
    source: str = ""
    ground: str = ""
    problems: list[str] = field(default_factory=list)


LENGTHS = {
    "given_name": 200, "family_name": 200, "phone": 30, "email": 254,
    "first_language": 60, "interpreter_language": 60,
}  # fmt: skip
EARLIEST_BIRTH = 1900  # before that a year is a mistake
_NONE_WORDS = {"nej", "no", "ingen", "none", "-", "–", "0"}
_YES_WORDS = {"ja", "yes", "x", "1"}


def understood(values: Mapping[str, str], today, *, english: bool = False) -> RowFacts:
    """What the cells of a row say; `values` by Column. `english`: the language of the sentences."""
    value = {key: text.strip() for key, text in values.items()}
    problems: list[str] = []
    given, family = value.get(Column.GIVEN_NAME, ""), value.get(Column.FAMILY_NAME, "")
    if not given and value.get(Column.NAME):
        given, family = parted_name(value[Column.NAME])
    if not given:
        problems.append(_("The given name is missing."))
    fields = {
        "given_name": given,
        "family_name": family,
        "phone": value.get(Column.PHONE, ""),
        "email": value.get(Column.EMAIL, ""),
        "first_language": value.get(Column.LANGUAGE, ""),
        "interpreter_language": _interpreter(value),
    }
    if fields["email"]:
        try:
            validate_email(fields["email"])
        except ValidationError:
            problems.append(_("The e-mail address cannot be right."))
    if fields["phone"] and not is_phone(fields["phone"]):
        problems.append(_("The phone number cannot be right."))
    for name, longest in LENGTHS.items():
        if len(fields[name]) > longest:
            problems.append(
                _("%(what)s has more than %(n)d characters.")
                % {"what": str(_LABELS[name].label).capitalize(), "n": longest}
            )
    identity, wrong = _identity(value, today, english)
    born, unlike = _birth_date(value, identity, today)
    if born is not None:
        fields["birth_date"] = born
    source = source_of(value.get(Column.SOURCE, "")) or ""
    ground = ground_of(value.get(Column.GROUND, "")) or ""
    problems += wrong + unlike
    if value.get(Column.SOURCE) and not source:
        problems.append(
            _("Nobody refers who is called %(name)s.") % {"name": value[Column.SOURCE][:60]}
        )
    if value.get(Column.GROUND) and not ground:
        problems.append(
            _("There is no such ground for passing information on: %(name)s.")
            % {"name": value[Column.GROUND][:60]}
        )
    return RowFacts(fields, identity, value.get(Column.DISTRICT, ""), source, ground, problems)


def _identity(value: Mapping[str, str], today, english: bool) -> tuple[Identity | None, list[str]]:
    """The number of the row, if any, and what is wrong with it."""
    if not value.get(Column.NUMBER):
        return None, []
    try:
        return parse_identity(value[Column.NUMBER], today), []
    except IdentityError as error:
        return None, [error.message_en if english else error.message_sv]


def _birth_date(
    value: Mapping[str, str], identity: Identity | None, today: date
) -> tuple[date | None, list[str]]:
    """The birth date of the row, if any, and what is wrong with it: it is no day that has been, or
    the number says another."""
    written = value.get(Column.BIRTH_DATE, "")
    if not written:
        return None, []
    born = day_of(written)
    if born is None:
        told = _("The birth date cannot be read: %(day)s. Write it as 1990-03-14.")
        return None, [told % {"day": written[:40]}]
    if born > today:
        return None, [_("The birth date is in the future.")]
    if born.year < EARLIEST_BIRTH:
        return None, [_("The birth date cannot be right: %(day)s.") % {"day": written[:40]}]
    if identity is not None and identity.birth_date != born:
        return None, [_("The number says another birth date. Correct one of them.")]
    return born, []


def day_of(text: str) -> date | None:
    """The day of 2026-06-12 or 20260612; None when it is none."""
    if not re.fullmatch(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


_LABELS = {
    "given_name": Column.GIVEN_NAME,
    "family_name": Column.FAMILY_NAME,
    "phone": Column.PHONE,
    "email": Column.EMAIL,
    "first_language": Column.LANGUAGE,
    "interpreter_language": Column.INTERPRETER,
}


def _interpreter(value: Mapping[str, str]) -> str:
    """The interpreter's language: "ja" means the first language, "nej" none."""
    written = value.get(Column.INTERPRETER, "")
    if written.casefold() in _NONE_WORDS:
        return ""
    if written.casefold() in _YES_WORDS:
        return value.get(Column.LANGUAGE, "")
    return written


def parted_name(name: str) -> tuple[str, str]:
    """(given, family) of a whole name: "Åberg, Eva" and "Eva Maria Åberg"."""
    family, comma, given = name.partition(",")
    if comma:
        return given.strip(), family.strip()
    words = name.split()
    return (" ".join(words[:-1]), words[-1]) if len(words) > 1 else (name, "")
