"""Saving a row that has been checked: fields, uniqueness and constraints with their sentences."""

from django.db import models

from jobcentre.replay import is_replaying


def save_checked(row: models.Model) -> None:
    """Check `row` and save it. Raises ValidationError with a sentence for each mistake.

    While the past is replayed (imports, the demo) the constraints are left to the database, which
    refuses the same rows without the sentences: asking it twice is half the time of an import.
    """
    row.full_clean(validate_constraints=not is_replaying(), validate_unique=not is_replaying())
    row.save()
