"""The first days of those who have come lately, contacts outside, absences, and persons lent and moved
between centres; told last, through the transitions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from intake import first_day as known
from intake.enums import FirstDayStep, MinorityLanguage
from intake.transitions import first_day
from jobcentre.audit.log import gathered_entries
from jobcentre.casework.enums import ConsentForm, ConsentPurpose, ContactChannel, ContactKind
from jobcentre.casework.models import Case
from jobcentre.casework.moving import Moving
from jobcentre.casework.timeline import events_together
from jobcentre.casework.transitions import contacts, cover, hours, records
from jobcentre.casework.transitions.contacts import ContactInput
from jobcentre.casework.transitions.loans import Lending, lend_case
from jobcentre.casework.transitions.moving import move_case
from jobcentre.notices.writer import gathered_texts

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

SERVICES = ("Digital verkstad", "Matlagning för yrket", "Svenska i arbetslivet")
REASONS = ("Finns bara där.", "Plats direkt, här är det kö.", "Nära hemmet.")
WISHES = (
    (ContactChannel.PHONE, False, "Förmiddagar"),
    (ContactChannel.SMS, False, ""),
    (ContactChannel.EMAIL, False, "Svarar på kvällen"),
    (ContactChannel.LETTER, True, ""),
    (ContactChannel.PHONE, False, "Inte fredag eftermiddag"),
)
EMERGENCIES = ("Systern, 08-465 004 61", "Maken, 08-465 004 62", "", "Vännen Ali, 08-465 004 63")
CONTACTS = (
    (ContactKind.AF, "Petra Hallin", "AF Söderort", "Bokar trepartssamtal"),
    (ContactKind.FK, "Leif Åkerblom", "FK Stockholm", "Svarar om ersättningen"),
    (ContactKind.SCHOOL, "Nora Svärd", "Komvux", "Anmälan till höstens kurs"),
    (ContactKind.HEALTH, "Karin Dahl", "Vårdcentralen", "Nytt intyg"),
)


def tell_all(teller: Teller) -> None:
    for user in teller.actors:
        user.remembered_relations = {}
    tell_first_days(teller)
    tell_centres(teller)


def tell_first_days(teller: Teller) -> None:
    """Of those who came lately, all but every ninth with nothing missing."""
    cases = known.with_first_day(
        Case.objects.open()
        .filter(
            started_on__gte=teller.today - timedelta(days=settings.DEMO_FIRST_DAYS),
            started_on__lt=teller.today,  # today's first days are not over
            coach__in=teller.coaches,
        )
        .select_related("person", "centre", "coach", "income_support_unit")
    )
    with events_together(), gathered_entries.open(), gathered_texts.open():
        for index, case in enumerate(cases.order_by("pk")):
            if index % 9 != 4:
                _complete(teller, case, index)


def _complete(teller: Teller, case: Case, index: int) -> None:
    """What the first day lacks, by the coach, in the afternoon of the day."""
    actor = teller.coach_of(case)
    lacks = known.missing(known.known_of(case), teller.today)
    with teller.on(case.started_on, 14):
        if FirstDayStep.CONSENTS in lacks:
            for purpose in known.unasked(known.known_of(case), teller.today):
                if index % 5 == 3 and purpose == ConsentPurpose.AF:
                    first_day.refuse_consent(case, purpose, said_on=case.started_on, actor=actor)
                else:
                    records.give_consent(
                        case, purpose, ConsentForm.ORAL, case.started_on, None, actor=actor
                    )
        if index % 7 == 2:
            health = ConsentPurpose.HEALTH
            records.give_consent(
                case,
                health,
                ConsentForm.WRITTEN,
                case.started_on,
                None,
                actor=actor,
                receiver="Rosens vårdcentral",
            )
        if FirstDayStep.CONTACT in lacks:
            channel, only, times = WISHES[index % len(WISHES)]
            first_day.wish_contact(case, channel, only=only, times=times, actor=actor)
        if FirstDayStep.LANGUAGE in lacks:
            person = case.person
            asks = index % 23 == 7
            said = first_day.Languages(
                person.first_language,
                person.other_languages,
                person.interpreter_language,
                MinorityLanguage.FINNISH if asks else "",
                asks,
            )
            first_day.settle_language(case, said, actor=actor)
        if FirstDayStep.EMERGENCY in lacks:
            text = EMERGENCIES[index % len(EMERGENCIES)]
            first_day.note_emergency(case, text, actor=actor)


def tell_centres(teller: Teller) -> None:
    """Contacts outside, a coach who is away with and without cover, loans and moves."""
    centres = list(teller.world.centres.items())
    cases = {name: _open_cases(teller, unit) for name, unit in centres}
    for name, _unit in centres:
        for index, case in enumerate(cases[name][:8]):
            _note_contact(teller, case, index)
    for index, (name, _unit) in enumerate(centres):
        elsewhere, host = centres[(index + 1) % len(centres)]
        host_coach = teller.world.coaches[elsewhere][0]
        if cases[name]:
            _lend(teller, cases[name][0], host, host_coach, index)
    _move(teller, centres, cases)
    _away(teller)


def _open_cases(teller: Teller, unit) -> list[Case]:
    return list(
        Case.objects.open()
        .filter(
            centre=unit, coach__in=teller.coaches, person__protection="none", pauses__isnull=True
        )
        .select_related("person", "centre", "district", "coach", "income_support_unit")
        .order_by("-pk")[:10]  # the first are the stories that are shown to visitors
    )


def _note_contact(teller: Teller, case: Case, index: int) -> None:
    kind, name, organisation, step = CONTACTS[index % len(CONTACTS)]
    day = teller.near(max(case.started_on, teller.today - timedelta(days=20)))
    day = min(day, teller.today)
    with teller.on(day, 11):
        contacts.note_contact(
            case,
            ContactInput(
                kind=kind,
                name=name,
                organisation=organisation,
                phone=f"08-465 004 {70 + index}",
                email=f"{name.split()[0].lower()}@example.org",
                contacted_on=day,
                next_step=step,
                next_on=teller.workday(teller.today, 3 + index),
            ),
            actor=teller.coach_of(case),
            today=day,
        )


def _lend(teller: Teller, case: Case, host, host_coach, index: int) -> None:
    day = max(case.started_on, teller.today - timedelta(days=10))
    with teller.on(day, 10):
        lend_case(
            case,
            Lending(
                host=host,
                service=SERVICES[index % len(SERVICES)],
                reason=REASONS[index % len(REASONS)],
                starts_on=day,
                ends_before=teller.today + timedelta(days=6 + 10 * index),
                host_coach=host_coach,
            ),
            actor=teller.coach_of(case),
            today=day,
        )


def _move(teller: Teller, centres, cases) -> None:
    """One case of the first centre moved to the second, with its coach; one waits for a coach."""
    (first, _unit), (second, target) = centres[0], centres[1]
    district = teller.world.districts[second][0]
    for case, coach in zip(
        cases[first][1:3], (teller.world.coaches[second][0], None), strict=False
    ):
        day = _lately(teller, case)
        with teller.on(day, 15):
            move_case(
                Case.objects.get(pk=case.pk),
                Moving(target, district, "Har flyttat till stadsdelen.", coach),
                actor=teller.coach_of(case),
                today=day,
            )


def _lately(teller: Teller, case: Case) -> date:
    return max(case.started_on, teller.today - timedelta(days=2))


def _away(teller: Teller) -> None:
    """At each centre the second coach is away; at every other one nobody stands in."""
    for index, members in enumerate(teller.world.coaches.values()):
        if len(members) < 3:
            continue
        away, stand_in = members[1], members[2]
        back = teller.today + timedelta(days=5)
        with teller.on(teller.today - timedelta(days=1), 16):
            hours.add_absence(away, teller.today - timedelta(days=1), back, actor=away)
            mine = list(
                Case.objects.open()
                .filter(coach=away, person__protection="none")
                .select_related("person", "centre")[:12]
            )
            if index % 2 == 0 and mine:
                cover.cover_cases(
                    mine, stand_in, teller.today - timedelta(days=1), back, actor=away
                )
