"""Two registrations of one human: what is said of a pair, the merge, and its undoing.

One transaction each. Locks in a fixed order: the two persons by id, waiting; then their cases and
everything else by model and id, not waiting, so that nobody waits for each other.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework import merge_plan as plan
from jobcentre.casework.access.checks import forget_relations, require
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import PairAnswer, Protection
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import (
    Case,
    CircleMember,
    ConflictOfInterest,
    DuplicatePair,
    IdentityNumber,
    Person,
    PersonMerge,
)
from jobcentre.casework.registries import opening_steps
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event
from jobcentre.casework.transitions.interpreters import follow_person
from jobcentre.casework.transitions.persons import case_or_unit
from jobcentre.notices.writer import NoticeText, notify_many

KEPT, MERGED = "kept", "merged"


# --- what is said of a pair ----------------------------------------------------------------------
@transaction.atomic
def answer_pair(one: Person, other: Person, answer: str, *, actor: User | None) -> DuplicatePair:
    """Keep what somebody says of two registrations: one human or two; a later answer replaces it."""
    first, second = sorted((one, other), key=lambda person: person.pk)
    require(actor, "duplicates")
    pair = DuplicatePair.objects.select_for_update().filter(first=first, second=second).first()
    pair = pair or DuplicatePair(first=first, second=second)
    pair.answer, pair.answered_by = PairAnswer(answer), actor
    save_checked(pair)
    for person in (first, second):
        log.record(
            actor,
            "duplicates",
            access=Access.CHANGE,
            subject=person.ref,
            obj=pair,
            fields=[pair.answer],
        )
    return pair


# --- the merge -----------------------------------------------------------------------------------
def _lock_persons(*persons: Person) -> list[Person]:
    pks = [person.pk for person in persons]
    locked = {
        person.pk: person
        for person in Person.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    }
    return [locked[pk] for pk in pks]


def _locked_pks(person: Person, model, name: str) -> list[int]:
    """The rows of `person`, locked if they can be at once. Raises Refused when somebody is writing."""
    try:
        with transaction.atomic():
            rows = plan.rows_of(person, model, name).select_for_update(nowait=True, of=("self",))
            return [row.pk for row in rows.only("pk")]
    except OperationalError:
        raise Refused(
            _("Somebody is writing about one of the two just now. Wait a moment and try again.")
        ) from None


def _move(model, name: str, pks: list[int], to: Person) -> None:
    try:
        with transaction.atomic():
            model._base_manager.filter(pk__in=pks).update(**{name: to})
    except IntegrityError:
        raise Refused(
            _(
                "Both have something of which a person has only one: %(what)s. End one of them first."
            )
            % {"what": model._meta.verbose_name}
        ) from None


def _check_versions(one: Person, other: Person, versions: Mapping[int, int] | None) -> None:
    if versions is not None and any(
        versions.get(person.pk) != person.version for person in (one, other)
    ):
        raise Conflict(
            _("Somebody else has changed one of the two since you opened the page. Compare again.")
        )


@transaction.atomic
def merge_persons(
    kept: Person,
    merged: Person,
    chosen: Mapping[str, str],
    *,
    actor: User,
    now: datetime,
    versions: Mapping[int, int] | None = None,
) -> PersonMerge:
    """Make two registrations of one human one; `merged` stays as a row that is never shown.

    `chosen` says for each field that differs, for "address" and for "number" whose value stands:
    "kept" (also when absent) or "merged". The stricter protection and both circles stand, always.
    Raises Refused with what has to be done first, Conflict when one of them has been changed since
    `versions` (by id).
    """
    kept, merged = _lock_persons(kept, merged)
    for person in (kept, merged):
        require(actor, "person.merge", case_or_unit(person))
    if kept.pk == merged.pk:
        raise Refused(_("A merge is of two different registrations."))
    _check_versions(kept, merged, versions)
    if reasons := plan.obstacles(kept, merged):
        raise Refused(" ".join(reasons))
    _locked_pks(kept, Case, "person")
    cases = list(Case.objects.filter(person__in=(kept, merged)).order_by("pk"))
    before = plan.state_of(kept, merged)
    before |= {
        "merged_fields": plan.plain_values(merged, (*plan.ADDRESS, "protection")),
        "moved": {},
        "had": {},
    }
    for model, name in plan.references():
        key = plan.key_of(model, name)
        before["had"][key] = list(plan.rows_of(kept, model, name).values_list("pk", flat=True))
        before["moved"][key] = _locked_pks(merged, model, name)
    needs = {person: person.interpreter_language for person in (kept, merged)}
    _choose_fields(kept, merged, chosen)
    for person, former in needs.items():  # while it is known whose meetings they were
        follow_person(person, former, actor=actor, language=kept.interpreter_language)
    _move_numbers(kept, merged, chosen.get("number", KEPT))
    _move_circle(kept, merged)
    for key, pks in before["moved"].items():
        if pks:
            _move(*plan.reference_of(key), pks, kept)
    merged.merged_into = kept
    for person in (merged, kept):
        person.version += 1
        save_checked(person)
    merge = PersonMerge(kept=kept, merged=merged, merged_by=actor, merged_at=now)
    merge.before = {**before, "after": plan.state_of(kept, merged)}
    save_checked(merge)
    _follow((kept,), actor, now)
    _afterwards(merge, cases, "person.merge", "person.merged", actor)
    return merge


def _choose_fields(kept: Person, merged: Person, chosen: Mapping[str, str]) -> None:
    for name in plan.CHOSEN:
        if chosen.get(name) == MERGED:
            setattr(kept, name, getattr(merged, name))
    if chosen.get("address") == MERGED:
        for name in plan.ADDRESS:
            setattr(kept, name, getattr(merged, name))
    kept.protection = merged.protection = plan.stricter(kept.protection, merged.protection)
    if kept.protection != Protection.NONE:
        # No address is kept for a protected person, nor in the row that is left.
        for person in (kept, merged):
            for name in plan.ADDRESS:
                setattr(person, name, "")


def _move_numbers(kept: Person, merged: Person, whose: str) -> None:
    """All numbers become the kept person's; the chosen one is current, the others are former."""
    theirs = plan.current_number(merged)
    ours = plan.current_number(kept)
    if theirs is not None and (ours is None or whose == MERGED):
        losing = ours
    else:
        losing = theirs
    if losing is not None:
        IdentityNumber.objects.filter(pk=losing.pk).update(is_current=False)
    _move(IdentityNumber, "person", _locked_pks(merged, IdentityNumber, "person"), kept)


