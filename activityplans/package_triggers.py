"""A trigger by which the database itself refuses to change or remove a package that is handed over,
on PostgreSQL and SQLite alike."""

from django.db import migrations

SIGN = "package_is_handed_over"
_TABLE = "activityplans_afpackage"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change_of_handed_package() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF OLD.state = 'handed' THEN
    RAISE EXCEPTION '{SIGN}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$
"""


def forwards(apps, schema_editor):
    """Drafts may be changed; what is handed over stands."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in (
            _FUNCTION,
            f"CREATE TRIGGER package_handed_stands BEFORE UPDATE OR DELETE ON {_TABLE}"
            " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_handed_package()",
        ):
            schema_editor.execute(statement, params=None)
        return
    for act in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER package_handed_stands_{act.lower()} BEFORE {act} ON {_TABLE}"
            f" WHEN OLD.state = 'handed' BEGIN SELECT RAISE(ABORT, '{SIGN}'); END",
            params=None,
        )


def backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER package_handed_stands ON {_TABLE}", params=None)
        return
    for act in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER package_handed_stands_{act}", params=None)


OPERATION = migrations.RunPython(forwards, backwards)
