"""How a Swedish name sounds, as a short key: names that are spelled apart and said alike share it.

Pure. Own, because the known keys are made for English (Soundex, Metaphone) or cut å, ä and ö away,
and a library for a page of rules is one more to keep. The key is wide on purpose: it only proposes,
together with a birth date or a phone, and a human decides.

- Carlsson and Karlsson, Ericson and Eriksson, Lindqvist and Lindkvist, Gustav and Gustaf,
  Christina and Kristina, Mohammed and Muhamad, Yousef and Jusuf sound alike;
- vowels count only where a name begins with one; å and o are one there, and so are ä and e;
- of many given and family names the first given and the last family name count, in any order.
"""

import re
from functools import lru_cache

from jobcentre.text import search_text

MAX_KEY = 60
_SOFT = "eiyäö"
_VOWELS = "aeiouyåäö"
# In this order: what stands first is heard first.
_RULES = tuple(
    (re.compile(pattern), heard)
    for pattern, heard in (
        (r"[^a-zåäö]", ""),
        (r"sch|stj|skj|sj|sh", "s"),
        (r"^ch(?=[aeiouyåäö])", "s"),
        (r"ch|ck|q(?=[uvw])", "k"),
        (r"(?<=k)[uw](?=[aeiouyåäö])", "v"),
        (r"ph|w", "v"),
        (r"th|dt", "t"),
        (rf"c(?=[{_SOFT}])", "s"),
        (r"[cq]", "k"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"^(?:[dghl]j|g(?=[iyäö]|e(?!r))|[iy](?=[aeouåäö]))", "j"),
        (r"(?<=[lr])gh?(?=$|s|r|k)", "j"),
        (r"f", "v"),
        (r"(?<=.)h", ""),
        (r"kt(?=s|$)", "k"),
    )
)
_DOUBLED = re.compile(r"(.)\1+")
_FIRST = str.maketrans({"å": "o", "u": "o", "ä": "e", "i": "e", "y": "e"})


@lru_cache(maxsize=20_000)
def sound_of(word: str) -> str:
    """The key of one name; empty when it has no letter of the alphabet."""
    heard = search_text(word).replace(" ", "")
    for pattern, sound in _RULES:
        heard = pattern.sub(sound, heard)
    if not heard:
        return ""
    heard = _DOUBLED.sub(r"\1", heard)
    first = heard[0].translate(_FIRST) if heard[0] in _VOWELS else heard[0]
    rest = "".join(letter for letter in heard[1:] if letter not in _VOWELS)
    return first + rest


def sound_key(given_name: str, family_name: str) -> str:
    """The key of a whole name: the first given and the last family name, sorted.

    Somebody whose names were written in each other's boxes is found all the same.
    """
    given, family = given_name.split(), re.split(r"[\s-]+", family_name.strip())
    sounds = {sound_of(given[0]) if given else "", sound_of(family[-1])}
    return " ".join(sorted(sounds - {""}))[:MAX_KEY]
