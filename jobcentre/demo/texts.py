"""Made-up sentences of the demo municipality, in Swedish as its users would write them."""

GOALS = (
    "Arbete i kök eller kafé inom ett halvår.",
    "Fast jobb inom lager eller transport.",
    "Komma in på vårdutbildningen på komvux.",
    "Klara en hel arbetsdag fyra dagar i veckan.",
    "Jobb som lokalvårdare på minst 75 procent.",
    "Svenska på nivå C och sedan praktik i butik.",
    "Eget körkort och jobb som chaufför.",
    "Anställning som barnskötare med nystartsjobb.",
)
OWN_WORDS = (
    "Jag vill arbeta med människor, helst i butik.",
    "Jag vill börja så fort det går.",
    "Jag orkar mer nu än i våras och vill pröva längre dagar.",
    "Jag vill lära mig bättre svenska samtidigt som jag arbetar.",
    "Det är viktigt att jag hinner hämta barnen klockan fyra.",
)
FEWER_HOURS = (
    "Orkar inte heltid än enligt läkarintyg. Timmarna ökas vid omprövningen.",
    "Läser svenska på kvällstid och har barn under åtta år.",
    "Börjar med färre timmar och ökar efter en månad.",
)
REWRITTEN = "Timmarna är motiverade och slutdatum är satta, som ni bad om."
TRIED_AGAIN = "Prövas igen med annan handledare och kortare dagar, efter samtal."
NEXT_PERIOD = "Ny period efter omprövningen."
RETURN_REASONS = (
    "Motivera varför 27 timmar räcker. Kravet är heltid.",
    "Skriv vilket resultat praktiken ska ge.",
    "Samordna tiden med sfi, som går på förmiddagar.",
)
SUMMARIES = (
    "Har arbetat i restaurang i sju år. Behöver svenska för arbetslivet och en arbetsgivarkontakt.",
    "Grundskola och korta anställningar. Vill utbilda sig inom vård. Behöver vägledning.",
    "Lång erfarenhet från byggbranschen utan papper. Validering är nästa steg.",
    "Har varit borta från arbetslivet länge. Behöver börja med få timmar och fasta rutiner.",
    "Gymnasium och truckkort. Söker jobb själv varje dag och behöver matchning.",
)
AREA_NOTES = (
    "Fungerar bra i vardagen.",
    "Vill ha stöd att komma i gång.",
    "Har intyg från tidigare arbete.",
    "Behöver öva mer.",
    "Har pratat om det och vill återkomma.",
)
REVIEWS = (
    "Närvaron är god och timmarna kan ökas. Nästa steg är praktik hos arbetsgivare.",
    "Gruppen har gett rutiner. Fortsätter med arbetsträning i ny miljö.",
    "Svenska har gått framåt. Kombineras nu med praktik.",
)
FOLLOW_UPS = (
    "Klarade målet och fick intyg.",
    "Kom i gång men behöver mer tid.",
    "Passade inte. Vi väljer en annan insats tillsammans.",
)
EMPLOYERS = (
    "Bageri Vete", "Älvbro Lager AB", "Hemtjänst Norr", "Städ och Fönster AB", "Café Torget",
    "Byggnadsfirma Holm AB", "Matvaruhuset", "Skolköket Björken",
)  # fmt: skip
# Activities by track: service, hours per week, what the person does, expected result.
ACTIVITIES = {
    "direct": (
        ("job_club", 12, "Söker jobb i grupp varje förmiddag.", "Minst tre ansökningar i veckan."),
        ("matching", 6, "Träffar arbetsgivare tillsammans med coach.", "Två intervjuer."),
        ("practice_job", 30, "Praktik hos arbetsgivare.", "Besked om anställning."),
        ("interview", 4, "Övar intervju med återkoppling.", "Trygg i intervju."),
    ),
    "later": (
        ("sfi_practice", 25, "Svenska på förmiddagen, praktik på eftermiddagen.", "Nivå C klar."),
        ("practice_skills", 24, "Lär yrket på en arbetsplats.", "Intyg över yrkeskunskap."),
        ("validation", 10, "Prövar sina yrkeskunskaper.", "Valideringsintyg."),
        ("guidance", 2, "Samtal om utbildning och yrken.", "Vald utbildning."),
    ),
    "support": (
        ("work_training", 16, "Tränar arbetsuppgifter i verkstad.", "Klarar fyra timmar i sträck."),
        ("motivation", 6, "Grupp om rutiner och tilltro.", "Kommer varje gång under sex veckor."),
        ("advice", 2, "Råd om ekonomi och hälsa.", "Plan för skulderna."),
        ("practice_try", 12, "Prövar ett yrke i liten skala.", "Vet om yrket passar."),
    ),
}
PROVIDER_TEXTS = (
    "Arbetsträning i liten grupp med handledare på plats.",
    "Praktiska uppgifter i egen takt, med intyg efteråt.",
)
ADAPTATIONS = (
    "",
    "Skrivna instruktioner med bilder.",
    "Kortare dagar den första månaden.",
    "Lokal utan trappsteg.",
)
NEEDS_TO_KNOW = (
    "",
    "Behöver slippa tunga lyft.",
    "Behöver sluta före halv fyra för att hämta barn.",
    "Vill ha instruktioner en i taget.",
)
REPORTS_DONE = (
    "Har arbetat i kassan och med beställningar.",
    "Har deltagit i gruppen och i de praktiska uppgifterna.",
    "Har provat tre olika arbetsmoment.",
)
REPORTS_DEVELOPMENT = (
    "Tar mer ansvar och frågar när något är oklart.",
    "Orkar längre pass än i början.",
    "Behöver mer tid på svenskan i arbetet.",
)
NEXT_STEP = "Fortsätter som planerat och provar ett moment till nästa månad."
CONTACTS = ("Anna Vik", "Josef Lund", "Meral Kaya", "Håkan Ros", "Pia Ståhl")
CONTACT_NOTES = (
    "Behöver fler från våren. Vill träffa sökande på plats.",
    "Har haft praktikant förut och är nöjd.",
    "Vill veta mer om stöd vid anställning.",
)
REQUIREMENTS = (
    "Svenska i tal, vana vid högt tempo.",
    "Noggrann och van att arbeta i grupp.",
    "Erfarenhet av lager eller butik.",
    "Intresse för mat och hygien.",
)
HEADLINES = (
    "Van vid högt tempo, vill arbeta i kök eller kafé.",
    "Lång erfarenhet av lager och truck.",
    "Tålmodig och van att ta hand om äldre.",
    "Noggrann, vill arbeta med städning.",
)
OCCUPATIONS = (
    "kök, kafé, restaurang",
    "lager, transport, truck",
    "vård, omsorg",
    "städ, lokalvård",
)
SKILLS = (
    "Sju år i restaurang. Kassa, hygien och beställningar.",
    "Lager, plock och packning. Truckkort.",
    "Hemtjänst och äldreboende. Medicindelegering.",
    "Kontorsstäd och flyttstäd.",
)
WHY_IT_FITS = "Har gjort samma sak förut och kan börja på en gång."
# Employer, sector, occupation, kind of need.
EMPLOYER_NEEDS = (
    ("Bageri Vete", "livsmedel", "bagare", "placement"),
    ("Älvbro Lager AB", "lager", "lagerarbetare", "job"),
    ("Hemtjänst Norr", "vård", "vårdbiträde", "subsidised"),
    ("Städ och Fönster AB", "städ", "lokalvårdare", "job"),
    ("Café Torget", "restaurang", "kafébiträde", "placement"),
    ("Byggnadsfirma Holm AB", "bygg", "snickare", "trainee"),
    ("Matvaruhuset", "handel", "butiksbiträde", "placement"),
    ("Skolköket Björken", "restaurang", "kökspersonal", "subsidised"),
    ("Ångtvätten", "service", "tvättbiträde", "job"),
    ("Östra Åkeriet", "transport", "chaufför", "job"),
    ("Hotell Älven", "hotell", "städare", "placement"),
    ("Återbruket", "handel", "sorterare", "placement"),
    ("Trädgård och Park", "service", "parkarbetare", "subsidised"),
    ("Äldreboendet Linden", "vård", "vårdbiträde", "trainee"),
    ("Fastighetsskötsel Syd", "service", "fastighetsskötare", "job"),
    ("Restaurang Saffran", "restaurang", "kock", "placement"),
    ("Förskolan Kotten", "utbildning", "barnskötare", "trainee"),
    ("Pack och Plock AB", "lager", "packare", "job"),
)

