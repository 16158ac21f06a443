"""Fixtures for every test: a small town, clients for its users, a day that stands still."""

import gc
import os
from copy import deepcopy
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, override_settings
from django.utils import translation

from intake.reception.board import forget_boards
from jobcentre.accounts.middleware import SESSION_KEY
from tests import migrated, strict
from tests.factories import MONDAY, Town
from tests.world import World


def pytest_configure(config):
    """Each worker of a parallel run has a Redis database of its own: clearing it clears no other's."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    if django_settings.REDIS_URL:
        own = django_settings.CACHES["default"]
        address = urlsplit(django_settings.REDIS_URL)
        own["LOCATION"] = address._replace(path=f"/{int(worker) % 15 + 1}").geturl()


DATABASE_FIXTURES = frozenset({"db", "transactional_db", "django_db_setup", "live_server"})


def pytest_collection_modifyitems(items):
    """Mark what touches no database: it says the same on each, and bin/test runs it once."""
    for item in items:
        if not DATABASE_FIXTURES.intersection(item.fixturenames) and not item.get_closest_marker(
            "django_db"
        ):
            item.add_marker("no_database")


def pytest_collection_finish(session):
    """The garbage collector leaves alone what has been imported, and looks more seldom.

    Otherwise a tenth of the time, and a third of a migration's, goes to walking through modules and
    models that are never garbage.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 50)


@pytest.fixture(scope="session", autouse=True)
def strictness():
    """Templates with undefined variables and unordered slices fail in every test."""
    with pytest.MonkeyPatch.context() as patch:
        strict.install(patch)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """A test database on SQLite begins as a copy of one with the schema of this code."""
    create, alive = connection.creation._create_test_db, []

    def copied(*words, **options):
        name = create(*words, **options)
        alive.append(migrated.load(migrated.stored(), name))
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.creation, "_create_test_db", copied)
        yield
    for database in alive:
        if database is not None:
            database.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Once it is migrated it is kept for the next run."""
    with django_db_blocker.unblock():
        migrated.keep(migrated.stored())


def noon_of(day):
    """The clock stands at noon of the day, Swedish winter time."""
    return time_machine.travel(f"{day.isoformat()}T11:00:00+00:00", tick=False)


@pytest.fixture(autouse=True)
def fresh_boards():
    """No test sees the board of another: what it is kept by is the same at the same noon."""
    forget_boards()


@pytest.fixture
def monday():
    """The clock stands at noon of an ordinary Monday."""
    with noon_of(MONDAY):
        yield MONDAY


@pytest.fixture
def town(db, monday):
    """A municipality with two centres, on that Monday."""
    return Town()


@pytest.fixture
def told_here(told, db, monday):
    """What the module's own fixture `told` has told once (in `module_transaction`), copied: what a
    test does to it is undone, here as in the database."""
    return deepcopy(told)


@pytest.fixture(scope="module")
def module_transaction(django_db_setup, django_db_blocker, tmp_path_factory):
    """A transaction around all the tests of a module, at noon of that Monday, then undone.

    Yields the folder of the documents that are made in it. Such a module does not use `town`.
    """
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=media),
        noon_of(MONDAY),
        transaction.atomic(),
    ):
        yield media
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def one_world(module_transaction):
    world = World(Town())
    world.media = module_transaction
    return world


@pytest.fixture
def world(one_world, db, monday, settings):
    """One of everything for each relation; what a test does to it is undone after the test."""
    settings.MEDIA_ROOT = one_world.media
    return one_world


@pytest.fixture(scope="session")
def client_of():
    """A client logged in as a user, acting in the user's membership; options are the client's."""

    def logged_in(user, language: str = "sv", **options) -> Client:
        if user.language != language:
            user.language = language
            user.save(update_fields=["language"])
        client = Client(**options)
        client.force_login(user, backend="jobcentre.accounts.backends.MembershipBackend")
        session = client.session
        session[SESSION_KEY] = user.acting.pk
        session.save()
        return client

    return logged_in


@pytest.fixture
def log_in(client_of):
    return client_of


@pytest.fixture(autouse=True)
def own_language():
    """A page asked for in English does not leave its language to the next test."""
    translation.activate(django_settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def own_cache():
    """What a test leaves in the cache is not the next one's."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def own_documents(settings, tmp_path):
    """Documents of a test are its own."""
    settings.MEDIA_ROOT = tmp_path
