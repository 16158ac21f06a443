"""A need is changed after it was entered: the employer's answers often come later."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from employers import transitions as employers
from employers.enums import NeedKind
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Refused
from tests.employers.test_transitions import need_at, profiled
from tests.factories import MONDAY

pytestmark = pytest.mark.row("M5")


@pytest.fixture
def coordinator(town):
    return town.user(Role.BUSINESS_COORDINATOR)


@pytest.fixture
def unasked(town, coordinator):
    """A placement with support whose union nobody has asked."""
    return need_at(town, coordinator, kind=NeedKind.PLACEMENT, replaces_staff=False)


def form(need, **changes) -> dict:
    """What the browser sends of the page as it was opened."""
    return {
        "token": str(uuid4()),
        "version": need.version,
        "title": need.title,
        "kind": need.kind,
        "occupation": need.occupation,
        "requirements": need.requirements,
        "places": need.places,
        "hours_per_week": need.hours_per_week,
        "starts_on": need.starts_on.isoformat(),
        "ends_before": "",
        "replaces": "no",
        "union_consulted_on": "",
        **changes,
    }


def test_the_day_of_the_union_is_noted_afterwards_and_opens_the_need(
    town, coordinator, unasked, log_in
):
    case, client = profiled(town), log_in(coordinator)
    propose = f"/behov/{unasked.pk}/foresla/{case.number}/"
    page = client.get(f"/behov/{unasked.pk}/").content.decode()
    assert "Facket måste tillfrågas" in page
    assert f"/behov/{unasked.pk}/andra/" in page
    assert propose not in page
    answer = client.post(
        f"/behov/{unasked.pk}/andra/", form(unasked, union_consulted_on=MONDAY.isoformat())
    )
    assert answer.status_code == 302
    page = client.get(f"/behov/{unasked.pk}/").content.decode()
    assert "Facket måste tillfrågas" not in page
    assert propose in page


def test_the_last_day_is_shown_and_kept_as_it_was_written(coordinator, unasked, log_in):
    client, last = log_in(coordinator), MONDAY + timedelta(days=60)
    client.post(f"/behov/{unasked.pk}/andra/", form(unasked, ends_before=last.isoformat()))
    unasked.refresh_from_db()
    assert unasked.ends_before == last + timedelta(days=1)
    page = client.get(f"/behov/{unasked.pk}/andra/").content.decode()
    assert f'value="{last.isoformat()}"' in page
    client.post(f"/behov/{unasked.pk}/andra/", form(unasked, ends_before=last.isoformat()))
    unasked.refresh_from_db()
    assert unasked.ends_before == last + timedelta(days=1)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(coordinator, unasked, log_in):
    client, opened = log_in(coordinator), form(unasked, title="Diskare")
    client.post(f"/behov/{unasked.pk}/andra/", form(unasked, title="Kallskänka"))
    answer = client.post(f"/behov/{unasked.pk}/andra/", opened)
    unasked.refresh_from_db()
    assert unasked.title == "Kallskänka"
    assert "Någon annan har ändrat" in answer.content.decode()
    assert "Diskare" in answer.content.decode()


def test_there_are_never_fewer_places_than_people_placed(town, coordinator):
    need = need_at(town, coordinator, places=2)
    for _n in range(2):
        placement = employers.propose_placement(
            profiled(town), need, "", actor=coordinator, today=MONDAY
        )
        employers.answer_placement(
            placement, says_yes=True, answer="Ja", actor=coordinator, today=MONDAY
        )
    need.refresh_from_db()
    fields = {name: getattr(need, name) for name in employers.NEED_FIELDS}
    with pytest.raises(Refused, match="2 personer"):
        employers.change_need(
            need, {**fields, "places": 1}, actor=coordinator, version=need.version
        )


def test_a_closed_need_is_not_changed(coordinator, unasked, log_in):
    employers.close_need(unasked, actor=coordinator)
    unasked.refresh_from_db()
    answer = log_in(coordinator).post(f"/behov/{unasked.pk}/andra/", form(unasked, title="Annan"))
    assert answer.status_code == 422
    unasked.refresh_from_db()
    assert unasked.title == "Kock"
    assert unasked.starts_on == date(2026, 11, 16)
