"""The catalogue's names and descriptions in the languages of the paper (services.json).

They translate the catalogue as it was first written, whose Swedish description stands beside them.
A service that says something else in Swedish since is shown in Swedish until somebody has translated
it anew.
"""

import json
from functools import cache

from activityplans.models import Service
from activityplans.paper.wordings import FOLDER


@cache
def texts() -> dict[str, dict]:
    """By the service's key: `swedish`, and for each language its name and description."""
    return json.loads((FOLDER / "services.json").read_text(encoding="utf-8"))


def text_of(service: Service, language: str) -> tuple[str, str] | None:
    """The name and description of the service in the language; None when nobody has translated
    what the catalogue says now."""
    if language == "en":
        return (service.label_en, service.description_en)
    found = texts().get(service.key, {})
    if found.get("swedish") != service.description_sv or language not in found:
        return None
    name, about = found[language]
    return name, about
