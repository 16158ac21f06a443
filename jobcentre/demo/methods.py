"""Supported Employment and Mobilisering in the made-up municipality: some at every step."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from intake.groups.models import GroupMeeting
from jobcentre.casework.models import Case
from jobcentre.demo.together import told_together
from jobcentre.gathering import all_or_nothing
from referrals.enums import OrderState
from referrals.methods.enums import Method
from referrals.methods.rules import STEPS
from referrals.models import MethodSupport, Order
from referrals.transitions import methods

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

EACH = 3  # of each method at the first centre
WEEKS = 16  # of support, at most
LAST_STEP = (4, 2, 1)  # how far the first, second and third of a method have come
AIMS = (
    "Ett jobb på halvtid där jag får lära mig i min egen takt.",
    "Ha något att gå till om morgnarna, helst med händerna.",
    "Komma tillbaka till köket, men inte till kvällspassen.",
)
OUTCOMES = {
    "profile": "Van vid kök och disk. Trivs med tydliga uppgifter och en person att fråga. "
    "Bäst på förmiddagen; vill ha gångavstånd.",
    "job_finding": "Fem arbetsgivare kontaktade. Café Ekbacken vill prova två förmiddagar i veckan.",
    "workplace": "Lugnt före elva, stressigt vid lunch. Börja med frukostdisk och bakning; "
    "handledare är Maria. Skriftlig lista vid diskbänken.",
    "support": "Klarar morgonen själv sedan tre veckor. Ringer när något blir fel.",
    "beginning": "Gruppen har bestämt sina regler: man lyssnar klart, och man får säga pass.",
    "group": "Har varit med på alla träffar utom en och börjat ta plats.",
    "future_plan": "Planen är skriven och visad för gruppen.",
}
# How, with whom, minutes, name, what; one for each week, over again.
CONTACTS = (
    ("meeting", "person", 60, "", "Gick igenom veckan. Vill prova att cykla dit själv."),
    ("workplace", "both", 90, "Café Ekbacken", "Stod bredvid vid frukostdisken. Listan fungerar."),
    ("phone", "employer", 20, "Café Ekbacken", "Maria är nöjd. Vill ha en tydlig sluttid."),
    ("practical", "person", 45, "", "Åkte bussvägen tillsammans och köpte arbetsskor."),
    ("message", "person", 5, "", "Påminde om morgondagen; svarade direkt."),
)
PLAN = {
    "picture": "Om ett år vill jag arbeta med något utomhus och ha råd med en egen lägenhet.",
    "strengths": "Jag kommer i tid och jag ger mig inte. Det hjälper när någon ringer först.",
    "steps": "Gå på studiebesök på parkförvaltningen.\nTa reda på vad körkortet kostar.\n"
    "Vara med i gruppen till jul.",
    "help_wanted": "Någon som följer med första gången.",
}


def tell_methods(teller: Teller) -> None:
    """Persons of the first coach with support by each method; a job coach and a provider lead some."""
    for user in teller.actors:
        user.remembered_relations = {}
    centre = next(iter(teller.world.centres))
    coach, *colleagues = teller.world.coaches[centre]
    cases = list(
        Case.objects.open()
        .filter(coach=coach, person__protection="none", started_on__lt=teller.today)
        .select_related("person", "centre", "coach")
        .order_by("started_on", "pk")[: 2 * EACH]
    )
    with all_or_nothing(), told_together(teller.lengths):
        for number, case in enumerate(cases):
            method = list(Method)[number % 2]
            leads = colleagues[0] if colleagues and number // 2 == 1 else None
            _support(teller, case, method, number // 2, leads)
        _at_provider(teller, centre)


def _support(teller: Teller, case: Case, method: Method, turn: int, job_coach) -> None:
    coach = teller.coach_of(case)
    day = teller.near(max(case.started_on, teller.today - timedelta(weeks=WEEKS)))
    if day > teller.today:
        return
    start = methods.Start(
        method=method,
        aim=AIMS[turn % len(AIMS)],
        started_on=day,
        minutes_per_week=240,
        job_coach=job_coach,
        series=_series(case) if method == Method.MOBILISATION else None,
    )
    with teller.on(day, 10):
        support = methods.start_method(case, start, actor=coach, today=day)
    _go_on(teller, support, job_coach or coach, LAST_STEP[turn % len(LAST_STEP)])


def _series(case: Case):
    meeting = GroupMeeting.objects.filter(centre=case.centre, series__isnull=False).first()
    return meeting and meeting.series


def _go_on(teller: Teller, support: MethodSupport, actor, last_step: int) -> None:
    """A contact a week, a step now and then, less and less support."""
    steps = STEPS[support.method]
    day, week, at = support.started_on - timedelta(days=5), 0, 0
    while (day := day + timedelta(days=7)) <= teller.today - timedelta(days=2):
        on = teller.near(day)
        if on > teller.today:
            return
        kind, with_whom, minutes, name, text = CONTACTS[week % len(CONTACTS)]
        week += 1
        with teller.on(on, 13):
            if support.method == Method.MOBILISATION:
                kind, with_whom, name = "group", "person", ""
                text = "Gruppen talade om vad som ger kraft en vanlig dag."
            values = {
                "on": on, "kind": kind, "with_whom": with_whom, "minutes": minutes,
                "name": name, "text": text,
            }  # fmt: skip
            methods.log_contact(support, values, actor=actor, today=on)
        if week % 3 == 0 and at < min(last_step, len(steps) - 1):
            support.refresh_from_db()
            with teller.on(on, 14):
                if steps[at] == "group":
                    plan = {**PLAN, "told_on": on}
                    methods.write_future_plan(
                        support, plan, actor=actor, today=on, edit=support.version
                    )
                    support.refresh_from_db()
                methods.take_step(
                    support,
                    steps[at + 1],
                    on=on,
                    outcome=OUTCOMES[steps[at]],
                    actor=actor,
                    today=on,
                    edit=support.version,
                )
                support.refresh_from_db()
                latest, minutes = support.intensities.last(), max(30, 240 - 60 * (at + 1))
                # Less is planned once, and after the day of the latest change.
                if minutes < latest.minutes_per_week and on >= latest.from_on:
                    methods.set_intensity(
                        support,
                        minutes,
                        from_on=on + timedelta(days=1),
                        why="Klarar mer på egen hand.",
                        actor=actor,
                        today=on,
                        edit=support.version,
                    )
            at += 1


def _at_provider(teller: Teller, centre: str) -> None:
    """One support that the staff of a provider carries out, in an order that has started."""
    unit = teller.world.centres[centre]
    order = (
        Order.objects.filter(
            case__centre=unit,
            case__person__protection="none",
            case__methods__isnull=True,
            state=OrderState.STARTED,
        )
        .select_related("case__person", "case__centre", "case__coach", "provider")
        .order_by("started_on", "pk")
        .first()
    )
    if order is None:
        return
    case, day = order.case, teller.near(order.started_on)
    if not case.is_open or day > teller.today:
        return
    start = methods.Start(
        method=Method.SUPPORTED_EMPLOYMENT,
        aim=AIMS[0],
        started_on=day,
        minutes_per_week=240,
        order=order,
    )
    with teller.on(day, 10):
        support = methods.start_method(case, start, actor=teller.coach_of(case), today=day)
    _go_on(teller, support, teller.world.provider_staff[order.provider_id], 1)
