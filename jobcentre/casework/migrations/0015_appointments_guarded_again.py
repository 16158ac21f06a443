from django.db import migrations

from jobcentre.casework.merged_guard import restore_guard


class Migration(migrations.Migration):
    """0010 changed the table of appointments, which SQLite does by making it anew."""

    dependencies = [("casework", "0014_centre_loans")]

    operations = [restore_guard("casework_appointment")]
