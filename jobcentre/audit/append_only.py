"""Triggers that make a table append-only, on PostgreSQL and SQLite alike."""

from jobcentre.statements import Statements

_POSTGRESQL = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only: %% may not be changed', TG_TABLE_NAME
   USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
_SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'append-only: {table} may not be changed'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'append-only: {table} may not be changed'); END",
)


def append_only(table: str) -> Statements:
    """Migration operation: from now on `table` (a table name of ours) only takes INSERT.

    On SQLite it needs PRAGMA recursive_triggers=ON (set in the settings), else INSERT OR REPLACE
    gets around it.
    """

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_POSTGRESQL.format(table=table).replace("%%", "%"), params=None)
        else:
            for statement in _SQLITE:
                schema_editor.execute(statement.format(table=table), params=None)

    def backwards(apps, schema_editor):
        names = (
            ("append_only", "no_truncate")
            if schema_editor.connection.vendor == "postgresql"
            else ("no_update", "no_delete")
        )
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in names:
            schema_editor.execute(f"DROP TRIGGER {table}_{name}{on_table}", params=None)

    return Statements(forwards, backwards)
