"""The offered step leads to a page that is there for whoever it is offered to."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import resolve, reverse

from jobcentre.accounts.enums import Role
from jobcentre.casework.deadlines.rules import Unit
from jobcentre.casework.enums import WaitsFor
from jobcentre.casework.models import Case, Deadline
from jobcentre.casework.next_step import next_step
from jobcentre.casework.registries import deadline_kinds
from jobcentre.casework.worklist import first_clocks, for_list
from tests.factories import MONDAY
from tests.pages import values_of


def _page(kind, objects) -> str:
    values = values_of(kind.url_name, objects)
    return reverse(kind.url_name, args=values) if values else ""


@pytest.mark.parametrize("role", list(Role))
def test_the_step_of_every_kind_of_clock_is_a_page_that_is_there(role, world, log_in):
    """Wherever the case page offers it: for each kind of clock, waiting for the coach, late."""
    user = world.town.user(role)
    client, asked = log_in(user), 0
    case = Case.objects.get(number=world.objects["own"]["number"])
    for kind in deadline_kinds:
        url = _page(kind, world.objects_for(role, "own"))
        if not url:
            continue
        late = SimpleNamespace(sign="late", url=url, words="")
        step = next_step(case, user, [(kind.key, WaitsFor.COACH, late)])
        if step is not None and step.url == url:
            asked += 1
            # The order of the world is not declined: ordering elsewhere goes back to it.
            assert client.get(url, follow=True).status_code == 200, (role, kind.key)
    assert asked or role not in (Role.COACH, Role.MANAGER)


def _of_a_month(world, case) -> Deadline:
    month = MONDAY.replace(day=1) - timedelta(days=1)
    return Deadline.objects.create(
        case=case,
        kind="statement",
        length=10,
        length_unit=Unit.DAYS.value,
        started_on=month,
        due_on=MONDAY,
        waits_for=WaitsFor.COACH,
        subject_key=f"statement:{month:%Y-%m}",
        subject_label=f"{month:%Y-%m}",
        url=reverse("activityplans:statement_write", args=[case.number, f"{month:%Y-%m}"]),
    )


@pytest.mark.parametrize("role", [Role.SOCIAL_SECRETARY, Role.MANAGER])
def test_a_month_without_a_statement_is_no_step_of_those_who_only_read_it(role, world, log_in):
    user = world.town.user(role)
    case = Case.objects.get(number=world.objects["own"]["number"])
    Deadline.objects.filter(case=case).delete()
    clock = _of_a_month(world, case)
    assert log_in(user).get(clock.url).status_code == 404
    page = log_in(user).get(reverse("casework:case", args=[case.number]))
    step = page.context["next_step"]
    assert step is None or step.url != clock.url
    rows = for_list(Case.objects.filter(pk=case.pk), MONDAY)
    assert first_clocks(list(rows), MONDAY, user)[case.pk][1] is False


def test_the_coach_s_next_step_is_to_write_it(world, log_in):
    case = Case.objects.get(number=world.objects["own"]["number"])
    Deadline.objects.filter(case=case).delete()
    clock = _of_a_month(world, case)
    page = log_in(world.town.user(Role.COACH)).get(reverse("casework:case", args=[case.number]))
    assert page.context["next_step"].url == clock.url


def test_every_clock_leads_to_the_page_whose_right_is_asked(world):
    """A clock with an address of its own leads to the page that its kind names."""
    found = set()
    for deadline in Deadline.objects.exclude(url="").order_by("pk"):
        assert resolve(deadline.url).view_name == deadline_kinds[deadline.kind].url_name
        found.add(deadline.kind)
    assert {"approval", "activity_end", "referral_answer", "placement_answer"} <= found
