"""One row by its key, with a statement that is put together once for each model.

Nearly every transition begins by reading its row again under a lock; for Django to put the same
SELECT together each time takes seven times as long as for the database to answer it.
"""

from typing import TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

Row = TypeVar("Row", bound=models.Model)


def read(model: type[Row], pk: int) -> Row:
    """The row as it is now. Raises the model's DoesNotExist."""
    return _reading(model, for_update=False).row(pk)


def read_locked(model: type[Row], pk: int) -> Row:
    """The same under a lock that the caller's transaction holds to its end.

    Raises DoesNotExist, TransactionManagementError outside a transaction.
    """
    if not connections[DEFAULT_DB_ALIAS].in_atomic_block:
        raise transaction.TransactionManagementError("A row is locked inside a transaction.")
    return _reading(model, for_update=True).row(pk)


class _Reading:
    """The SELECT of one row of a model, and what makes its values those of the fields."""

    def __init__(self, model: type[models.Model], *, for_update: bool):
        rows = model._base_manager.filter(pk=0).order_by()
        query = (rows.select_for_update() if for_update else rows).query
        self.model = model
        self.compiler = query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, _parameters = self.compiler.as_sql()
        columns = [column for column, _sql, _alias in self.compiler.select]
        self.names = [column.target.attname for column in columns]
        self.converters = self.compiler.get_converters(columns)

    def row(self, pk: int) -> models.Model:
        with self.compiler.connection.cursor() as cursor:
            cursor.execute(self.sql, [pk])
            found = cursor.fetchall()
        if not found:
            raise self.model.DoesNotExist(f"{self.model.__name__} {pk} does not exist.")
        (values,) = self.compiler.apply_converters(found, self.converters)
        return self.model.from_db(DEFAULT_DB_ALIAS, self.names, values)


def _reading(model: type[models.Model], *, for_update: bool) -> _Reading:
    """Kept with the connection, as each thread has its own."""
    known = connections[DEFAULT_DB_ALIAS].__dict__.setdefault("readings_of_rows", {})
    key = model, for_update
    if key not in known:
        known[key] = _Reading(model, for_update=for_update)
    return known[key]
