"""What is written in the log and on the timeline stays as it was written."""

import pytest
from django.db import Error, connection, transaction

from jobcentre.audit.models import Entry
from jobcentre.casework.models import CaseEvent


@pytest.mark.parametrize("model", [Entry, CaseEvent])
def test_rows_can_neither_be_changed_nor_removed(town, model):
    town.opened()
    row = model.objects.first()
    column = "action" if model is Entry else "kind"
    before = getattr(row, column)
    for act in (
        lambda: model.objects.filter(pk=row.pk).update(**{column: "x"}),
        lambda: model.objects.filter(pk=row.pk).delete(),
        lambda: _replace(model, row, column),
    ):
        with pytest.raises(Error), transaction.atomic():
            act()
    assert getattr(model.objects.get(pk=row.pk), column) == before


def _replace(model, row, column):
    """An upsert, which goes round a trigger on UPDATE when the database lets it."""
    setattr(row, column, "x")
    if connection.vendor == "sqlite":
        table = model._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = {row.pk}"
            )
    else:
        model.objects.bulk_create(
            [row], update_conflicts=True, update_fields=[column], unique_fields=["id"]
        )
