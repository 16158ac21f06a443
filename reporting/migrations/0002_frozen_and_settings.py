"""Published figures are append-only; the municipality's first follow-up times and targets."""

from datetime import date

from django.db import migrations

from jobcentre.audit.append_only import append_only

FIRST_DAY = date(2007, 1, 1)
MONTHS = (3, 6, 12)
# Share that goes on to work or studies, by who referred the person (the committees' targets).
TARGETS = (("af", 70), ("income_support", 50))


def _settings(apps, schema_editor):
    times = apps.get_model("reporting", "FollowUpTime")
    targets = apps.get_model("reporting", "Target")
    for months in MONTHS:
        times.objects.create(months=months, valid_from=FIRST_DAY)
    for source, percent in TARGETS:
        targets.objects.create(
            figure="to_work_or_studies", source=source, percent=percent, valid_from=FIRST_DAY
        )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        append_only("reporting_publishedfigure"),
        migrations.RunPython(_settings, migrations.RunPython.noop),
    ]
