"""Templates of plans: kept by the administrator, offered for an empty plan, never written over."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from activityplans import filling
from activityplans.models import PlanTemplate, PlanVersion, Service
from activityplans.schedule import Slot
from activityplans.transitions import plans
from activityplans.transitions.templates import (
    TemplateLineInput,
    add_template,
    change_template,
)
from jobcentre.accounts.enums import Role
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import TargetGroup
from jobcentre.workdays import Calendar
from tests.factories import MONDAY

pytestmark = pytest.mark.row("J7")


def line(key="work_training", **more) -> TemplateLineInput:
    values = {"weeks": 8, "hours_per_week": Decimal(20), **more}
    return TemplateLineInput(
        Service.objects.get(key=key), "Tränar i verkstad.", "Klarar en dag.", **values
    )


def made(label="Språk och praktik", groups=(), lines=None, **values) -> PlanTemplate:
    values = {
        "label_sv": label,
        "label_en": f"{label} (en)",
        "goal": "Arbete i kök.",
        "valid_from": MONDAY,
        **values,
    }
    groups = TargetGroup.objects.filter(key__in=groups)
    return add_template(values, groups, lines or [line()], actor=None)


# --- what is filled in ---------------------------------------------------------------------------
def test_the_activities_lie_in_the_plan_with_a_follow_up_on_a_working_day(town):
    times = (Slot(1, time(9), 180), Slot(3, time(9), 180))
    template = made(
        lines=[
            line(is_followed_up=True, times=times, hours_per_week=None),
            line("cv", after_weeks=20, weeks=26),
        ]
    )
    first, second = filling.filled_lines(template, MONDAY, Calendar())
    assert (first.starts_on, first.ends_before) == (MONDAY, date(2027, 1, 11))
    assert first.follow_up_on == date(2026, 12, 14)
    assert (first.hours_per_week, first.times) == (Decimal("6.0"), times)
    assert (second.starts_on, second.ends_before) == (date(2027, 4, 5), date(2027, 5, 16))
    assert second.follow_up_on is None


def test_midway_is_a_working_day_or_none():
    calendar = Calendar(frozenset({date(2026, 11, 24)}))
    assert filling.midway(date(2026, 11, 16), date(2026, 12, 1), calendar) == date(2026, 11, 23)
    assert filling.midway(date(2026, 11, 17), date(2026, 12, 1), calendar) == date(2026, 11, 25)
    assert filling.midway(date(2026, 11, 20), date(2026, 11, 22), calendar) is None


def test_what_the_catalogue_no_longer_offers_is_left_out(town):
    template = made(lines=[line("cv"), line()])
    Service.objects.filter(key="cv").update(valid_to=MONDAY)
    assert [each.service.key for each in filling.filled_lines(template, MONDAY, Calendar())] == [
        "work_training"
    ]


def test_those_made_for_the_case_come_first(town):
    case = town.opened(groups=("newly_arrived",))
    for_all, for_others = made("Alla"), made("Unga", groups=("youth",))
    fitting = made("Nyanlända", groups=("newly_arrived", "sfi"))
    other_track = made("Nära jobb", groups=("newly_arrived",), track="direct")
    ended = made("Gammal", valid_from=date(2020, 1, 1), valid_to=MONDAY)
    offers = filling.offers_for(case, MONDAY)
    assert [(offer.template, offer.fits) for offer in offers] == [
        (fitting, True),
        (for_all, False),
        (for_others, False),
        (other_track, False),
    ]
    assert ended not in [offer.template for offer in offers]


# --- kept ----------------------------------------------------------------------------------------
def test_only_those_who_keep_the_catalogue_and_only_over_what_they_saw(town):
    template = made()
    manager = town.user(Role.MANAGER)
    values = {"goal": "Studier."}
    change_template(template, values, [], [line("cv")], actor=manager, edit=1)
    template.refresh_from_db()
    assert (template.goal, template.lines.get().service.key) == ("Studier.", "cv")
    with pytest.raises(Conflict):
        change_template(template, values, [], [line()], actor=manager, edit=1)
    with pytest.raises(Refused):
        change_template(template, values, [], [], actor=manager, edit=2)
    with pytest.raises(PermissionDenied):
        change_template(template, values, [], [line()], actor=town.user(Role.COACH), edit=2)
    times = (Slot(1, time(9), 120), Slot(1, time(10), 60))
    with pytest.raises(Refused, match=r"overlap|går in i varandra"):
        change_template(template, {}, [], [line(times=times)], actor=manager, edit=2)
    assert template.lines.get().service.key == "cv"


def test_the_database_refuses_an_activity_of_sixty_hours(town):
    template = made()
    with pytest.raises(IntegrityError), transaction.atomic():
        template.lines.update(hours_per_week=60)


def _posted(client, path: str, **fields) -> dict:
    token = client.get(path).content.decode().split('name="token" value="')[1][:36]
    return {
        "token": token, "label_sv": "Unga", "label_en": "Youth", "goal": "Studier eller arbete.",
        "own_search_hours": "5,5", "valid_from": "2026-11-16", "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "0", **fields,
    }  # fmt: skip


def test_the_administrator_writes_one_on_the_page(town, log_in):
    client = log_in(town.user(Role.ADMINISTRATOR))
    path = "/planer/mallar/ny/"
    data = _posted(client, path)
    answer = client.post(path, data)
    assert answer.status_code == 422
    assert "Lägg till minst en aktivitet" in answer.content.decode()
    data |= {"lines-0-service": Service.objects.get(key="cv").pk, "lines-0-weeks": "4"}
    answer = client.post(path, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("Skriv vad personen gör", "förväntade resultatet", "tiderna i veckan"):
        assert sentence in page
    data |= {
        "lines-0-description": "Skriver cv.", "lines-0-expected_result": "Ett cv.",
        "lines-0-day1": "9-12", "lines-0-is_followed_up": "on",
    }  # fmt: skip
    assert client.post(path, data).status_code == 302
    template = PlanTemplate.objects.get()
    assert (template.key, template.own_search_hours) == ("unga", Decimal("5.5"))
    assert (template.lines.get().times, template.lines.get().is_followed_up) == (
        [[1, "09:00", 180]],
        True,
    )
    page = client.get("/planer/mallar/unga/").content.decode()
    assert "09:00–12:00" in page
    assert 'name="version" value="1"' in page
    coach = log_in(town.user(Role.COACH))
    page = coach.get("/planer/mallar/").content.decode()
    assert "Unga" in page
    assert "/planer/mallar/unga/" not in page


# --- chosen --------------------------------------------------------------------------------------
def _edit(client, case, query="") -> str:
    answer = client.get(f"/arenden/{case.number}/plan/skriv/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_fills_the_empty_plan_and_the_plan_says_so(town, log_in):
    case, template = town.opened(), made(lines=[line(is_followed_up=True)])
    client = log_in(town.user(Role.COACH))
    page = _edit(client, case)
    assert "?mall=sprak_och_praktik" in page
    assert "Arbete i kök." in page
    page = _edit(client, case, "?mall=sprak_och_praktik")
    assert "Tränar i verkstad." in page
    assert "Påbörjad från mallen Språk och praktik" in page
    assert not PlanVersion.objects.exists()
    assert f'name="template" value="{template.pk}"' in page


def test_what_is_written_is_never_written_over(town, log_in):
    case, template = town.opened(), made()
    coach = town.user(Role.COACH)
    client = log_in(coach)
    plan = town.plan_input(case, MONDAY, goal="Eget mål.")
    plans.save_draft(case, plan, actor=coach, today=MONDAY)
    page = _edit(client, case, "?mall=sprak_och_praktik")
    assert "Eget mål." in page
    assert "Arbete i kök." not in page
    assert "mallen" not in page
    # A draft that is empty but for what the person has said keeps that.
    other = town.opened(given_name="Ali")
    empty = plans.PlanInput(
        starts_on=MONDAY + timedelta(days=2),
        ends_before=MONDAY + timedelta(days=90),
        support_needs="Hörslinga.",
    )
    plans.save_draft(other, empty, actor=coach, today=MONDAY)
    page = _edit(client, other, "?mall=sprak_och_praktik")
    assert "Hörslinga." in page
    assert "Arbete i kök." in page
    assert "2026-11-18" in page
    # The first template that was chosen is the one that the plan says.
    plans.save_draft(
        other, plans.PlanInput(**{**empty.__dict__, "template": template}), actor=coach,
        today=MONDAY, edit=1,
    )  # fmt: skip
    second = made("Annan")
    version = plans.save_draft(
        other, plans.PlanInput(**{**empty.__dict__, "template": second}), actor=coach,
        today=MONDAY, edit=2,
    )  # fmt: skip
    assert version.template == template


def test_an_unknown_or_ended_template_fills_nothing(town, log_in):
    case = town.opened()
    made("Gammal", valid_from=date(2020, 1, 1), valid_to=MONDAY)
    page = _edit(log_in(town.user(Role.COACH)), case, "?mall=gammal")
    assert "Arbete i kök." not in page
