"""Who sees the outreach register: the coordinators of its youth unit, and nobody else."""

import pytest
from django.urls import reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.pages import PAGES
from tests.pages import expected, values_of
from tests.world import RELATIONS

NAMES = sorted(name for name in PAGES if name.startswith("intake:youth_"))
ALONE = {"start", "register", "find", "new", "contracts", "kaa", "needs"}
WITH_AN_OBJECT = [name for name in NAMES if name.removeprefix("intake:youth_") not in ALONE]


@pytest.mark.row("U1")
@pytest.mark.parametrize("role", list(Role))
def test_the_register_is_the_coordinators_of_its_unit(role, world, log_in):
    client = log_in(world.town.user(role))
    wrong, seen = [], 0
    for name in WITH_AN_OBJECT:
        for relation in RELATIONS:
            values = values_of(name, world.objects_for(role, relation))
            if values is None:
                continue
            for method in ("get", "post"):
                url = reverse(name, args=values)
                answer = client.get(url) if method == "get" else client.post(url, {"x": "1"})
                wanted = expected(name, role, relation, method)
                seen += answer.status_code == 200
                if answer.status_code != wanted:
                    wrong.append(f"{method} {name} {relation}: {answer.status_code}, not {wanted}")
    assert wrong == []
    assert (seen > 15) == (role == Role.YOUTH_COORDINATOR)


@pytest.mark.parametrize("role", list(Role))
def test_the_pages_without_an_object_too(role, world, log_in):
    client = log_in(world.town.user(role))
    wanted = 200 if role == Role.YOUTH_COORDINATOR else 404
    for name in ALONE:
        assert client.get(reverse(f"intake:youth_{name}")).status_code == wanted, name
