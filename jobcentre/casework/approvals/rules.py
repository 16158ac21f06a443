"""Four eyes as a small type of its own, without a database."""

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Refusal(StrEnum):
    """Why somebody may not decide."""

    ALREADY_DECIDED = "already_decided"
    OWN_WORK = "own_work"
    CHANGED = "changed"
    NO_REASON = "no_reason"


@dataclass(frozen=True)
class Pending:
    """What waits for a decision: who wrote it, who coaches, and the content it binds."""

    requested_by: int
    last_edited_by: int
    coach: int | None
    content_hash: str
    is_pending: bool = True
    written_by: int | None = None


def refusal(pending: Pending, decider: int, seen_hash: str, *, approves: bool, reason: str):
    """None when `decider` may decide, else the Refusal.

    The decider is never the author, the last editor or the person's coach; a decision is final;
    `seen_hash` must be the hash of what stands now; a return or refusal needs a reason.
    """
    if not pending.is_pending:
        return Refusal.ALREADY_DECIDED
    if decider in (
        pending.requested_by,
        pending.last_edited_by,
        pending.written_by,
        pending.coach,
    ):
        return Refusal.OWN_WORK
    if seen_hash != pending.content_hash:
        return Refusal.CHANGED
    if not approves and not reason.strip():
        return Refusal.NO_REASON
    return None


def content_hash(content: Any) -> str:
    """SHA-256 over the content as canonical JSON (sorted keys, dates as ISO text)."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
