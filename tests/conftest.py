"""Fixtures for every test: a small town, clients for its users, a day that stands still."""

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from jobcentre.accounts.middleware import SESSION_KEY
from tests import strict
from tests.factories import MONDAY, Town


@pytest.fixture(scope="session", autouse=True)
def strictness():
    """Templates with undefined variables and unordered slices fail in every test."""
    with pytest.MonkeyPatch.context() as patch:
        strict.install(patch)
        yield


@pytest.fixture
def monday():
    """The clock stands at noon of an ordinary Monday."""
    with time_machine.travel(f"{MONDAY.isoformat()}T11:00:00+00:00", tick=False):
        yield MONDAY


@pytest.fixture
def town(db, monday):
    """A municipality with two centres, on that Monday."""
    return Town()


@pytest.fixture
def log_in():
    """A client logged in as a user, acting in the user's membership."""

    def client_of(user, language: str = "sv") -> Client:
        if user.language != language:
            user.language = language
            user.save(update_fields=["language"])
        client = Client()
        client.force_login(user, backend="jobcentre.accounts.backends.MembershipBackend")
        session = client.session
        session[SESSION_KEY] = user.acting.pk
        session.save()
        return client

    return client_of


@pytest.fixture(autouse=True)
def own_cache():
    """What a test leaves in the cache is not the next one's."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def own_documents(settings, tmp_path):
    """Documents of a test are its own."""
    settings.MEDIA_ROOT = tmp_path
