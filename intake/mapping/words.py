"""Facts of a mapping as a reader's words."""

from django.utils.translation import gettext as _

from intake.mapping import ssyk
from intake.mapping.enums import (
    OCCUPATIONS,
    EducationLevel,
    FactKind,
    LanguageLevel,
    LicenceClass,
    SfiCourse,
)
from intake.models import MappingFact
from jobcentre.ui import formats

_CODES = {
    FactKind.EDUCATION: EducationLevel,
    FactKind.LANGUAGE: LanguageLevel,
    FactKind.SFI: SfiCourse,
    FactKind.LICENCE: LicenceClass,
}


def code_label(kind: str, code: str) -> str:
    """The code of a fact in words."""
    if kind in OCCUPATIONS:
        return ssyk.label_of(code)
    choices = dict(_CODES[FactKind(kind)].choices)
    return str(choices.get(code, code))


def title(fact: MappingFact) -> str:
    """What the fact is, in a few words: `Kockar och kallskänkor`, `Arabiska, modersmål`."""
    label = code_label(fact.kind, fact.code)
    if fact.kind == FactKind.LICENCE and fact.code == LicenceClass.OTHER:
        return fact.text
    if fact.kind in (FactKind.LANGUAGE, FactKind.EDUCATION) and fact.text:
        return f"{fact.text}, {label}"
    return label


def details(fact: MappingFact) -> list[str]:
    """The rest of what is known of it, each part in words."""
    parts: list[str] = []
    if fact.years is not None:
        parts.append(_("%(n)d years") % {"n": fact.years})
    if fact.kind == FactKind.EDUCATION:
        parts.append(_("finished") if fact.is_finished else _("not finished"))
    if fact.country:
        parts.append(fact.country)
    if fact.wants_validation:
        parts.append(_("wants validation"))
    if fact.done_on:
        parts.append(_("test done %(day)s") % {"day": formats.day_year(fact.done_on)})
    elif fact.ordered_on:
        parts.append(_("test ordered %(day)s") % {"day": formats.day_year(fact.ordered_on)})
    if fact.result:
        parts.append(_("result: %(result)s") % {"result": fact.get_result_display()})
    if fact.valid_until:
        parts.append(_("valid until %(day)s") % {"day": formats.day_year(fact.valid_until)})
    if fact.note:
        parts.append(fact.note)
    return parts


def in_groups(facts: list[MappingFact]) -> list[dict]:
    """Every kind with its facts in words, also those without any."""
    return [
        {
            "kind": kind.value,
            "label": kind.label,
            "rows": [
                {"fact": fact, "title": title(fact), "details": " · ".join(details(fact))}
                for fact in facts
                if fact.kind == kind
            ],
        }
        for kind in FactKind
    ]
