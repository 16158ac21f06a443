"""Swedish identity numbers: personal, coordination and reserve numbers. Pure.

Sources: folkbokföringslag (1991:481) 18 §, lag (2022:1697) 2 kap. 8 § (coordination numbers: the
day plus 60), the modulus-10 check digit; reserve numbers are a local form (880209-T050) without
check digit. Birth date and sex read from a number are proposals that staff can correct.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from jobcentre.text import with_hyphens

MAX_WRITTEN = 40
_ISO = re.compile(r"(\d{4}|\d{2})-(\d{2})-(\d{2})(?=[-+]?[0-9T]\d{3}$)", re.ASCII)
_FORM = re.compile(r"(\d{2})?(\d{2})(\d{2})(\d{2})([-+]?)([0-9T])(\d{3})", re.ASCII)


class IdentityKind(StrEnum):
    PERSONNUMMER = "personnummer"
    SAMORDNINGSNUMMER = "samordningsnummer"
    RESERVE = "reserve"


class IdentityError(ValueError):
    """What is wrong with a written number, in both languages; `str()` is Swedish."""

    def __init__(self, code: str, message_sv: str, message_en: str):
        super().__init__(message_sv)
        self.code = code
        self.message_sv = message_sv
        self.message_en = message_en


def mask(number: str) -> str:
    """A stored number of twelve characters as lists show it: the last four are hidden."""
    return f"{number[2:8]}-****"


@dataclass(frozen=True)
class Identity:
    """A number that is right in form: `number` has 12 characters, `sex` is woman, man or ""."""

    kind: IdentityKind
    number: str
    birth_date: date
    sex: str

    @property
    def masked(self) -> str:
        return f"{self.number[2:8]}-****"

    @property
    def formatted(self) -> str:
        return f"{self.number[:8]}-{self.number[8:]}"

    def __str__(self) -> str:
        return self.formatted


def full_years(born: date, day: date) -> int:
    """The age on `day` of who was born on `born`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def check_digit(nine: str) -> int:
    """The modulus-10 check digit of nine digits (weights 2, 1, 2 ...)."""
    total = 0
    for index, digit in enumerate(nine):
        value = int(digit) * (2 - index % 2)
        total += value - 9 if value > 9 else value
    return -total % 10


def _seen(text: str) -> str:
    """Without spaces and what is pasted along unseen: marks of width, direction and hyphenation."""
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")


def _century(yy: int, month: int, day: int, plus: bool, today: date) -> int:
    """The latest year that is not in the future and gives an age under 100. `+`: the latest in
    which who was born then turns 100 this year or has (folkbokföringslagen 18 §: the plus sign is
    written from the year's first day, not from the birthday)."""
    if plus:
        return today.year - 100 - (today.year - yy) % 100
    year = today.year - today.year % 100 + yy
    if (year, month, day) > (today.year, today.month, today.day):
        year -= 100
    return year


def parse_identity(text: str, today: date | None = None) -> Identity:
    """The identity number meant by `text`, in any form that people write.

    `today` decides the century of ten digits; the day in Sweden when absent, so that the function
    can be called with the text alone. Raises IdentityError (a ValueError) that says in Swedish
    what is wrong.
    """
    today = today or datetime.now(ZoneInfo("Europe/Stockholm")).date()
    if not isinstance(text, str) or len(text) > MAX_WRITTEN:
        raise IdentityError(
            "length",
            "Ett personnummer har 10 eller 12 tecken.",
            "An identity number has 10 or 12 characters.",
        )
    written = _ISO.sub(r"\1\2\3", with_hyphens(_seen(text)).upper(), count=1)
    if not written:
        raise IdentityError("empty", "Skriv ett personnummer.", "Write an identity number.")
    match = _FORM.fullmatch(written)
    if match is None:
        raise IdentityError(
            "form",
            "Skriv numret med 10 eller 12 siffror, till exempel ÅÅMMDD-NNNN.",
            "Write the number with 10 or 12 digits, for example YYMMDD-NNNN.",
        )
    century, yy, mm, dd, separator, first, rest = match.groups()
    month, day = int(mm), int(dd)
    is_reserve = first == "T"
    is_coordination = 61 <= day <= 91 and not is_reserve
    real_day = day - 60 if is_coordination else day
    if century:
        year = int(century + yy)
        if separator == "+" and today.year - year < 100:
            raise IdentityError(
                "plus",
                "Plustecknet betyder 100 år eller mer, men årtalet är senare.",
                "The plus sign means 100 years or more, but the year is later.",
            )
    else:
        year = _century(int(yy), month, real_day, separator == "+", today)
    try:
        born = date(year, month, real_day)
    except ValueError:
        raise IdentityError(
            "date",
            f"Numret börjar inte med ett datum som finns ({year:04d}-{mm}-{dd}).",
            f"The number does not begin with a date that exists ({year:04d}-{mm}-{dd}).",
        ) from None
    if born > today:
        raise IdentityError(
            "future", "Födelsedatumet ligger i framtiden.", "The birth date lies in the future."
        )
    if year < 1850:
        raise IdentityError(
            "past", "Födelseåret är för långt tillbaka.", "The year of birth is too far back."
        )
    if is_reserve:
        return Identity(IdentityKind.RESERVE, f"{year:04d}{mm}{dd}T{rest}", born, "")
    nine = f"{yy}{mm}{dd}{first}{rest[:2]}"
    if check_digit(nine) != int(rest[2]):
        raise IdentityError(
            "check_digit",
            "Kontrollsiffran stämmer inte. Kontrollera numret siffra för siffra.",
            "The check digit is wrong. Check the number digit by digit.",
        )
    return Identity(
        IdentityKind.SAMORDNINGSNUMMER if is_coordination else IdentityKind.PERSONNUMMER,
        f"{year:04d}{mm}{dd}{first}{rest}",
        born,
        "man" if int(rest[1]) % 2 else "woman",
    )
