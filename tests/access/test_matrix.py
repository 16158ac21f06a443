"""Every page, every role, every relation: what is seen, what is refused, what does not exist.

What each role may comes from the policy; how each role stands to the objects of the world
(`tests/world.py`) and what each page answers to one who may are written here.
"""

import re

import pytest
from django.db.models import Q
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.access import fetch, queries
from jobcentre.casework.access.pages import LOGGED_IN, NAMESPACES, PAGES, PUBLIC, action_of
from jobcentre.casework.access.policy import AREAS, GRANTS, SEES, Relation
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import case_panels
from tests.world import RELATIONS, STANDS

ROLES = list(Role)


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


# --- the table -----------------------------------------------------------------------------------
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


# --- the objects of the pages --------------------------------------------------------------------
# The arguments of each page that are not just the number of a case, by their names in the world.
ARGUMENTS = {
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
    "reporting:followup": ("follow_up",),
    "notices:open": ("notice",),
    **dict.fromkeys(("reporting:report", "reporting:report_file", "reporting:csv"), ("report",)),
    **{
        f"employers:{name}": ("placement",)
        for name in ("placement", "answer", "begin", "end", "withdraw")
    },
    **{f"employers:{name}": ("employer",) for name in ("employer", "edit", "need_new")},
    **{f"employers:{name}": ("need",) for name in ("need", "need_close")},
    **{
        f"referrals:{name}": ("order",)
        for name in (
            *("order", "accept", "decline", "start"),
            *("withdraw", "report", "end", "sessions"),
        )
    },
}
FIXED = {"reporting:figure": ["open_cases"]}
TABS = [panel.key for panel in case_panels if panel.place == "tab"]
CENTRE_STAFF = (Role.RECEPTION, Role.COACH)


def values_of(name: str, objects: dict) -> list | None:
    """The arguments of the page for one relation; None when the world has no such object."""
    if name in FIXED:
        return FIXED[name]
    values = [objects.get(key) for key in ARGUMENTS.get(name, ("number",))]
    return None if None in values else values


def stands(name: str, role: Role, relation: str) -> set[Relation]:
    """How the role stands to the object of the page; empty when it does not know of it."""
    kind = ARGUMENTS.get(name, ("number",))[0]
    if name == "employers:propose":
        kind = "number"
    if name in FIXED:
        return {Relation.CENTRE}
    if kind in ("employer", "need"):
        return {Relation.ALL} if GRANTS["employer.view"].get(role) else set()
    if kind == "visit":
        near = role in CENTRE_STAFF and relation in ("own", "colleague")
        return {Relation.CENTRE} if near else set()
    if kind == "report":
        return {Relation.CENTRE} if role == Role.MANAGER and relation == "own" else set()
    if kind == "notice":
        return {Relation.ALL} if relation == "own" else set()
    if kind == "follow_up":
        # The closed case has neither guidance, order, placement nor consent, and is no youth's.
        return STANDS.get((role, relation), set()) & {Relation.OWN, Relation.CENTRE, Relation.UNIT}
    return STANDS.get((role, relation), set())


def verdict(name: str, role: Role, relation: str) -> int:
    """200 when the policy gives the role the page for the object, else 403 or 404."""
    needed = GRANTS[action_of(name)].get(role, set())
    standing = stands(name, role, relation)
    if not needed or not standing:
        return 404
    return 200 if Relation.ALL in needed or needed & standing else 403


# --- what a page answers to one who may ----------------------------------------------------------
ONLY_POST = {"casework:unmask", "casework:consent_withdraw", "notices:open"}
ONLY_GET = {
    *("casework:case", "casework:tab", "casework:timeline", "casework:document"),
    *("activityplans:plan", "activityplans:print", "employers:need", "employers:placement"),
    *("employers:fitting", "reporting:figure", "reporting:report"),
    *("reporting:report_file", "reporting:csv"),
}
# A page may also depend on the areas that are open to the role.
NEEDS_AREA = {
    "casework:note_correct": Area.NOTES,
    "casework:document": Area.DOCUMENTS,
}
LEADS_ON = {"activityplans:plan", "referrals:send"}  # the activity is ordered already


