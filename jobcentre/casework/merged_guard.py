"""Triggers that keep rows from pointing at a merged registration, on PostgreSQL and SQLite alike.

Somebody may register a visit of a person in the moment in which a manager merges that person. The
trigger waits for the merge (the same row lock that a foreign key takes), looks again and refuses;
`is_refusal` recognises it, so that the page can say so.
"""

from django.db import IntegrityError

from jobcentre.statements import Statements

SIGN = "person_is_merged"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_merged_person() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE person bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
  IF person IS NOT NULL THEN
    PERFORM 1 FROM casework_person WHERE id = person AND merged_into_id IS NULL FOR KEY SHARE;
    IF NOT FOUND AND EXISTS (SELECT 1 FROM casework_person WHERE id = person) THEN
      RAISE EXCEPTION '{SIGN}: %', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$
"""  # noqa: S608 - a constant of ours


def refuse_merged_person(table: str, column: str = "person_id") -> Statements:
    """Migration operation: from now on no row of `table` comes to point at a merged person."""

    def forwards(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_FUNCTION, params=None)
            schema_editor.execute(
                f"CREATE TRIGGER {table}_{column}_not_merged"
                f" BEFORE INSERT OR UPDATE OF {column} ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION refuse_merged_person('{column}')",
                params=None,
            )
            return
        for moment in ("INSERT", f"UPDATE OF {column}"):
            schema_editor.execute(
                # Names of ours, from migrations.
                f"CREATE TRIGGER {table}_{column}_not_merged_{moment.split()[0].lower()}"  # noqa: S608
                f" BEFORE {moment} ON {table} WHEN EXISTS (SELECT 1 FROM casework_person"
                f" WHERE id = NEW.{column} AND merged_into_id IS NOT NULL)"
                f" BEGIN SELECT RAISE(ABORT, '{SIGN}'); END",
                params=None,
            )

    def backwards(apps, schema_editor):
        name = f"{table}_{column}_not_merged"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}", params=None)
            return
        for moment in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER {name}_{moment}", params=None)

    return Statements(forwards, backwards)


def is_refusal(error: IntegrityError) -> bool:
    """Whether the database refused a row because its person has been merged."""
    return SIGN in str(error)
