"""Filters under a name: kept, bounded, one's own, and never anything that somebody typed."""

import pytest
from django.core.exceptions import ValidationError

from jobcentre.accounts import saved_views
from jobcentre.accounts.models import SavedView

LIST = "/arenden/"
SAVE = "/konto/vyer/spara/"


@pytest.fixture
def coach(town):
    return town.user("coach")


def save(client, **fields):
    return client.post(SAVE, {"page": "casework:cases", "query": "", "name": "Min", **fields})


def test_a_view_is_saved_shown_and_opened_first(town, coach, log_in):
    client = log_in(coach)
    answer = save(client, query="state=late&whose=all", name="Sena", is_default="on")
    assert answer.url == f"{LIST}?state=late&whose=all"
    page = client.get(answer.url)
    assert [(view.name, view.is_current) for view in page.context["views"]] == [("Sena", True)]
    assert client.get(LIST).url == f"{LIST}?state=late&whose=all"
    assert client.get(f"{LIST}?state=open").status_code == 200


def test_the_same_name_is_saved_over(coach):
    saved_views.save_view(coach, LIST, "A", "state=late", is_default=False)
    saved_views.save_view(coach, LIST, "A", "state=paused", is_default=True)
    assert SavedView.objects.get().query == "state=paused"


def test_one_view_opens_first(coach):
    for name in "AB":
        saved_views.save_view(coach, LIST, name, "", is_default=True)
    assert [view.name for view in SavedView.objects.filter(is_default=True)] == ["B"]


def test_there_are_at_most_twelve(coach):
    for number in range(saved_views.MAX_VIEWS):
        saved_views.save_view(coach, LIST, str(number), "", is_default=False)
    with pytest.raises(ValidationError):
        saved_views.save_view(coach, LIST, "en till", "", is_default=False)
    saved_views.save_view(coach, LIST, "0", "state=late", is_default=False)


def test_nothing_that_somebody_typed_is_kept():
    kept = saved_views.filters_of(
        "state=late&q=Ebba+%C3%96str%C3%B6m&q=ebba&after=17&sort=-name&track=851212"
    )
    assert kept == "sort=-name&state=late"


def test_another_users_view_is_not_there(town, coach, log_in):
    view = saved_views.save_view(coach, "casework:cases", "A", "", is_default=False)
    other = log_in(town.user("manager"))
    assert other.post(f"/konto/vyer/{view.pk}/ta-bort/").status_code == 404
    assert other.get(f"{LIST}?state=open").context["views"] == []
    assert log_in(coach).post(f"/konto/vyer/{view.pk}/ta-bort/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_page_without_views_is_refused(coach, log_in):
    assert save(log_in(coach), page="audit:log").status_code == 404


def test_a_name_is_needed(coach, log_in):
    assert save(log_in(coach), name=" ").status_code == 302
    assert not SavedView.objects.exists()
