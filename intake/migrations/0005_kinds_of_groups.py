"""The kinds of group meetings that a new installation knows; the administrator changes them."""

from datetime import date

from django.db import migrations

# (key, Swedish, English, companies may take part, usually several dates)
KINDS = [
    ("information", "Information om jobbtorget", "Information about the job centre", False, False),
    ("rights", "Rättigheter och skyldigheter", "Rights and duties", False, False),
    ("jobs", "Rekryteringsträff", "Recruitment meeting", True, False),
    ("fair", "Rekryteringsmässa", "Recruitment fair", True, False),
    ("motivation", "Motivationsgrupp", "Motivation group", False, True),
    ("job_club", "Jobbsökargrupp", "Job-search group", False, True),
    ("cv", "CV-verkstad", "CV workshop", False, False),
    ("workshop", "Annan verkstad", "Other workshop", False, False),
    ("studies", "Studier och utbildning", "Studies and education", False, False),
    ("other", "Annan träff", "Other meeting", False, False),
]


def list_kinds(apps, schema_editor):
    kind = apps.get_model("intake", "GroupKind")
    kind.objects.bulk_create(
        kind(
            key=key,
            label_sv=sv,
            label_en=en,
            position=10 * number,
            valid_from=date(2026, 1, 1),
            for_companies=for_companies,
            as_series=as_series,
        )
        for number, (key, sv, en, for_companies, as_series) in enumerate(KINDS, start=1)
    )


class Migration(migrations.Migration):
    dependencies = [("intake", "0004_obstacles_and_outreach")]
    operations = [migrations.RunPython(list_kinds, migrations.RunPython.noop)]
