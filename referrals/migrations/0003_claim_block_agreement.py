from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_append_only")]

    operations = [
        migrations.AlterField(
            model_name="claim",
            name="block",
            field=models.CharField(
                blank=True,
                choices=[
                    ("report", "the report is missing"),
                    ("attendance", "attendance is not registered"),
                    ("agreement", "no agreement held when it started"),
                    ("proposal", "a proposal waits for an answer"),
                    ("overlap", "the same is paid to somebody else"),
                    ("ceiling_person", "above the ceiling for a person"),
                    ("ceiling_year", "above the ceiling of the year"),
                ],
                max_length=15,
                verbose_name="why it is stopped",
            ),
        )
    ]
