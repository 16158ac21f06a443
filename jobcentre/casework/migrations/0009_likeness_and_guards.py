"""The keys by which registrations are compared, and no row may point at a merged person."""

from django.db import migrations

from jobcentre.casework.likeness import phone_key
from jobcentre.casework.merged_guard import refuse_merged_person
from jobcentre.casework.sounds import sound_key

TABLES = ("case", "appointment", "identitynumber", "circlemember", "conflictofinterest")
BATCH = 1000


def _fill_keys(apps, schema_editor):
    persons = apps.get_model("casework", "Person").objects.order_by("pk")
    rows, last = True, 0
    while rows:
        rows = list(persons.filter(pk__gt=last)[:BATCH])
        for person in rows:
            person.sound_key = sound_key(person.given_name, person.family_name)
            person.phone_key = phone_key(person.phone)
            last = person.pk
        persons.bulk_update(rows, ["sound_key", "phone_key"])


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_two_registrations")]
    operations = [
        migrations.RunPython(_fill_keys, migrations.RunPython.noop),
        *(refuse_merged_person(f"casework_{table}") for table in TABLES),
    ]
