"""Triggers by which the database itself refuses more persons than a meeting has places, on
PostgreSQL and SQLite alike. `is_refusal` recognises it."""

from django.db import IntegrityError

from jobcentre.statements import Statements

SIGN = "group_is_full"
_TAKING = "('booked', 'came', 'late', 'excused', 'missed')"
_ON_PLACE = f"""
CREATE OR REPLACE FUNCTION refuse_overbooked_place() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE room integer; taken integer;
BEGIN
  IF NEW.state IN {_TAKING} THEN
    SELECT places INTO room FROM intake_groupmeeting WHERE id = NEW.meeting_id FOR UPDATE;
    SELECT count(*) INTO taken FROM intake_groupplace
      WHERE meeting_id = NEW.meeting_id AND id <> NEW.id AND state IN {_TAKING};
    IF taken >= room THEN
      RAISE EXCEPTION '{SIGN}' USING ERRCODE = 'check_violation';
    END IF;
  END IF;
  RETURN NEW;
END $$
"""  # noqa: S608 - constants of ours
_ON_MEETING = f"""
CREATE OR REPLACE FUNCTION refuse_too_few_places() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.places < (SELECT count(*) FROM intake_groupplace
      WHERE meeting_id = NEW.id AND state IN {_TAKING}) THEN
    RAISE EXCEPTION '{SIGN}' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$
"""  # noqa: S608
_SQLITE_NAMES = ("place_fits_insert", "place_fits_update", "places_suffice")


def forwards(apps, schema_editor):
    """No place beyond those of the meeting, and no fewer places than are taken."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in (
            _ON_PLACE,
            _ON_MEETING,
            "CREATE TRIGGER group_place_fits BEFORE INSERT OR UPDATE OF state, meeting_id"
            " ON intake_groupplace FOR EACH ROW EXECUTE FUNCTION refuse_overbooked_place()",
            "CREATE TRIGGER group_places_suffice BEFORE UPDATE OF places"
            " ON intake_groupmeeting FOR EACH ROW EXECUTE FUNCTION refuse_too_few_places()",
        ):
            schema_editor.execute(statement, params=None)
        return
    for name, moment in (("insert", "INSERT"), ("update", "UPDATE OF state, meeting_id")):
        schema_editor.execute(
            f"CREATE TRIGGER group_place_fits_{name} BEFORE {moment} ON intake_groupplace"  # noqa: S608
            f" WHEN NEW.state IN {_TAKING} AND (SELECT count(*) FROM intake_groupplace"
            f" WHERE meeting_id = NEW.meeting_id AND id IS NOT NEW.id AND state IN {_TAKING})"
            " >= (SELECT places FROM intake_groupmeeting WHERE id = NEW.meeting_id)"
            f" BEGIN SELECT RAISE(ABORT, '{SIGN}'); END",
            params=None,
        )
    schema_editor.execute(
        "CREATE TRIGGER group_places_suffice BEFORE UPDATE OF places ON intake_groupmeeting"  # noqa: S608
        " WHEN NEW.places < (SELECT count(*) FROM intake_groupplace"
        f" WHERE meeting_id = NEW.id AND state IN {_TAKING})"
        f" BEGIN SELECT RAISE(ABORT, '{SIGN}'); END",
        params=None,
    )


def backwards(apps, schema_editor):
    """Take the triggers away; those that are not there do not matter: SQLite loses the triggers of
    a table that a migration remakes, and such a migration runs `backwards` before and `forwards`
    after."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "DROP TRIGGER IF EXISTS group_place_fits ON intake_groupplace", params=None
        )
        schema_editor.execute(
            "DROP TRIGGER IF EXISTS group_places_suffice ON intake_groupmeeting", params=None
        )
        return
    for name in _SQLITE_NAMES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS group_{name}", params=None)


OPERATION = Statements(forwards, backwards)


def is_refusal(error: IntegrityError) -> bool:
    """Whether the database refused somebody because the meeting is full."""
    return SIGN in str(error)
