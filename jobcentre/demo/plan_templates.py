"""The templates of plans of the made-up municipality, for the groups that its coaches meet most."""

from datetime import date, time
from decimal import Decimal

from activityplans.models import PlanTemplate, Service
from activityplans.schedule import Slot
from activityplans.transitions.templates import TemplateLineInput, add_template
from jobcentre.casework.enums import Track
from jobcentre.casework.models import TargetGroup

MORNINGS = tuple(Slot(day, time(9), 180) for day in (1, 2, 3, 4, 5))
TUESDAYS = (Slot(2, time(13), 120),)
THURSDAYS = (Slot(4, time(13), 120),)
# (Swedish, English, track, groups, goal, support, own search hours, applications a month, lines); a
# line is (service, after weeks, weeks, times or hours, midway, what the person does, expected result).
TEMPLATES = (
    (
        *("Nyanländ: svenska och praktik", "Newly arrived: Swedish and practice"),
        *(Track.LATER, ("newly_arrived", "sfi")),
        "Svenska som räcker för ett första arbete, och en referens från en svensk arbetsplats.",
        "Tolk vid möten. Information på lätt svenska.",
        *(4, 4),
        (
            *(("sfi_test", 0, 2, 4, False, "Gör språktest.", "Rätt nivå på SFI."),),
            (
                *("sfi_practice", 2, 20, MORNINGS, True),
                "Läser svenska på förmiddagen och har praktik på eftermiddagen.",
                "En SFI-kurs klar och en referens från praktiken.",
            ),
            *(("cv", 16, 4, TUESDAYS, False, "Skriver cv på svenska.", "Ett färdigt cv."),),
        ),
    ),
    (
        *("Ung: tillbaka till studier eller arbete", "Young: back to studies or work"),
        *("", ("youth",)),
        "Ett val av utbildning eller ett första arbete inom sex månader.",
        "Tät kontakt den första månaden: samtal varje vecka.",
        *(4, 4),
        (
            *(("guidance", 0, 6, TUESDAYS, False, "Samtal om studier.", "Ett val som håller."),),
            (
                *("motivation", 0, 8, MORNINGS[:3], True),
                "Grupp om rutiner, hälsa och tilltro.",
                "Kommer varje gång under åtta veckor.",
            ),
            (
                *("practice_try", 8, 12, Decimal(24), True),
                "Prövar ett yrke på en arbetsplats.",
                "Vet om yrket passar.",
            ),
        ),
    ),
    (
        *("Långt från arbete: steg för steg", "Far from work: step by step"),
        *(Track.SUPPORT, ("long_unemployed", "disability")),
        "Klarar att arbeta fyra timmar om dagen, fem dagar i veckan.",
        "Börjar med få timmar som ökar. Anpassad arbetsplats.",
        *(0, None),
        (
            *(("advice", 0, 4, Decimal(2), False, "Råd om ekonomi och hälsa.", "En plan."),),
            (
                *("work_training", 2, 22, Decimal(16), True),
                "Tränar arbetsuppgifter i egen takt med handledare.",
                "Klarar fyra timmar i sträck.",
            ),
            (
                *("motivation", 2, 8, THURSDAYS, False),
                "Grupp om rutiner och tilltro.",
                "Kommer varje gång.",
            ),
        ),
    ),
    (
        *("Nära arbete: söka och möta arbetsgivare", "Close to work: search and meet employers"),
        *(Track.DIRECT, ()),
        "Arbete inom tre månader.",
        "",
        *(10, 24),
        (
            *(("cv", 0, 2, TUESDAYS, False, "Skriver nytt cv.", "Ett cv att skicka."),),
            (
                *("job_club", 0, 12, MORNINGS, True),
                "Söker jobb i grupp varje förmiddag.",
                "Tre ansökningar i veckan och två intervjuer.",
            ),
            (
                *("matching", 2, 10, THURSDAYS, False),
                "Träffar arbetsgivare tillsammans med coachen.",
                "Två intervjuer.",
            ),
        ),
    ),
    (
        *("Yrkesväxling: kurs och praktik", "Change of trade: course and practice"),
        *(Track.LATER, ("long_unemployed", "income_support")),
        "Ett yrke som det finns arbete i, med intyg på det.",
        "",
        *(4, 4),
        (
            *(("validation", 0, 6, Decimal(10), False, "Prövar sina kunskaper.", "Ett intyg."),),
            (
                *("short_course", 4, 10, Decimal(25), True),
                "Går en kort yrkeskurs.",
                "Godkänd kurs.",
            ),
            (
                *("practice_skills", 14, 12, Decimal(30), True),
                "Lär yrket på en arbetsplats.",
                "Intyg över yrkeskunskap.",
            ),
        ),
    ),
)


def write_templates(since: date) -> None:
    """The templates, valid since that day."""
    services = {row.key: row for row in Service.objects.all()}
    for swedish, english, track, groups, goal, support, hours, applications, lines in TEMPLATES:
        add_template(
            {
                "label_sv": swedish,
                "label_en": english,
                "track": track,
                "goal": goal,
                "support_needs": support,
                "own_search_hours": Decimal(hours),
                "applications": applications,
                "valid_from": since,
            },
            TargetGroup.objects.filter(key__in=groups),
            [_line(services, *line) for line in lines],
            actor=None,
        )


def _line(services, key, after, weeks, extent, is_followed_up, does, result) -> TemplateLineInput:
    has_times = isinstance(extent, tuple)
    return TemplateLineInput(
        service=services[key],
        description=does,
        expected_result=result,
        weeks=weeks,
        after_weeks=after,
        hours_per_week=None if has_times else Decimal(extent),
        times=extent if has_times else (),
        is_followed_up=is_followed_up,
    )


def template_for(case) -> PlanTemplate | None:
    """The template that a coach would begin from in the case."""
    return (
        PlanTemplate.objects.filter(track__in=("", case.track)).order_by("position", "pk").first()
    )
