from django.db import migrations

from jobcentre.statements import Statements


def cover(apps, schema_editor):
    """What a search asks of a person lies in the index that gives the order: a common part of a name
    is found without reading thousands of persons."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE INDEX person_found ON casework_person (sort_key, id) "
            "INCLUDE (search_text, protection, registered_unit_id, merged_into_id)"
        )


def uncover(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX person_found")


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_corrections_without_a_case")]

    operations = [Statements(cover, uncover)]
