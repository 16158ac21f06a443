"""No referral in comes to point at a merged registration."""

from django.db import migrations

from jobcentre.casework.merged_guard import refuse_merged_person


class Migration(migrations.Migration):
    dependencies = [("intake", "0010_support_obstacles"), ("casework", "0009_likeness_and_guards")]
    operations = [refuse_merged_person("intake_referralin")]
