"""The migration operation of triggers and of other statements that need no models."""

from django.db import migrations


class Statements(migrations.RunPython):
    """Run `code(None, schema_editor)`, which writes its SQL by `schema_editor.connection.vendor`.

    RunPython first renders all the models again as they were at that point, a quarter of a second
    each time with ours; what only makes a trigger looks at none of them.
    """

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.code(None, schema_editor)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self.reverse_code(None, schema_editor)
