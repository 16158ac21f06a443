"""Somebody registered twice, and a list from the income-support unit with a row that failed."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from intake.lists import tasks
from intake.lists.reading import read_sheet
from intake.transitions import list_runs, lists
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.enums import PairAnswer
from jobcentre.casework.models import Case
from jobcentre.casework.transitions.merging import answer_pair
from jobcentre.casework.transitions.persons import register_person
from jobcentre.demo.world import World
from jobcentre.replay import happening

# As it comes: the second row has a family name only, the third a phone with a word in it.
LIST = """Förnamn;Efternamn;Telefon;Språk;Tolk
Samira;Haidari;08-465 004 41;dari;ja
;Lindell;08-465 004 42;svenska;nej
Petter;Grahn;fråga modern;svenska;nej
Rosa;Kihlberg;08-465 004 44;spanska;spanska
"""


def tell(world: World, today: date) -> None:
    """At the first centre; told as of yesterday."""
    name = next(iter(world.centres))
    centre, desk = world.centres[name], world.reception[name]
    at = timezone.make_aware(datetime.combine(today - timedelta(days=1), time(10, 20)))
    with happening(at):
        _somebody_twice(centre, desk)
    _list(centre, desk, today, at)


def _somebody_twice(centre: Unit, desk: User) -> None:
    """A person with a case, registered again without a number; the desk says who it is."""
    case = (
        Case.objects.open()
        .filter(centre=centre, person__protection="none")
        .select_related("person")
        .order_by("-pk")
        .first()
    )
    if case is None:
        return
    person = case.person
    again = register_person(
        {
            # The names in each other's boxes, as it happens.
            "given_name": person.family_name or person.given_name,
            "family_name": person.given_name if person.family_name else "",
            "phone": person.phone,
            "birth_date": person.birth_date,
        },
        None,
        centre,
        actor=desk,
    )
    answer_pair(person, again, PairAnswer.SAME, actor=desk)


def _list(centre: Unit, desk: User, today: date, at: datetime) -> None:
    sheet = read_sheet("Aktualiserade vecka 46.csv", LIST.encode())
    with happening(at):
        source = lists.upload_list(centre, "Aktualiserade vecka 46.csv", sheet, actor=desk)
        source = lists.match_columns(source, source.matching, actor=desk, today=today)
    lists.move_list(source, "start", actor=desk, now=at)
    claimed = list_runs.claim(source.pk, timezone.now())
    if claimed is not None:
        tasks.run(claimed)
