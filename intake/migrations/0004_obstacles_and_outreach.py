"""A first list of obstacles to self-support and a first schedule of outreach; the municipality
changes both afterwards.

Groups in common use for income support; the national code list is not settled (docs/rules.md).
"""

from datetime import date

from django.db import migrations

OBSTACLES = [
    ("unemployed", "Arbetslös", "Unemployed"),
    ("sick_certified", "Sjukskriven med läkarintyg", "On sick leave with a certificate"),
    ("sickness_benefit", "Sjuk- eller aktivitetsersättning", "Sickness or activity compensation"),
    ("social_reasons", "Arbetshinder, sociala skäl", "Unable to work for social reasons"),
    ("parental_leave", "Föräldraledig", "On parental leave"),
    ("part_time", "Arbetar deltid", "Works part time"),
    ("language", "Språkhinder", "Language"),
    ("none", "Utan försörjningshinder", "No obstacle"),
    ("other", "Annat", "Other"),
]
# (days after the start, channel): the schedule that a municipality begins with.
STEPS = ((0, "letter"), (7, "phone"), (14, "sms"), (30, "home_visit"))
INTERVALS = (
    ("to_contact", 60),
    ("in_contact", 60),
    ("in_measure", 30),
    ("occupied", 180),
    ("declined", 90),
    ("contract", 30),
    ("remove_entry", 730),
    ("remove_extract", 730),
)


def fill(apps, schema_editor):
    model = apps.get_model("intake", "SupportObstacle")
    for position, (key, label_sv, label_en) in enumerate(OBSTACLES, start=1):
        model.objects.get_or_create(
            key=key,
            defaults={
                "label_sv": label_sv,
                "label_en": label_en,
                "position": position * 10,
                "valid_from": date(2000, 1, 1),
            },
        )


def _settings(apps, schema_editor):
    for days, channel in STEPS:
        apps.get_model("intake", "ContactStep").objects.create(days=days, channel=channel)
    for key, days in INTERVALS:
        apps.get_model("intake", "OutreachInterval").objects.create(key=key, days=days)


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_mapping_code_lists")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(_settings, migrations.RunPython.noop),
    ]
