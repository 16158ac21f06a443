"""The entry of the outreach register and the person's open case: linked whoever opens the case.

Whoever has come to a job centre is reached. The link says to the coach that somebody at the youth
unit follows the person; the youth unit sees of the case what it may see of every case.
"""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from intake.youth.enums import ContactResult
from intake.youth.models import OutreachEntry
from intake.youth.transitions.upkeep import log_change, may_move, move, settle
from jobcentre.accounts.models import User
from jobcentre.casework.access.queries import who_may_know
from jobcentre.casework.concurrency import lock
from jobcentre.casework.enums import CaseStatus
from jobcentre.casework.models import Case, Person
from jobcentre.notices.writer import NoticeText, notify


def hold_entry(person: Person) -> None:
    """Lock the open entry before the person is locked: everything about an entry does it so."""
    list(_entries_of(person).select_for_update().only("pk"))


def link_case(case: Case, *, actor: User | None, today: date) -> None:
    """Link the person's open entry, if there is one, to the case; a person searched for, or who has
    said no, is in contact again. The responsible coordinator is told."""
    entry = _entries_of(case.person).only("pk").first()  # few persons have one
    if entry is not None:
        entry = lock(entry)
        entry.person = case.person
        _link(entry, case, actor, today)


def follow_person(person: Person, *, actor: User, today: date) -> None:
    """After a merge or its undoing: the entry is linked to the open case that the person has now,
    and no longer to one that has become somebody else's."""
    entry = (
        _entries_of(person)
        .select_for_update(of=("self",), nowait=True)
        .select_related("person", "unit", "coordinator", "case")
        .first()
    )
    if entry is None:
        return
    case = Case.objects.open().filter(person=person).first()
    if case is not None:
        _link(entry, case, actor, today)
    elif entry.case is not None and entry.case.person_id != person.pk:
        _unlink(entry, actor, today)


def link_missing(today: date) -> int:
    """Link every open entry of somebody who has an open case and is linked to none; returns how
    many. Part of the nightly round; safe to run again."""
    open_case = Case.objects.open().filter(person=OuterRef("person_id"))
    unlinked = OutreachEntry.objects.open().filter(
        Q(case__isnull=True) | ~Q(case__status=CaseStatus.OPEN), Exists(open_case)
    )
    linked = 0
    for person_id in list(unlinked.order_by("pk").values_list("person_id", flat=True)):
        linked += _link_at_night(person_id, today)
    return linked


@transaction.atomic
def _link_at_night(person_id: int, today: date) -> bool:
    hold_entry(Person(pk=person_id))
    case = Case.objects.open().filter(person=person_id).select_related("person").first()
    if case is None:
        return False  # closed since the round began
    link_case(case, actor=None, today=today)
    return True


def _entries_of(person: Person):
    return OutreachEntry.objects.open().filter(person=person).order_by("pk")


def _link(entry: OutreachEntry, case: Case, actor: User | None, today: date) -> None:
    if entry.case_id == case.pk:
        return
    entry.case = case
    if may_move(entry, "reach"):
        move(entry, "reach", today)
    entry.version += 1
    settle(entry, today)
    log_change(actor, "youth.case", entry, fields=["case"])
    told = entry.coordinator
    if told is not None and told != actor and who_may_know(entry.person, [told]):
        notify(
            NoticeText(
                user_id=told.pk,
                key=f"outreach-case:{entry.pk}:{case.pk}",
                sentence=gettext_lazy(
                    "A young person you are responsible for has been enrolled at a job centre."
                ),
                url_name="intake:youth_entry",
                url_arg=str(entry.ref),
            )
        )


def _unlink(entry: OutreachEntry, actor: User, today: date) -> None:
    """The case was another human's: searched for again, unless somebody at the unit has met them."""
    entry.case = None
    reached = entry.attempts.filter(result=ContactResult.REACHED).exists()
    if not reached and may_move(entry, "search_again"):
        move(entry, "search_again", today)
    entry.version += 1
    settle(entry, today)
    log_change(actor, "youth.case", entry, fields=["case"])
