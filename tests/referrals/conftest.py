"""The two who meet over an order: staff of the provider, and the coach."""

import pytest

from jobcentre.accounts.enums import Role


@pytest.fixture
def staff(town):
    return town.user(Role.PROVIDER_STAFF)


@pytest.fixture
def coach(town):
    return town.user(Role.COACH)