def _move_circle(kept: Person, merged: Person) -> None:
    """Both circles and both persons' conflicts of interest; who is in both stays in once."""
    for model in (CircleMember, ConflictOfInterest):
        rows = model.objects.filter(person=merged)
        twice = model.objects.filter(person=kept)
        if model is CircleMember:
            twice = twice.filter(ends_before__isnull=True)
            rows = rows.exclude(
                ends_before__isnull=True, user__in=list(twice.values_list("user_id", flat=True))
            )
        else:
            rows = rows.exclude(user__in=list(twice.values_list("user_id", flat=True)))
        pks = list(rows.order_by("pk").values_list("pk", flat=True))
        _move(model, "person", pks, kept)


def _follow(persons, actor: User, now: datetime) -> None:
    """What every app ties to an open case follows it to the person who has it now. Raises Refused
    when somebody is writing."""
    try:
        with transaction.atomic():
            for step in opening_steps:
                for person in persons if step.follow is not None else ():
                    step.follow(person, actor=actor, today=timezone.localdate(now))
    except OperationalError:
        raise Refused(
            _("Somebody is writing about one of the two just now. Wait a moment and try again.")
        ) from None


def _afterwards(merge: PersonMerge, cases, action: str, kind: str, actor: User) -> None:
    """Clocks, one event in the newest case of each, the log on both, a word to the coaches."""
    for case in cases:
        clock.recompute(case)
    newest = {case.person_id: case for case in sorted(cases, key=lambda c: (c.started_on, c.pk))}
    for case in newest.values():
        record_event(Case.objects.get(pk=case.pk), kind, actor=actor)
    for person in (merge.kept, merge.merged):
        log.record(
            actor,
            action,
            access=Access.CHANGE,
            subject=person.ref,
            obj=merge,
            fields=sorted(merge.before["after"]["fields"]),
        )
    sentence = {
        "person.merged": gettext_lazy(
            "The person in case %(case)s was registered twice; the two are now one."
        ),
        "person.parted": gettext_lazy(
            "The merge of two registrations in case %(case)s has been undone."
        ),
    }[kind]
    notify_many(
        NoticeText(
            user_id=case.coach_id,
            key=f"{kind}:{merge.pk}:{case.pk}",
            sentence=sentence,
            payload={"case": case.number},
            url_name="casework:case",
            url_arg=case.number,
        )
        for case in cases
        if case.is_open and case.coach_id and case.coach_id != actor.pk
    )
    forget_relations(actor)


