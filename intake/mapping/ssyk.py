"""The occupations of SSYK 2012 (intake/data/ssyk_2012.csv), found by a Swedish word.

The official names are Swedish in both languages of the program: there is one list.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobcentre.text import search_text, terms

FILE = Path(__file__).resolve().parent.parent / "data" / "ssyk_2012.csv"
MAX_HITS = 20
# Endings by which the forms of a word differ ("undersköterska", "undersköterskor").
_ENDINGS = ("orna", "arna", "erna", "arens", "are", "or", "ar", "er", "en", "a", "e", "n")
_SHORTEST = 4  # what is left of a word that loses its ending


@dataclass(frozen=True)
class Occupation:
    """An occupation of the four-digit level. `words` is what is searched, folded."""

    code: str
    label: str
    words: str


@cache
def occupations() -> dict[str, Occupation]:
    """All 429 by their code."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if line[0] != "#"), delimiter=";")
        return {
            row["code"]: Occupation(
                row["code"], row["label"], search_text(row["label"], row["also"], row["code"])
            )
            for row in rows
        }


def label_of(code: str) -> str:
    """The official name; the code itself when the list has no such occupation."""
    found = occupations().get(code)
    return found.label if found else code


def stem(word: str) -> str:
    """The word without the ending of its form, when enough is left of it."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word


def search(query: str) -> list[Occupation]:
    """At most 20 occupations that hold every word of `query`, those that begin with it first."""
    wanted = [stem(term) for term in terms(query)]
    if not wanted:
        return []
    hits = [row for row in occupations().values() if all(term in row.words for term in wanted)]
    hits.sort(key=lambda row: (not row.words.startswith(wanted[0]), row.code))
    return hits[:MAX_HITS]
