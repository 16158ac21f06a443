"""Supported Employment and Mobilisering: steps, intensity, the log, who leads, and the end."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from intake.transitions.groups import Planned, plan_series, sign_up
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import User
from jobcentre.casework.access.checks import can, open_areas
from jobcentre.casework.enums import Area
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Case, CaseEvent, ExitReason
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.notices.models import Notice
from referrals import transitions as orders
from referrals.aliases import code_of
from referrals.methods import rules
from referrals.methods.enums import Method, MethodEnd, MethodStep
from referrals.models import MethodContact, MethodSupport
from referrals.transitions import methods
from tests.factories import MONDAY, noon
from tests.test_rules_document import DOCUMENT, examples

pytestmark = pytest.mark.row("T14")
DAY = timedelta(days=1)
CONTACT = {
    "on": MONDAY,
    "kind": "workplace",
    "minutes": 90,
    "with_whom": "both",
    "name": "Bageriet",
    "text": "Gick igenom morgonens uppgifter.",
}
PLAN = {
    "picture": "Jobba med djur.",
    "strengths": "Tålamod.",
    "steps": "Ringa stallet.",
    "help_wanted": "",
    "told_on": MONDAY,
}


def supported(town, case=None, method=Method.SUPPORTED_EMPLOYMENT, on=MONDAY, **values):
    case = case or town.opened(on=MONDAY - timedelta(days=100))
    start = methods.Start(
        method=method, aim="Ett jobb i kök.", started_on=on, minutes_per_week=240, **values
    )
    return methods.start_method(case, start, actor=town.acting(case.coach), today=MONDAY)


def current(support):
    return support.stages.get(ends_before__isnull=True).step


def ended(support, actor, **values):
    values = {
        "on": MONDAY,
        "reason": MethodEnd.ON_OWN,
        "note": "",
        "outcome": "Klarar sig.",
    } | values
    return methods.end_method(support, actor=actor, today=MONDAY, edit=support.version, **values)


# --- the rules -----------------------------------------------------------------------------------
@pytest.mark.parametrize("row", examples(DOCUMENT.read_text(), "planned support"), ids=" ".join)
def test_planned_minutes_follow_the_days(row):
    planned = [
        (date.fromisoformat(day), int(minutes))
        for day, minutes in (each.split() for each in row[0].split(", "))
    ]
    first, before = (date.fromisoformat(day) for day in row[1].split(":"))
    assert rules.planned_minutes(planned, first, before) == int(row[2])


def test_months_end_today_and_are_at_most_twelve():
    planned = [(date(2025, 3, 10), 70)]
    shown = rules.months(
        planned,
        [(date(2026, 3, 9), 30), (date(2026, 3, 2), 15)],
        date(2025, 3, 10),
        date(2026, 3, 9),
    )
    assert len(shown) == 12
    assert shown[0].first == date(2025, 4, 1)
    assert shown[-1] == rules.Month(date(2026, 3, 1), 90, 45)  # nine days of ten minutes
    after = rules.months(planned, [], date(2025, 3, 10), date(2026, 3, 9), date(2025, 4, 7))
    assert [month.planned for month in after] == [220, 70]


@pytest.mark.parametrize(
    ("last", "minutes", "quiet"),
    [
        (MONDAY - 30 * DAY, 60, False),
        (MONDAY - 31 * DAY, 60, True),
        (MONDAY - 31 * DAY, 0, False),
        (None, 60, True),
    ],
)
def test_quiet(last, minutes, quiet):
    assert rules.is_quiet(last, minutes, MONDAY - 40 * DAY, MONDAY) == quiet


def test_every_step_belongs_to_one_method():
    of_methods = [step for steps in rules.STEPS.values() for step in steps]
    assert sorted(of_methods) == sorted(MethodStep)
    assert set(rules.STEPS) == set(Method)


# --- begun and taken through its steps -----------------------------------------------------------
def test_it_begins_in_the_first_step_without_a_last_day(town, coach):
    support = supported(town)
    assert current(support) == MethodStep.PROFILE
    assert support.intensities.get().minutes_per_week == 240
    assert support.ended_on is None
    event = CaseEvent.objects.get(kind="method.started")
    assert event.payload == {"method": "supported", "who": coach.name}


def test_steps_go_forward_and_back_with_what_came_of_them(town, coach):
    support = supported(town, on=MONDAY - 20 * DAY)

    def take(step, on):
        support.refresh_from_db()
        return methods.take_step(
            support, step, on=on, outcome=f"Före {step}.", actor=coach, today=MONDAY,
            edit=support.version,
        )  # fmt: skip

    take("job_finding", MONDAY - 10 * DAY)
    take("support", MONDAY - 5 * DAY)
    take("job_finding", MONDAY)  # the job was lost
    assert [(row.step, row.starts_on, row.ends_before) for row in support.stages.all()] == [
        ("profile", MONDAY - 20 * DAY, MONDAY - 10 * DAY),
        ("job_finding", MONDAY - 10 * DAY, MONDAY - 5 * DAY),
        ("support", MONDAY - 5 * DAY, MONDAY),
        ("job_finding", MONDAY, None),
    ]
    for step, on in (
        ("job_finding", MONDAY),  # where it is
        ("group", MONDAY),  # of the other method
        ("tapering", MONDAY - DAY),  # before the step began
        ("tapering", MONDAY + DAY),  # ahead
    ):
        with pytest.raises(Refused):
            take(step, on)


def test_one_support_by_a_method_at_a_time(town):
    support = supported(town)
    with pytest.raises(ValidationError, match="redan"):
        supported(town, support.case)
    supported(town, support.case, Method.MOBILISATION)
    twin = MethodSupport.objects.get(pk=support.pk)
    twin.pk, twin.ref = None, "11111111-1111-4111-8111-111111111111"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_a_day_ahead_or_before_the_case_is_refused(town):
    case = town.opened()
    for day in (MONDAY + DAY, MONDAY - DAY):
        with pytest.raises(Refused):
            supported(town, case, on=day)


def test_support_is_tapered_and_an_old_page_is_refused(town, coach):
    support = supported(town)

    def tapered(minutes, days, edit):
        from_on = MONDAY + days * DAY
        methods.set_intensity(
            support,
            minutes,
            from_on=from_on,
            why="Går själv.",
            actor=coach,
            today=MONDAY,
            edit=edit,
        )

    tapered(60, 7, 1)
    with pytest.raises(Conflict):
        tapered(30, 14, 1)
    for minutes, days in ((30, 7), (60, 14)):
        with pytest.raises(Refused):
            tapered(minutes, days, 2)


# --- the log -------------------------------------------------------------------------------------
def test_a_contact_is_corrected_by_a_new_one_and_never_changed(town, coach):
    support = supported(town)
    wrong = methods.log_contact(support, CONTACT, actor=coach, today=MONDAY)
    right = methods.correct_contact(wrong, {**CONTACT, "minutes": 30}, actor=coach, today=MONDAY)
    assert (right.corrects, right.step) == (wrong, "profile")
    counted = MethodContact.objects.filter(corrected_by__isnull=True)
    assert [row.minutes for row in counted] == [30]
    with pytest.raises(Refused):
        methods.correct_contact(wrong, CONTACT, actor=coach, today=MONDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        MethodContact.objects.filter(pk=wrong.pk).update(minutes=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.delete()
    event = CaseEvent.objects.get(kind="method.contact")
    assert event.area == Area.PROVIDER_NOTES
    assert "morgonens" not in str(event.payload)


def test_a_contact_lies_within_the_support_and_has_minutes(town, coach):
    support = supported(town)
    for change in ({"on": MONDAY + DAY}, {"on": MONDAY - DAY}):
        with pytest.raises(Refused):
            methods.log_contact(support, {**CONTACT, **change}, actor=coach, today=MONDAY)
    for change in ({"minutes": 0}, {"minutes": 721}, {"text": ""}):
        with pytest.raises(ValidationError):
            methods.log_contact(support, {**CONTACT, **change}, actor=coach, today=MONDAY)
    assert not MethodContact.objects.exists()


def test_somebody_elses_contact_is_not_corrected(town, coach):
    job_coach = town.user(Role.COACH, name="Jobbcoach")
    support = supported(town, job_coach=job_coach)
    wrong = methods.log_contact(support, CONTACT, actor=job_coach, today=MONDAY)
    with pytest.raises(Refused):
        methods.correct_contact(wrong, CONTACT, actor=coach, today=MONDAY)


# --- Mobilisering --------------------------------------------------------------------------------
def test_the_own_plan_keeps_its_versions(town, coach):
    support = supported(town, method=Method.MOBILISATION)
    methods.write_future_plan(support, PLAN, actor=coach, today=MONDAY, edit=1)
    with pytest.raises(Conflict):
        methods.write_future_plan(support, PLAN, actor=coach, today=MONDAY, edit=1)
    methods.write_future_plan(support, PLAN, actor=coach, today=MONDAY, edit=2)
    assert [plan.number for plan in support.plans.all()] == [2, 1]
    with pytest.raises(IntegrityError), transaction.atomic():
        support.plans.update(picture="Annat.")
    other = supported(town)
    with pytest.raises(Refused):
        methods.write_future_plan(other, PLAN, actor=coach, today=MONDAY, edit=1)


def test_the_page_shows_the_meetings_of_the_group(town, coach, log_in):
    planned = Planned("information", "Framtidsgruppen", noon(MONDAY) + DAY, 90, "Sal 2", 8, coach)
    meetings = plan_series(
        town.units["north"], planned, [MONDAY + DAY, MONDAY + 8 * DAY], actor=coach
    )
    series = meetings[0].series
    support = supported(town, method=Method.MOBILISATION, series=series)
    sign_up(meetings[0], support.case.person, case=support.case, actor=coach)
    page = log_in(coach).get(reverse("referrals:method", args=[support.ref])).content.decode()
    assert page.count("Framtidsgruppen") == len(meetings)
    assert page.count("Inte anmäld") == len(meetings) - 1
    form = log_in(coach).get(reverse("referrals:method_start", args=[support.case.number]))
    assert "Framtidsgruppen, från" in form.content.decode()


# --- who leads, and who sees ---------------------------------------------------------------------
def test_a_job_coach_sees_the_case_as_long_as_the_support_goes_on(town, coach):
    job_coach = town.user(Role.COACH, "south", name="Jobbcoach")
    case = town.opened()
    assert not Case.objects.visible_to(job_coach).filter(pk=case.pk).exists()
    support = supported(town, case, job_coach=job_coach)
    assert (
        Notice.objects.get(user=job_coach).text_en
        == f"You are the job coach in case {case.number}."
    )
    assert Case.objects.visible_to(job_coach).filter(pk=case.pk).exists()
    assert can(job_coach, "method.work", support)
    assert not can(job_coach, "case.edit", case)
    areas = open_areas(job_coach, case)
    assert Area.PROVIDER_NOTES in areas
    assert not {Area.NOTES, Area.SENSITIVE, Area.MAPPING, Area.DOCUMENTS} & areas
    methods.log_contact(support, CONTACT, actor=job_coach, today=MONDAY)
    methods.change_leader(
        support, order=None, job_coach=None, actor=coach, today=MONDAY, edit=support.version
    )
    assert not Case.objects.visible_to(job_coach).filter(pk=case.pk).exists()
    support.refresh_from_db()
    another = town.user(Role.COACH, "south", name="Andra")
    methods.change_leader(
        support, order=None, job_coach=another, actor=coach, today=MONDAY, edit=support.version
    )
    assert Case.objects.visible_to(another).filter(pk=case.pk).exists()
    support.refresh_from_db()
    ended(support, another)
    assert not Case.objects.visible_to(another).filter(pk=case.pk).exists()


def test_a_colleague_reads_the_steps_and_not_the_log(town, coach, log_in):
    support = supported(town)
    methods.log_contact(support, CONTACT, actor=coach, today=MONDAY)
    colleague = log_in(town.user(Role.COACH, name="Mona"))
    tab = colleague.get(reverse("casework:tab", args=[support.case.number, "methods"]))
    assert "Yrkesprofil" in tab.content.decode()
    assert reverse("referrals:method", args=[support.ref]) not in tab.content.decode()
    assert colleague.get(reverse("referrals:method", args=[support.ref])).status_code == 403
    assert "morgonens" not in colleague.get(reverse("referrals:methods")).content.decode()


def test_only_a_coach_who_may_know_of_the_person_is_chosen(town):
    case = town.opened()
    town.protected(case.person, [case.coach])
    case = Case.objects.get(pk=case.pk)
    outside = town.user(Role.COACH, "south", name="Utanför")
    assert not methods.job_coaches(case, MONDAY).filter(pk=outside.pk).exists()
    with pytest.raises(Refused):
        supported(town, case, job_coach=outside)
    with pytest.raises(Refused):
        supported(town, town.opened(), job_coach=town.user(Role.RECEPTION))


@pytest.fixture
def led_by_provider(town):
    staff = town.user(Role.PROVIDER_STAFF)
    order = town.ordered(town.approved(town.consented(town.opened())))
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    return supported(town, Case.objects.get(pk=order.case_id), order=order)


def test_the_provider_is_told_when_support_comes_into_its_order_and_when_it_leaves(
    town, led_by_provider, coach
):
    staff, stranger = town.user(Role.PROVIDER_STAFF), town.user(Role.PROVIDER_STAFF, "south")
    (placed,) = Notice.objects.filter(user=staff, text_sv__contains="metodstöd i er beställning")
    assert placed.url == reverse("referrals:method", args=[led_by_provider.ref])
    person = led_by_provider.case.person
    assert person.family_name not in placed.text_sv + placed.text_en
    support = methods.change_leader(
        led_by_provider, order=None, job_coach=None, actor=coach, today=MONDAY, edit=1
    )
    taken = Notice.objects.filter(user=staff, text_sv__contains="låter någon annan leda")
    assert taken.get().url == reverse("referrals:order", args=[led_by_provider.order.ref])
    methods.change_leader(
        support, order=None, job_coach=None, actor=coach, today=MONDAY, edit=support.version
    )
    assert taken.count() == 1
    assert not Notice.objects.filter(user=stranger).exists()


def test_who_works_by_the_method_together_is_told_what_another_changed(
    town, led_by_provider, coach
):
    staff, colleague = town.user(Role.PROVIDER_STAFF), town.user(Role.PROVIDER_STAFF, name="Två")
    support, case = led_by_provider, led_by_provider.case
    changed = Notice.objects.filter(text_sv__contains="har ändrats")
    at_provider = Notice.objects.filter(text_sv__contains="har ändrat metodstödet i er")

    def step(to, actor):
        methods.take_step(
            support, to, on=MONDAY, outcome="", actor=actor, today=MONDAY, edit=support.version
        )
        support.refresh_from_db()

    step(MethodStep.JOB_FINDING, coach)
    assert {each.user for each in at_provider} == {staff, colleague}
    assert not changed.exists()  # the coach did it, and leads nothing else
    person = case.person
    assert all(person.family_name not in each.text_sv + each.text_en for each in at_provider)
    step(MethodStep.WORKPLACE, staff)
    assert [each.user for each in changed] == [case.coach]
    assert at_provider.count() == 2
    ended(support, coach)
    told = Notice.objects.filter(text_sv__contains="har avslutats")
    assert {each.user for each in told} == {staff, colleague}


def test_a_provider_works_in_its_own_support_only(town, led_by_provider, log_in):
    staff, stranger = town.user(Role.PROVIDER_STAFF), town.user(Role.PROVIDER_STAFF, "south")
    methods.log_contact(led_by_provider, CONTACT, actor=staff, today=MONDAY)
    page = log_in(staff).get(reverse("referrals:method", args=[led_by_provider.ref]))
    assert "morgonens" in page.content.decode()
    assert (
        led_by_provider.case.person.name
        in log_in(staff).get(reverse("referrals:methods")).content.decode()
    )
    assert log_in(stranger).get(page.wsgi_request.path).status_code == 404
    with pytest.raises(PermissionDenied):
        methods.log_contact(led_by_provider, CONTACT, actor=stranger, today=MONDAY)
    with pytest.raises(PermissionDenied):
        ended(led_by_provider, staff)
    # Of another support of the same person it knows nothing.
    own = supported(town, led_by_provider.case, Method.MOBILISATION)
    assert not MethodSupport.objects.visible_to(staff).filter(pk=own.pk).exists()
    with pytest.raises(PermissionDenied):
        methods.log_contact(own, CONTACT, actor=staff, today=MONDAY)


def test_a_protected_person_is_an_alias_at_the_provider(town, led_by_provider, log_in):
    staff, person = town.user(Role.PROVIDER_STAFF), led_by_provider.case.person
    methods.log_contact(
        led_by_provider, {**CONTACT, "text": "Åberg klarade kassan."}, actor=staff, today=MONDAY
    )
    town.protected(person, [led_by_provider.case.coach, staff])
    led_by_provider.refresh_from_db()
    client = log_in(staff)
    for page in (
        reverse("referrals:method", args=[led_by_provider.ref]),
        reverse("referrals:methods"),
        reverse("referrals:method_contact", args=[led_by_provider.ref]),
    ):
        shown = client.get(page).content.decode()
        assert "Åberg" not in shown
        assert code_of(led_by_provider.order.ref) in shown
    shown_support = MethodSupport.objects.get()
    with pytest.raises(Refused):
        methods.log_contact(
            shown_support, {**CONTACT, "text": "Åberg kom."}, actor=staff, today=MONDAY
        )


def test_an_order_that_is_not_carried_out_leads_nothing(town):
    case = town.approved(town.consented(town.opened()))
    order = town.ordered(case)  # sent and not answered
    with pytest.raises(Refused):
        supported(town, Case.objects.get(pk=case.pk), order=order)


def test_when_the_order_ends_the_page_asks_who_leads(town, led_by_provider, coach, log_in):
    order = led_by_provider.order
    page = reverse("referrals:method", args=[led_by_provider.ref])
    assert "Beställningen är avslutad" not in log_in(coach).get(page).content.decode()
    orders.withdraw_order(order, reason="Slut.", actor=coach, today=MONDAY)
    assert "Beställningen är avslutad" in log_in(coach).get(page).content.decode()


# --- the end -------------------------------------------------------------------------------------
def test_what_has_ended_takes_nothing_more(town, coach):
    support = supported(town)
    for day in (MONDAY + DAY, MONDAY - DAY):
        with pytest.raises(Refused):
            ended(support, coach, on=day)
    done = ended(support, coach)
    assert done.stages.get().outcome == "Klarar sig."
    for act in (
        lambda: methods.log_contact(done, CONTACT, actor=coach, today=MONDAY),
        lambda: ended(done, coach),
    ):
        with pytest.raises(Refused, match="avslutat"):
            act()
    supported(town, done.case)  # and it can begin again


@pytest.mark.parametrize(("reason", "goes_on"), [("work", True), ("studies", False)])
def test_support_outlives_an_exit_to_work(town, coach, reason, goes_on):
    support = supported(town)
    case = Case.objects.get(pk=support.case_id)
    leaving = Leaving(
        ExitReason.objects.get(key=reason), MONDAY, employment_form="permanent",
        extent_percent=50, subsidy="none",
    )  # fmt: skip
    close_case(case, leaving, actor=coach, today=MONDAY, version=case.version)
    support.refresh_from_db()
    assert (support.ended_on is None) == goes_on
    if goes_on:
        fresh = User.objects.get(pk=coach.pk)
        fresh.acting = coach.acting
        methods.log_contact(support, CONTACT, actor=fresh, today=MONDAY)
    else:
        assert support.end_reason == MethodEnd.CASE_CLOSED


# --- the pages -----------------------------------------------------------------------------------
def test_the_way_of_the_pages(town, coach, log_in):
    case = town.opened()
    client = log_in(coach)
    typed = {
        "token": "11111111-1111-4111-8111-111111111111",
        "method": "supported",
        "aim": "Eget jobb.",
        "started_on": "2026-11-16",
        "hours": "4,5",
        "leader": "job_coach",
    }
    start = reverse("referrals:method_start", args=[case.number])
    answer = client.post(start, typed)
    assert answer.status_code == 422
    assert "Välj jobbcoach." in answer.content.decode()
    answer = client.post(start, {**typed, "leader": "coach"})
    support = MethodSupport.objects.get()
    assert answer.url == reverse("referrals:method", args=[support.ref])
    assert support.intensities.get().minutes_per_week == 270
    client.post(start, {**typed, "leader": "coach"})  # pressed twice
    assert MethodSupport.objects.count() == 1
    values = {**CONTACT, "token": "21111111-1111-4111-8111-111111111111", "on": "2026-11-16"}
    log = reverse("referrals:method_contact", args=[support.ref])
    for _twice in range(2):
        assert client.post(log, values).url == answer.url
    assert MethodContact.objects.count() == 1
    page = client.get(answer.url).content.decode()
    assert "Gick igenom morgonens uppgifter." in page
    assert "1 person får stöd" in client.get(reverse("referrals:methods")).content.decode()
    tab = client.get(reverse("casework:tab", args=[case.number, "methods"])).content.decode()
    assert "4,5 h i veckan" in tab


def test_a_change_of_the_support_is_planned_at_most_six_months_ahead(town):
    coach = town.user(Role.COACH)
    start = methods.Start(Method.SUPPORTED_EMPLOYMENT, "Jobb.", MONDAY, 120)
    support = methods.start_method(town.opened(), start, actor=coach, today=MONDAY)

    def planned(day):
        support.refresh_from_db()
        return methods.set_intensity(
            support, 60, from_on=day, why="Mindre.", actor=coach, today=MONDAY, edit=support.version
        )

    for late in (date(2062, 1, 1), date(2027, 5, 17)):
        with pytest.raises(Refused, match=r"16.maj 2027"):
            planned(late)
    assert planned(date(2027, 5, 16)).minutes_per_week == 60
