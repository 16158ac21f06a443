"""All the stories of the demo, one after another, and what is told of many together."""

from datetime import date, timedelta

from django.utils import timezone

from jobcentre.casework.deadlines import clock
from jobcentre.casework.models import Case, Person
from jobcentre.demo import (
    answering,
    at_odds,
    attending,
    centres,
    chapters,
    courses,
    ledger,
    methods,
    packages,
    plan_lives,
    plan_templates,
    protected_late,
    referred,
    youth,
    youth_lists,
)
from jobcentre.demo.stories import EARLY, FOLLOWED_DAYS, Fate, Teller
from jobcentre.demo.together import told_together
from jobcentre.demo.world import World
from jobcentre.notices.models import Notice
from jobcentre.replay import unchanging


def _read_old_notices(today: date) -> None:
    """What was told more than three days ago has been read."""
    edge = timezone.now() - timedelta(days=3)
    Notice.objects.filter(created_at__lt=edge).update(read_at=edge)


def tell_stories(world: World, count: int, today: date) -> int:
    """Tell `count` stories or a few more; returns how many cases there are."""
    teller = Teller(world, today)
    names = list(world.centres)
    chapters.set_up_providers(teller)
    answering.write_texts(teller)
    plan_templates.write_templates(today - timedelta(days=1100))
    with unchanging(), told_together(teller.lengths):
        _tell_each(teller, names, count, today)
    with clock.deferred(teller.lengths):
        chapters.tell_employers(teller)
    youth.tell_youth(teller)
    youth_lists.tell_list(teller)
    referred.tell_referrals(teller)
    centres.tell_all(teller)
    attending.tell_statements(teller)
    packages.tell_packages(teller)
    methods.tell_methods(teller)
    courses.tell_courses(teller)
    plan_lives.tell_plan_lives(teller)
    protected_late.tell_protected_late(teller)
    answering.tell_answering(teller)
    ledger.tell_ledger(teller)
    at_odds.tell_at_odds(teller)
    _read_old_notices(today)
    return Case.objects.count()


def _tell_each(teller: Teller, names: list[str], count: int, today: date) -> None:
    """One case after another: those that a user should be able to find, then by chance, and last of
    those who came back."""
    _special(teller, names, today)
    returning: list[tuple[str, Person, date]] = []
    for index in range(max(0, count - Case.objects.count())):
        centre = names[index % len(names)]
        start = teller.near(today - timedelta(days=int(teller.random.random() ** 1.3 * 1090) + 8))
        if start >= today:
            start = teller.workday(today - timedelta(days=12), 1)
        fate = Fate(is_young=teller.random.random() < 0.15)
        if teller.random.random() < 0.12:
            fate.pause = (teller.random.randrange(2, 60), teller.random.randrange(3, 28))
        if teller.random.random() < 0.05:
            fate.support_unit = False
        if start < today - timedelta(days=FOLLOWED_DAYS) and teller.random.random() < EARLY:
            fate.until = "turned"
        case = teller.tell(centre, start, fate)
        if not case.is_open and teller.random.random() < 0.15:
            returning.append((centre, case.person, case.ended_on))
    for centre, person, ended_on in returning:
        start = teller.near(ended_on + timedelta(days=teller.random.randrange(40, 300)))
        if start < today - timedelta(days=10):
            teller.tell(centre, start, Fate(), person)


def _special(teller: Teller, names: list[str], today: date) -> None:
    """Every state that a user should be able to find today, at each centre."""

    def ago(days: int) -> date:
        return teller.near(today - timedelta(days=days))

    def workdays_ago(count: int) -> date:
        day = today
        while count:
            day -= timedelta(days=1)
            count -= teller.calendar.is_workday(day)
        return day

    for index, centre in enumerate(names):
        teller.tell(centre, today, Fate(until="opened"))
        teller.tell(centre, today, Fate(until="opened", is_young=True))
        teller.tell(centre, workdays_ago(1), Fate(until="mapped"))
        teller.tell(centre, workdays_ago(3), Fate(until="mapped"))
        teller.tell(centre, workdays_ago(4), Fate(until="drafted", plan_after=2))
        teller.tell(centre, workdays_ago(7), Fate(until="mapped"))
        teller.tell(centre, workdays_ago(4), Fate(until="mapped", pause=(1, None)))
        teller.tell(centre, workdays_ago(9), Fate(until="mapped", pause=(2, 7)))
        for days in (4, 5, 5, 6):
            teller.tell(centre, workdays_ago(days), Fate(until="submitted", plan_after=4))
        teller.tell(
            centre, workdays_ago(6), Fate(until="submitted", plan_after=4, support_unit=False)
        )
        teller.tell(centre, workdays_ago(8), Fate(until="returned", plan_after=4))
        teller.tell(centre, ago(174), Fate(until="planned", stays_days=900, plan_after=3))
        teller.tell(centre, ago(190), Fate(until="planned", stays_days=900, plan_after=3))
        if index < 2:  # long stories, told where somebody will look for them
            teller.tell(centre, ago(540), Fate(stays_days=900))
            teller.tell(centre, ago(560), Fate(stays_days=900))
        teller.tell(centre, ago(60), Fate(stays_days=900, is_protected=True))
    # What the users of the demo who stand first should find whatever chance has given.
    for days in (5, 5, 6, 7):
        fate = Fate("submitted", plan_after=4, in_first_queue=True)
        teller.tell(names[0], workdays_ago(days), fate)
    teller.tell(names[0], ago(35), Fate("planned", 900, plan_after=2, provider="Textilgruppen"))
    teller.tell(names[0], ago(160), Fate(stays_days=62, plan_after=2, unanswered=True))
    # Bounced: three short stays in two years.
    first = teller.tell(names[0], ago(700), Fate(stays_days=90))
    if not first.is_open:
        second = teller.tell(names[0], ago(480), Fate(stays_days=80), first.person)
        if not second.is_open:
            teller.tell(names[0], ago(200), Fate(stays_days=900), first.person)
