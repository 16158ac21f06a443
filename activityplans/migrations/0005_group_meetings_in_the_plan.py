"""Which kinds of group meetings count as which services of the catalogue, to begin with."""

from django.db import migrations

# {kind of group meeting: service of the catalogue}, to begin with; the administrator changes it.
COUNTING = {"motivation": "motivation", "job_club": "job_club", "cv": "cv"}


def count_them(apps, schema_editor):
    services = apps.get_model("activityplans", "Service").objects
    kinds = apps.get_model("intake", "GroupKind").objects
    counts = apps.get_model("activityplans", "GroupService").objects
    for kind, service in COUNTING.items():
        found = services.filter(key=service).first()
        if found is not None:  # an installation may have taken the service away
            counts.create(kind=kinds.get(key=kind), service=found)


class Migration(migrations.Migration):
    dependencies = [
        ("activityplans", "0004_rules_and_guards"),
        ("intake", "0005_kinds_of_groups"),
    ]
    operations = [migrations.RunPython(count_them, migrations.RunPython.noop)]
