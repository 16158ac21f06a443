"""Orders, the providers they go to, and their reports."""

from referrals.models.agreements import (
    Agreement,
    AgreementDocument,
    AgreementService,
    AgreementVersion,
)
from referrals.models.claims import Claim
from referrals.models.courses import CourseBudget, CourseBudgetChange, CourseRequest
from referrals.models.methods import (
    FuturePlan,
    MethodContact,
    MethodIntensity,
    MethodStage,
    MethodSupport,
)
from referrals.models.orders import (
    Order,
    OrderMessage,
    OrderPause,
    OrderQuerySet,
    OrderQuestion,
)
from referrals.models.proposals import OrderProposal
from referrals.models.providers import (
    Provider,
    ProviderPerson,
    ProviderSite,
    ProviderVersion,
    ServiceCapacity,
    SubSupplier,
)
from referrals.models.reports import ProviderReport, ReportedGoal, ReportReturn

__all__ = [
    "Agreement",
    "AgreementDocument",
    "AgreementService",
    "AgreementVersion",
    "Claim",
    "CourseBudget",
    "CourseBudgetChange",
    "CourseRequest",
    "FuturePlan",
    "MethodContact",
    "MethodIntensity",
    "MethodStage",
    "MethodSupport",
    "Order",
    "OrderMessage",
    "OrderPause",
    "OrderProposal",
    "OrderQuerySet",
    "OrderQuestion",
    "Provider",
    "ProviderPerson",
    "ProviderReport",
    "ProviderSite",
    "ProviderVersion",
    "ReportReturn",
    "ReportedGoal",
    "ServiceCapacity",
    "SubSupplier",
]
