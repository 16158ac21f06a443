"""A page that is looked at writes nothing but the log and the session."""

import re

import pytest
from django.db import connection

from jobcentre.accounts.enums import Role

WRITE = re.compile(r"^\s*(INSERT|UPDATE|DELETE)\s+(?:INTO\s+|FROM\s+)?\"?(\w+)", re.IGNORECASE)
ALLOWED = {"audit_entry", "django_session"}
PAGES = {
    Role.RECEPTION: ("/mottagning/", "/besok/", "/sok/"),
    Role.COACH: ("/nu/", "/arenden/", "/planer/", "/bestallningar/", "/arbetsgivare/"),
    Role.SOCIAL_SECRETARY: ("/planer/att-ta-stallning/", "/planer/besvarade/"),
    Role.PROVIDER_STAFF: ("/utforare/", "/utforare/narvaro/"),
    Role.BUSINESS_COORDINATOR: ("/naringsliv/", "/behov/"),
    Role.MANAGER: ("/oversikt/", "/rapporter/", "/uppfoljningar/"),
    Role.ADMINISTRATOR: ("/konto/enheter/",),
}


def written_tables(client, path: str) -> set[str]:
    tables = set()

    def watch(execute, sql, params, many, context):
        match = WRITE.match(sql)
        if match:
            tables.add(match.group(2))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        assert client.get(path).status_code == 200, path
    return tables


@pytest.mark.parametrize("role", PAGES)
def test_a_get_writes_only_the_log_and_the_session(role, town, log_in):
    town.approved(town.opened())
    client = log_in(town.user(role))
    for path in PAGES[role]:
        assert written_tables(client, path) <= ALLOWED, path


def test_a_write_is_found(town, log_in):
    client = log_in(town.user("coach"))

    class Posting:
        def get(self, path):
            client.post("/konto/val/", {"theme": "dark"})
            return client.get(path)

    assert "accounts_user" in written_tables(Posting(), "/nu/")


@pytest.mark.parametrize(
    ("role", "path"),
    [
        (Role.COACH, "/arenden/"),
        (Role.COACH, "/nu/"),
        (Role.SOCIAL_SECRETARY, "/planer/att-ta-stallning/"),
        (Role.PROVIDER_STAFF, "/utforare/"),
        (Role.RECEPTION, "/mottagning/"),
        (Role.COACH, "/bestallningar/"),
    ],
)
def test_ten_rows_cost_the_queries_of_one(role, path, town, log_in, django_assert_max_num_queries):
    def grow():
        case = town.opened()
        if role != Role.SOCIAL_SECRETARY:
            town.consented(case)
            town.ordered(town.approved(case))
        else:
            town.submitted(case)

    client = log_in(town.user(role))
    grow()
    client.get(path)
    with django_assert_max_num_queries(100) as one:
        client.get(path)
    for _n in range(9):
        grow()
    with django_assert_max_num_queries(len(one)):
        client.get(path)
