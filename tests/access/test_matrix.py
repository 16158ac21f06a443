"""Every page, every role, every relation: what is seen, what is refused, what does not exist.

The expectations are in `tests/pages.py`, the objects in `tests/world.py`.
"""

import re

import pytest
from django.db.models import Q
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.access import fetch, queries
from jobcentre.casework.access.pages import LOGGED_IN, NAMESPACES, PAGES, PUBLIC, action_of
from jobcentre.casework.access.policy import GRANTS, SEES, Relation
from jobcentre.casework.registries import case_panels
from tests.pages import (
    ALONE,
    TABS,
    areas_of,
    expected,
    pages_with_an_object,
    url_names,
    values_of,
)
from tests.world import RELATIONS, STANDS

ROLES = list(Role)


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


# --- the walk ------------------------------------------------------------------------------------
def bare(response) -> bytes:
    """The page without what differs between two requests for the same thing."""
    body = re.sub(rb'nonce="[^"]*"|csrfmiddlewaretoken" value="[^"]*"', b"", response.content)
    body = re.sub(rb'hx-headers=.[^>]*|"X-CSRFToken": "[^"]*"', b"", body)
    return re.sub(rb"[0-9a-f]{16}", b"", body)


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


@pytest.mark.wide
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
@pytest.mark.wide
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
