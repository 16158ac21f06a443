"""A page that is looked at writes nothing but the read log and the session."""

import re

import pytest
from django.db import connection
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.pages import LOGGED_IN, PUBLIC, action_of
from jobcentre.casework.access.policy import GRANTS
from tests.pages import ALONE, TABS, expected, pages_with_an_object, url_names, values_of
from tests.world import RELATIONS

WRITE = re.compile(
    r"^\s*(?:INSERT(?: OR \w+)? INTO|UPDATE(?: OR \w+)?|DELETE FROM|REPLACE INTO|MERGE INTO|TRUNCATE)"
    r"\s+\"?(\w+)",
    re.IGNORECASE,
)
ALLOWED = {"audit_entry", "django_session"}


def written_tables(act) -> set[str]:
    """The tables that are written while `act` runs."""
    tables = set()

    def watch(execute, sql, params, many, context):
        match = WRITE.match(sql)
        if match:
            tables.add(match.group(1))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        act()
    return tables


def everything_to_get(world):
    """(role, address, headers) of each page, as a role and for an object that it is shown to."""
    for name, arguments in url_names():
        action = action_of(name)
        if not arguments and ALONE.get(name, (200, 405))[0] in (200, 302):
            everybody = action in (PUBLIC, LOGGED_IN)
            role = Role.COACH if everybody else next(r for r in Role if GRANTS[action].get(r))
            yield role, reverse(name), {}
            yield role, reverse(name), {"HTTP_HX_REQUEST": "true"}
    for name in pages_with_an_object():
        shown = [
            (role, values_of(name, world.objects_for(role, relation)))
            for wanted in (200, 302)
            for role in Role
            for relation in RELATIONS
            if expected(name, role, relation, "get") == wanted
            and values_of(name, world.objects_for(role, relation)) is not None
        ]
        if shown:
            role, values = shown[0]
            yield role, reverse(name, args=values), {}
    for key in TABS:
        yield Role.COACH, reverse("casework:tab", args=[world.cases["own"].number, key]), {}


@pytest.mark.wide
def test_no_get_writes_anything_but_the_log_and_the_session(world, log_in):
    clients = {role: log_in(world.town.user(role)) for role in Role}
    wrong, pages = {}, 0
    for role, url, headers in everything_to_get(world):

        def look(role=role, url=url, headers=headers):
            answer = clients[role].get(url, **headers)
            assert answer.status_code in (200, 302), (role, url, answer.status_code)
            if answer.streaming:
                assert b"".join(answer.streaming_content)

        if tables := written_tables(look) - ALLOWED:
            wrong[url] = tables
        pages += 1
    assert wrong == {}
    assert pages > 120


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "accounts_user" ("name") VALUES (%s)', "accounts_user"),
        ('INSERT OR IGNORE INTO "notices_notice" ("key") VALUES (%s)', "notices_notice"),
        ('UPDATE "casework_case" SET "version" = 2', "casework_case"),
        ('DELETE FROM "casework_case"', "casework_case"),
    ],
)
def test_a_statement_that_writes_is_recognised(sql, table):
    assert WRITE.match(sql).group(1) == table


def test_a_write_is_found(world, log_in):
    client = log_in(world.town.user(Role.COACH))
    post = lambda: client.post("/konto/val/", {"theme": "dark"})  # noqa: E731
    assert written_tables(post) - ALLOWED == {"accounts_user"}
    assert written_tables(lambda: client.get("/nu/")) <= ALLOWED
