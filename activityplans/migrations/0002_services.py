"""The catalogue of services a new installation starts with: the whole of mission row J10."""

from datetime import date

from django.db import migrations

FROM = date(2000, 1, 1)
# (key, Swedish, English, kind in the activity requirement, weeks, at a provider, sv, en)
SERVICES = [
    ("mapping", "Fördjupad kartläggning", "In-depth mapping", "none", 2, False,
     "Samtal och tester som visar vad personen kan, vill och behöver.",
     "Talks and tests that show what the person can, wants and needs."),
    ("guidance", "Studie- och yrkesvägledning", "Study and vocational guidance", "work_ability", 4,
     False, "Vägledning om utbildning och yrken, valideringens möjligheter och studiestöd.",
     "Guidance on education and occupations, validation and study aid."),
    ("advice", "Rådgivning", "Advice", "work_ability", 4, False,
     "Råd om ekonomi, boende eller hälsa som behövs för att kunna arbeta.",
     "Advice on money, housing or health that is needed to be able to work."),
    ("coaching", "Coachning", "Coaching", "job_search", 12, False,
     "Återkommande samtal med coach om mål, steg och ansökningar.",
     "Regular talks with a coach on goals, steps and applications."),
    ("matching", "Matchning", "Matching", "job_search", 8, False,
     "Kontakt med arbetsgivare som söker det personen kan.",
     "Contact with employers who look for what the person can do."),
    ("sfi_test", "Sfi-test", "SFI test", "language", 1, True,
     "Prov som visar rätt nivå i svenska.", "A test that shows the right level of Swedish."),
    ("sfi_practice", "Sfi med praktik", "SFI with work practice", "language", 20, True,
     "Svenska varvad med praktik i ett yrke.", "Swedish alternating with practice in a trade."),
    ("motivation", "Motivationsgrupp", "Motivation group", "work_ability", 6, True,
     "Grupp som stärker tilltro och vardagsrutiner inför arbete.",
     "A group that builds confidence and daily routines before work."),
    ("job_club", "Jobbsökargrupp", "Job-search group", "job_search", 6, True,
     "Daglig grupp där man söker jobb tillsammans.", "A daily group that looks for work together."),
    ("cv", "CV och ansökan", "CV and application", "job_search", 2, True,
     "Stöd att skriva CV och ansökan.", "Help to write a CV and applications."),
    ("interview", "Intervjuträning", "Interview training", "job_search", 2, True,
     "Övning i anställningsintervju med återkoppling.",
     "Practice in job interviews with feedback."),
    ("work_training", "Arbetsträning", "Work training", "workplace", 12, True,
     "Träning i arbetsuppgifter och rutiner i en verkstad.",
     "Training in tasks and routines in a workshop."),
    ("practice_try", "Praktik, prova på", "Work practice, try out", "workplace", 4, True,
     "Kort praktik för att pröva ett yrke.", "Short practice to try a trade."),
    ("practice_skills", "Praktik, yrkeskunskap", "Work practice, skills", "workplace", 12, True,
     "Praktik för att lära ett yrke hos en arbetsgivare.",
     "Practice to learn a trade with an employer."),
    ("practice_job", "Praktik inför anställning", "Work practice before employment", "workplace", 8,
     True, "Praktik hos en arbetsgivare som tänker anställa.",
     "Practice with an employer who means to hire."),
    ("short_course", "Kort yrkeskurs", "Short vocational course", "work_ability", 6, True,
     "Kort kurs som leder direkt till ett jobb, till exempel truckkort.",
     "A short course that leads directly to a job, for example a forklift licence."),
    ("validation", "Validering", "Validation", "work_ability", 6, True,
     "Yrkeskunskap prövas och får intyg.", "Vocational skills are tested and certified."),
    ("long_education", "Längre anpassad utbildning", "Longer adapted education", "work_ability", 40,
     True, "Utbildning i anpassad takt mot ett yrke.",
     "Education at an adapted pace towards a trade."),
    ("af_programme", "Arbetsförmedlingens program", "AF's own programme", "none", 26, False,
     "Program som Arbetsförmedlingen beslutar om och följer upp.",
     "A programme decided and followed up by AF."),
    ("recruitment", "Rekryteringsträff", "Recruitment event", "job_search", 1, False,
     "Träff där arbetsgivare möter sökande.", "An event where employers meet applicants."),
    ("start_own", "Starta eget-rådgivning", "Start-your-own advice", "work_ability", 6, True,
     "Råd om affärsidé, regler och ekonomi.", "Advice on business idea, rules and money."),
    ("housing", "Bostadsinformation", "Housing information", "none", 1, False,
     "Information om bostad på orter där det finns jobb.",
     "Information on housing in places where there are jobs."),
]


def fill(apps, schema_editor):
    Service = apps.get_model("activityplans", "Service")
    for position, (key, sv, en, kind, weeks, provider, about_sv, about_en) in enumerate(
        SERVICES, start=1
    ):
        Service.objects.create(
            key=key,
            label_sv=sv,
            label_en=en,
            activity_type=kind,
            usual_weeks=weeks,
            at_provider=provider,
            description_sv=about_sv,
            description_en=about_en,
            position=position,
            valid_from=FROM,
        )


class Migration(migrations.Migration):
    dependencies = [("activityplans", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
