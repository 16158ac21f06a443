"""What merging two registrations means, before anything is done: what each has, what stands in the
way, and what came after a merge. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobcentre.casework.enums import CaseStatus, NumberKind, Protection
from jobcentre.casework.models import (
    Case,
    CaseEvent,
    CircleMember,
    ConflictOfInterest,
    Consent,
    Document,
    IdentityNumber,
    Person,
    PersonMerge,
)

# Each is moved in its own way by the merge, or is about pairs and merges themselves.
OWN_WAY = {"IdentityNumber", "CircleMember", "ConflictOfInterest"}
ABOUT_PAIRS = {"Person", "DuplicatePair", "PersonMerge"}
NOTE_KINDS = ("note.written", "note.corrected")
# What may be chosen from either registration.
CHOSEN = (
    "given_name",
    "family_name",
    "birth_date",
    "sex",
    "phone",
    "email",
    "first_language",
    "other_languages",
    "interpreter_language",
)
ADDRESS = ("street", "postcode", "city")  # one address: chosen together
STRICTNESS = [
    Protection.NONE,
    Protection.MARKED,
    Protection.REGISTRATION,
    Protection.FICTITIOUS,
]
_BEST = [NumberKind.RESERVE, NumberKind.SAMORDNINGSNUMMER, NumberKind.PERSONNUMMER]


def references() -> list[tuple[type[models.Model], str]]:
    """Every foreign key that points at a person and is moved as it is, in a fixed order.

    Found in the models themselves, so that an app above needs to do nothing to take part.
    """
    found = [
        (relation.related_model, relation.field.name)
        for relation in Person._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and (relation.one_to_many or relation.one_to_one)
        and relation.related_model.__name__ not in OWN_WAY | ABOUT_PAIRS
    ]
    return sorted(found, key=lambda each: (each[0]._meta.label, each[1]))


def key_of(model: type[models.Model], name: str) -> str:
    return f"{model._meta.label_lower}.{name}"


def reference_of(key: str) -> tuple[type[models.Model], str]:
    label, _dot, name = key.rpartition(".")
    return apps.get_model(label), name


def rows_of(person: Person, model: type[models.Model], name: str):
    return model._base_manager.filter(**{name: person}).order_by("pk")


def stricter(one: str, other: str) -> str:
    """The level of protection that hides more."""
    return max(one, other, key=lambda level: STRICTNESS.index(Protection(level)))


def current_number(person: Person) -> IdentityNumber | None:
    return person.numbers.filter(is_current=True).first()


def better_number(one: IdentityNumber | None, other: IdentityNumber | None) -> bool:
    """Whether the number of `one` is to be proposed: a personal one before the others."""
    if one is None or other is None:
        return other is None
    return _BEST.index(NumberKind(one.kind)) >= _BEST.index(NumberKind(other.kind))


def proposed_to_keep(one: Person, other: Person) -> Person:
    """The registration to keep: the one with an open case, else the one with more cases, else the
    older one."""

    def rank(person: Person):
        cases = list(person.cases.values_list("status", flat=True))
        return (CaseStatus.OPEN in cases, len(cases), -person.pk)

    return max(one, other, key=rank)


def obstacles(one: Person, other: Person) -> list[str]:
    """What has to be put right before the two can be merged."""
    found = []
    if one.merged_into_id is not None or other.merged_into_id is not None:
        found.append(_("One of them has already been merged with somebody."))
    still_open = [
        case.number
        for person in (one, other)
        for case in person.cases.filter(status=CaseStatus.OPEN)
    ]
    if len(still_open) > 1:
        found.append(
            _("Both have an open case (%(numbers)s). Close one of them first.")
            % {"numbers": ", ".join(still_open)}
        )
    return found


@dataclass(frozen=True)
class Holding:
    """What one registration has, as the page shows it."""

    person: Person
    number: IdentityNumber | None
    numbers: list[IdentityNumber]
    cases: list[Case]
    counts: list[tuple[str, int]]
    circle: list[str]


def holding_of(person: Person, today: date) -> Holding:
    """Cases, numbers, circle and the number of everything else of a registration."""
    numbers = list(person.numbers.all())
    cases = list(person.cases.select_related("centre", "coach").order_by("-started_on", "-pk"))
    counts = [
        (_("Notes"), CaseEvent.objects.filter(case__in=cases, kind__in=NOTE_KINDS).count()),
        (_("Documents"), Document.objects.filter(case__in=cases).count()),
        (_("Consents"), Consent.objects.filter(case__in=cases).count()),
    ]
    for model, name in references():
        if model is not Case:
            title = str(model._meta.verbose_name_plural)
            counts.append((title[:1].upper() + title[1:], rows_of(person, model, name).count()))
    circle = CircleMember.objects.filter(person=person, ends_before__isnull=True)
    return Holding(
        person,
        next((row for row in numbers if row.is_current), None),
        numbers,
        cases,
        [(label, count) for label, count in counts if count],
        sorted(circle.values_list("user__name", flat=True)),
    )


def differing(one: Person, other: Person) -> list[str]:
    """The fields that have to be chosen, as names; "address" stands for its three parts."""
    names = [name for name in CHOSEN if getattr(one, name) != getattr(other, name)]
    if any(getattr(one, name) != getattr(other, name) for name in ADDRESS) and not (
        one.is_protected or other.is_protected
    ):
        names.append("address")
    return names


# --- after a merge -------------------------------------------------------------------------------
def undo_days() -> timedelta:
    """For how long a merge can be undone (setting MERGE_UNDO_DAYS)."""
    return timedelta(days=settings.MERGE_UNDO_DAYS)


def plain_values(person: Person, names) -> dict[str, str | None]:
    """The fields as JSON keeps them."""
    fields = {name: person._meta.get_field(name) for name in names}
    return {
        name: None if getattr(person, name) is None else field.value_to_string(person)
        for name, field in fields.items()
    }


def number_rows(*persons: Person) -> list[list]:
    rows = IdentityNumber.objects.filter(person__in=persons).order_by("pk")
    return [list(row) for row in rows.values_list("pk", "person_id", "is_current")]


def own_rows(model, *persons: Person) -> list[list]:
    """The circle's or the conflicts' rows of the persons, with all that they say."""
    rows = model.objects.filter(person__in=persons).order_by("pk")
    names = ["pk", "person_id", "user_id"]
    if model is CircleMember:
        names += ["starts_on", "ends_before"]
    return [
        [v.isoformat() if isinstance(v, date) else v for v in row]
        for row in rows.values_list(*names)
    ]


def state_of(kept: Person, merged: Person) -> dict:
    """What has to be as the merge left it if the merge is to be undone."""
    return {
        "fields": plain_values(kept, (*CHOSEN, *ADDRESS, "protection")),
        "numbers": number_rows(kept, merged),
        "circle": own_rows(CircleMember, kept, merged),
        "conflicts": own_rows(ConflictOfInterest, kept, merged),
    }


def undo_obstacles(merge: PersonMerge, now: datetime) -> list[str]:
    """Why a merge cannot be undone any more; empty when it can."""
    if merge.undone_at is not None:
        return [_("The merge has already been undone.")]
    if now >= merge.merged_at + undo_days() or not merge.before:
        return [
            ngettext(
                "A merge can be undone for %(n)d day; that time has passed.",
                "A merge can be undone for %(n)d days; that time has passed.",
                settings.MERGE_UNDO_DAYS,
            )
            % {"n": settings.MERGE_UNDO_DAYS}
        ]
    kept, merged = merge.kept, merge.merged
    found = []
    if kept.merged_into_id is not None:
        return [_("The person has since been merged with somebody else. Undo that first.")]
    after, state = merge.before["after"], state_of(kept, merged)
    for name, value in after["fields"].items():
        if state["fields"][name] != value:
            label = Person._meta.get_field(name).verbose_name
            found.append(_("%(what)s has been changed since.") % {"what": _capital(label)})
    for name, words in (
        ("numbers", _("Identity number")),
        ("circle", _("The circle of a protected person")),
        ("conflicts", _("A conflict of interest")),
    ):
        if state[name] != after[name]:
            found.append(_("%(what)s has been changed since.") % {"what": words})
    opened = Case.objects.filter(pk__in=since(merge, Case, "person")).order_by("pk")
    for number in opened.values_list("number", flat=True):
        found.append(
            _("Case %(number)s was opened after the merge and builds on both.") % {"number": number}
        )
    for key, pks in merge.before["moved"].items():
        model, name = reference_of(key)
        others = model._base_manager.filter(pk__in=pks, **{f"{name}__isnull": False})
        if others.exclude(**{name: kept}).exists():
            found.append(
                _("%(what)s has been changed since.") % {"what": _capital(model._meta.verbose_name)}
            )
    return found


def _capital(words) -> str:
    text = str(words)
    return text[:1].upper() + text[1:]


def since(merge: PersonMerge, model: type[models.Model], name: str) -> list[int]:
    """The kept person's rows that came after the merge."""
    key = key_of(model, name)
    known = {*merge.before["moved"].get(key, []), *merge.before["had"].get(key, [])}
    return [
        pk
        for pk in rows_of(merge.kept, model, name).values_list("pk", flat=True)
        if pk not in known
    ]


def case_fields(model: type[models.Model]) -> list[str]:
    """The names of the model's foreign keys to a case."""
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Case and model is not Case
    ]


def staying(merge: PersonMerge) -> list[tuple[str, int]]:
    """What came after the merge and stays with the kept person when it is undone, counted."""
    moved_cases = set(merge.before["moved"].get(key_of(Case, "person"), []))
    counts = []
    for model, name in references():
        new = since(merge, model, name)
        follow = following(model, new, moved_cases)
        if left := len(set(new) - set(follow)):
            counts.append((_capital(model._meta.verbose_name_plural), left))
    return counts


def following(model: type[models.Model], pks: list[int], cases: set[int]) -> list[int]:
    """Those of `pks` that hang on one of `cases`, and go where the case goes."""
    found: set[int] = set()
    for name in case_fields(model):
        rows = model._base_manager.filter(pk__in=pks, **{f"{name}__in": cases}).order_by("pk")
        found.update(rows.values_list("pk", flat=True))
    return sorted(found)
