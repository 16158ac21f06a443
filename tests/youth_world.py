"""Young people in the outreach register, for the tests that walk every page."""

from datetime import date, timedelta

from django.utils import timezone

from intake.youth import tasks
from intake.youth.enums import ContactChannel, ContactResult, KnownFrom, MeasureKind, OccupationKind
from intake.youth.models import OutreachEntry
from intake.youth.transitions import contacts, contracts, extracts
from intake.youth.transitions.register import OutreachRow, register_from_row
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.identity import parse_identity
from tests.factories import Town, official_number

TWENTY_ONE = date(2005, 3, 4)


def registered(town: Town, born: date, *, actor: User, **fields) -> OutreachEntry:
    """An entry of somebody born that day, in the unit of `actor`, who is responsible."""
    coordinator = fields.pop("coordinator", actor)
    row = OutreachRow(
        **{
            "origin": "population",
            "given_name": "Lo",
            "family_name": "Ek",
            "identity": parse_identity(official_number(born), town.today),
            "school": "Västra gymnasiet",
            **fields,
        }
    )
    return register_from_row(
        row, unit=actor.acting.unit, actor=actor, today=town.today, coordinator=coordinator
    ).entry


def contract_of(entry: OutreachEntry, town: Town, actor: User):
    """An education contract that begins today."""
    return contracts.sign_contract(
        OutreachEntry.objects.get(pk=entry.pk),
        contracts.ContractInput(
            school="Komvux",
            programme="Vård",
            percent=50,
            starts_on=town.today,
            ends_before=town.today + timedelta(days=200),
        ),
        actor=actor,
        today=town.today,
    )


def tried(entry: OutreachEntry, town: Town, actor: User, **fields):
    """A contact attempt today."""
    written = {
        "on": town.today,
        "channel": ContactChannel.PHONE,
        "result": ContactResult.REACHED,
        "needs": ("studies",),
        **fields,
    }
    return contacts.record_attempt(
        OutreachEntry.objects.get(pk=entry.pk),
        contacts.AttemptInput(**written),
        actor=actor,
        today=town.today,
    )


def made_extract(town: Town, actor: User):
    """The extract of the present half-year, made by the task."""
    extract = extracts.order_extract(date(2026, 7, 1), actor=actor, today=town.today)
    tasks.run(extracts.claim(extract.pk, timezone.now()))
    extract.refresh_from_db()
    return extract


def coordinator_elsewhere(town: Town) -> User:
    """A coordinator of another youth unit."""
    unit = Unit.objects.create(
        name="Ungdomsenheten Söder", kind=UnitKind.YOUTH, parent=town.units["labour"]
    )
    user = User.objects.create(email="youth.elsewhere@example.org", name="Alva Elsewhere")
    user.acting = Membership.objects.create(
        user=user,
        role=Role.YOUTH_COORDINATOR,
        unit=unit,
        valid_from=town.today - timedelta(days=400),
    )
    return user


def young_objects(town: Town) -> dict[str, dict[str, object]]:
    """What hangs on a young person of the unit (`own`), of another one, and a protected one."""
    own = town.user(Role.YOUTH_COORDINATOR)
    found = {}
    for relation, born, actor in (
        ("own", TWENTY_ONE, own),
        ("other", date(2005, 3, 5), coordinator_elsewhere(town)),
        ("protected", date(2005, 3, 6), own),
    ):
        entry = registered(town, born, actor=actor, given_name=f"Ung {relation}")
        registered(town, born.replace(year=2009), actor=actor, given_name=f"Yngre {relation}")
        tried(entry, town, actor)
        measure = contacts.offer_measure(
            OutreachEntry.objects.get(pk=entry.pk),
            MeasureKind.GUIDANCE,
            "",
            offered_on=town.today,
            actor=actor,
            today=town.today,
        )
        contract = contract_of(entry, town, actor)
        occupation = contacts.record_occupation(
            OutreachEntry.objects.get(pk=entry.pk),
            {
                "kind": OccupationKind.WORK,
                "starts_on": town.today,
                "known_from": KnownFrom.PERSON,
            },
            actor=actor,
            today=town.today,
        )
        found[relation] = {
            "young": entry.ref,
            "young_measure": measure.ref,
            "young_occupation": occupation.ref,
            "young_contract": contract.ref,
            "extract": made_extract(town, actor).ref if relation != "protected" else None,
        }
    person = OutreachEntry.objects.get(ref=found["protected"]["young"]).person
    town.protected(person, [town.user(Role.MANAGER, "south")])
    return found


def grow_young(town: Town, n: int, first: OutreachEntry | None) -> OutreachEntry:
    """One more of everything of the outreach; attempts are added to `first`."""
    actor = town.user(Role.YOUTH_COORDINATOR)
    entry = registered(town, date(2005, 5, 1) + timedelta(days=n), actor=actor, school=f"Skola {n}")
    registered(
        town,
        date(2009, 5, 1) + timedelta(days=n),
        actor=actor,
        given_name=f"Ingens {n}",
        coordinator=None,
    )
    contract_of(entry, town, actor)
    registered(town, date(2008, 5, 1) + timedelta(days=n), actor=actor, given_name=f"Ny {n}")
    tried(first or entry, town, actor, note=f"Samtal {n}")
    made_extract(town, actor)
    return first or entry