# --- undone --------------------------------------------------------------------------------------
@transaction.atomic
def undo_merge(merge: PersonMerge, *, actor: User, now: datetime) -> PersonMerge:
    """Part two registrations that were merged by mistake: every row goes back to where it was.

    What came after goes with its case, or stays with the kept person. An address that protection
    removed does not come back. Raises Refused with what makes it impossible.
    """
    kept, merged = _lock_persons(merge.kept, merge.merged)
    merge = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    merge.kept, merge.merged = kept, merged
    require(actor, "person.merge", case_or_unit(kept))
    if reasons := plan.undo_obstacles(merge, now):
        raise Refused(" ".join(reasons))
    before = merge.before
    cases = list(Case.objects.filter(person=kept).order_by("pk"))
    moved_cases = set(before["moved"].get(plan.key_of(Case, "person"), []))
    Person.objects.filter(pk=merged.pk).update(merged_into=None)
    for key, pks in before["moved"].items():
        model, name = plan.reference_of(key)
        locked = set(_locked_pks(kept, model, name))
        follow = plan.following(model, plan.since(merge, model, name), moved_cases)
        back = sorted((locked & set(pks)) | set(follow))
        if back:
            _move(model, name, back, merged)
    _numbers_back(kept, before["numbers"])
    for name, model in (("circle", CircleMember), ("conflicts", ConflictOfInterest)):
        for pk, person_id, *_rest in before[name]:
            model.objects.filter(pk=pk).update(person_id=person_id)
    together = kept.interpreter_language
    _fields_back(kept, before["fields"])
    merged.merged_into = None
    _fields_back(merged, before["merged_fields"])
    for person in (merged, kept):
        person.version += 1
        save_checked(person)
    for person in (merged, kept):
        follow_person(person, together, actor=actor)
    merge.undone_at, merge.undone_by = now, actor
    save_checked(merge)
    _follow((kept, merged), actor, now)
    parted = list(Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk"))
    _afterwards(merge, parted, "person.part", "person.parted", actor)
    merge.before = {}  # the values of a person who is somebody else are not kept twice
    merge.save()
    return merge


def _numbers_back(kept: Person, rows: list[list]) -> None:
    IdentityNumber.objects.filter(person=kept).update(is_current=False)
    for pk, person_id, is_current in rows:
        IdentityNumber.objects.filter(pk=pk).update(person_id=person_id, is_current=is_current)


def _fields_back(person: Person, values: Mapping[str, str | None]) -> None:
    protected = person.protection != Protection.NONE
    for name, value in values.items():
        if name in plan.ADDRESS and protected:
            continue
        field = Person._meta.get_field(name)
        setattr(person, name, None if value is None else field.to_python(value))


def settle_old_merges(now: datetime) -> int:
    """Merges that can no longer be undone keep no former values, and the row that is left no name;
    returns how many. Safe to run again."""
    old = PersonMerge.objects.standing().filter(merged_at__lte=now - plan.undo_days())
    settled = 0
    for pk in list(old.exclude(before={}).order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            merge = PersonMerge.objects.select_for_update(of=("self",)).get(pk=pk)
            left = Person.objects.select_for_update().get(pk=merge.merged_id)
            for name in (*plan.CHOSEN, *plan.ADDRESS):
                field = Person._meta.get_field(name)
                setattr(left, name, field.get_default())
            left.given_name = "-"
            left.save()
            merge.before = {}
            merge.save()
            settled += 1
    return settled
