"""Follow-ups midway in the plans of the last months: most are written, some are due."""

from datetime import date, timedelta
from random import Random

from activityplans.filling import midway
from activityplans.plan_enums import MidwayResult
from activityplans.transitions.midway import follow_up_midway

RECENT = timedelta(days=150)  # plans begun before that are told without, as nobody looks there
LEAST_WEEKS = 6
TOLD = (
    (MidwayResult.AS_PLANNED, "Kommer i tid och trivs. Handledaren är nöjd.", ""),
    (MidwayResult.AS_PLANNED, "Har lärt sig momenten och vill fortsätta.", ""),
    (MidwayResult.ADJUST, "Orkar inte hela dagar än.", "Kortare dagar i fyra veckor."),
    (MidwayResult.NO_HELP, "Uppgifterna är för lätta.", "Ser över en annan plats."),
)


def planned(teller, first: date, weeks: int, last: date) -> date | None:
    """The day of the follow-up of an activity that begins on `first`; None for short or old ones."""
    if weeks < LEAST_WEEKS or first < teller.today - RECENT:
        return None
    return midway(first, min(last, first + timedelta(weeks=weeks)), teller.calendar)


def tell(teller, case, version, leaves: date) -> None:
    """The coach writes most of those whose day has come before the person leaves."""
    random = Random(case.number)  # its own chance, so that no other story changes
    for line in version.whole_lines():
        if line.follow_up_on is None:
            continue
        day = teller.workday(line.follow_up_on, random.randrange(0, 5))
        if day > min(teller.today, leaves) or day >= line.ends_before or random.random() < 0.15:
            continue
        result, comment, next_steps = random.choice(TOLD)
        with teller.on(day, 14):
            follow_up_midway(
                line.activity,
                held_on=day,
                result=result,
                comment=comment,
                next_steps=next_steps,
                actor=teller.coach_of(case),
                today=day,
            )
