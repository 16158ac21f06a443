"""The base that is measured on: persons, cases and events in bulk, on PostgreSQL only.

Numbers are reserve numbers, because personal numbers come from the official test series alone.
One coach has 60 open cases, one case 400 events, one income-support unit 50 plans to decide; 40
visitors wait at the front desk with 20 desks. One coach has a group of 15 with a month of attendance.
"""

from datetime import date, time, timedelta
from random import Random

from django.db import connection
from django.utils import timezone

from activityplans.enums import AttendanceOutcome
from activityplans.models import Activity, PlanVersion, Service, Session
from intake.enums import VisitorKind, VisitPurpose, VisitResult, VisitState
from intake.models import Desk, Visit
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.approvals.rules import content_hash
from jobcentre.casework.enums import NumberKind, Source, Track
from jobcentre.casework.models import Approval, Case, Deadline, IdentityNumber, Person
from jobcentre.demo.names import FAMILY, MEN, WOMEN

CASELOAD, TIMELINE, QUEUE = 60, 400, 50
WAITING, SERVED, DESKS = 40, 30, 20
GROUP, GROUP_DAYS = 15, 22
OPEN_SHARE = 10  # every tenth case is open


def build(persons: int) -> dict:
    """Fill an empty, migrated database; returns the ids that the measuring needs."""
    today, random = timezone.localdate(), Random(1)
    units = _units()
    coaches = [
        _user(f"coach{n}", Role.COACH, units["centre"], today)
        for n in range(max(1, persons * 3 // 2 // OPEN_SHARE // CASELOAD))
    ]
    secretary = _user("secretary", Role.SOCIAL_SECRETARY, units["support"], today)
    people = Person.objects.bulk_create(
        [
            Person(
                given_name=random.choice((*WOMEN, *MEN)),
                family_name=random.choice(FAMILY),
                phone=f"070{random.randrange(10**6, 10**7)}",
                birth_date=today - timedelta(days=random.randrange(7000, 20000)),
                registered_unit=units["centre"],
            )
            for _n in range(persons)
        ],
        batch_size=2000,
    )
    IdentityNumber.objects.bulk_create(
        [
            IdentityNumber(
                person=person,
                number=f"{1900 + n // 336000:04d}{n // 28000 % 12 + 1:02d}"
                f"{n // 1000 % 28 + 1:02d}T{n % 1000:03d}",
                kind=NumberKind.RESERVE,
            )
            for n, person in enumerate(people)
        ],
        batch_size=2000,
    )
    cases = _cases(people, coaches, units, today, random)
    _events(cases, persons * 15)
    _deadlines(cases, today, random)
    _approvals(cases, coaches[0], units, today)
    coordinator = _user("coordinator", Role.YOUTH_COORDINATOR, units["youth"], today)
    reception = _front_desk(cases, units["centre"], today)
    trainer, month = _group(cases[-GROUP:], units["centre"], today)
    return {
        "coach": coaches[0].pk,
        "secretary": secretary.pk,
        "reception": reception.pk,
        "coordinator": coordinator.pk,
        "trainer": trainer.pk,
        "month": f"{month:%Y-%m}",
        "case": cases[0].number,
        "counts": {
            "persons": Person.objects.count(),
            "cases": Case.objects.count(),
            "events": cases[0].events.model.objects.count(),
        },
    }


def analyse() -> None:
    """Let the database know how much there is of what, and which pages all can see, as it does by
    itself in time."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _front_desk(cases: list[Case], centre: Unit, today) -> User:
    """Forty who wait since a while, twenty desks; some were served already."""
    reception = _user("reception", Role.RECEPTION, centre, today)
    for n in range(DESKS):
        Desk.objects.create(centre=centre, name=f"Disk {n + 1}")
    now = timezone.now()
    for n, case in enumerate(cases[: WAITING + SERVED]):
        served = n >= WAITING
        Visit.objects.create(
            centre=centre,
            came_on=today,
            ticket_letter="C",
            ticket_number=n + 1,
            kind=VisitorKind.PERSON,
            person=case.person,
            case=case,
            host=case.coach,
            purpose=VisitPurpose.QUESTION,
            registered_by=reception,
            arrived_at=now - timedelta(minutes=WAITING + SERVED - n),
            state=VisitState.DONE if served else VisitState.WAITING,
            result=VisitResult.SOLVED if served else "",
            called_at=now if served else None,
            called_by=reception if served else None,
            ended_at=now if served else None,
        )
    return reception


def _group(cases: list[Case], centre: Unit, today) -> tuple[User, date]:
    """A coach whose whole caseload has the same activity every weekday of the month before."""
    trainer = _user("trainer", Role.COACH, centre, today)
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(coach=trainer)
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    weekdays = (month + timedelta(days=n) for n in range(31))
    days = [day for day in weekdays if day.weekday() < 5 and day.month == month.month]
    service = Service.objects.get(key="work_training")
    outcomes = (
        *(AttendanceOutcome.PRESENT,) * 6,
        *(AttendanceOutcome.SICK, AttendanceOutcome.UNEXCUSED, AttendanceOutcome.NOT_REGISTERED),
    )
    sessions = []
    for index, case in enumerate(cases):
        activity = Activity.objects.create(case=case, service=service)
        for n, day in enumerate(days[:GROUP_DAYS]):
            outcome = outcomes[(index + n) % len(outcomes)]
            known = outcome != AttendanceOutcome.NOT_REGISTERED
            sessions.append(
                Session(
                    case=case, activity=activity, on=day, starts_at=time(9), minutes=180,
                    outcome=outcome, registered_by=trainer if known else None,
                    registered_at=timezone.now() if known else None,
                )
            )  # fmt: skip
    Session.objects.bulk_create(sessions)
    return trainer, month


def _units() -> dict[str, Unit]:
    top = Unit.objects.create(name="Mätby", kind=UnitKind.MUNICIPALITY)
    support = Unit.objects.create(name="Stöd", kind=UnitKind.INCOME_SUPPORT, parent=top)
    centre = Unit.objects.create(name="Jobbtorg", kind=UnitKind.JOB_CENTRE, parent=top)
    youth = Unit.objects.create(name="Ungdom", kind=UnitKind.YOUTH, parent=top)
    return {"centre": centre, "support": support, "youth": youth}


def _user(name: str, role: Role, unit: Unit, today) -> User:
    user = User.objects.create(
        email=f"{name}@example.org", name=name.title(), is_staff=True, is_superuser=True
    )
    Membership.objects.create(
        user=user, role=role, unit=unit, valid_from=today - timedelta(days=900)
    )
    return user


def _cases(people, coaches, units, today, random) -> list[Case]:
    """Half as many again as persons; the first case of every tenth person is open."""
    cases = []
    for n in range(len(people) * 3 // 2):
        person = people[n % len(people)]
        is_open = n % OPEN_SHARE == 0 and n < len(people)
        started = today - timedelta(days=random.randrange(5, 1000))
        open_index = n // OPEN_SHARE
        cases.append(
            Case(
                number=f"{started.year}-{n:06d}",
                person=person,
                status="open" if is_open else "closed",
                started_on=started,
                ended_on=None if is_open else min(today, started + timedelta(days=90)),
                source=Source.INCOME_SUPPORT,
                track=random.choice(Track.values),
                centre=units["centre"],
                income_support_unit=units["support"],
                coach=coaches[min(open_index // CASELOAD, len(coaches) - 1)],
                next_deadline_on=today + timedelta(days=random.randrange(-5, 60))
                if is_open
                else None,
            )
        )
    cases = Case.objects.bulk_create(cases, batch_size=2000)
    return [case for case in cases if case.status == "open"]


def _events(cases: list[Case], count: int) -> None:
    """Notes spread evenly over all cases by one statement, and 400 on the first."""
    sql = """
        INSERT INTO casework_caseevent
          (case_id, kind, area, occurred_at, recorded_at, acting_role, text, payload)
        SELECT {case}, 'note.written', 'notes', now() - (n * interval '1 minute'), now(), 'coach',
               'En anteckning om hur det går.', '{{}}'
        FROM generate_series(1, %s) AS n
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), count(*) FROM casework_case")
        first, number = cursor.fetchone()
        cursor.execute(sql.format(case=f"{first} + n %% {number}"), [count - TIMELINE])
        cursor.execute(sql.format(case=cases[0].pk), [TIMELINE])


def _deadlines(cases: list[Case], today, random) -> None:
    rows = []
    for case in cases:
        for kind, unit, length in (("review", "months", 6), ("cap", "months", 18)):
            rows.append(
                Deadline(
                    case=case,
                    kind=kind,
                    length=length,
                    length_unit=unit,
                    started_on=case.started_on,
                    due_on=max(case.started_on, today + timedelta(days=random.randrange(-5, 200))),
                    waits_for="coach",
                    owner=case.coach,
                )
            )
    Deadline.objects.bulk_create(rows, batch_size=2000)


def _approvals(cases: list[Case], coach: User, units, today) -> None:
    for case in cases[:QUEUE]:
        version = PlanVersion.objects.create(
            case=case,
            number=1,
            state="submitted",
            starts_on=today,
            ends_before=today + timedelta(days=100),
            created_by=coach,
            last_edited_by=coach,
            submitted_on=today,
        )
        approval = Approval.objects.create(
            case=case,
            kind="plan",
            subject_key=f"plan:{version.pk}",
            subject_id=version.pk,
            subject_version=1,
            content_hash=content_hash({}),
            unit=units["support"],
            requested_by=coach,
            last_edited_by=coach,
            requested_on=today,
        )
        Deadline.objects.create(
            case=case,
            kind="approval",
            subject_key=f"approval:{approval.pk}",
            url=f"/planer/svar/{approval.pk}/",
            length=2,
            length_unit="workdays",
            started_on=today,
            due_on=today + timedelta(days=2),
            waits_for="income_support",
            unit=units["support"],
        )
