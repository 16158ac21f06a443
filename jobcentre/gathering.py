"""Rows that are written together at the end of a block instead of one by one.

For imports and the demo, inside their transaction: thousands of small inserts become one.
Outside a block nothing changes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, transaction

Row = TypeVar("Row")


@contextmanager
def all_or_nothing() -> Iterator[None]:
    """One transaction without savepoints, which are a fifth of the statements of what is told.

    An error inside cannot be survived: it ends the transaction, whoever catches it.
    """
    database = connections[DEFAULT_DB_ALIAS]
    with transaction.atomic():
        # Without an id `atomic` has nothing to release. The setting of the features says the same,
        # but Django does not ask it on SQLite.
        database.savepoint = lambda: None
        try:
            yield
        finally:
            del database.savepoint


class Gathering(Generic[Row]):
    """One kind of rows; `write` gets all that a block has gathered."""

    def __init__(self, name: str, write: Callable[[list[Row]], object]):
        self._write = write
        self._rows: ContextVar[list[Row] | None] = ContextVar(name, default=None)

    def keeps(self, row: Row) -> bool:
        """True when a block is open and will write `row`; False when the caller must."""
        rows = self._rows.get()
        if rows is None:
            return False
        rows.append(row)
        return True

    @contextmanager
    def open(self) -> Iterator[None]:
        """Gather until the end; a block inside another leaves the writing to the outer one. What a
        failing block has gathered is thrown away, as its transaction is."""
        if self._rows.get() is not None:
            yield
            return
        token = self._rows.set([])
        try:
            yield
            rows = self._rows.get()
        finally:
            self._rows.reset(token)
        if rows:
            self._write(rows)
