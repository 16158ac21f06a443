"""Whether the person has signed what a version says."""

from dataclasses import dataclass

from activityplans.content import content
from activityplans.models import PlanSignature, PlanVersion
from jobcentre.casework.approvals.rules import content_hash


@dataclass(frozen=True)
class Signed:
    """The latest signature of a version and whether it holds: nothing was changed since."""

    signature: PlanSignature | None
    holds: bool

    @property
    def is_outdated(self) -> bool:
        return self.signature is not None and not self.holds


def signed(version: PlanVersion) -> Signed:
    """The signature of the version as it stands."""
    signature = version.signatures.select_related("seen_by").first()
    holds = signature is not None and signature.content_hash == content_hash(content(version))
    return Signed(signature, holds)