def areas_of(role: Role, relation: str) -> frozenset[Area]:
    open_to = (AREAS[role].get(each, frozenset()) for each in STANDS.get((role, relation), set()))
    return frozenset().union(*open_to)


def allowed_status(name: str, role: Role, relation: str, method: str) -> int:
    """What the page answers to one who may: a form sent empty is shown again with its errors."""
    if name in NEEDS_AREA and NEEDS_AREA[name] not in areas_of(role, relation):
        return 404
    if name in LEADS_ON or (name, relation) == ("casework:open_sensitive", "own"):
        opens_already = name in LEADS_ON or Area.SENSITIVE in areas_of(role, relation)
        return 302 if opens_already else (200 if method == "get" else 422)
    if method == "get":
        return 200
    if name == "casework:unmask":
        return 200
    return 302 if name in ONLY_POST else 422


def expected(name: str, role: Role, relation: str, method: str) -> int:
    if not GRANTS[action_of(name)].get(role):
        return 404
    if name in (ONLY_POST if method == "get" else ONLY_GET):
        return 405
    found = verdict(name, role, relation)
    return allowed_status(name, role, relation, method) if found == 200 else found


# --- the walk ------------------------------------------------------------------------------------
def bare(response) -> bytes:
    """The page without what differs between two requests for the same thing."""
    body = re.sub(rb'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"', b"", response.content)
    body = re.sub(rb'hx-headers=.[^>]*|"X-CSRFToken": "[^"]*"', b"", body)
    return re.sub(rb"[0-9a-f]{16}", b"", body)


def pages_with_an_object() -> list[str]:
    names = [
        name
        for name, arguments in url_names()
        if arguments and action_of(name) not in (PUBLIC, LOGGED_IN) and name != "casework:tab"
    ]
    # Withdrawing a consent changes what the rest of the walk would see.
    return sorted(names, key=lambda name: name == "casework:consent_withdraw")


EMPTY = {"csrfmiddlewaretoken": "x"}  # what a browser sends of a form with nothing filled in


def ask(client, name: str, values: list, method: str):
    url = reverse(name, args=values)
    answer = client.get(url) if method == "get" else client.post(url, EMPTY)
    if answer.streaming:
        assert b"".join(answer.streaming_content), name
    return answer


def faults(client, world, role: Role, method: str, names: list[str]) -> list[str]:
    """Pages that answer the role otherwise than the policy says, and last how many were asked."""
    missing = bare(client.get("/arenden/2000-0001/"))
    wrong, asked = [], 0
    for name in names:
        for relation in RELATIONS:
            values = values_of(name, world.objects_for(role, relation))
            if values is None:
                continue
            asked += 1
            answer, wanted = (
                ask(client, name, values, method),
                expected(name, role, relation, method),
            )
            if answer.status_code != wanted:
                wrong.append(f"{method} {name} {relation}: {answer.status_code}, not {wanted}")
            elif wanted == 404 and bare(answer) != missing:
                wrong.append(f"{method} {name} {relation}: another 404 than for what is missing")
    return [*wrong, f"{asked} asked"]


@pytest.mark.row("B7")
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", ROLES)
def test_every_page_for_every_relation(role, method, world, log_in):
    names = pages_with_an_object()
    found = faults(log_in(world.town.user(role)), world, role, method, names)
    assert found[:-1] == []
    assert int(found[-1].split()[0]) > 150


def test_a_page_without_the_check_is_found(world, log_in, monkeypatch):
    client = log_in(world.town.user(Role.COACH))
    monkeypatch.setattr(fetch, "can", lambda *_asked: True)
    for method, status in (("get", 200), ("post", 422)):
        found = faults(client, world, Role.COACH, method, ["casework:person_edit"])
        assert found[0] == f"{method} casework:person_edit colleague: {status}, not 403"


