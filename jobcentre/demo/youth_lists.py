"""A list of the population register that a youth coordinator has read this week."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone

from intake.lists import tasks
from intake.lists.reading import read_sheet
from intake.transitions import list_runs, lists
from intake.youth import rules
from intake.youth.enums import Origin
from intake.youth.models import OutreachEntry

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

HEADINGS = "Förnamn;Efternamn;Personnummer;Adress;Postnummer;Postort"
NOT_ON_IT = 3  # in the register, and gone from the municipality as it seems
NEW = 2


def tell_list(teller: Teller) -> None:
    """Everybody of the ages, as far as a made-up town has them: most are in the register, two are
    new, one is too old, one has no number and three are missing."""
    today, unit = teller.today, teller.world.youth_unit
    who = teller.world.youth_coordinators[0]
    seen = OutreachEntry.objects.visible_to(who).open().select_related("person").order_by("pk")
    rows = [HEADINGS]
    for entry in seen.prefetch_related("person__numbers")[NOT_ON_IT:]:
        numbers = [each.number for each in entry.person.numbers.all() if each.is_current]
        person = entry.person
        rows += [_line(person.given_name, person.family_name, each) for each in numbers]
    young = (rules.birthday(today, -17), rules.birthday(today, -19))
    for _new in range(NEW):
        rows.append(_made_up(teller, *young))
    rows.append(_made_up(teller, date(1998, 1, 1), date(1990, 1, 1)))
    rows.append("Alex;Nyinflyttad;;Storgatan 3;123 45;Älvbro")
    with teller.on(today, 8):
        source = lists.upload_list(
            unit,
            "folkbokforing-16-24.csv",
            read_sheet("folkbokforing-16-24.csv", "\n".join(rows).encode()),
            actor=who,
            origin=Origin.POPULATION,
            listed_on=today,
            is_full=True,
        )
        lists.match_columns(source, source.matching, actor=who, today=today)
        lists.move_list(source, "start", actor=who, now=timezone.now())
        tasks.run(list_runs.claim(source.pk, timezone.now()))


def _line(given: str, family: str, number: str, *address: str) -> str:
    return ";".join((given, family, number, *(address or ("", "", ""))))


def _made_up(teller: Teller, youngest: date, oldest: date) -> str:
    fields, _number = teller.people.person(teller.today, is_young=True)
    number = teller.people.number(teller.random.random() < 0.5, youngest, oldest)
    names = ("street", "postcode", "city")
    return _line(
        fields["given_name"], fields["family_name"], number, *(fields[name] for name in names)
    )
