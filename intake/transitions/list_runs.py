"""The rows of a list registered by the worker: many in one transaction and a fixed number of queries,
or, when that is refused, each in a transaction of its own.

Whoever holds the lease of the present attempt may write. A row is registered whole or not at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from intake.lists import rules
from intake.lists.enums import Choice, ImportState, RowState, Verdict
from intake.lists.models import ImportRow, ListImport
from intake.transitions import list_youth
from intake.transitions.list_words import Tell, both, end_row, say, write_rows
from intake.transitions.lists import (
    Listed,
    districts_below,
    log_list_change,
    verdict_of,
)
from intake.transitions.referrals_in import (
    Sending,
    busy_among,
    lacking_in,
    send_together,
)
from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.casework.access.checks import can
from jobcentre.casework.duplicates import Likeness, alike_many, facts_from
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.identity import Identity
from jobcentre.casework.models import IdentityNumber, Person
from jobcentre.casework.sources import allows_own_initiative
from jobcentre.casework.transitions.merging import answer_pair
from jobcentre.casework.transitions.persons import new_person, register_together

LEASE = timedelta(minutes=5)
logger = structlog.get_logger(__name__)


# --- whose turn it is ----------------------------------------------------------------------------
@transaction.atomic
def claim(pk: int, now: datetime) -> ListImport | None:
    """Take a list; one winner, by a conditional update. None when somebody else was first."""
    taken = (
        ListImport.objects.claimable(now)
        .filter(pk=pk)
        .update(state=ImportState.RUNNING, attempts=F("attempts") + 1, lease_until=now + LEASE)
    )
    if not taken:
        return None
    return ListImport.objects.select_related("centre", "uploaded_by", "acting__unit").get(pk=pk)


def keep_lease(source: ListImport, now: datetime) -> bool:
    """Go on holding the list; False when the lease went to somebody else."""
    held = ListImport.objects.filter(
        pk=source.pk, state=ImportState.RUNNING, attempts=source.attempts
    )
    return bool(held.update(lease_until=now + LEASE))


@transaction.atomic
def finish(source: ListImport, now: datetime, actor: User | None) -> bool:
    """The list is done; False when the lease went to somebody else."""
    done = ListImport.objects.filter(
        pk=source.pk, state=ImportState.RUNNING, attempts=source.attempts
    ).update(state=ImportState.DONE, lease_until=None, finished_at=now)
    if done:
        log_list_change(actor, source, "done")
    return bool(done)


def stop_without_right(source: ListImport, now: datetime) -> None:
    """The uploader's right has ended: what is left is not registered."""
    told = both(lambda: _("The one who uploaded the list may not register any more."))
    source.rows.filter(state=RowState.WAITING).update(state=RowState.FAILED, **told)
    finish(source, now, None)


# --- the rows ------------------------------------------------------------------------------------
def register_rows(source: ListImport, pks: Sequence[int], *, actor: User, today: date) -> bool:
    """Register rows together; when that is not possible each on its own, so that one row keeps
    nobody else out. False when another worker has the list now.

    Doing it again changes nothing: a row that is done is left alone.
    """
    try:
        return _together(source, pks, actor, today)
    except (Refused, ValidationError) as error:
        tell: Tell = partial(_why, error)
    except Exception:
        logger.exception("rows not registered together", list_id=source.pk, rows=len(pks))
        tell = _nothing_of_it
    if len(pks) == 1:
        _fail(pks[0], tell)
        return True
    return all(register_rows(source, [pk], actor=actor, today=today) for pk in pks)


@transaction.atomic
def _together(source: ListImport, pks: Sequence[int], actor: User, today: date) -> bool:
    held = ListImport.objects.select_for_update().filter(
        pk=source.pk, state=ImportState.RUNNING, attempts=source.attempts
    )
    if not held.exists():
        return False
    rows = ImportRow.objects.select_for_update(of=("self",)).filter(
        pk__in=pks, state=RowState.WAITING
    )
    if source.is_outreach:
        with log.gathered_entries.open():
            list_youth.register(source, list(rows.order_by("line")), actor, today)
        return True
    with log.gathered_entries.open():
        batch = Batch.of(source, list(rows.order_by("line")), actor, today)
        batch.decide()
        batch.write()
    return True


def _why(error: Refused | ValidationError) -> str:
    return str(error) if isinstance(error, Refused) else " ".join(error.messages)


def _nothing_of_it() -> str:
    return _("Something went wrong with this row. Nothing of it was registered.")


@transaction.atomic
def _fail(pk: int, tell: Tell) -> None:
    """Say in the row why nothing of it was registered."""
    row = ImportRow.objects.select_for_update(of=("self",)).get(pk=pk)
    if row.state == RowState.WAITING:
        row.state = RowState.FAILED
        for name, text in both(tell).items():
            setattr(row, name, text)
        row.save()


