"""An argument of one provider among those of another, on every page: as one that is missing. (The matrix
asks every page for every object.)"""

import re

import pytest
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.pages import action_of
from jobcentre.casework.access.policy import GRANTS
from tests.access.test_matrix import EMPTY, bare
from tests.pages import ARGUMENTS, pages_with_an_object, values_of

pytestmark = [pytest.mark.row("B7"), pytest.mark.row("J11")]


def body(answer) -> bytes:
    if answer.streaming:
        return b"".join(answer.streaming_content)
    return re.sub(rb'name="token" value="[^"]*"', b"", bare(answer))


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_argument_of_the_other_is_as_one_that_is_missing(world, log_in, method):
    staff = world.town.user(Role.PROVIDER_STAFF)
    client, asked = log_in(staff), 0
    missing = bare(client.get("/bestallningar/00000000-0000-4000-8000-000000000000/"))
    own, other = (world.objects_for(Role.PROVIDER_STAFF, each) for each in ("own", "other"))
    for name in pages_with_an_object():
        keys = ARGUMENTS.get(name, ("number",))
        if not GRANTS[action_of(name)].get(Role.PROVIDER_STAFF):
            continue
        for mixed in ({**own, key: other.get(key)} for key in keys):
            values = values_of(name, mixed)
            if values is None or values == values_of(name, own):
                continue
            url = reverse(name, args=values)
            answer = client.get(url) if method == "get" else client.post(url, EMPTY)
            assert answer.status_code in (404, 405), (name, values)
            if answer.status_code == 404:
                assert body(answer) == missing, name
            asked += 1
    assert asked > 15
