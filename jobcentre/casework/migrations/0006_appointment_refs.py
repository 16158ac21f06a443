import uuid

from django.db import migrations, models


def give_refs(apps, schema_editor):
    Appointment = apps.get_model("casework", "Appointment")
    rows = list(Appointment.objects.filter(ref__isnull=True).only("pk"))
    for row in rows:
        row.ref = uuid.uuid4()
    Appointment.objects.bulk_update(rows, ["ref"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("casework", "0005_cap_extensions"),
    ]

    operations = [
        migrations.AddField(
            model_name="appointment",
            name="ref",
            field=models.UUIDField(null=True, editable=False),
        ),
        migrations.RunPython(give_refs, migrations.RunPython.noop),
    ]
