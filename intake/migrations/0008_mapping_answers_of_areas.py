import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0007_mapping_code_lists"),
    ]

    operations = [
        migrations.AlterField(
            model_name="mappinganswer",
            name="area",
            field=models.ForeignKey(
                db_column="area",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="intake.mappingarea",
                to_field="key",
                verbose_name="area",
            ),
        ),
        migrations.AlterField(
            model_name="mappinganswer",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
