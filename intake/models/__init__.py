from intake.models.desk import Desk, PlannedEntrance, Screen
from intake.models.first_day import AfRegistration, Mapping, MappingAnswer, RightsGiven
from intake.models.visit import Visit

__all__ = [
    "AfRegistration",
    "Desk",
    "Mapping",
    "MappingAnswer",
    "PlannedEntrance",
    "RightsGiven",
    "Screen",
    "Visit",
]
