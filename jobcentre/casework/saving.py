"""Saving a row that has been checked: fields, uniqueness and constraints with their sentences."""

from functools import reduce
from operator import and_

from django.core.exceptions import ValidationError
from django.db import models, router

from jobcentre.replay import is_replaying


def save_checked(row: models.Model) -> None:
    """Check `row` and save it. Raises ValidationError with a sentence for each mistake.

    While the past is replayed (imports, the demo) uniqueness, constraints and foreign keys are
    left to the database, which refuses the same rows without the sentences: asking it twice is
    half the time of an import.
    """
    if is_replaying():
        row.clean_fields(exclude={field.name for field in row._meta.fields if field.is_relation})
        row.clean()
    else:
        check(row)
    row.save()


def check(row: models.Model) -> None:
    """`row.full_clean()` with one question to the database for all check constraints, where Django
    asks one for each between two savepoints. A row that is wrong is asked about as Django does it,
    so that each mistake gets its sentence."""
    try:
        row.full_clean(validate_constraints=False)
    except ValidationError:
        row.full_clean()
        raise
    using = router.db_for_write(type(row), instance=row)
    for model, constraints in row.get_constraints():
        checks = [one for one in constraints if isinstance(one, models.CheckConstraint)]
        others = [one for one in constraints if one not in checks]
        try:
            for constraint in [*_together(checks), *others]:
                constraint.validate(model, row, using=using)
        except ValidationError:
            row.validate_constraints()
            raise


def _together(checks: list[models.CheckConstraint]) -> list[models.CheckConstraint]:
    """One constraint that holds when all of `checks` do."""
    if len(checks) < 2:
        return checks
    conditions = [models.Q(one.condition) for one in checks]
    return [models.CheckConstraint(condition=reduce(and_, conditions), name="together")]
