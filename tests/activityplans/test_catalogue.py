"""The catalogue: a change is a version, an old plan shows what was offered then, and who keeps it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activityplans.models import PlanLine, Service
from activityplans.paper.services import text_of
from activityplans.transitions import catalogue
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Conflict
from jobcentre.casework.models import TargetGroup

pytestmark = [pytest.mark.django_db, pytest.mark.row("J10")]


def values_of(service, **changes):
    return {**{name: getattr(service, name) for name in catalogue.FIELDS}, **changes}


def changed(town, key="work_training", **changes):
    service = Service.objects.get(key=key)
    groups = changes.pop("groups", ())
    return catalogue.change_service(
        service,
        values_of(service, **changes),
        groups,
        actor=town.user(Role.MANAGER),
        edit=catalogue.current(service).number,
    )


def test_every_service_begins_with_the_version_that_it_says():
    for service in Service.objects.prefetch_related("target_groups"):
        (version,) = service.versions.all()
        assert version.says == catalogue.says(service), service.key


def test_an_old_plan_shows_what_was_offered_then(town, log_in):
    case = town.approved(town.opened())
    then = Service.objects.get(key="work_training").description_sv
    changed(town, description_sv="Arbetsträning hemma.", usual_weeks=9)
    line = PlanLine.objects.select_related("offered").get()
    assert (line.offered.number, line.offered.says["description_sv"]) == (1, then)
    page = log_in(town.user("coach")).get(f"/arenden/{case.number}/del/plan/").content.decode()
    assert f"Erbjöds då: {then}" in page
    other = town.opened(given_name="Ny")
    town.submitted(other)
    assert PlanLine.objects.get(version__case=other).offered.number == 2


def test_a_change_of_nothing_is_no_version_and_two_cannot_change_at_once(town):
    service = changed(town)
    assert service.versions.count() == 1
    young = TargetGroup.objects.get(key="youth")
    service = changed(town, groups=[young], cost="1200.50")
    assert catalogue.current(service).says["target_groups"] == ["youth"]
    assert catalogue.current(service).number == 2
    manager = town.user(Role.MANAGER)
    with pytest.raises(Conflict):
        catalogue.change_service(service, values_of(service), [], actor=manager, edit=1)


def test_what_is_changed_is_no_longer_shown_in_its_old_translation(town):
    assert text_of(Service.objects.get(key="work_training"), "ti")
    assert text_of(changed(town, description_sv="Något annat."), "ti") is None


def test_a_new_service_has_a_code_of_its_own(town):
    values = values_of(Service.objects.get(key="cv"), label_sv="CV")
    made = catalogue.add_service(values, [], actor=town.user(Role.ADMINISTRATOR))
    assert made.key == "cv_2"
    assert catalogue.current(made).number == 1
    with pytest.raises(ValidationError):
        catalogue.add_service(
            {**values, "valid_to": date(1999, 1, 1)}, [], actor=town.user(Role.ADMINISTRATOR)
        )


def test_a_coach_reads_the_catalogue_and_keeps_it_not(town, log_in):
    service = Service.objects.get(key="cv")
    coach = town.user(Role.COACH)
    with pytest.raises(PermissionDenied):
        catalogue.change_service(service, values_of(service), [], actor=coach, edit=1)
    client = log_in(coach)
    page = client.get("/insatser/").content.decode()
    assert "CV och ansökan" in page
    assert "/insatser/ny/" not in page
    assert client.get("/insatser/cv/").status_code == 200
    assert client.get("/insatser/cv/andra/").status_code == 404
    assert client.get("/insatser/finns-inte/").status_code == 404


def test_the_catalogue_is_searched_and_grouped(town, log_in):
    client = log_in(town.user(Role.COACH))
    page = client.get("/insatser/", {"q": "truckkort"}).content.decode()
    assert "Kort yrkeskurs" in page
    assert "Motivationsgrupp" not in page
    page = client.get("/insatser/", {"track": "support"}).content.decode()
    assert "Arbetsträning" in page
    assert "Rekryteringsträff" not in page
    assert client.get("/insatser/", {"q": "xyzzy"}).status_code == 200


def test_the_page_of_a_service_is_changed_and_wrong_input_told(town, log_in):
    client = log_in(town.user(Role.MANAGER))
    page = client.get("/insatser/cv/andra/").content.decode()
    token = page.split('name="token" value="')[1][:36]
    service = Service.objects.get(key="cv")
    sent = {
        **{name: value for name, value in values_of(service).items() if value not in (None, "")},
        "usual_hours": "6",
        "at_provider": "on",
        "valid_from": "2000-01-01",
        "token": token,
        "version": "1",
    }
    assert client.post("/insatser/cv/andra/", {**sent, "usual_weeks": "0"}).status_code == 422
    assert client.post("/insatser/cv/andra/", {**sent, "valid_to": "1999-12-31"}).status_code == 422
    answer = client.post("/insatser/cv/andra/", {**sent, "places": "Torget 3"})
    assert answer.status_code == 302
    service.refresh_from_db()
    assert (service.places, service.versions.count()) == ("Torget 3", 2)
    assert "Torget 3" in client.get("/insatser/cv/").content.decode()
    token = client.get("/insatser/ny/").content.decode().split('name="token" value="')[1][:36]
    stale = client.post("/insatser/cv/andra/", {**sent, "token": token, "places": "Annat"})
    assert stale.status_code == 422
    assert "Annat" in stale.content.decode()
