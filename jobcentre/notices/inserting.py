"""Many rows with a key written by one statement, and only those that are new.

`bulk_create` makes an object and a parameter of every value; a night has thousands. Here the rows
go as one JSON parameter, and the database says which of them were new.
"""

import json
from collections.abc import Iterator

from django.db import connection, models

MOST = 5000  # rows of one statement


def insert_new(model: type[models.Model], rows: list[dict]) -> set[str]:
    """Insert those of `rows` whose `key` is not there yet; returns the keys that were new.

    A row has the columns (`attname`) that have no default of their own; no two have the same key.
    What another transaction writes at the same moment is left to it.
    """
    if not rows:
        return set()
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    default = {
        field.attname: field.get_default() for field in fields if field.attname not in rows[0]
    }
    return {
        key
        for first in range(0, len(rows), MOST)
        for key in _insert(
            model, fields, [{**default, **row} for row in rows[first : first + MOST]]
        )
    }


def _insert(model, fields, rows: list[dict]) -> Iterator[str]:
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), [field.attname for field in fields]
    if connection.vendor == "postgresql":
        typed = ", ".join(f"{quote(each.attname)} {each.db_type(connection)}" for each in fields)
        source = f"json_to_recordset(%s) AS new({typed})"
        values, key = [f"new.{quote(name)}" for name in names], "new.key"
    else:
        source = "json_each(%s) AS new"
        values = [f"json_extract(new.value, '$.{name}')" for name in names]
        key = "json_extract(new.value, '$.key')"
    # Table and column names are those of our models.
    sql = (
        f"INSERT INTO {table} ({', '.join(map(quote, names))}) "  # noqa: S608
        f"SELECT {', '.join(values)} FROM {source} "
        f"WHERE NOT EXISTS (SELECT 1 FROM {table} AS old WHERE old.key = {key}) "
        "ON CONFLICT DO NOTHING RETURNING key"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [json.dumps(rows, default=_Plain())])
        yield from (key for (key,) in cursor.fetchall())


class _Plain:
    """A moment as the database writes it, made once for the thousands of rows that share it."""

    def __init__(self):
        self.known: dict[object, str] = {}

    def __call__(self, moment) -> str:
        if moment not in self.known:
            self.known[moment] = str(connection.ops.adapt_datetimefield_value(moment))
        return self.known[moment]
