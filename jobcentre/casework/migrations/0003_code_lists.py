"""The code lists a new installation starts with; the administrator changes them afterwards.

Exit reasons follow the Kolada reading of work and studies: municipal labour-market employment and
studies without study aid do not count; a move and the municipality's own decision leave the result.
"""

from datetime import date

from django.db import migrations

FROM = date(2000, 1, 1)
TARGET_GROUPS = [
    ("income_support", "Försörjningsstöd", "Income support"),
    ("youth", "Unga 16–24 år", "Young people aged 16–24"),
    ("newly_arrived", "Nyanlända", "Newly arrived"),
    ("sfi", "Sfi-studerande", "SFI students"),
    ("long_unemployed", "Långtidsarbetslösa", "Long-term unemployed"),
    ("disability", "Funktionsnedsättning", "Disability"),
    ("rehabilitation", "Behov av rehabilitering", "In need of rehabilitation"),
    ("single_parent", "Ensam vårdnadshavare", "Single parent"),
    ("no_upper_secondary", "Saknar gymnasieutbildning", "No upper-secondary education"),
    ("osa", "Offentligt skyddat arbete (OSA)", "Sheltered public employment (OSA)"),
]
# (key, Swedish, English, counts as, asks for the form of employment)
EXIT_REASONS = [
    ("work", "Arbete utan stöd", "Work without subsidy", "work", True),
    ("work_subsidised", "Arbete med stöd", "Subsidised work", "work", True),
    ("own_business", "Eget företag", "Own business", "work", True),
    (
        "municipal_employment",
        "Kommunal arbetsmarknadsanställning",
        "Municipal labour-market employment",
        "neither",
        True,
    ),
    ("studies", "Studier med studiestöd", "Studies with study aid", "studies", False),
    ("studies_other", "Sfi eller annan utbildning", "SFI or other education", "neither", False),
    ("af", "Åter till Arbetsförmedlingen", "Back to AF", "neither", False),
    (
        "other_support",
        "Annan försörjning",
        "Other support, such as pension or sickness benefit",
        "neither",
        False,
    ),
    ("care", "Vård eller behandling", "Care or treatment", "neither", False),
    ("moved", "Flyttat", "Moved", "excluded", False),
    ("deceased", "Avliden", "Deceased", "excluded", False),
    ("own_choice", "Eget val eller uteblivit", "Own choice or stayed away", "neither", False),
    (
        "municipality_decision",
        "Kommunens beslut eller annan enhet",
        "The municipality's decision or another unit",
        "excluded",
        False,
    ),
    ("no_result", "Planerat avslut utan resultat", "Planned exit without result", "neither", False),
    (
        "unknown",
        "Inte längre försörjningsstöd, okänd orsak",
        "No longer income support, reason unknown",
        "unknown",
        False,
    ),
]


def _groups_and_reasons(apps, schema_editor):
    TargetGroup = apps.get_model("casework", "TargetGroup")
    ExitReason = apps.get_model("casework", "ExitReason")
    for position, (key, sv, en) in enumerate(TARGET_GROUPS, start=1):
        TargetGroup.objects.create(
            key=key, label_sv=sv, label_en=en, position=position, valid_from=FROM
        )
    for position, (key, sv, en, outcome, needs) in enumerate(EXIT_REASONS, start=1):
        ExitReason.objects.create(
            key=key,
            label_sv=sv,
            label_en=en,
            position=position,
            valid_from=FROM,
            outcome=outcome,
            needs_employment=needs,
        )


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_guards")]
    operations = [migrations.RunPython(_groups_and_reasons, migrations.RunPython.noop)]
