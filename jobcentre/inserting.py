"""Many rows written by one statement: they go as one JSON parameter.

`bulk_create` makes a parameter of every value, and an object of every row; a night has thousands.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import connection, models

MOST = 5000  # rows of one statement


def insert_new(model: type[models.Model], rows: Sequence[dict], **same) -> set[str]:
    """Insert those of `rows` whose `key` is not there yet; returns the keys that were new.

    A row has the columns (`attname`) that differ from row to row, `same` those that do not; the
    others get their default. No two rows have the same key. What another transaction writes at the
    same moment is left to it.
    """
    if not rows:
        return set()
    default = {
        field.attname: field.get_default()
        for field in _fields(model)
        if field.attname not in rows[0]
    }
    insert = _Insert(model, list(rows[0]), {**default, **same})
    return {key for some in _parts(rows) for key in insert.new(some)}


def insert_all(objects: Sequence[models.Model]) -> None:
    """Insert rows of one model, all their columns given; their ids are not read back."""
    if not objects:
        return
    names = [field.attname for field in _fields(type(objects[0]))]
    insert = _Insert(type(objects[0]), names, {})
    for some in _parts(objects):
        insert.all([{name: getattr(each, name) for name in names} for each in some])


def _fields(model) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def _parts(rows: Sequence) -> Iterator[Sequence]:
    return (rows[first : first + MOST] for first in range(0, len(rows), MOST))


class _Insert:
    """The statement for rows with the columns `names`, and with the values `same` in all of them.

    Table and column names are those of our models.
    """

    def __init__(self, model, names: list[str], same: dict):
        quote = connection.ops.quote_name
        fields = {field.attname: field for field in _fields(model)}
        self.table = quote(model._meta.db_table)
        self.same = [fields[name].get_db_prep_save(same[name], connection) for name in same]
        columns = ", ".join(map(quote, [*names, *same]))
        if connection.vendor == "postgresql":
            typed = (f"{quote(name)} {fields[name].db_type(connection)}" for name in names)
            source = f"json_to_recordset(%s) AS new({', '.join(typed)})"
            values = [f"new.{quote(name)}" for name in names]
            shared = [f"%s::{fields[name].db_type(connection)}" for name in same]
            self.key = "new.key"
        else:
            source = "json_each(%s) AS new"
            values = [f"json_extract(new.value, '$.{name}')" for name in names]
            shared = ["%s"] * len(same)
            self.key = "json_extract(new.value, '$.key')"
        selected = ", ".join([*values, *shared])
        self.sql = f"INSERT INTO {self.table} ({columns}) SELECT {selected} FROM {source} "  # noqa: S608

    def new(self, rows: Sequence[dict]) -> list[str]:
        """Write those whose key is new; returns their keys."""
        known = f"SELECT 1 FROM {self.table} AS old WHERE old.key = {self.key}"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(
                f"{self.sql}WHERE NOT EXISTS ({known}) ON CONFLICT DO NOTHING RETURNING key",
                [*self.same, _as_json(rows)],
            )
            return [key for (key,) in cursor.fetchall()]

    def all(self, rows: Sequence[dict]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [*self.same, _as_json(rows)])


def _as_json(rows: Sequence[dict]) -> str:
    return json.dumps(rows, default=_Plain(), ensure_ascii=False, separators=(",", ":"))


class _Plain:
    """A day or a moment as the database writes it, made once for the thousands of rows with it."""

    def __init__(self):
        self.known: dict[date, str] = {}

    def __call__(self, when: date) -> str:
        if when not in self.known:
            self.known[when] = (
                str(connection.ops.adapt_datetimefield_value(when))
                if isinstance(when, datetime)
                else when.isoformat()
            )
        return self.known[when]
