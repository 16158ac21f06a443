"""Small sets of rows that a page always needs, read in the same query as their owner."""

from datetime import UTC, datetime
from functools import cache

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Field, JSONField, Model, QuerySet, Subquery
from django.utils.timezone import is_naive, make_aware


class RowsAsJson(Subquery):
    """The rows of a queryset of `.values(...)` as one JSON array, on both databases.

    For a handful of rows (a case's interruptions, a person's numbers): instead of one query a
    relation there is none. The order of the queryset is kept.
    """

    output_field = JSONField()

    def __init__(self, queryset, names: tuple[str, ...], **extra):
        self.names = names
        super().__init__(queryset.values(*names), **extra)

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(
            compiler,
            connection,
            template="(SELECT COALESCE(jsonb_agg(to_jsonb(part)), '[]'::jsonb) FROM (%(subquery)s) part)",
            **extra,
        )

    def as_sqlite(self, compiler, connection, **extra):
        pairs = ", ".join(f"'{name}', part.\"{name}\"" for name in self.names)
        return self.as_sql(
            compiler,
            connection,
            template="(SELECT json_group_array(json_object(%(pairs)s)) FROM (%(subquery)s) part)",
            pairs=pairs,
            **extra,
        )


def columns_of(model: type[Model], *left_out: str) -> tuple[str, ...]:
    """The columns of a model, for RowsAsJson; names of fields in `left_out` are not read."""
    return tuple(
        field.attname for field in model._meta.concrete_fields if field.name not in left_out
    )


def row_of(model: type[Model], row: dict, using: str = DEFAULT_DB_ALIAS) -> Model:
    """One row of RowsAsJson as an instance; columns that were left out are read when asked for."""
    # `from_db` takes the values in the order of the model's columns, and PostgreSQL gives the keys
    # of a row in an order of its own (shorter ones first).
    fields = [field for field in model._meta.concrete_fields if field.attname in row]
    names = [field.attname for field in fields]
    return model.from_db(using, names, [_value(field, row[field.attname]) for field in fields])


def _value(field: Field, value):
    """A value of the JSON as the model has it."""
    value = field.to_python(value)
    # SQLite writes the moment of a row in UTC without saying so.
    if isinstance(value, datetime) and is_naive(value):
        return make_aware(value, UTC)
    return value


class _Restored(QuerySet):
    """Rows of a relation that are there already. Whoever asks further (a filter, a count of some, an
    update) asks the relation of this owner, never the whole table."""

    @property
    def query(self):
        if self._query is None:
            owner, relation = self.restored_of
            of_owner = getattr(owner, relation)._apply_rel_filters(QuerySet(self.model))
            self._query = of_owner.query
        return super().query

    @query.setter
    def query(self, value):
        self._query = value


@cache
def _pattern(model: type[Model], using: str) -> QuerySet:
    pattern = _Restored(model, using=using)
    pattern._prefetch_done = True
    pattern._query = None
    return pattern


def restore(owner: Model, relation: str, model: type[Model], rows: list[dict]) -> None:
    """Give `owner` the rows as if `relation` had been prefetched."""
    # Shares all but the rows with its pattern: a list makes sixty of these.
    known = object.__new__(_Restored)
    known.__dict__.update(_pattern(model, owner._state.db).__dict__)
    known.restored_of = (owner, relation)
    known._result_cache = [row_of(model, row, owner._state.db) for row in rows]
    if not hasattr(owner, "_prefetched_objects_cache"):
        owner._prefetched_objects_cache = {}
    owner._prefetched_objects_cache[relation] = known
