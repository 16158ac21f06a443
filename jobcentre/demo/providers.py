"""The register of providers of the made-up municipality: what each offers, where and for how many."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from activityplans.models import Service
from jobcentre.casework.identity import check_digit
from jobcentre.demo import texts
from referrals.enums import ProviderForm, ProviderPersonKind
from referrals.transitions import providers as register

if TYPE_CHECKING:
    from jobcentre.demo.stories import Teller

OWN, SOCIAL = ProviderForm.MUNICIPAL, ProviderForm.SOCIAL
BOUGHT, VOLUNTARY = ProviderForm.CONTRACTED, ProviderForm.VOLUNTARY
# Name: form, services with their places each week, whether there are steps, what it does.
OFFERS = {
    "Café Bryggan": (
        OWN,
        {"work_training": 14, "practice_try": 6, "sfi_practice": 6},
        True,
        "Kafé och servering för allmänheten. Kassa, kök och disk i små grupper.",
    ),
    "Hamnverkets verkstad": (
        SOCIAL,
        {"work_training": 10, "practice_skills": 8, "validation": 4},
        False,
        "Cykel- och möbelverkstad som ägs av dem som arbetar där.",
    ),
    "Yrkeshuset Älvbro": (
        BOUGHT,
        {"validation": 8, "practice_skills": 10, "sfi_practice": 12},
        True,
        "Yrkesspår inom lager, städ och vård med språkstöd och intyg.",
    ),
    "Textilgruppen": (
        OWN,
        {"work_training": 12, "motivation": 8, "practice_try": 5},
        True,
        "Sömnad, lagning och sortering. Lugn miljö och egna tider.",
    ),
    "Steget vidare AB": (
        BOUGHT,
        {"job_club": 20, "interview": 10, "motivation": 10, "cv": 8},
        True,
        "Jobbsökning i grupp och egna möten med jobbcoach.",
    ),
    "Föreningen Ljusgården": (
        VOLUNTARY,
        {"motivation": 8, "sfi_practice": 6},
        True,
        "Trädgård och samtal. För den som behöver en lugn början.",
    ),
    "START": (
        OWN,
        {"motivation": 16, "job_club": 12, "practice_try": 10},
        True,
        "Fyra veckors introduktion: rutiner, hälsa, dator och besök på arbetsplatser.",
    ),
    "Krami": (
        OWN,
        {"work_training": 6, "motivation": 6, "cv": 4},
        True,
        "Vägledning till arbete tillsammans med Frivården och Arbetsförmedlingen.",
    ),
    "Sågverket": (
        OWN,
        {"work_training": 8, "practice_skills": 6},
        False,
        "Träarbete och enkel maskinvana. Skyddskläder lånas ut.",
    ),
    "Servicegruppen": (
        OWN,
        {"work_training": 18, "practice_job": 8},
        True,
        "Flytt, utemiljö och städuppdrag åt kommunen i arbetslag med handledare.",
    ),
}
BEGAN = timedelta(days=3 * 366)


def _organisation_number(index: int) -> str:
    """A made-up number in form right: 559 998 and a running number."""
    nine = f"55999{8000 + index:04d}"
    return f"{nine[:6]}-{nine[6:]}{check_digit(nine)}"


def set_up_providers(teller: Teller) -> None:
    """Every provider in the register, with premises, people and places."""
    services = {each.key: each for each in Service.objects.filter(at_provider=True)}
    for index, unit in enumerate(teller.world.providers):
        form, places, is_step_free, does = OFFERS[unit.name]
        offered = [services[key] for key in places if key in services]
        for service in offered:
            teller.world.offering.setdefault(service.key, []).append(unit)
        with teller.on(teller.near(teller.today - BEGAN), 9):
            provider = register.add_provider(
                unit,
                {
                    "form": form,
                    "organisation_number": "" if form == OWN else _organisation_number(index),
                    "description": f"{does} {texts.PROVIDER_TEXTS[index % 2]}",
                },
                offered,
                actor=None,
            )
            _fill(teller, provider, index, places, services, is_step_free)


def _fill(teller: Teller, provider, index: int, places, services, is_step_free: bool) -> None:
    unit = provider.unit

    def add(part: str, **values):
        provider.refresh_from_db()
        return register.save_part(provider, part, None, values, actor=None, edit=provider.version)

    site = add(
        "sites",
        name="Verkstaden" if index % 3 else "Lokalen",
        street=unit.address,
        postcode=f"135 {40 + index}",
        city="Älvbro" if index % 4 else "Hamnstaden",
        latitude=Decimal("59.20000") + Decimal(index * 37 % 90) / 1000 if index % 5 else None,
        longitude=Decimal("17.80000") + Decimal(index * 53 % 110) / 1000 if index % 5 else None,
        opening_hours="Måndag–torsdag 8–16, fredag 8–14",
        directions="Buss 815 till Verkstadsgatan, tre minuters promenad.",
        step_free=is_step_free,
        has_lift=index % 3 != 1,
        accessible_toilet=is_step_free,
        hearing_loop=index % 4 == 0,
        quiet_room=index % 2 == 1,
        access_note="" if is_step_free else "Två trappsteg; ramp läggs ut om man ringer.",
    )
    staff = teller.world.provider_staff[unit.pk]
    address = f"order{index + 1}@demo.invalid"
    add("people", kind=ProviderPersonKind.CONTACT, name=staff.name, phone=unit.phone, email=address)
    add(
        "people",
        kind=ProviderPersonKind.SUPERVISOR,
        name=texts.CONTACTS[index % len(texts.CONTACTS)],
        phone=f"070-174 06 {index + 50}",
        email="",
        site=site,
    )
    for key, number in places.items():
        if key in services:
            add("capacities", service=services[key], from_on=teller.today - BEGAN, places=number)
    if index == 2:
        add(
            "sub_suppliers",
            name="Truckskolan i Älvbro",
            organisation_number=_organisation_number(90),
            does="Truckutbildning och prov",
            starts_on=teller.today - timedelta(days=400),
        )
    if index % 4 == 0:  # fewer around the new year
        key = next(iter(places))
        if key in services:
            later = teller.today + timedelta(days=28)
            add("capacities", service=services[key], from_on=later, places=places[key] // 2)
