"""The database refuses more places than a meeting has, and places of merged registrations."""

from django.db import migrations

from intake.groups import triggers
from jobcentre.casework.merged_guard import refuse_merged_person


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0013_group_meetings"),
        ("casework", "0011_languages_and_caseloads"),
    ]
    operations = [triggers.OPERATION, refuse_merged_person("intake_groupplace")]
