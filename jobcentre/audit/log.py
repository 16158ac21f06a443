"""The one writer of audit entries.

A read entry is its own insert before the page is rendered: when it cannot be written the page is
not shown. A change entry is written inside the transaction of the change.
"""

from collections.abc import Iterable
from uuid import UUID

from jobcentre.audit import request_id
from jobcentre.audit.enums import Access, Outcome
from jobcentre.audit.models import Entry
from jobcentre.gathering import Gathering

gathered_entries = Gathering("entries", Entry.objects.bulk_create)
MAX_LISTED = 50  # persons named in the entry of a list or search


def record(
    user,
    action: str,
    *,
    access: Access,
    subject: UUID | None = None,
    subjects: Iterable[UUID] = (),
    obj=None,
    fields: Iterable[str] = (),
    reason: str = "",
    outcome: Outcome = Outcome.DONE,
) -> Entry:
    """Write one entry. `user` is None for the system's own work.

    `subject` is the person's `ref`; `subjects` the refs shown in a list (the first 50 are kept);
    `obj` any model instance; `fields` names of changed fields, never their values.
    """
    membership = getattr(user, "acting", None)
    entry = Entry(
        actor=user if user is not None and user.pk else None,
        acting_role=membership.role if membership else "",
        unit_id=membership.unit_id if membership else None,
        access=access,
        action=action,
        subject_ref=subject,
        subject_refs=[str(ref) for ref in list(subjects)[:MAX_LISTED]],
        object_type=obj._meta.label_lower if obj is not None else "",
        object_ref=str(obj.pk) if obj is not None else "",
        fields=list(fields),
        reason=reason[:300],
        request_id=request_id.current(),
        outcome=outcome,
    )
    if not gathered_entries.keeps(entry):
        entry.save(force_insert=True)
    return entry
