"""Every page, every role, every relation: what is seen, what is refused, what does not exist.

The expectations stand here a second time, on purpose: this table is what was decided, the policy
is what the code does.
"""

import re
import uuid

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from employers.models import CompetenceProfile, Employer, Need
from employers.transitions import propose_placement, save_profile
from intake.enums import VisitPurpose
from intake.transitions import register_visit
from jobcentre.accounts.enums import Role
from jobcentre.casework.access.pages import LOGGED_IN, NAMESPACES, PAGES, PUBLIC, action_of
from jobcentre.casework.access.policy import GRANTS, SEES, Relation
from jobcentre.casework.enums import Area, ConsentPurpose
from jobcentre.casework.transitions.records import add_document, write_note

ROLES = list(Role)
# Which of the cases of the world each role knows of: own and colleague's are at the north centre,
# other is at the south centre, protected is at the north centre with an empty circle for them.
KNOWS = {
    Role.RECEPTION: {"own", "colleague"},
    Role.COACH: {"own", "colleague"},
    Role.STUDY_COUNSELLOR: set(),
    Role.SOCIAL_SECRETARY: {"own", "colleague"},
    Role.PROVIDER_STAFF: {"own"},
    Role.BUSINESS_COORDINATOR: {"own"},
    Role.YOUTH_COORDINATOR: set(),
    Role.MANAGER: {"own", "colleague"},
    Role.ADMINISTRATOR: set(),
}
RELATIONS = ("own", "colleague", "other", "protected")
# Pages whose object is no case; who may open them is decided by the role alone.
NO_CASE = {
    "pk_employer": ("employers:employer", "employers:edit", "employers:need_new"),
    "pk_need": ("employers:need", "employers:need_close"),
}


def url_names(resolver=None, namespace="") -> list[tuple[str, list[str]]]:
    """(name, names of the arguments) of every URL but the admin's."""
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            if each.namespace not in NAMESPACES:
                found += url_names(each, inner)
        elif isinstance(each, URLPattern) and each.name:
            found.append((f"{namespace}{each.name}", list(each.pattern.converters)))
    return found


def test_every_url_has_a_row_and_no_row_is_stale():
    names = {name for name, _arguments in url_names()}
    assert {name for name in names if action_of(name) is None} == set()
    assert set(PAGES) - names == set()


def test_a_url_without_a_row_is_found():
    assert action_of("casework:no_such_page") is None


def test_every_page_asks_for_an_action_that_is_granted():
    asked = set(PAGES.values()) | set(NAMESPACES.values())
    assert asked - {PUBLIC, LOGGED_IN} <= set(GRANTS)


def test_a_grant_needs_a_relation_in_which_the_role_sees_a_case():
    for action, grants in GRANTS.items():
        for role, relations in grants.items():
            allowed = SEES[role] | {Relation.ALL, Relation.CENTRE, Relation.UNIT}
            assert relations <= allowed, (action, role)


@pytest.fixture
def world(town):
    """One case for each relation, with one of everything that a page may show."""
    colleague = town.user("coach", name="Mona")
    cases = {
        "own": town.opened(given_name="Egon"),
        "colleague": town.opened(given_name="Kolbjörn", coach=colleague),
        "other": town.opened(given_name="Annan", where="south"),
        "protected": town.opened(given_name="Skyddad"),
    }
    objects = {relation: _objects(town, case) for relation, case in cases.items()}
    town.protected(cases["protected"].person, [town.user("manager", "south")])
    _employer_side(town, cases, objects)
    return town, cases, objects


def _objects(town, case) -> dict[str, object]:
    """What hangs on a case: plan, approval, order, note, document, visit."""
    town.consented(case)
    town.approved(case)
    where = "north" if case.centre_id == town.units["north"].pk else "south"
    coach = town.acting(case.coach)
    document = add_document(
        case,
        "Intyg",
        ContentFile(b"%PDF-1.7 intyg", name="intyg.pdf"),
        "application/pdf",
        Area.DOCUMENTS,
        actor=coach,
    )
    # Only the case at hand is ordered from the provider, so that the provider knows one case.
    order = None
    if case.person.given_name in ("Egon", "Annan"):
        order = town.ordered(case)
    return {
        "number": case.number,
        "activity": case.activities.get().ref,
        "approval": case.approvals.get().pk,
        "order": order.ref if order else None,
        "note": write_note(case, "Känsligt.", actor=coach).pk,
        "consent": case.consents.get().pk,
        "document": document.ref,
        "visit": register_visit(
            town.units[where], VisitPurpose.PAPERS, actor=town.user("reception", where),
            person=case.person,
        ).ref,
    }  # fmt: skip