@dataclass
class Batch:
    """Rows that are registered together: what is known before, and what is to be written after.

    Rows of one batch may be of the same human: whoever is registered by an earlier row is known to
    the later ones, although not saved yet.
    """

    source: ListImport
    rows: list[ImportRow]
    actor: User
    today: date
    facts: list[rules.RowFacts]
    likes: list[list[Likeness]]
    taken: set[str]
    districts: Mapping[str, Unit]
    busy: dict[int, object]
    may_send: bool
    own_initiative: bool
    news: list[tuple[Person, dict, Identity | None]] = field(default_factory=list)
    listed: frozenset[int] = frozenset()
    newcomers: Listed = field(default_factory=Listed)
    parted: list[tuple[Person, Person]] = field(default_factory=list)
    sent: list[tuple[Person, Sending]] = field(default_factory=list)

    @classmethod
    def of(cls, source: ListImport, rows: list[ImportRow], actor: User, today: date) -> "Batch":
        facts = [rules.understood(row.values, today) for row in rows]
        likes = alike_many(actor, [facts_from(each.fields, each.identity) for each in facts])
        numbers = {each.identity.number for each in facts if each.identity}
        may_send = can(actor, "referral_in.send", source)
        is_sending = may_send and any(each.source and each.ground for each in facts)
        return cls(
            source=source,
            rows=rows,
            actor=actor,
            today=today,
            facts=facts,
            likes=likes,
            taken=taken_numbers(numbers),
            districts=districts_below(source.centre),
            busy=dict(busy_among({like.person.pk for found in likes for like in found}))
            if is_sending
            else {},
            may_send=may_send,
            own_initiative=allows_own_initiative(),
            listed=_registered_by(source, rows, likes),
        )

    def decide(self) -> None:
        """Say of each row what becomes of it; nothing is written."""
        for row, facts, found in zip(self.rows, self.facts, self.likes, strict=True):
            if row.choice == Choice.SKIP:
                end_row(row, RowState.LEFT_OUT, row.person, lambda: _("Left out, as it was said."))
            else:
                self._decide(row, facts, found)

    def _decide(self, row: ImportRow, facts: rules.RowFacts, found: list[Likeness]) -> None:
        wanted = facts_from(facts.fields, facts.identity)
        found = self.newcomers.beside(wanted, found)
        number = facts.identity.number if facts.identity else ""
        verdict, person, tell = verdict_of(
            row.values,
            facts,
            found,
            number in self.taken,
            self.newcomers.lines,
            self.districts,
            self.today,
            self.own_initiative,
        )
        meant = self._meant(row, found)
        answered = row.choice if meant is not None else ""
        if verdict == Verdict.WRONG or (verdict == Verdict.POSSIBLE and not answered):
            say(row, verdict, person, tell)
            row.state = RowState.FAILED
            return
        is_new = False
        if verdict == Verdict.POSSIBLE and answered == Choice.SAME:
            person, tell = meant, _registered_as_said
        elif verdict != Verdict.KNOWN:
            person, is_new = new_person(facts.fields, facts.identity, self.source.centre), True
            tell = _registered_as_new
        sending = self._sending(facts)
        if sending is not None:
            if refusal := lacking_in(sending, own_initiative=self.own_initiative) or self._busy(
                person
            ):
                say(row, verdict, None if is_new else person, lambda: str(refusal))
                row.state = RowState.FAILED
                return
            self.sent.append((person, sending))
            tell = partial(_and_referred, tell)
        if is_new:
            self.news.append((person, facts.fields, facts.identity))
            self.newcomers.add(wanted, person, row.line)
            self.parted += [(person, like.person) for like in found]
        row.verdict = verdict
        end_row(row, RowState.DONE, person, tell)

    def _meant(self, row: ImportRow, found: list[Likeness]) -> Person | None:
        """Of whom the answer in the row was said: a registration, or whom an earlier row of the list
        would register and has registered now."""
        for like in found:
            pk = like.person.pk
            if pk == row.person_id or (row.person_id is None and pk in self.listed):
                return like.person
        return None

    def _sending(self, facts: rules.RowFacts) -> Sending | None:
        """How the person is sent to the centre, when the row says by whom and on what ground and
        the one who uploaded the list may."""
        if not facts.source or not facts.ground or not self.may_send:
            return None
        return Sending(
            source=facts.source,
            centre=self.source.centre,
            ground=facts.ground,
            district=self.districts.get(rules.plain(facts.district)) if facts.district else None,
        )

    def _busy(self, person: Person):
        if any(person is other for other, _sending in self.sent):
            return _("The person is referred already and has not come yet.")
        return self.busy.get(person.pk, "")

    def write(self) -> None:
        """Write persons, what was said of pairs, referrals and the rows."""
        if self.news:
            register_together(self.news, actor=self.actor)
        for one, other in self.parted:
            answer_pair(one, other, PairAnswer.SEPARATE, actor=self.actor)
        if self.sent:
            send_together(self.sent, actor=self.actor, today=self.today)
        for row in self.rows:
            row.person = row.person  # one who was saved just now has a number of row only now
        write_rows(self.rows)


def _registered_by(
    source: ListImport, rows: list[ImportRow], likes: list[list[Likeness]]
) -> frozenset[int]:
    """The ids of those alike whom rows of the list have registered; one query when somebody has
    answered of a row what was asked about an earlier one, else none."""
    asked = {
        like.person.pk
        for row, found in zip(rows, likes, strict=True)
        if row.choice in (Choice.SAME, Choice.SEPARATE) and row.person_id is None
        for like in found
    }
    if not asked:
        return frozenset()
    done = source.rows.filter(state=RowState.DONE, person__in=asked)
    return frozenset(done.order_by().values_list("person_id", flat=True))


def _registered_as_new() -> str:
    return _("Registered as a new person.")


def _registered_as_said() -> str:
    return _("Registered already, as it was said.")


def _and_referred(tell: Tell) -> str:
    return " ".join((tell(), _("Referred to the centre.")))


def taken_numbers(numbers: set[str]) -> set[str]:
    """Those of `numbers` that somebody has now, hidden or not."""
    rows = IdentityNumber.objects.filter(number__in=numbers, is_current=True)
    return set(rows.values_list("number", flat=True))
