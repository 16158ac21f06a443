"""Small sets read with their owner are the same rows as when they are read by themselves."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Count

from intake.models import AfRegistration, RightsGiven
from intake.panels import _first_day
from intake.transitions import check_af, give_rights
from jobcentre.accounts.enums import Role
from jobcentre.casework.models import Case, ClockPause, Consent, IdentityNumber, TargetGroup
from jobcentre.casework.models.together import row_of
from jobcentre.casework.transitions.clocks import pause_clock
from jobcentre.casework.views.case import overview_rows
from tests.factories import MONDAY


def columns(row) -> dict:
    """Every column of the row, but for those that were not read."""
    left_out = row.get_deferred_fields()
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in left_out
    }


def same(read_together, read_alone) -> bool:
    pairs = list(zip(read_together, read_alone, strict=True))
    assert pairs
    return all(columns(one).items() <= columns(other).items() for one, other in pairs)


@pytest.fixture
def case(town):
    case, coach = town.opened(groups=("income_support", "youth")), town.user(Role.COACH)
    pause_clock(case, MONDAY, MONDAY + timedelta(days=2), "illness", "Ett & <två>", actor=coach)
    pause_clock(case, MONDAY + timedelta(days=9), None, "other", "", actor=coach)
    town.consented(case)
    return case


def test_what_a_case_always_needs(case):
    found = Case.objects.with_parts().get(pk=case.pk)
    relations = found._prefetched_objects_cache
    assert set(relations) >= {"pauses", "consents", "target_groups"}
    assert same(found.pauses.all(), ClockPause.objects.filter(case=case))
    assert same(found.consents.all(), Consent.objects.filter(case=case))
    assert same(found.target_groups.all(), TargetGroup.objects.filter(case=case))
    assert same(found.person.numbers.all(), IdentityNumber.objects.filter(person=case.person))


def test_what_stands_on_the_first_day(case, town):
    coach = town.user(Role.COACH)
    check_af(case, status="registered", since=MONDAY, actor=coach, today=MONDAY)
    give_rights(
        case, given_on=MONDAY, form="oral", language="svenska", with_interpreter=False, actor=coach
    )
    shown = _first_day(overview_rows().get(pk=case.pk), coach, MONDAY)
    assert same([shown["rights"]], RightsGiven.objects.all())
    assert same([shown["af"]], AfRegistration.objects.all())


def test_the_order_of_the_columns_does_not_matter(case):
    """PostgreSQL gives the shorter names first; what is given by place would be mixed up."""
    pause = ClockPause.objects.order_by("pk").first()
    row = {name: columns(pause)[name] for name in sorted(columns(pause), key=len)}
    assert columns(row_of(ClockPause, row)) == columns(pause)
    del row["note"]
    assert row_of(ClockPause, row).note == pause.note  # read when it is asked for


def test_a_moment_without_a_zone_is_universal_time(case):
    """SQLite's JSON gives the moment as it is stored, without saying that it is UTC."""
    pause = ClockPause.objects.order_by("pk").first()
    row = {**columns(pause), "decided_at": f"{pause.decided_at:%Y-%m-%d %H:%M:%S}"}
    assert row_of(ClockPause, row).decided_at == pause.decided_at


def test_whoever_asks_further_asks_the_rows_of_this_owner(case, town):
    """A filter or an update on rows read together never reaches those of another case."""
    coach = town.user(Role.COACH)
    before = town.opened(groups=("income_support", "youth"))
    town.consented(before)
    pause_clock(before, MONDAY, None, "other", "", actor=coach)
    found = Case.objects.with_parts().get(pk=case.pk)
    for rows, owner, value in (
        (found.pauses, "case_id", case.pk),
        (found.consents, "case_id", case.pk),
        (found.person.numbers, "person_id", case.person_id),
    ):
        pks = {row.pk for row in rows.all()}
        assert {getattr(row, owner) for row in rows.filter(pk__gt=0)} == {value}
        assert set(rows.values_list("pk", flat=True)) == pks
        assert set(rows.order_by("-pk").values_list("pk", flat=True)) == pks
        assert rows.aggregate(n=Count("pk")) == {"n": len(pks)}
        assert rows.exclude(pk__in=pks).count() == 0
        assert not rows.filter(pk__gt=0).exclude(pk__in=pks).exists()
    assert found.target_groups.filter(pk__gt=0).count() == 2
    assert found.pauses.update(note="Rättad.") == 2
    assert ClockPause.objects.filter(note="Rättad.").count() == 2
    assert found.person.numbers.filter(is_current=True).update(is_current=True) == 1


def test_the_person_who_is_back_is_the_one_of_the_page(town, log_in):
    """Two are away at once; each page ends the interruption of its own case."""
    coach = town.user(Role.COACH)
    cases = [town.opened(on=MONDAY - timedelta(days=4)) for _each in range(3)]
    for each in cases:
        pause_clock(each, MONDAY - timedelta(days=3), None, "other", "", actor=coach)
    page = f"/arenden/{cases[1].number}/avbrott/slut/"
    answer = log_in(coach).post(page, {"token": uuid4(), "ends_before": "2026-11-16"})
    assert answer.status_code == 302
    ended = ClockPause.objects.exclude(ends_before=None)
    assert [each.case_id for each in ended] == [cases[1].pk]