def _employer_side(town, cases, objects) -> None:
    coordinator, today = town.user("business_coordinator"), town.today
    employer = Employer.objects.create(
        name="Bageriet", coordinator=coordinator, registered_unit=town.units["top"]
    )
    need = Need.objects.create(
        employer=employer,
        title="Bagare",
        kind="job",
        occupation="bagare",
        starts_on=today,
        opened_on=today,
        opened_by=coordinator,
    )
    town.consented(cases["own"], ConsentPurpose.COMPETENCE_BANK)
    save_profile(
        cases["own"],
        {
            "headline": "Van bagare",
            "occupations": "bagare",
            "skills": "",
            "languages": "",
            "has_licence": False,
            "hours_per_week": 40,
            "available_from": today,
        },
        actor=None,
        today=today,
    )
    placement = propose_placement(cases["own"], need, "", actor=None, today=today)
    for each in objects.values():
        each.update(employer=employer.pk, need=need.pk, placement=None)
    objects["own"]["placement"] = placement.pk
    assert CompetenceProfile.objects.count() == 1


# The object of each page's argument, by the page's name; None: the page needs none of the world.
ARGUMENT = {
    "casework:note_correct": ("number", "note"),
    "casework:note_strike": ("number", "note"),
    "casework:consent_withdraw": ("number", "consent"),
    "casework:document": ("document",),
    "intake:visit": ("visit",),
    "intake:enrol": ("visit",),
    "activityplans:decide": ("approval",),
    "activityplans:follow_up": ("activity",),
    "referrals:send": ("activity",),
    "employers:propose": ("need", "number"),
    **{
        f"employers:{name}": ("placement",)
        for name in ("placement", "answer", "begin", "end", "withdraw")
    },
    **dict.fromkeys(NO_CASE["pk_employer"], ("employer",)),
    **dict.fromkeys(NO_CASE["pk_need"], ("need",)),
}
# Reports, follow-ups and notices belong to one user or one exit and have tests of their own.
ELSEWHERE = {
    "notices:open",
    "reporting:figure",
    "reporting:report",
    "reporting:report_file",
    "reporting:csv",
    "reporting:followup",
    "casework:tab",
}


def argument_of(name: str, arguments: list[str], objects: dict) -> list | None:
    """The arguments of the page for one relation; None when the world has no such object."""
    if name in ARGUMENT:
        values = [objects[key] for key in ARGUMENT[name]]
    elif name.startswith("referrals:"):
        values = [objects["order"]]
    elif arguments == ["number"]:
        values = [objects["number"]]
    else:
        raise LookupError(f"the test does not know the arguments of {name}: {arguments}")
    return None if None in values else values


def bare(response) -> bytes:
    """The page without what differs between two requests for the same thing."""
    body = re.sub(rb'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"', b"", response.content)
    body = re.sub(rb'hx-headers=.[^>]*|"X-CSRFToken": "[^"]*"', b"", body)
    return re.sub(rb"[0-9a-f]{16}", b"", body)


@pytest.mark.row("B7")
@pytest.mark.parametrize("role", ROLES)
def test_every_page_for_every_relation(role, world, log_in):
    town, _cases, objects = world
    client, checks = log_in(town.user(role)), 0
    missing = bare(client.get(f"/arenden/2000-{uuid.uuid4().int % 10000:04d}/"))
    for name, arguments in url_names():
        action = action_of(name)
        if not arguments or action in (PUBLIC, LOGGED_IN) or name in ELSEWHERE:
            continue
        for relation in RELATIONS:
            values = argument_of(name, arguments, objects[relation])
            if values is None:
                continue
            response = client.get(reverse(name, args=values))
            seen = relation in KNOWS[role] or ARGUMENT.get(name, ("",))[0] in (
                "employer",
                "need",
                "visit",
            )
            may_ever = bool(GRANTS[action].get(role))
            where = (role, name, relation, response.status_code)
            if response.streaming:
                assert b"".join(response.streaming_content), where
            checks += 1
            if not may_ever or not seen:
                assert response.status_code in (404, 405), where
                if response.status_code == 404:
                    assert bare(response) == missing, where
            else:
                # A visit is the centre's: that of the other centre, or of a protected person's
                # case, is decided by the unit and tested with the front desk.
                assert response.status_code in (200, 302, 403, 404, 405), where
                if response.status_code == 404:
                    assert "visit" in ARGUMENT.get(name, ()) or name in (
                        "casework:pause_end",
                        "activityplans:print",
                        "casework:note_correct",
                        "casework:document",
                        "employers:propose",
                        "referrals:sessions",
                    ), where
    assert checks > 60
    print(f"{role}: {checks} checks")


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", ROLES)
def test_the_case_page_itself(role, relation, world, log_in):
    town, cases, _objects = world
    response = log_in(town.user(role)).get(f"/arenden/{cases[relation].number}/")
    may = role in (Role.RECEPTION, Role.COACH, Role.SOCIAL_SECRETARY, Role.MANAGER)
    assert response.status_code == (200 if may and relation in KNOWS[role] else 404)


def test_nobody_gets_in_without_logging_in(client, db):
    for name, arguments in url_names():
        if not arguments and action_of(name) != PUBLIC:
            response = client.get(reverse(name))
            assert response.status_code == 302, name
            assert "/konto/logga-in/" in response["Location"], name
