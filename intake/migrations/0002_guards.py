"""The database refuses more places than a meeting has, and rows of merged registrations."""

from django.db import migrations

from intake.groups import triggers
from jobcentre.casework.merged_guard import refuse_merged_person

TABLES = ("visit", "outreachentry", "importrow", "referralin", "groupplace")


class Migration(migrations.Migration):
    dependencies = [("intake", "0001_initial"), ("casework", "0002_guards")]
    operations = [
        triggers.OPERATION,
        *(refuse_merged_person(f"intake_{table}") for table in TABLES),
    ]
