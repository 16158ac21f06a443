"""Triggers by which the database itself refuses to change or remove what has been sent or handed
over, on PostgreSQL and SQLite alike."""

from jobcentre.statements import Statements

_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change_of_standing_row() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF OLD.state = TG_ARGV[0] THEN
    RAISE EXCEPTION '% stands', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$
"""


def let_stand(table: str, state: str) -> Statements:
    """Migration operation: rows of `table` may be changed until their state is `state`."""
    name = f"{table}_{state}_stands"

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in (
                _FUNCTION,
                f"CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION refuse_change_of_standing_row('{state}')",
            ):
                schema_editor.execute(statement, params=None)
            return
        for act in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER {name}_{act.lower()} BEFORE {act} ON {table}"
                f" WHEN OLD.state = '{state}' BEGIN SELECT RAISE(ABORT, '{table} stands'); END",
                params=None,
            )

    def backwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}", params=None)
            return
        for act in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER {name}_{act}", params=None)

    return Statements(forwards, backwards)