# --- the outreach to the young -------------------------------------------------------------------
YOUTH_COMPANION = "Maja Sand"
YOUTH_SAFETY = "Inget känt om adressen. Två går, bil utanför, ringer enheten efteråt."
YOUTH_TALKS = (
    "Är hemma om dagarna och vänder på dygnet. Vill prata igen nästa vecka, helst på kvällen.",
    "Slutade för att det blev för många frånvarotimmar i matte. Kan tänka sig komvux.",
    "Letar jobb på egen hand men får inga svar. Vill ha hjälp med cv.",
    "Vill inte tillbaka till samma skola. Nyfiken på praktik i verkstad.",
)
YOUTH_MEASURES = (
    "Samtal varannan vecka på Ungdomsenheten.",
    "Studiebesök på två skolor tillsammans.",
    "Tre veckor på Café Bryggan, halvdagar.",
    "Vägledning och plan för saknade kurser.",
)
YOUTH_PROGRAMMES = ("Vård- och omsorg", "Grundläggande kurser, matematik och svenska", "Restaurang")
YOUTH_PROGRESS = (
    "Har klarat första delkursen.",
    "Missade två veckor, gör upp en ny plan med läraren.",
    "Trivs och hinner med arbetet bredvid.",
)
YOUTH_GOAL = "Gymnasieexamen"
