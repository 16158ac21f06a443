from intake.models.desk import Desk, PlannedEntrance, Screen
from intake.models.first_day import AfRegistration, Mapping, MappingAnswer, RightsGiven
from intake.models.visit import Visit
from intake.youth import models as youth

__all__ = [
    "AfRegistration",
    "Desk",
    "Mapping",
    "MappingAnswer",
    "PlannedEntrance",
    "RightsGiven",
    "Screen",
    "Visit",
    "youth",
]
