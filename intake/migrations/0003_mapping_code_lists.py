"""The areas of the mapping and the indicators of progression that a new installation starts with.

The areas are our own union of what the field's instruments ask about; the indicators are those that
research has found to tell of the way to work, in our own words. No licensed instrument is copied.
"""

from datetime import date

from django.db import migrations

FROM = date(2000, 1, 1)
REQUIRED, SENSITIVE, GUIDANCE, NOT_PRINTED = "required", "sensitive", "guidance", "not printed"
# Each: key, the wordings (Swedish, English), the help in both, the marks.
AREAS = [
    ("education", "Utbildning och validering", "Education and validation",
     "Vad är avslutat, vad är avbrutet, vad behöver bedömas eller valideras?",
     "What is finished, what was broken off, what needs to be assessed or validated?",
     (REQUIRED, GUIDANCE)),
    ("work", "Arbetslivserfarenhet", "Experience of work",
     "Yrken, länder, år. Vad gick bra? Vad har personen intyg på?",
     "Occupations, countries, years. What went well? What is there a certificate of?",
     (REQUIRED, GUIDANCE)),
    ("wishes", "Mål och önskemål", "Goals and wishes",
     "Vad vill personen arbeta med nu och på sikt? Vad är viktigast?",
     "What does the person want to work with, now and later? What matters most?",
     (REQUIRED, GUIDANCE)),
    ("language", "Svenska och andra språk", "Swedish and other languages",
     "Hur går det att tala, läsa och skriva på en arbetsplats? Behövs tolk?",
     "How are speaking, reading and writing at work? Is an interpreter needed?",
     (REQUIRED, GUIDANCE)),
    ("digital", "Digitala färdigheter", "Digital skills",
     "Mobil, dator, e-legitimation, e-post, söka jobb på nätet.",
     "Phone, computer, e-identification, e-mail, looking for work online.", (REQUIRED,)),
    ("travel", "Körkort och resor", "Driving licence and travel",
     "Hur långt går det att resa, när på dygnet?",
     "How far can the person travel, and when?", (REQUIRED,)),
    ("job_search", "Att söka jobb", "Looking for work",
     "Vad har personen sökt, hur, och vad blev svaret?",
     "What has been applied for, how, and with what answer?", (REQUIRED,)),
    ("everyday", "Vardagen", "Everyday life",
     "Dygnsrytm, tider, ansvar hemma, vad som ger energi.",
     "Hours of the day, times, duties at home, what gives energy.", ()),
    ("network", "Nätverk", "Network",
     "Vilka känner personen som arbetar? Vilka stöttar?",
     "Who does the person know that works? Who gives support?", ()),
    ("confidence", "Motivation och egen tilltro", "Motivation and confidence",
     "Vad tror personen själv om att få och klara ett jobb?",
     "What does the person believe about getting and keeping a job?", (REQUIRED,)),
    ("family", "Familj och barnomsorg", "Family and child care",
     "Barnens tider, förskola, vem som hämtar och lämnar.",
     "The children's times, preschool, who brings and fetches.", ()),
    ("housing", "Boende", "Housing",
     "Är boendet tryggt och varaktigt? Går det att flytta för ett jobb?",
     "Is the home safe and lasting? Is moving for a job possible?", ()),
    ("contacts", "Pågående kontakter", "Ongoing contacts",
     "AF, Försäkringskassan, vård, skola, frivård. Vem gör vad?",
     "AF, Försäkringskassan, health care, school, probation. Who does what?", (REQUIRED,)),
    ("permit", "Uppehålls- och arbetstillstånd", "Residence and work permit",
     "Giltigt till när? Får personen arbeta och studera?",
     "Valid until when? May the person work and study?", (REQUIRED,)),
    ("health", "Fysisk hälsa", "Physical health",
     "Vad påverkar arbete: lyft, stå, gå, sitta, orka. Inga diagnoser.",
     "What matters at work: lifting, standing, walking, sitting, stamina. No diagnoses.",
     (SENSITIVE,)),
    ("mental_health", "Psykisk hälsa, beskriven funktionellt",
     "Mental health, described functionally",
     "Vad fungerar och vad behövs för att det ska fungera? Inga diagnoser.",
     "What works, and what is needed for it to work? No diagnoses.", (SENSITIVE,)),
    ("disability", "Funktionsnedsättning och anpassning", "Disability and adaptation",
     "Vilken anpassning behövs på en arbetsplats?",
     "Which adaptation does a workplace need?", (SENSITIVE,)),
    ("debt", "Ekonomi och skulder", "Money and debts",
     "Bara det som påverkar vägen till arbete. Finns kontakt med rådgivare?",
     "Only what matters for the way to work. Is there an adviser?", (SENSITIVE,)),
    ("addiction", "Beroende", "Addiction",
     "Bara om det behövs. Finns stöd och hur samordnas det?",
     "Only when needed. Is there support, and how is it coordinated?",
     (SENSITIVE, NOT_PRINTED)),
    ("safety", "Våld och säkerhet", "Violence and safety",
     "Skrivs aldrig ut. Ställ frågan i enrum, aldrig med anhörig som tolk.",
     "Never printed. Ask in private, never with a relative as interpreter.",
     (SENSITIVE, NOT_PRINTED)),
]  # fmt: skip
# Each: key, wordings, questions, steps 1 to 5 in both languages, whether the person is asked too.
INDICATORS = [
    ("health", "Hälsa i vardagen", "Coping with health",
     "Hur hanterar du din hälsa i vardagen?", "How do you handle your health day by day?",
     ("Hälsan stoppar det mesta.", "Hälsan stoppar ofta, jag vet inte vad som hjälper.",
      "Jag vet vad som hjälper men det går upp och ner.",
      "Jag hanterar det oftast och kan planera.", "Hälsan hindrar mig inte från att arbeta."),
     ("Health stops most things.", "It often stops me and I do not know what helps.",
      "I know what helps, but it goes up and down.", "I mostly handle it and can plan.",
      "Health does not keep me from working."), True),
    ("everyday", "Vardagen", "Everyday life",
     "Hur fungerar din vardag?", "How does your everyday life work?",
     ("Det mesta blir ogjort.", "Jag klarar det nödvändiga ibland.",
      "Det fungerar de flesta dagar.", "Det fungerar och jag hinner med mer.",
      "Vardagen går ihop även med ett heltidsarbete."),
     ("Most things are left undone.", "I sometimes manage what is necessary.",
      "It works most days.", "It works and leaves room for more.",
      "It goes together with full-time work."), True),
    ("goal", "Mål", "Goal",
     "Hur tydligt är ditt mål?", "How clear is your goal?",
     ("Jag vet inte vad jag vill.", "Jag har någon tanke men inget mål.",
      "Jag har ett mål men vet inte vägen dit.", "Jag har ett mål och de första stegen.",
      "Jag arbetar mot mitt mål varje vecka."),
     ("I do not know what I want.", "I have a thought but no goal.",
      "I have a goal but do not know the way.", "I have a goal and the first steps.",
      "I work towards my goal every week."), True),
    ("belief", "Tro på jobb", "Belief in a job",
     "Hur mycket tror du på att du får ett jobb?", "How much do you believe you will get a job?",
     ("Inte alls.", "Lite, om mycket ändras.", "Kanske, med stöd.", "Ganska säkert.",
      "Helt säkert."),
     ("Not at all.", "A little, if much changes.", "Perhaps, with support.", "Fairly sure.",
      "Quite sure."), True),
    ("labour_market", "Arbetsmarknad", "Labour market",
     "Hur väl vet du vilka jobb som finns och vad de kräver?",
     "How well do you know which jobs there are and what they ask for?",
     ("Jag vet inte var jag ska börja.", "Jag känner till några yrken.",
      "Jag vet vilka jobb som kan passa mig.", "Jag vet vad de kräver och vad jag saknar.",
      "Jag vet vilka arbetsgivare jag ska kontakta."),
     ("I do not know where to begin.", "I know of some occupations.",
      "I know which jobs may suit me.", "I know what they ask for and what I lack.",
      "I know which employers to contact."), True),
    ("search", "Jobbsökande", "Job search",
     "Hur söker du jobb?", "How do you look for work?",
     ("Jag söker inte.", "Jag tittar på annonser.", "Jag söker med hjälp.",
      "Jag söker själv varje vecka.", "Jag söker själv, kontaktar arbetsgivare och blir kallad."),
     ("I do not look.", "I read advertisements.", "I apply with help.",
      "I apply by myself every week.", "I apply, contact employers and am called."), True),
    ("cooperation", "Samarbete", "Cooperation",
     "Hur går det att arbeta med andra?", "How is it to work with others?",
     ("Jag undviker andra.", "Det går med någon jag känner.",
      "Det går i en liten grupp med stöd.", "Det går i de flesta grupper.",
      "Jag samarbetar, ber om hjälp och hjälper andra."),
     ("I avoid others.", "It works with somebody I know.", "It works in a small group with support.",
      "It works in most groups.", "I work with others, ask for help and give it."), True),
    ("network", "Stöd omkring", "Support around",
     "Hur mycket stöd har du runt dig?", "How much support is there around you?",
     ("Ingen att vända mig till.", "En person ibland.", "Några som bryr sig.",
      "Flera som stöttar mig mot arbete.", "Jag har stöd och känner folk som arbetar."),
     ("Nobody to turn to.", "One person, sometimes.", "Some who care.",
      "Several who support me towards work.", "I have support and know people who work."), True),
    ("coach_belief", "Coachens tro", "The coach's belief",
     "Hur troligt är det att personen arbetar eller studerar inom ett år?",
     "How likely is work or studies within a year?",
     ("Inte troligt.", "Mindre troligt.", "Lika troligt som inte.", "Troligt.",
      "Mycket troligt."),
     ("Not likely.", "Less likely.", "As likely as not.", "Likely.", "Very likely."), False),
]  # fmt: skip


