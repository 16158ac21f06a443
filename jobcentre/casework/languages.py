"""Languages that were written freely, said in the language of the page.

They are written in Swedish and shown so. A page in English says those that the code list knows;
the others stand as they were written.
"""

import re

from django.core.cache import cache
from django.utils.translation import get_language

from jobcentre.casework.models import Language
from jobcentre.text import search_text

KEPT_FOR = 300  # seconds
# The list is of what else a coach speaks, so that Swedish is not in it.
SWEDISH = {"svenska": "Swedish"}
_BETWEEN = re.compile(r"(\s*(?:[,;/&+]|\boch\b)\s*)")


def _english() -> dict[str, str]:
    names = Language.objects.values_list("label_sv", "label_en")
    return SWEDISH | {search_text(swedish): english for swedish, english in names}


def said(written: str) -> str:
    """`ukrainska, dari` as `Ukrainian, Dari` on an English page."""
    if not written or not (get_language() or "sv").startswith("en"):
        return written
    english = cache.get_or_set("casework:languages", _english, KEPT_FOR)
    parts = _BETWEEN.split(written)
    return "".join(
        english.get(search_text(part), part) if index % 2 == 0 else _between(part)
        for index, part in enumerate(parts)
    )


def _between(sign: str) -> str:
    return sign.replace("och", "and")
