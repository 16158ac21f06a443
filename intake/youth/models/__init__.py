from intake.youth.models.contacts import (
    ContactAttempt,
    ExpressedNeed,
    KnownOccupation,
    YouthMeasure,
)
from intake.youth.models.contract import ContractFollowUp, EducationContract
from intake.youth.models.entry import KaaPeriod, OutreachEntry
from intake.youth.models.extract import KaaExtract, KaaExtractRow
from intake.youth.models.settings import ContactStep, OutreachInterval

__all__ = [
    "ContactAttempt",
    "ContactStep",
    "ContractFollowUp",
    "EducationContract",
    "ExpressedNeed",
    "KaaExtract",
    "KaaExtractRow",
    "KaaPeriod",
    "KnownOccupation",
    "OutreachEntry",
    "OutreachInterval",
    "YouthMeasure",
]
