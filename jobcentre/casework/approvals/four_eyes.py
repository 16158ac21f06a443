"""Triggers on the table of approvals, on PostgreSQL and SQLite alike, for what a constraint cannot
see: the person's coach never decides, and an answer is never changed into another.

SQLite makes a table anew when a later migration changes it, and loses its triggers: such a
migration ends with this operation again.
"""

from jobcentre.statements import Statements

SIGN = "approval_needs_four_eyes"
FINAL = "approval_is_final"
_TABLE = "casework_approval"
_POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION guard_approval() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF TG_OP = 'UPDATE' AND OLD.decided_by_id IS NOT NULL AND
     (NEW.state <> OLD.state OR NEW.decided_by_id IS DISTINCT FROM OLD.decided_by_id) THEN
    RAISE EXCEPTION '{FINAL}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.decided_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.decided_by_id IS NULL) AND EXISTS
     (SELECT 1 FROM casework_case WHERE id = NEW.case_id AND coach_id = NEW.decided_by_id) THEN
    RAISE EXCEPTION '{SIGN}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
DROP TRIGGER IF EXISTS approval_guarded ON {_TABLE};
CREATE TRIGGER approval_guarded BEFORE INSERT OR UPDATE ON {_TABLE}
  FOR EACH ROW EXECUTE FUNCTION guard_approval();
"""  # noqa: S608 - constants of ours
_OF_COACH = (
    "EXISTS (SELECT 1 FROM casework_case WHERE id = NEW.case_id AND coach_id = NEW.decided_by_id)"
)
_SQLITE = {
    "insert": f"BEFORE INSERT ON {_TABLE} WHEN NEW.decided_by_id IS NOT NULL AND {_OF_COACH}"
    f" BEGIN SELECT RAISE(ABORT, '{SIGN}'); END",
    "update": f"BEFORE UPDATE ON {_TABLE} WHEN NEW.decided_by_id IS NOT NULL"
    f" AND OLD.decided_by_id IS NULL AND {_OF_COACH} BEGIN SELECT RAISE(ABORT, '{SIGN}'); END",
    "final": f"BEFORE UPDATE ON {_TABLE} WHEN OLD.decided_by_id IS NOT NULL AND"
    " (NEW.state <> OLD.state OR NEW.decided_by_id IS NOT OLD.decided_by_id)"
    f" BEGIN SELECT RAISE(ABORT, '{FINAL}'); END",
}


def _forwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL, params=None)
        return
    for name, body in _SQLITE.items():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS approval_guarded_{name}", params=None)
        schema_editor.execute(f"CREATE TRIGGER approval_guarded_{name} {body}", params=None)


def _backwards(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER approval_guarded ON {_TABLE}", params=None)
        return
    for name in _SQLITE:
        schema_editor.execute(f"DROP TRIGGER approval_guarded_{name}", params=None)


def guard_approvals() -> Statements:
    """Migration operation: from now on the database refuses the coach, and a second answer."""
    return Statements(_forwards, _backwards)