def code_lists(apps, schema_editor):
    MappingArea = apps.get_model("intake", "MappingArea")
    for position, (key, sv, en, help_sv, help_en, marks) in enumerate(AREAS, 1):
        MappingArea.objects.create(
            key=key,
            label_sv=sv,
            label_en=en,
            help_sv=help_sv,
            help_en=help_en,
            position=position * 10,
            valid_from=FROM,
            is_required=REQUIRED in marks,
            is_sensitive=SENSITIVE in marks,
            for_guidance=GUIDANCE in marks,
            is_printed=NOT_PRINTED not in marks,
        )
    ProgressIndicator = apps.get_model("intake", "ProgressIndicator")
    for position, row in enumerate(INDICATORS, 1):
        key, sv, en, question_sv, question_en, steps_sv, steps_en, asked_of_person = row
        steps = {}
        for n in range(1, 6):
            steps[f"step{n}_sv"], steps[f"step{n}_en"] = steps_sv[n - 1], steps_en[n - 1]
        ProgressIndicator.objects.create(
            key=key,
            label_sv=sv,
            label_en=en,
            question_sv=question_sv,
            question_en=question_en,
            position=position * 10,
            valid_from=FROM,
            asked_of_person=asked_of_person,
            **steps,
        )


def nothing_to_seed(apps, schema_editor):
    apps.get_model("intake", "MappingArea").objects.all().delete()
    apps.get_model("intake", "ProgressIndicator").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_guards")]
    operations = [migrations.RunPython(code_lists, nothing_to_seed)]