def test_a_protected_person_who_shows_is_found(world, log_in, monkeypatch):
    client = log_in(world.town.user(Role.MANAGER))
    monkeypatch.setattr(queries, "_unhidden", lambda *_asked: Q())
    found = faults(client, world, Role.MANAGER, "post", ["casework:close"])
    assert found[0] == "post casework:close protected: 422, not 404"


@pytest.mark.parametrize("role", ROLES)
def test_every_tab_of_the_case(role, world, log_in):
    client = log_in(world.town.user(role))
    may_view = GRANTS["case.view"].get(role, set())
    wrong = []
    for relation in RELATIONS:
        number = world.cases[relation].number
        for key in (*TABS, "overview", "no-such-tab"):
            answer = client.get(reverse("casework:tab", args=[number, key]))
            standing = STANDS.get((role, relation), set())
            if not may_view or not standing:
                wanted = 404
            elif not may_view & standing:
                wanted = 403
            elif key in TABS and case_panels[key].area in areas_of(role, relation):
                wanted = 200
            else:
                wanted = 404
            if answer.status_code != wanted:
                wrong.append(f"{relation} {key}: {answer.status_code}, not {wanted}")
            if wanted == 200:
                page = answer.content.decode()
                shown = {tab for tab in TABS if reverse("casework:tab", args=[number, tab]) in page}
                may = {t for t in TABS if case_panels[t].area in areas_of(role, relation)}
                assert shown == may, (role, relation, key)
    assert wrong == []


# --- pages without an object ---------------------------------------------------------------------
# (GET, POST of an empty form) where it is not 200 and 405.
ALONE = {
    "start": (302, 405),
    "set_language": (302, 302),
    "accounts:login": (302, 302),
    "accounts:logout": (405, 302),
    "accounts:preferences": (405, 302),
    "accounts:switch_role": (405, 404),
    "accounts:password": (200, 200),
    "notices:read": (405, 302),
    "ui:guide": (404, 405),  # the demo has it
    "casework:search": (200, 200),
    "intake:lookup": (200, 422),
    "intake:register": (302, 422),
    "employers:new": (200, 422),
    "referrals:attendance": (200, 422),
    "reporting:reports": (200, 422),
}


@pytest.mark.parametrize("role", ROLES)
def test_every_page_without_an_object(role, world, log_in):
    client = log_in(world.town.user(role))
    missing = bare(client.get("/finns-inte/"))
    wrong, checks = [], 0
    for name, arguments in url_names():
        if arguments:
            continue
        action = action_of(name)
        may = action in (PUBLIC, LOGGED_IN) or bool(GRANTS[action].get(role))
        wanted = ALONE.get(name, (200, 405)) if may else (404, 404)
        if name == "accounts:logout":
            client = log_in(world.town.user(role))
        answers = client.get(reverse(name)), client.post(reverse(name), EMPTY)
        if name == "accounts:logout":
            client = log_in(world.town.user(role))
        got = tuple(answer.status_code for answer in answers)
        if got != wanted:
            wrong.append(f"{name}: {got}, not {wanted}")
        wrong += [f"{name}: another 404" for a in answers if not may and bare(a) != missing]
        checks += 1
    assert wrong == []
    assert checks >= 36


@pytest.mark.parametrize("role", ROLES)
def test_the_code_lists_are_the_administrators(role, world, log_in):
    answer = log_in(world.town.user(role)).get("/kodlistor/")
    assert answer.status_code == (200 if role == Role.ADMINISTRATOR else 404)


def test_nobody_gets_in_without_logging_in(client, db):
    for name, arguments in url_names():
        if not arguments and action_of(name) != PUBLIC:
            for answer in (client.get(reverse(name)), client.post(reverse(name), EMPTY)):
                assert answer.status_code == 302, name
                assert "/konto/logga-in/" in answer["Location"], name


def test_one_without_a_membership_today_gets_nowhere(world, log_in):
    user = world.town.user(Role.COACH)
    client = log_in(user)
    user.memberships.update(valid_to=world.town.today)
    for name, arguments in url_names():
        if not arguments and action_of(name) not in (PUBLIC, LOGGED_IN):
            assert client.get(reverse(name)).status_code == 404, name
    assert client.get("/").status_code == 200
