"""A first list of obstacles to self-support; the municipality changes it afterwards.

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


class Migration(migrations.Migration):
    dependencies = [("intake", "0009_referrals_in")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
