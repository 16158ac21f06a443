"""The rows U1, U2 and U6 as querysets, for reports: each figure is counted from one of these.

Periods are half-open. What a user may see is asked by the caller (`visible_to`).
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from intake.youth.enums import REACHED, OccupationKind
from intake.youth.models import (
    ContactAttempt,
    EducationContract,
    ExpressedNeed,
    KnownOccupation,
    OutreachEntry,
)


def registered_on(day: date):
    """Entries in the outreach register on `day` (U1)."""
    return OutreachEntry.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=day), registered_on__lte=day
    )


def in_kaa_on(day: date):
    """Entries in the statutory KAA register on `day` (U1)."""
    return OutreachEntry.objects.in_kaa_on(day)


def sought_between(starts_on: date, ends_before: date):
    """Entries with at least one contact attempt in the period (U1)."""
    made = ContactAttempt.objects.filter(
        entry=OuterRef("pk"), on__gte=starts_on, on__lt=ends_before
    )
    return OutreachEntry.objects.filter(Exists(made))


def reached_between(starts_on: date, ends_before: date):
    """Entries whose young person was spoken with in the period (U1)."""
    made = ContactAttempt.objects.filter(
        entry=OuterRef("pk"), on__gte=starts_on, on__lt=ends_before, result__in=REACHED
    )
    return OutreachEntry.objects.filter(Exists(made))


def found_between(starts_on: date, ends_before: date):
    """Entries with an occupation that began in the period and was noted (U1)."""
    begun = KnownOccupation.objects.filter(
        entry=OuterRef("pk"), starts_on__gte=starts_on, starts_on__lt=ends_before
    ).exclude(kind=OccupationKind.NOTHING)
    return OutreachEntry.objects.filter(Exists(begun))


def contracts_during(starts_on: date, ends_before: date):
    """Education contracts that ran on some day of the period (U2)."""
    return EducationContract.objects.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gte=starts_on), starts_on__lt=ends_before
    )


def needs_between(starts_on: date, ends_before: date):
    """Needs that the young spoke of in the period; a person counts once for each need (U6)."""
    return ExpressedNeed.objects.filter(attempt__on__gte=starts_on, attempt__on__lt=ends_before)
