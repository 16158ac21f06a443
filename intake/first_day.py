"""What the first day has left behind in a case, and what is missing. The rule is pure; what is known
is read with the case, in its query."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef

from intake.enums import AfStatus, FirstDayStep
from intake.models import (
    AfRegistration,
    ConsentRefusal,
    EmergencyNote,
    LanguageNeed,
    RightsGiven,
)
from jobcentre.casework.enums import ConsentPurpose
from jobcentre.casework.models import Case, Consent, ContactWish
from jobcentre.casework.models.together import RowsAsJson

# Asked on the first day; the others when they are needed.
ASKED_FIRST = (ConsentPurpose.AF, ConsentPurpose.INCOME_SUPPORT, ConsentPurpose.PROVIDERS)


@dataclass(frozen=True)
class Answer:
    """What the person has said of one consent: a yes until a day, a withdrawal, or a no."""

    purpose: str
    ends_before: date | None = None


@dataclass(frozen=True)
class Known:
    """What is known of a first day. `af` is (status, checked on, booked on) of the newest check."""

    rights: bool = False
    af: tuple[str, date, date | None] | None = None
    answers: tuple[Answer, ...] = ()
    has_support_unit: bool = True
    contact: bool = False
    language: bool = False
    emergency: bool = False


def unasked(known: Known, today: date) -> list[ConsentPurpose]:
    """The consents of the first day that the person has not answered, or that have run out.

    Without an income-support unit there is nobody there to exchange with.
    """
    answered = {
        answer.purpose
        for answer in known.answers
        if answer.ends_before is None or answer.ends_before > today
    }
    return [
        purpose
        for purpose in ASKED_FIRST
        if purpose not in answered
        and (purpose != ConsentPurpose.INCOME_SUPPORT or known.has_support_unit)
    ]


def af_is_due(af: tuple[str, date, date | None] | None, today: date) -> bool:
    """Whether the registration with AF is to be checked: never checked, or a booked day to
    register has passed since. Who is to register and has no day yet is asked again."""
    if af is None:
        return True
    status, checked_on, booked_on = af
    if status != AfStatus.WILL_REGISTER:
        return False
    return booked_on is None or (booked_on < today and checked_on <= booked_on)


def missing(known: Known, today: date) -> list[FirstDayStep]:
    """The steps that are not done, in their order. Worked examples: docs/rules.md."""
    done = {
        FirstDayStep.RIGHTS: known.rights,
        FirstDayStep.AF: not af_is_due(known.af, today),
        FirstDayStep.CONSENTS: not unasked(known, today),
        FirstDayStep.CONTACT: known.contact,
        FirstDayStep.LANGUAGE: known.language,
        FirstDayStep.EMERGENCY: known.emergency,
    }
    return [step for step, is_done in done.items() if not is_done]


def is_asked(started_on: date, since: date | None) -> bool:
    """Whether a case that began on the day is asked for what its first day lacks: not one from
    before the municipality kept it here (`FIRST_DAY_SINCE`; None: every case is)."""
    return since is None or started_on >= since


def asked_of(case: Case, today: date) -> list[FirstDayStep]:
    """What a case read by `with_first_day` is asked for."""
    if not case.is_open or not is_asked(case.started_on, settings.FIRST_DAY_SINCE):
        return []
    return missing(known_of(case), today)


# --- read with the case ---------------------------------------------------------------------------
def _of_case(model):
    return model.objects.filter(case=OuterRef("pk"))


def first_day_rows() -> dict:
    """What `known_of` needs, as expressions over Case."""
    consents = ("purpose", "ends_before", "withdrawn_on")
    return {
        "day_rights": Exists(_of_case(RightsGiven)),
        "day_af": RowsAsJson(_of_case(AfRegistration)[:1], ("status", "checked_on", "booked_on")),
        "day_consents": RowsAsJson(_of_case(Consent), consents),
        "day_refusals": RowsAsJson(_of_case(ConsentRefusal), ("purpose",)),
        "day_contact": Exists(_of_case(ContactWish)),
        "day_language": Exists(_of_case(LanguageNeed)),
        "day_emergency": Exists(_of_case(EmergencyNote)),
    }


def with_first_day(cases):
    """Each case with what `known_of` needs, in its own query."""
    return cases.annotate(**first_day_rows())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def known_of(case: Case) -> Known:
    """What is known of a case read by `with_first_day`."""
    af = case.day_af[0] if case.day_af else None
    return Known(
        rights=case.day_rights,
        af=af and (af["status"], _day(af["checked_on"]), _day(af["booked_on"])),
        answers=tuple(_answers(case.day_consents, case.day_refusals)),
        has_support_unit=case.income_support_unit_id is not None,
        contact=case.day_contact,
        language=case.day_language,
        emergency=case.day_emergency,
    )


def _answers(consents: list[dict], refusals: list[dict]) -> Iterable[Answer]:
    for row in consents:
        # Taken back is an answer; run out is a question again.
        ends = None if row["withdrawn_on"] else _day(row["ends_before"])
        yield Answer(row["purpose"], ends)
    for row in refusals:
        yield Answer(row["purpose"])
