from jobcentre.casework.models.answering import AnswerTexts, ApprovalForward, ApproverCover
from jobcentre.casework.models.appointment import Appointment, StaffAbsence, WorkHours
from jobcentre.casework.models.approval import Approval
from jobcentre.casework.models.case import Case, CoachAssignment, NumberSeries
from jobcentre.casework.models.clock import (
    DUE_FIRST,
    CapExtension,
    ClockPause,
    ClosedDay,
    Deadline,
    DeadlineRule,
)
from jobcentre.casework.models.coach import (
    CaseloadRule,
    CoachProfile,
    Language,
    Specialisation,
)
from jobcentre.casework.models.codes import CodeListItem, ExitReason, TargetGroup
from jobcentre.casework.models.contacts import ContactWish, OutsideContact
from jobcentre.casework.models.draft import FormDraft
from jobcentre.casework.models.exit import Exit
from jobcentre.casework.models.loans import CentreLoan
from jobcentre.casework.models.merge import DuplicatePair, PersonMerge
from jobcentre.casework.models.moves import HandOver, TrackMove, track_at, track_on, was_in_track
from jobcentre.casework.models.person import (
    CircleMember,
    ConflictOfInterest,
    IdentityNumber,
    Person,
    PersonCorrection,
)
from jobcentre.casework.models.relations import (
    CaseChildQuerySet,
    Consent,
    Document,
    Involvement,
    SensitiveOpening,
    Submission,
)
from jobcentre.casework.models.rules import EnrolmentRule
from jobcentre.casework.models.timeline import CaseEvent, StruckNote

__all__ = [
    "DUE_FIRST",
    "AnswerTexts",
    "Appointment",
    "Approval",
    "ApprovalForward",
    "ApproverCover",
    "CapExtension",
    "Case",
    "CaseChildQuerySet",
    "CaseEvent",
    "CaseloadRule",
    "CentreLoan",
    "CircleMember",
    "ClockPause",
    "ClosedDay",
    "CoachAssignment",
    "CoachProfile",
    "CodeListItem",
    "ConflictOfInterest",
    "Consent",
    "ContactWish",
    "Deadline",
    "DeadlineRule",
    "Document",
    "DuplicatePair",
    "EnrolmentRule",
    "Exit",
    "ExitReason",
    "FormDraft",
    "HandOver",
    "IdentityNumber",
    "Involvement",
    "Language",
    "NumberSeries",
    "OutsideContact",
    "Person",
    "PersonCorrection",
    "PersonMerge",
    "SensitiveOpening",
    "Specialisation",
    "StaffAbsence",
    "StruckNote",
    "Submission",
    "TargetGroup",
    "TrackMove",
    "WorkHours",
    "track_at",
    "track_on",
    "was_in_track",
]
