from activityplans.models.activities import Activity, ActivityBreak, ActivityFollowUp
from activityplans.models.attendance import (
    AbsenceReport,
    AbsenceRule,
    AttendanceChange,
    RepeatedAbsence,
    Session,
    SetAsideSession,
)
from activityplans.models.catalogue import Service, ServiceVersion
from activityplans.models.groups import GroupService
from activityplans.models.midway import MidwayFollowUp
from activityplans.models.packages import AfPackage
from activityplans.models.plan_parts import PlanSignature, Promise, SteeringMeeting, SubGoal
from activityplans.models.plans import (
    LineTime,
    PlanLine,
    PlanReview,
    PlanVersion,
    PlanVersionQuerySet,
)
from activityplans.models.settings import HoursRule, PlanFieldRule
from activityplans.models.statements import StatementReading, SupportStatement
from activityplans.models.templates import PlanTemplate, TemplateLine

__all__ = [
    "AbsenceReport",
    "AbsenceRule",
    "Activity",
    "ActivityBreak",
    "ActivityFollowUp",
    "AfPackage",
    "AttendanceChange",
    "GroupService",
    "HoursRule",
    "LineTime",
    "MidwayFollowUp",
    "PlanFieldRule",
    "PlanLine",
    "PlanReview",
    "PlanSignature",
    "PlanTemplate",
    "PlanVersion",
    "PlanVersionQuerySet",
    "Promise",
    "RepeatedAbsence",
    "Service",
    "ServiceVersion",
    "Session",
    "SetAsideSession",
    "StatementReading",
    "SteeringMeeting",
    "SubGoal",
    "SupportStatement",
    "TemplateLine",
]
