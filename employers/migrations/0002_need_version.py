from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("employers", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="need",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
    ]
