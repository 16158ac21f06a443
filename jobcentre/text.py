"""People's text made searchable and sortable alike on both databases. Pure.

Names are searched in a normalised column and sorted by a stored key, because the databases'
own collations and case rules differ and are wrong for Swedish. Å, ä and ö are letters of their
own and are kept; é, ü and the like are folded.
"""

import re
import unicodedata

_KEPT = "åäö"
_FOLDED = {"æ": "ä", "ø": "ö", "ß": "ss", "þ": "th", "ð": "d", "đ": "d", "ł": "l", "ı": "i"}
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"
# Two ASCII digits for each letter: the same order in every collation.
_CODES = {letter: f"{index + 20:02d}" for index, letter in enumerate(_ALPHABET)}
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"  # what word processors write for a hyphen
_TO_HYPHENS = str.maketrans(DASHES, "-" * len(DASHES))
MAX_KEY = 400
# PostgreSQL takes at most 2 704 bytes of the key and the searched text together in one entry of the
# index that holds both.
MAX_SEARCHED, MAX_SEARCHED_BYTES = 700, 2000
MAX_TERMS = 6
FEWEST_DIGITS, MOST_DIGITS = 5, 25
_IN_PHONES = "+-()/.,:;" + DASHES
MAX_QUERY = 100


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFC", text).casefold()
    text = unicodedata.normalize("NFC", text)
    letters = []
    for letter in text:
        if letter in _KEPT:
            letters.append(letter)
        elif letter in _FOLDED:
            letters.append(_FOLDED[letter])
        else:
            bare = unicodedata.normalize("NFD", letter)
            letters.append("".join(c for c in bare if not unicodedata.combining(c)))
    return "".join(letters)


def search_text(*parts: str) -> str:
    """The parts folded for search, joined with spaces; control characters become spaces."""
    text = _fold(" ".join(part for part in parts if part))
    text = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text)
    return " ".join(text.split())


def bounded(searched: str) -> str:
    """The beginning of a `search_text` that a row has room for."""
    return searched[:MAX_SEARCHED].encode()[:MAX_SEARCHED_BYTES].decode(errors="ignore")


def sort_key(text: str) -> str:
    """A key of ASCII digits that sorts as Swedish does: a-z, å, ä, ö, case and accents apart.

    Spaces sort before letters, digits between. A name with an accent follows its plain twin.
    """
    folded = search_text(text)
    key = []
    for letter in folded:
        if letter in _CODES:
            key.append(_CODES[letter])
        elif letter == " ":
            key.append("01")
        elif letter.isascii() and letter.isdigit():
            key.append(f"1{letter}")
        elif letter.isalpha():
            key.append(f"9{ord(letter):06d}")
    plain = unicodedata.normalize("NFC", text).casefold()
    marks = "1" if " ".join(plain.split()) != folded else "0"
    return ("".join(key)[: MAX_KEY - 3] + "00" + marks)[:MAX_KEY]


def phone_digits(text: str) -> str:
    """A phone number's digits in national form: +46 70-123 45 67 is 0701234567."""
    digits = re.sub(r"[^0-9+]", "", text)
    if digits.startswith("+46"):
        digits = "0" + digits[3:].lstrip("0")
    elif digits.startswith("0046"):
        digits = "0" + digits[4:].lstrip("0")
    return re.sub(r"[^0-9]", "", digits)[:20]


def with_hyphens(text: str) -> str:
    """The text with hyphens for whatever dash was typed or pasted."""
    return text.translate(_TO_HYPHENS)


def is_phone(text: str) -> bool:
    """Whether a phone was written: digits as people part them, and a few words (anknytning 12)."""
    digits = sum(letter in "0123456789" for letter in text)
    return FEWEST_DIGITS <= digits <= MOST_DIGITS and all(
        letter.isalnum() or letter.isspace() or letter in _IN_PHONES for letter in text
    )


def terms(query: str) -> list[str]:
    """The words to look for, folded; at most six. Written numbers lose their separators.

    A hyphen parts words: a double name is written with one and without.
    """
    folded = with_hyphens(search_text(query[:MAX_QUERY]))
    if re.fullmatch(r"[0-9+() -]{4,}t?[0-9]*", folded):
        digits = re.sub(r"[^0-9t]", "", folded)
        if folded.startswith(("+46", "0046")):
            digits = phone_digits(folded)
        if digits:
            return [digits]
    # Of nothing but hyphens no word is left: then they are looked for, because no words find all.
    return (folded.replace("-", " ").split() or folded.split())[:MAX_TERMS]
