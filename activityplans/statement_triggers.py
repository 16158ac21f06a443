"""A trigger by which the database itself refuses to change or remove a statement that is sent, on
PostgreSQL and SQLite alike."""

from django.db import migrations

SIGN = "statement_is_sent"
_TABLE = "activityplans_supportstatement"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change_of_sent_statement() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF OLD.state = 'sent' THEN
    RAISE EXCEPTION '{SIGN}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$
"""


def forwards(apps, schema_editor):
    """Drafts may be changed; what is sent stands."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in (
            _FUNCTION,
            f"CREATE TRIGGER statement_sent_stands BEFORE UPDATE OR DELETE ON {_TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sent_statement()",
        ):
            schema_editor.execute(statement, params=None)
        return
    for act in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER statement_sent_stands_{act.lower()} BEFORE {act} ON {_TABLE}"
            f" WHEN OLD.state = 'sent' BEGIN SELECT RAISE(ABORT, '{SIGN}'); END",
            params=None,
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER statement_sent_stands ON {_TABLE}", params=None)
        return
    for act in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER statement_sent_stands_{act}", params=None)


OPERATION = migrations.RunPython(forwards, backwards)
