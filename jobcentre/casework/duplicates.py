"""Who of those already registered may be the same human; asked before a person is saved.

Looked up by stored keys that have an index each, in four queries whatever is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Exists, F, IntegerField, OuterRef, Q, Value, When

from jobcentre.casework.access.queries import unhidden_persons
from jobcentre.casework.enums import NumberKind, PairAnswer
from jobcentre.casework.identity import Identity
from jobcentre.casework.likeness import (
    ENOUGH,
    Facts,
    Why,
    first_sound,
    is_known_widely,
    reasons,
    weight,
)
from jobcentre.casework.models import DuplicatePair, IdentityNumber, Person

MAX_COMPARED = 80
MAX_PROPOSED = 6


@dataclass(frozen=True)
class Likeness:
    """A registration that may be of the same human, and why; `weight` grows with the likeness."""

    person: Person
    why: tuple[Why, ...]
    weight: int
    elsewhere: bool

    @property
    def has_number(self) -> bool:
        return Why.NUMBER in self.why

    @property
    def because(self) -> str:
        """Why, in words."""
        return ", ".join(str(each.label) for each in self.why)


def facts_of(person: Person) -> Facts:
    """What is known of `person` (numbers prefetched)."""
    numbers = list(person.numbers.all())
    return Facts(
        person.given_name,
        person.family_name,
        person.birth_date,
        person.phone,
        frozenset(row.number for row in numbers),
        _personal(numbers),
    )


def _personal(numbers) -> str:
    for row in numbers:
        if row.is_current and row.kind == NumberKind.PERSONNUMMER:
            return row.number
    return ""


def facts_from(fields: dict[str, Any], identity: Identity | None) -> Facts:
    """What is known of one who is about to be registered with `fields`."""
    is_personal = identity is not None and identity.kind == NumberKind.PERSONNUMMER
    return Facts(
        fields.get("given_name", ""),
        fields.get("family_name", ""),
        fields.get("birth_date") or (identity.birth_date if identity else None),
        fields.get("phone", ""),
        frozenset([identity.number] if identity else []),
        identity.number if is_personal else "",
    )


def alike(user, facts: Facts, person: Person | None = None) -> list[Likeness]:
    """The registrations that `facts` may be of, most alike first, at most six.

    Hidden persons (protected outside the circle, conflict of interest, merged) never appear, and by
    a name alone only those whom the user sees anyway. `person` is the registration itself when it is
    saved already: it is left out, and so is everybody of whom it was said that they are somebody
    else. Log what is shown as a search.
    """
    known = _candidates(user, facts, person)
    answered = _parted(person) if person is not None else set()
    return _proposed(facts, [other for other in known if other.pk not in answered])


def alike_many(user, many: Sequence[Facts]) -> list[list[Likeness]]:
    """`alike` for each of many not yet registered, in four queries whatever their number."""
    numbers = {number for facts in many for number in facts.numbers}
    holders: dict[str, set[int]] = defaultdict(set)
    for number, pk in IdentityNumber.objects.filter(number__in=numbers).values_list(
        "number", "person_id"
    ):
        holders[number].add(pk)
    near = Person.objects.visible_to(user).filter(pk=OuterRef("pk"))
    days = {facts.birth_date for facts in many} - {None}
    keys: dict[tuple[str, object], list[Person]] = defaultdict(list)
    for person in (
        unhidden_persons(user)
        .annotate(is_near=Exists(near))
        .filter(
            Q(pk__in={pk for pks in holders.values() for pk in pks} | _born_alike(user, many))
            # By a name alone only those near are proposed.
            | (
                Q(sound_key__in={facts.sound for facts in many} - {""})
                & (Q(is_near=True) | Q(birth_date__in=days))
            )
            | Q(phone_key__in={facts.phone_key for facts in many} - {""})
        )
        .prefetch_related("numbers")
        .order_by("pk")
    ):
        for key in (
            ("pk", person.pk),
            ("sound", person.sound_key),
            ("phone", person.phone_key),
            ("birth", person.birth_date),
        ):
            keys[key].append(person)
    found = []
    for facts in many:
        asked: list[tuple[str, object]] = [
            ("pk", pk) for number in facts.numbers for pk in holders[number]
        ]
        asked += [("sound", facts.sound)] if facts.sound else []
        asked += [("phone", facts.phone_key)] if facts.phone_key else []
        asked += [("birth", facts.birth_date)] if facts.birth_date else []
        others = {person.pk: person for key in asked for person in keys.get(key, ())}
        found.append(_proposed(facts, others.values()))
    return found


def _born_alike(user, many: Sequence[Facts]) -> set[int]:
    """Those who were born on the day of one of `many` and whose given name sounds the same: of
    everybody born on some hundred days only few, so that only they are read whole."""
    wanted: dict[object, set[str]] = defaultdict(set)
    for facts in many:
        if facts.birth_date is not None:
            wanted[facts.birth_date].add(first_sound(facts.given_name))
    born = unhidden_persons(user).filter(birth_date__in=set(wanted)).order_by()
    return {
        pk
        for pk, day, given_name in born.values_list("pk", "birth_date", "given_name")
        if first_sound(given_name) in wanted[day]
    }


def _proposed(facts: Facts, others: Iterable[Person]) -> list[Likeness]:
    found = []
    for other in others:
        theirs = facts_of(other)
        why, points = reasons(facts, theirs), weight(facts, theirs)
        if points >= ENOUGH and (other.is_near or is_known_widely(why)):
            found.append(Likeness(other, why, points, not other.is_near))
    found.sort(key=lambda each: (-each.weight, each.person.sort_key, each.person.pk))
    return found[:MAX_PROPOSED]


class Newcomers:
    """Persons who are being registered together and are not saved yet, found by what is known of
    them as the saved ones are."""

    def __init__(self):
        self._by_key: dict[tuple[str, object], list[tuple[Facts, Person]]] = defaultdict(list)

    def add(self, facts: Facts, person: Person) -> None:
        for key in _keys_of(facts):
            self._by_key[key].append((facts, person))

    def beside(self, facts: Facts, found: Sequence[Likeness]) -> list[Likeness]:
        """`found` and the newcomers whom `facts` may be of."""
        met = {
            person.ref: (theirs, person)
            for key in _keys_of(facts)
            for theirs, person in self._by_key.get(key, ())
        }
        near = [
            Likeness(person, reasons(facts, theirs), points, False)
            for theirs, person in met.values()
            if (points := weight(facts, theirs)) >= ENOUGH
        ]
        both = sorted([*found, *near], key=lambda each: (-each.weight, each.person.pk or 0))
        return both[:MAX_PROPOSED]


def _keys_of(facts: Facts) -> list[tuple[str, object]]:
    """What somebody alike has in common, at least one of it."""
    keys: list[tuple[str, object]] = [("number", number) for number in facts.numbers]
    keys += [("sound", facts.sound)] if facts.sound else []
    keys += [("phone", facts.phone_key)] if facts.phone_key else []
    keys += [("birth", facts.birth_date)] if facts.birth_date else []
    return keys


def _candidates(user, facts: Facts, person: Person | None) -> list[Person]:
    by_number = list(
        IdentityNumber.objects.filter(number__in=facts.numbers)
        .order_by("pk")
        .values_list("person_id", flat=True)[:MAX_COMPARED]
    )
    arms = {
        "number": Q(pk__in=by_number),
        "sound": Q(sound_key=facts.sound) & ~Q(sound_key=""),
        "phone": Q(phone_key=facts.phone_key) & ~Q(phone_key=""),
        "birth": Q(birth_date=facts.birth_date),
    }
    asked = [name for name, known in _known(facts, by_number).items() if known]
    if not asked:
        return []
    reached = Q()
    for name in asked:
        reached |= arms[name]
    points = sum(
        (
            Choice(
                When(arms[name], then=Value(8 if name == "number" else 2)),
                default=Value(0),
                output_field=IntegerField(),
            )
            for name in asked
        ),
        Value(0),
    )
    near = Person.objects.visible_to(user).filter(pk=OuterRef("pk"))
    persons = unhidden_persons(user).filter(reached)
    if person is not None:
        persons = persons.exclude(pk=person.pk)
    return list(
        persons.annotate(points=points, is_near=Exists(near))
        .prefetch_related("numbers")
        .order_by(F("points").desc(), "sort_key", "pk")[:MAX_COMPARED]
    )


def _known(facts: Facts, by_number: list[int]) -> dict[str, bool]:
    return {
        "number": bool(by_number),
        "sound": bool(facts.sound),
        "phone": bool(facts.phone_key),
        "birth": facts.birth_date is not None,
    }


def _parted(person: Person) -> set[int]:
    """Those of whom was said that they are not `person`, or not one merged into `person`."""
    own = Q(pk=person.pk) | Q(merged_into=person.pk)
    mine = Person.objects.filter(own).values("pk")
    rows = DuplicatePair.objects.filter(
        Q(first__in=mine) | Q(second__in=mine), answer=PairAnswer.SEPARATE
    ).values_list("first_id", "second_id", "first__merged_into_id", "second__merged_into_id")
    return {pk for row in rows for pk in row if pk is not None} - {person.pk}


def waiting_pairs(user) -> list[DuplicatePair]:
    """The pairs that somebody said are one human and that the user may merge, newest first."""
    return list(
        DuplicatePair.objects.visible_to(user)
        .to_merge()
        .select_related("first", "second", "answered_by")
        .order_by("-answered_at", "-pk")[:MAX_COMPARED]
    )


def unanswered_pairs(user, limit: int = 50) -> list[tuple[Person, Likeness]]:
    """Pairs of visible registrations that agree in name and in birth date or phone, not answered.

    One query for the pairs, one for the persons, one for their numbers.
    """
    visible = Person.objects.visible_to(user).order_by()
    older = Person.objects.filter(
        Q(birth_date=OuterRef("birth_date"))
        | Q(phone_key=OuterRef("phone_key")) & ~Q(phone_key=""),
        sound_key=OuterRef("sound_key"),
        pk__lt=OuterRef("pk"),
        pk__in=visible.values("pk"),
    )
    answered = DuplicatePair.objects.filter(first=OuterRef("pk"), second=OuterRef(OuterRef("pk")))
    older = older.filter(~Exists(answered)).order_by("pk")
    rows = list(
        visible.exclude(sound_key="")
        .annotate(older=older.values("pk")[:1])
        .filter(older__isnull=False)
        .order_by("-pk")
        .values_list("pk", "older")[:limit]
    )
    persons = {
        person.pk: person
        for person in Person.objects.filter(
            pk__in={pk for pair in rows for pk in pair}
        ).prefetch_related("numbers")
    }
    pairs = []
    for newer_pk, older_pk in rows:
        newer, first = facts_of(persons[newer_pk]), facts_of(persons[older_pk])
        points = weight(newer, first)
        if points >= ENOUGH:
            like = Likeness(persons[older_pk], reasons(newer, first), points, False)
            pairs.append((persons[newer_pk], like))
    return pairs
