from intake.groups import models as groups
from intake.lists import models as lists
from intake.models.desk import Desk, PlannedEntrance, Screen
from intake.models.facts import MappingFact
from intake.models.first_day import (
    AfRegistration,
    ConsentRefusal,
    EmergencyNote,
    LanguageNeed,
    RightsGiven,
)
from intake.models.mapping import (
    AnswerVersion,
    Mapping,
    MappingAnswer,
    MappingArea,
    MappingPart,
    SummaryVersion,
)
from intake.models.progress import ProgressIndicator, ProgressMeasure, ProgressRating
from intake.models.referral_in import ReferralContact, ReferralIn, SupportObstacle
from intake.models.visit import Visit
from intake.youth import models as youth

__all__ = [
    "AfRegistration",
    "AnswerVersion",
    "ConsentRefusal",
    "Desk",
    "EmergencyNote",
    "LanguageNeed",
    "Mapping",
    "MappingAnswer",
    "MappingArea",
    "MappingFact",
    "MappingPart",
    "PlannedEntrance",
    "ProgressIndicator",
    "ProgressMeasure",
    "ProgressRating",
    "ReferralContact",
    "ReferralIn",
    "RightsGiven",
    "Screen",
    "SummaryVersion",
    "SupportObstacle",
    "Visit",
    "groups",
    "lists",
    "youth",
]
