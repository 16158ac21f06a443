"""What a new installation knows of languages and specialisations, the numbers of the caseload, and
the texts of answers.

The numbers are a beginning: no municipality's target is known to us, and each decides its own.
"""

from datetime import date
from decimal import Decimal

from django.db import migrations

FROM = date(2000, 1, 1)
LANGUAGES = [
    ("ar", "arabiska", "Arabic"),
    ("so", "somaliska", "Somali"),
    ("ti", "tigrinja", "Tigrinya"),
    ("prs", "dari", "Dari"),
    ("fa", "persiska", "Persian"),
    ("ps", "pashto", "Pashto"),
    ("ku", "kurdiska", "Kurdish"),
    ("tr", "turkiska", "Turkish"),
    ("uk", "ukrainska", "Ukrainian"),
    ("ru", "ryska", "Russian"),
    ("pl", "polska", "Polish"),
    ("es", "spanska", "Spanish"),
    ("en", "engelska", "English"),
    ("fr", "franska", "French"),
    ("de", "tyska", "German"),
    ("fi", "finska", "Finnish"),
    ("bs", "bosniska", "Bosnian"),
    ("sr", "serbiska", "Serbian"),
    ("hr", "kroatiska", "Croatian"),
    ("sq", "albanska", "Albanian"),
    ("ro", "rumänska", "Romanian"),
    ("am", "amhariska", "Amharic"),
    ("sw", "swahili", "Swahili"),
    ("bn", "bengali", "Bengali"),
    ("ur", "urdu", "Urdu"),
    ("th", "thailändska", "Thai"),
    ("vi", "vietnamesiska", "Vietnamese"),
    ("zh", "kinesiska", "Chinese"),
    ("sign", "svenskt teckenspråk", "Swedish Sign Language"),
]
# (key, Swedish, English, target groups, track)
SPECIALISATIONS = [
    ("youth", "unga", "young people", ["youth"], ""),
    ("newly_arrived", "nyanlända och sfi", "newly arrived and SFI", ["newly_arrived", "sfi"], ""),
    ("disability", "funktionsnedsättning", "disability", ["disability", "osa"], ""),
    ("rehabilitation", "rehabilitering och stöd", "rehabilitation and support",
     ["rehabilitation"], "support"),
    ("long_unemployed", "lång arbetslöshet", "long unemployment", ["long_unemployed"], ""),
    ("education", "studier", "studies", ["no_upper_secondary"], ""),
]  # fmt: skip
NUMBERS = [("target", "30"), ("direct", "1"), ("later", "1"), ("support", "1.5")]
DECISION = (
    "Ställningstagandet gäller aktiviteterna i planen. Det är inget beslut om försörjningsstöd. "
    "Sådana beslut fattas för sig, i socialtjänstens system."
)
APPEAL = (
    "Ställningstagandet kan inte överklagas för sig. Prata med din coach om vad som kan ändras i "
    "planen. Fattas ett beslut om försörjningsstöd som går dig emot kan du överklaga det till "
    "förvaltningsrätten inom tre veckor från den dag du fick del av beslutet. Hur du gör står i "
    "beslutet."
)


def fill(apps, schema_editor):
    Language = apps.get_model("casework", "Language")
    Specialisation = apps.get_model("casework", "Specialisation")
    TargetGroup = apps.get_model("casework", "TargetGroup")
    CaseloadRule = apps.get_model("casework", "CaseloadRule")
    for position, (key, sv, en) in enumerate(LANGUAGES, start=1):
        Language.objects.create(
            key=key, label_sv=sv, label_en=en, position=position, valid_from=FROM
        )
    for position, (key, sv, en, groups, track) in enumerate(SPECIALISATIONS, start=1):
        row = Specialisation.objects.create(
            key=key, label_sv=sv, label_en=en, position=position, valid_from=FROM, track=track
        )
        row.target_groups.set(TargetGroup.objects.filter(key__in=groups))
    for key, value in NUMBERS:
        CaseloadRule.objects.create(key=key, value=Decimal(value))


def write_texts(apps, schema_editor):
    """The texts that hold until the administrator writes the municipality's own."""
    texts = apps.get_model("casework", "AnswerTexts")
    texts.objects.create(unit=None, decision_text=DECISION, appeal=APPEAL)


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_code_lists")]
    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(write_texts, migrations.RunPython.noop),
    ]
