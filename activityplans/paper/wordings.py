"""What the paper says in each language (wordings.json). The Swedish decides; the others help to read
it. `{...}` is filled in with a number, a date (as 2026-12-03) or a name, the same in all languages.
"""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@cache
def wordings() -> dict[str, dict[str, str]]:
    """Every wording by its key and language."""
    return json.loads((FOLDER / "wordings.json").read_text(encoding="utf-8"))


def say(key: str, language: str, **values) -> str:
    """The wording in a language, filled in. Raises KeyError when there is none."""
    return wordings()[key][language].format(**values)
