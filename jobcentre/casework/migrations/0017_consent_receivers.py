from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="consent",
            name="consent_once_per_purpose",
        ),
        migrations.AddField(
            model_name="consent",
            name="receiver",
            field=models.CharField(blank=True, max_length=120, verbose_name="only to"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_before__isnull", True), ("withdrawn_on__isnull", True)),
                fields=("case", "purpose", "receiver"),
                name="consent_once_per_purpose",
                violation_error_message="A consent to this is already in force.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("receiver", ""),
                    ("purpose__in", ("af", "income_support", "providers", "health")),
                    _connector="OR",
                ),
                name="consent_receiver_of_an_exchange",
                violation_error_message="Only an exchange has a receiver.",
            ),
        ),
    ]
