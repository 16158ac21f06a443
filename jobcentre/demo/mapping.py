"""The mapping of each story, told with a random generator of its own for each case, so that the rest
of the demo stays the same whatever is added here."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from intake.mapping.enums import FactKind, PartyKind, Rater, StatementSource
from intake.mapping.rules import Statement
from intake.models import MappingArea
from intake.transitions import facts, guidance, mapping, progress
from jobcentre.casework.models import Case

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

RESOURCES = (
    "Är pålitlig och kommer i tid.",
    "Har familj som hjälper till.",
    "Lär sig snabbt av att prova.",
    "Har körkort och vana vid resor.",
)
OBSTACLES = (
    "Har svårt med tider på morgonen.",
    "Saknar intyg på tidigare arbete.",
    "Behöver mer svenska i yrket.",
    "Barnens hämtning klockan fyra.",
)
# Occupations wanted and held, by the SSYK code; years of work.
WORK = (("5120", 7), ("4322", 4), ("5330", 9), ("9111", 3), ("9412", 2), ("7111", 11), ("8332", 6))
SCHOOLING = (
    ("primary", "", "Sverige", True),
    ("upper", "Handel", "Sverige", False),
    ("upper", "Vård och omsorg", "Sverige", True),
    ("primary_short", "", "Somalia", False),
    ("higher", "Ekonomi", "Syrien", True),
    ("vocational", "Bygg", "Polen", True),
)
LICENCES = ("b", "forklift", "b", "ce", "hot_work")
FROM_OTHERS = (
    (
        PartyKind.AF,
        "Sara Ek",
        "Arbetsförmedlingen",
        "Är inskriven och kan få stöd vid anställning.",
    ),
    (
        PartyKind.HEALTH,
        "Ali Noor",
        "Vårdcentralen Linden",
        "Kan arbeta halvtid nu och mer längre fram.",
    ),
    (PartyKind.FK, "Eva Lind", "Försäkringskassan", "Har ingen pågående ersättning."),
)
GUIDANCE_SAYS = "Kan komplettera med undersköterskeutbildning på komvux. Ansökan senast i oktober."
IN_OWN_WORDS = (
    "Det går framåt.",
    "Jag orkar mer än förra gången.",
    "Det har varit en tung period.",
)

RECENT_DAYS = 90  # facts are looked for in what is new,
RATED_DAYS = 60  # and progression in the cases that are open or were lately


def map_person(teller: Teller, case: Case, day: date, answers: dict, summary: str, finished: bool):
    """`answers` by area: (level, text, needs a measure), as the story has chosen them."""
    random = Random(f"mapping {case.number}")
    written = {
        key: mapping.Written(
            Statement(
                level=level,
                text=text,
                resources=random.choice(RESOURCES) if random.random() < 0.25 else "",
                obstacles=random.choice(OBSTACLES) if random.random() < 0.2 else "",
                needs_measure=needs,
                source=random.choice(StatementSource.values),
            )
        )
        for key, (level, text, needs) in answers.items()
    }
    coach = teller.coach_of(case)
    mapping.save_mapping(
        case, mapping.MappingInput(written, summary), actor=coach, today=day, complete=finished
    )
    # Facts are told where somebody will look for them: of late, and here and there before.
    is_recent = day > teller.today - timedelta(days=RECENT_DAYS)
    for kind, values in _facts(case, random, day) if is_recent or random.random() < 0.08 else ():
        facts.add_fact(case, kind, values, actor=coach, today=day)
    if random.random() < 0.15:
        party, name, organisation, text = random.choice(FROM_OTHERS)
        said = mapping.PartInput("contacts", text, day, party, name, organisation)
        mapping.add_part(case, said, actor=coach, today=day)
    if random.random() < 0.06 and not case.person.is_protected:
        _guidance(teller, case, coach, day)


def area_keys() -> list[str]:
    """The areas of the mapping, in their order."""
    return list(MappingArea.objects.order_by("position", "id").values_list("key", flat=True))


def _facts(case: Case, random: Random, day: date):
    held, years = random.choice(WORK)
    yield FactKind.WANTED, {"code": random.choice(WORK)[0]}
    yield FactKind.HELD, {"code": held, "years": years}
    level, subject, country, finished = random.choice(SCHOOLING)
    yield (
        FactKind.EDUCATION,
        {
            "code": level,
            "text": subject,
            "country": country,
            "is_finished": finished,
            "wants_validation": country != "Sverige" and random.random() < 0.5,
        },
    )
    first = case.person.first_language or "svenska"
    yield FactKind.LANGUAGE, {"code": "native", "text": first}
    if first != "svenska":
        yield FactKind.LANGUAGE, {"code": random.choice(("a2", "b1", "b2")), "text": "svenska"}
        tested = random.random() < 0.7
        test = {"done_on": day, "result": random.choice(("b", "c", "d"))} if tested else {}
        yield FactKind.SFI, {"code": random.choice(("a", "b", "c")), "ordered_on": day, **test}
    if random.random() < 0.5:
        yield FactKind.LICENCE, {"code": random.choice(LICENCES)}


def _guidance(teller: Teller, case: Case, coach, day: date) -> None:
    counsellor = teller.world.counsellor
    counsellor.remembered_relations = {}
    guidance.invite_counsellor(case, counsellor, actor=coach, today=day)
    said = mapping.PartInput(
        "education", GUIDANCE_SAYS, day, name=counsellor.name, organisation="Vägledningen"
    )
    # Written down by the coach, who sat with them: involvement counts from today in the demo.
    mapping.add_part(case, said, actor=coach, today=day)


def rate(teller: Teller, case: Case, start: date, until: date) -> None:
    """Measures of progression about every three months from the first weeks on, to `until`.

    Called again for a later period it goes on where it was.
    """
    random = Random(f"progress {case.number}")
    is_old = until < teller.today - timedelta(days=RATED_DAYS)
    if is_old and random.random() > 0.1:
        return
    base = random.choice((1.4, 1.8, 2.3, 2.8))
    trend = random.choice((-0.1, 0.2, 0.35, 0.5))
    keys = {rater: [row.key for row in progress.asked_of(rater, start)] for rater in Rater.values}
    told = set(case.progress_measures.filter(is_current=True).values_list("measured_on", flat=True))
    day, number = teller.near(start + timedelta(days=random.randrange(5, 20))), 0
    while day <= until:
        rated = {
            rater: {
                key: max(1, min(5, round(base + number * trend + random.uniform(-0.9, 0.9))))
                for key in keys[rater]
            }
            for rater in Rater.values
        }
        comment = random.choice(IN_OWN_WORDS) if random.random() < 0.3 else ""
        if day not in told:
            with teller.on(day, 11):
                for rater, steps in rated.items():
                    progress.record_measure(
                        case,
                        progress.MeasureInput(
                            rater, day, steps, comment if rater == Rater.PERSON else ""
                        ),
                        actor=teller.coach_of(case),
                        today=day,
                    )
        number += 1
        day = teller.near(day + timedelta(days=random.choice((78, 82, 86, 88, 95))))
