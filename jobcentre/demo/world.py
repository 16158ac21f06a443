"""The units and users of the made-up municipality: five centres with fourteen districts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.hashers import make_password

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.models import ClosedDay

# The five centres and fourteen districts of the 2007 document.
CENTRES = {
    "Sydost": ("Enskede-Årsta-Vantör", "Farsta", "Skarpnäck"),
    "Sydväst": ("Skärholmen", "Hägersten-Liljeholmen", "Älvsjö"),
    "Innerstaden": ("Kungsholmen", "Norrmalm", "Östermalm", "Södermalm"),
    "Västerort": ("Hässelby-Vällingby", "Bromma"),
    "Järva": ("Spånga-Tensta", "Rinkeby-Kista"),
}
COACHES = {
    "Sydost": ("Karin Lindqvist", "Amanda Ceder", "Tove Lindgren", "Hamid Nazari"),
    "Sydväst": ("Jonas Hellberg", "Mona Said", "Petra Wik"),
    "Innerstaden": ("Erik Malm", "Leyla Aydin", "Kerstin Norell"),
    "Västerort": ("Daniel Frisk", "Nina Åström"),
    "Järva": ("Yusuf Osman", "Lisa Bäck", "Martin Öhman"),
}
PROVIDERS = (
    "Café Bryggan",
    "Hamnverkets verkstad",
    "Yrkeshuset Älvbro",
    "Textilgruppen",
    "Steget vidare AB",
    "Föreningen Ljusgården",
    "START",
    "Krami",
    "Sågverket",
    "Servicegruppen",
)
DOMAIN = "demo.invalid"


@dataclass
class World:
    """What the stories of the demo need to know of the municipality."""

    municipality: Unit
    centres: dict[str, Unit] = field(default_factory=dict)
    districts: dict[str, list[Unit]] = field(default_factory=dict)
    coaches: dict[str, list[User]] = field(default_factory=dict)
    reception: dict[str, User] = field(default_factory=dict)
    secretaries: dict[int, list[User]] = field(default_factory=dict)
    managers: dict[str, User] = field(default_factory=dict)
    head: User | None = None  # the manager above all centres
    providers: list[Unit] = field(default_factory=list)
    provider_staff: dict[int, User] = field(default_factory=dict)
    offering: dict[str, list[Unit]] = field(default_factory=dict)  # by the key of the service
    coordinator: User | None = None
    youth_unit: Unit | None = None
    youth_coordinators: list[User] = field(default_factory=list)
    counsellor: User | None = None


class Builder:
    def __init__(self, today: date):
        # Memberships began before the first story and run on for a year.
        self.valid_from = today - timedelta(days=4 * 366)
        self.password = make_password(settings.DEMO_PASSWORD or None)

    def user(self, name: str, role: Role, unit: Unit, **fields) -> User:
        address = name.lower().translate(str.maketrans("åäöéü", "aaoeu")).replace(" ", ".")
        user = User(email=f"{address}@{DOMAIN}", name=name, password=self.password, **fields)
        user.full_clean(exclude=["password"])
        user.save()
        self.member(user, role, unit)
        return user

    def member(self, user: User, role: Role, unit: Unit) -> Membership:
        membership = Membership(user=user, role=role, unit=unit, valid_from=self.valid_from)
        membership.full_clean()
        membership.save()
        if user.acting is None:
            user.acting = membership
        return membership


def _unit(name: str, kind: UnitKind, parent: Unit | None = None, **fields) -> Unit:
    unit = Unit(name=name, kind=kind, parent=parent, **fields)
    unit.full_clean()
    unit.save()
    return unit


def build_world(today: date) -> World:
    """Create units, users and memberships; every user acts in their first membership."""
    make = Builder(today)
    top = _unit(settings.MUNICIPALITY_NAME, UnitKind.MUNICIPALITY)
    world = World(top)
    labour = _unit("Arbetsmarknadsnämnden", UnitKind.COMMITTEE, top)
    social = _unit("Socialnämnden", UnitKind.COMMITTEE, top)
    youth = _unit("Ungdomsenheten", UnitKind.YOUTH, labour, phone="08-174 06 40")
    number = 10
    for name, districts in CENTRES.items():
        centre = _unit(
            f"Jobbtorg {name}",
            UnitKind.JOB_CENTRE,
            labour,
            phone=f"08-174 06 {number}",
            address=f"Torget {number}",
            latitude=Decimal("59.19000") + Decimal(number) / 250,
            longitude=Decimal("17.79000") + Decimal(number * 7 % 40) / 250,
        )
        number += 1
        world.centres[name] = centre
        world.districts[name] = []
        for district in districts:
            support = _unit(
                f"Försörjningsstöd {district}",
                UnitKind.INCOME_SUPPORT,
                social,
                phone=f"08-174 06 {number}",
            )
            number += 1
            world.districts[name].append(
                _unit(district, UnitKind.DISTRICT, centre, income_support_unit=support)
            )
    _staff(world, make, labour, youth)
    for index, name in enumerate(PROVIDERS):
        unit = _unit(
            name,
            UnitKind.PROVIDER,
            top,
            phone=f"08-174 06 {60 + index}",
            address=f"Verkstadsgatan {index + 1}",
        )
        world.providers.append(unit)
    staff = (
        *("Linnea Ström", "Bo Hamrin", "Farah Daoud", "Siv Textor", "Adam Kjell", "Rut Ljung"),
        *("Olle Sandin", "Mina Rahimi", "Tore Furu", "Anja Kraft"),
    )
    for unit, name in zip(world.providers, staff, strict=True):
        world.provider_staff[unit.pk] = make.user(name, Role.PROVIDER_STAFF, unit)
    for day, why in ((date(today.year, 5, 15), "Planeringsdag"),):
        ClosedDay.objects.create(on=day, name=why)
    return world


def _staff(world: World, make: Builder, labour: Unit, youth: Unit) -> None:
    receptionists = ("Per Åström", "Noor Al-Amin", "Gunilla Berg", "Stefan Hult", "Hodan Ali")
    managers = ("Eva Sundin", "Ola Brandt", "Ingrid Falk", "Lars Tegel", "Maria Kallio")
    secretaries = iter(
        (
            "Ingela Forsman", "Omid Karimi", "Agneta Rydh", "Sofie Lund", "Markus Hage",
            "Birgitta Sjö", "Dilan Kaya", "Anders Blom", "Camilla Rosén", "Patrik Ek",
            "Monica Thor", "Emil Sköld", "Hanna Vret", "Lotta Gren",
        )
    )  # fmt: skip
    for (name, centre), receptionist, manager in zip(
        world.centres.items(), receptionists, managers, strict=True
    ):
        world.reception[name] = make.user(receptionist, Role.RECEPTION, centre)
        world.managers[name] = make.user(manager, Role.MANAGER, centre)
        world.coaches[name] = [
            make.user(coach, Role.COACH, centre, phone="070-174 06 99") for coach in COACHES[name]
        ]
        for district in world.districts[name]:
            unit = district.income_support_unit
            world.secretaries[unit.pk] = [make.user(next(secretaries), Role.SOCIAL_SECRETARY, unit)]
    world.coordinator = make.user(
        "Björn Hallgren", Role.BUSINESS_COORDINATOR, world.municipality, phone="070-174 06 98"
    )
    world.counsellor = make.user("Leif Wikström", Role.STUDY_COUNSELLOR, world.municipality)
    world.youth_unit = youth
    world.youth_coordinators = [
        make.user(name, Role.YOUTH_COORDINATOR, youth, phone="070-174 06 97")
        for name in ("Alva Nordin", "Maja Sand")
    ]
    world.head = make.user("Birger Holm", Role.MANAGER, labour)
    # Those who can pass plans on to each other and stand in.
    support = world.districts["Sydost"][0].income_support_unit
    world.secretaries[support.pk] += [
        make.user(name, Role.SOCIAL_SECRETARY, support) for name in ("Jasmin Haddad", "Rolf Ekdal")
    ]
    make.user("Kim Dahl", Role.ADMINISTRATOR, world.municipality, is_staff=True, is_superuser=True)
    # One with two roles, to try switching between them.
    world_coach = world.coaches["Sydost"][3]
    make.member(world_coach, Role.RECEPTION, world.centres["Sydost"])
