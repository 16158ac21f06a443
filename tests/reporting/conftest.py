import pytest
import time_machine
from django.test import Client

from tests.reporting.world import TODAY, World


@pytest.fixture
def town(db):
    return World()


@pytest.fixture
def today():
    """Two in the afternoon of the day of the small world."""
    with time_machine.travel(f"{TODAY.isoformat()}T12:00:00+00:00", tick=False):
        yield TODAY


@pytest.fixture
def browse():
    """A logged-in client for a user of the world."""

    def log_in(user, language="sv"):
        if user.language != language:
            user.language = language
            user.save()
        client = Client()
        client.force_login(user, backend="jobcentre.accounts.backends.MembershipBackend")
        return client

    return log_in


@pytest.fixture(autouse=True)
def no_broker(monkeypatch):
    """Nothing is put in the broker's queue; what woke the worker is remembered."""
    woken = []
    monkeypatch.setattr("reporting.tasks.run_waiting_jobs.delay", lambda: woken.append(True))
    return woken


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
