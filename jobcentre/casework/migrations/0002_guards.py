"""What constraints cannot say: events are append-only, no row points at a merged person, approvals
have four eyes; and search by any part of a name or number uses trigrams on PostgreSQL."""

from django.db import migrations

from jobcentre.audit.append_only import append_only
from jobcentre.casework.approvals.four_eyes import guard_approvals
from jobcentre.casework.merged_guard import refuse_merged_person
from jobcentre.statements import Statements

TABLES = ("case", "appointment", "identitynumber", "circlemember", "conflictofinterest")


def _trigrams(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        schema_editor.execute(
            "CREATE INDEX person_search_trigrams ON casework_person "
            "USING gin (search_text gin_trgm_ops)"
        )


def _no_trigrams(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX person_search_trigrams")


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        append_only("casework_caseevent"),
        Statements(_trigrams, _no_trigrams),
        *(refuse_merged_person(f"casework_{table}") for table in TABLES),
        guard_approvals(),
    ]
