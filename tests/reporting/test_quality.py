"""The quality of providers: a small municipality made row by row, every number counted by hand."""

import re
from datetime import date, datetime, time, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activityplans.models import Activity, AttendanceChange, Service, Session
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit
from jobcentre.audit.enums import Access
from jobcentre.audit.models import Entry
from jobcentre.casework.models import Exit, TrackMove
from referrals.enums import OrderState, ProposalKind, ProposalState
from referrals.models import (
    Agreement,
    AgreementService,
    AgreementVersion,
    Claim,
    Order,
    OrderProposal,
    Provider,
)
from reporting.enums import FollowUpKind, FollowUpState, Selection, Verdict
from reporting.quality.rows import Window, read
from reporting.quality.watch import MEASURES, lines
from tests.factories import noon

pytestmark = [pytest.mark.row("J17"), pytest.mark.usefixtures("today")]
WINDOW = Window(date(2025, 7, 1), date(2026, 7, 1))  # results: of those who ended 2025
SENT, STARTED, ENDED = date(2025, 8, 4), date(2025, 8, 14), date(2025, 11, 28)


class Market:
    """Two providers of one service."""

    def __init__(self, town):
        self.town = town
        self.service = Service.objects.get(key="work_training")
        self.units = [
            Unit.objects.create(name=name, kind=UnitKind.PROVIDER, parent=town.town)
            for name in ("Asken", "Björken")
        ]
        self.register = [Provider.objects.create(unit=unit, form="social") for unit in self.units]

    def order(self, at=0, *, case=None, track="direct", service=None, **more):
        case = case or self.town.case(track=track, started=date(2025, 6, 2))
        activity = Activity.objects.create(case=case, service=service or self.service)
        values = {
            "state": OrderState.SENT,
            "requirement": "Träna.",
            "basis": "consent",
            "starts_on": SENT,
            "ends_before": SENT + timedelta(days=200),
            "hours_per_week": 20,
            "sent_on": SENT,
            "sent_by": self.town.coach,
            **more,
        }
        return Order.objects.create(case=case, activity=activity, provider=self.units[at], **values)

    def declined(self, at=0, n=1, reason="unsuitable", **more):
        for _n in range(n):
            self.order(at, state=OrderState.DECLINED, decline_reason=reason, **more)

    def started(self, at=0, **more):
        return self.order(
            at, **{"accepted_on": SENT, "state": OrderState.STARTED, "started_on": STARTED, **more}
        )

    def ended(self, at=0, *, left=None, left_on=date(2026, 2, 2), result="reached", **more):
        """An order that has ended, and what the case was closed with, if it was."""
        day = more.pop("ended_on", ENDED)
        order = self.started(
            at, **{"state": OrderState.ENDED, "ended_on": day, "result": result, **more}
        )
        if left is not None:
            self.leave(order.case, left, left_on)
        return order

    def leave(self, case, reason, on):
        made = self.town.left(reason, person=case.person, ended=on)
        Exit.objects.filter(case=made).update(case=case)
        made.delete()
        case.status, case.ended_on = "closed", on
        case.save()

    def served(self, at, n, results, **more):
        """`n` persons ended, `results` of them went on to work."""
        return [
            self.ended(at, left="work" if index < results else None, **more) for index in range(n)
        ]

    def line(self, at=0, **chosen):
        found = lines(read(WINDOW), provider=self.units[at].pk, **chosen)
        return found[0] if found else None


@pytest.fixture
def market(town):
    return Market(town)


def number(line, key):
    cell = line.cells[key]
    return cell.value, cell.population


def test_offers_are_declined_given_back_or_left_without_an_answer(market):
    for _n in range(5):
        market.started()
    market.declined(n=2)
    market.declined(reason="full")
    back = market.order(
        state=OrderState.WITHDRAWN, withdrawn_reason="Passar inte.", accepted_on=SENT
    )
    OrderProposal.objects.create(
        order=back, kind=ProposalKind.UNSUITABLE, reason="Passar inte.", proposed_on=SENT,
        proposed_by=market.town.coach, state=ProposalState.ACCEPTED,
        decided_by=market.town.manager, decided_on=SENT,
    )  # fmt: skip
    market.order()  # waits
    market.order(state=OrderState.WITHDRAWN, withdrawn_reason="Flyttat.")
    market.order(sent_on=date(2025, 6, 30))  # before the period
    line = market.line()
    assert number(line, "offered") == (11, 11)
    # 2 + 1 declined and 1 given back, of 5 + 3 + 1 answered: 44.4 per cent
    assert number(line, "turned_away") == (44, 9)
    assert line.reasons == []  # of fewer than five, each and together


def test_a_reason_of_fewer_than_five_is_not_shown_nor_told_by_the_rest(market):
    def said():
        return [(str(label), n) for label, n in market.line().reasons]

    for _n in range(5):
        market.started()
    market.declined(n=6)
    assert said() == [("passar inte verksamheten", 6)]
    market.declined(n=5, reason="full")
    assert said() == [("passar inte verksamheten", 6), ("ingen ledig plats", 5)]
    market.declined(n=2, reason="other")
    market.declined(n=1, reason="not_reached")
    several = "flera skäl, för få av varje för att visas"
    assert said() == [("passar inte verksamheten", 6), (several, 8)]
    market.declined(n=2, reason="other")
    assert said() == [("passar inte verksamheten", 6), ("ingen ledig plats", 5), (several, 5)]


def test_waiting_is_the_middle_of_the_days_to_the_start(market):
    for days in (3, 5, 9, 20, 40):
        market.started(started_on=SENT + timedelta(days=days))
    assert number(market.line(), "waiting") == (9, 5)


def test_presence_is_of_the_days_between_the_first_and_the_last(market):
    outcomes = ("present", "elsewhere", "unexcused", "not_registered")
    for _n in range(5):
        order = market.ended(ended_on=ENDED)
        days = (STARTED + timedelta(days=n) for n in (-1, 0, 1, 4, 106, 109))  # the last is 106
        for day, outcome in zip(days, ("unexcused", *outcomes, "unexcused"), strict=True):
            session = market.town.session(market.town.case(), day, outcome)
            Session.objects.filter(pk=session.pk).update(case=order.case, activity=order.activity)
    # Present and elsewhere of these and unexcused; the days outside and the unregistered left out.
    assert number(market.line(), "attendance") == (67, 15)


def test_attendance_is_in_time_until_wednesday_of_the_week_after(market):
    monday = STARTED + timedelta(days=7 - STARTED.weekday())
    wednesday = datetime.combine(
        monday + timedelta(days=9), time(22), timezone.get_current_timezone()
    )
    late = wednesday + timedelta(hours=3)
    for _n in range(5):
        order = market.ended(ended_on=ENDED)
        marks = (
            (0, "present", wednesday), (6, "unexcused", wednesday), (1, "present", late),
            (2, "not_registered", None), (3, "present", late),
        )  # fmt: skip
        for day, outcome, at in marks:
            session = market.town.session(market.town.case(), monday + timedelta(days=day), outcome)
            Session.objects.filter(pk=session.pk).update(
                case=order.case, activity=order.activity, registered_at=at
            )
        # The last one was registered in time, and corrected afterwards.
        AttendanceChange.objects.create(
            session=session, old="excused", new="present", old_at=wednesday,
            old_by=order.sent_by, changed_by=order.sent_by, changed_at=late,
        )  # fmt: skip
    assert number(market.line(), "registered") == (60, 25)


def test_attendance_whose_wednesday_comes_after_the_period_is_left_out(market):
    day = WINDOW.ends_before - timedelta(days=2)
    for _n in range(5):
        order = market.started()
        session = market.town.session(market.town.case(), day, "not_registered")
        Session.objects.filter(pk=session.pk).update(case=order.case, activity=order.activity)
    assert market.line() is None or market.line().cells["registered"].value is None


def test_broken_off_is_interrupted_or_withdrawn_after_the_start(market):
    for _n in range(3):
        market.ended(result="reached", ended_on=date(2026, 1, 5))
    market.ended(result="interrupted", ended_on=date(2026, 1, 5))
    market.ended(
        state=OrderState.WITHDRAWN, withdrawn_reason="Sjuk.", result="", ended_on=date(2026, 1, 5)
    )
    market.order(state=OrderState.WITHDRAWN, withdrawn_reason="Fel.", ended_on=date(2026, 1, 5))
    assert number(market.line(), "broken_off") == (40, 5)


def test_results_are_the_figure_of_the_exits_within_six_months(market):
    market.ended(left="work")
    market.ended(left="studies", left_on=date(2026, 5, 28))  # the last day that counts
    market.ended(left="work", left_on=date(2026, 5, 29))  # too late
    lost = market.ended(left="work")
    market.town.follow_up(
        lost.case, 1, FollowUpState.ANSWERED, "unemployed", kind=FollowUpKind.JOB_CHECK,
        due=date(2026, 3, 2),
    )  # fmt: skip
    market.ended(left="no_result")
    market.ended(left="moved")  # left out
    market.ended()  # still here
    market.ended(left="work", ended_on=date(2026, 1, 2))  # not followed six months
    again = market.ended(left="work", ended_on=date(2025, 9, 5))
    market.ended(case=again.case)  # the same person once
    # 3 of 7: work, studies, and the one with two orders.
    assert number(market.line(), "results") == (43, 7)


def test_expected_is_the_chance_of_those_who_are_alike(market):
    """Direct: 16 of 20 at A and 4 of 20 at B, together 50 per cent. Support: 0 of 10 and 2 of 10."""
    market.served(0, 20, 16, track="direct")
    market.served(1, 20, 4, track="direct")
    market.served(0, 10, 0, track="support")
    market.served(1, 10, 2, track="support")
    first, second = market.line(0), market.line(1)
    # Each: 20 * 0.5 + 10 * 0.1 = 11 of 30.
    assert (first.held.share, first.held.expected, first.held.n) == (53, 37, 30)
    assert (second.held.share, second.held.expected) == (20, 37)
    # Limits of 16: 9.1-26.0; of 6: 2.2-13.1; 11 lies within both.
    assert (first.held.low, first.held.high, first.held.verdict) == (30, 87, Verdict.AS_EXPECTED)
    service = first.parts[0]
    direct, support = service.parts
    assert (direct.track, direct.held.expected, support.held.expected) == ("direct", 50, 10)


def test_a_great_difference_is_found_and_one_provider_has_nothing_to_be_held_against(market):
    market.served(0, 30, 2)
    assert market.line().held is None
    market.served(1, 40, 40)
    # 42 of 70 are 60 per cent: 18 expected, of 2 the limits are 0.2-7.2.
    held = market.line().held
    assert (held.expected, held.high, held.verdict) == (60, 24, Verdict.BELOW)
    assert market.line(1).held.verdict == Verdict.ABOVE
    assert market.line(1).held.high == 100


def test_what_a_result_has_cost(market):
    orders = market.served(0, 6, 2)
    assert number(market.line(), "cost") == (None, 6)
    version = _agreed(market)
    for order, amount, state in (
        (orders[0], 30_000, "attested"),
        (orders[3], 12_001, "open"),
        (orders[4], 99_000, "blocked"),
        (orders[5], 99_000, "cancelled"),
    ):
        _claim(order, version, amount, state)
    _claim(orders[0], version, -10_000, "open", reverses=Claim.objects.first())
    # 30 000 + 12 001 - 10 000 for two results: 16 000.50, rounded half up.
    assert number(market.line(), "cost") == (16_001, 6)


def _agreed(market):
    agreement = Agreement.objects.create(provider=market.register[0], reference="A-1")
    version = AgreementVersion.objects.create(
        agreement=agreement, number=1, title="T", starts_on=date(2025, 1, 1),
        ends_before=date(2027, 1, 1), why="Nytt.", proposed_by=market.town.manager,
    )  # fmt: skip
    return AgreementService.objects.create(
        version=version, service=market.service, requirement="T", price_model="fixed", price=1
    )


def _claim(order, priced_by, amount, state, reverses=None):
    town, signed = (order.sent_by, Membership.objects.exclude(user=order.sent_by).first().user), {}
    if state == "attested":
        signed = {"reviewed_by": town[0], "attested_by": town[1], "attested_at": noon(ENDED)}
    return Claim.objects.create(
        case=order.case, order=order, agreement=priced_by.version.agreement, priced_by=priced_by,
        key="fixed", kind="fixed", starts_on=ENDED, ends_before=ENDED + timedelta(days=1),
        quantity=1, unit_price=abs(amount), amount=amount, state=state, reverses=reverses,
        block="report" if state == "blocked" else "", **signed,
    )  # fmt: skip


def test_who_is_taken(market):
    """Those with the better chance are accepted, the others declined."""
    market.served(0, 20, 10, track="direct")
    market.served(1, 20, 10, track="direct")
    market.served(1, 20, 0, track="support")
    market.declined(0, n=20, track="support")
    taken = market.line(0).taken
    assert (taken.near, taken.far) == (100, 0)
    # Of 40 offered half had the chance 0.5 and half 0; of those accepted all had 0.5.
    assert (taken.chance_offered, taken.chance_accepted) == (25, 50)
    assert taken.selection == Selection.EASIER
    assert market.line(1).taken.selection == Selection.EVEN
    mix = {(part.feature, part.label): (part.offered, part.accepted) for part in market.line(0).mix}
    assert mix["Spår", "jobb direkt"] == (20, 100)
    assert mix["Spår", "jobb med rehab eller stöd"] == (20, 0)


def test_the_track_is_the_one_when_the_order_was_sent(market):
    orders = market.served(0, 5, 0, track="support")
    for order in orders:
        TrackMove.objects.create(
            case=order.case, old="direct", new="support", reason="health",
            moved_on=SENT + timedelta(days=1),
        )  # fmt: skip
    assert [part.track for part in market.line().parts[0].parts] == ["direct"]


def test_fewer_than_five_are_hidden_and_cannot_be_computed(market):
    market.served(0, 4, 4, track="direct")
    line = market.line()
    assert all(cell.value is None for key, cell in line.cells.items() if key != "attendance")
    assert (line.held, line.taken, line.mix, line.reasons) == (None, None, [], [])
    market.served(0, 6, 1, track="support")
    market.served(1, 30, 10, track="support")
    line = market.line()
    # Ten are shown; four and six would give each other away.
    assert number(line, "results") == (50, 10)
    assert [part.cells["results"].value for part in line.parts[0].parts] == [None, None]
    assert [part.held for part in line.parts[0].parts] == [None, None]


def test_a_service_that_is_hidden_is_hidden_in_the_provider_too(market):
    other = Service.objects.filter(at_provider=True).exclude(pk=market.service.pk).first()
    market.served(0, 8, 4)
    market.served(0, 2, 2, service=other)
    line = market.line()
    assert number(line, "offered") == (10, 10)
    assert {part.cells["offered"].is_hidden for part in line.parts} == {True}
    assert number(market.line(service=market.service.pk), "offered") == (8, 8)


def _text(page) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.mark.parametrize(
    ("language", "finding"),
    [
        ("sv", "2 av 2 utförare har ett annat resultat än väntat"),
        ("en", "2 of 2 providers have other results than were to be expected"),
    ],
)
def test_the_pages_and_the_file_say_the_same(market, browse, language, finding):
    market.served(0, 30, 2)
    market.served(1, 40, 40)
    market.declined(n=5)
    client = browse(market.town.manager, language)
    page = client.get(reverse("reporting:quality"), {"months": "12"})
    assert finding in _text(page)
    assert "Asken 35 14 %" in _text(page).replace("14%", "14 %")
    url = reverse("reporting:quality_provider", args=[market.register[0].pk])
    assert f'href="{url}?months=12"' in page.content.decode()
    page = client.get(url, {"months": "12"})
    assert page.status_code == 200
    assert "60" in _text(page)
    answer = client.get(reverse("reporting:quality_file"), {"months": "12"})
    rows = b"".join(answer).decode().removeprefix("\ufeff").split("\r\n")
    # Two providers, each with one service and one track; a heading and the end.
    assert len(rows) == 2 + 2 * 3
    cells = dict(zip(rows[0].split(";"), rows[1].split(";"), strict=True))
    values = list(cells.values())
    assert values[:5] == ["Asken", "", "", "35", "14"]
    assert values[9:10] == ["7"]
    assert Entry.objects.filter(access=Access.EXPORT, action="quality").count() == 1


@pytest.mark.parametrize("wrong", [{"months": "7"}, {"months": "x"}, {"service": "99999999"}])
def test_a_wrong_choice_is_said_and_the_page_still_shown(market, browse, wrong):
    market.served(0, 5, 2)
    client = browse(market.town.manager)
    for url in (
        reverse("reporting:quality"),
        reverse("reporting:quality_provider", args=[market.register[0].pk]),
    ):
        page = client.get(url, wrong)
        assert page.status_code == 200
        assert "ei-errors" in page.content.decode()


def test_an_empty_register_and_a_provider_without_orders(market, browse):
    client = browse(market.town.manager)
    assert "Inget är beställt av någon utförare" in _text(client.get(reverse("reporting:quality")))
    page = client.get(reverse("reporting:quality_provider", args=[market.register[0].pk]))
    assert "Inget är beställt här under perioden" in _text(page)


def test_nobody_else_than_a_manager_sees_it(market, browse):
    for role in (Role.COACH, Role.BUSINESS_COORDINATOR, Role.PROVIDER_STAFF):
        unit = market.units[0] if role == Role.PROVIDER_STAFF else market.town.north
        client = browse(market.town.user(f"Annan {role.value}", role, unit))
        for name in ("quality", "quality_file"):
            assert client.get(reverse(f"reporting:{name}")).status_code == 404
        url = reverse("reporting:quality_provider", args=[market.register[0].pk])
        assert client.get(url).status_code == 404


def test_ten_times_the_orders_take_the_same_queries(market):
    market.served(0, 2, 1)
    with CaptureQueriesContext(connection) as few:
        read(WINDOW)
    market.served(0, 10, 1)
    market.served(1, 10, 1, track="later")
    with CaptureQueriesContext(connection) as many:
        read(WINDOW)
    assert len(many) == len(few) == 5


def test_every_measure_says_what_it_means():
    assert list(MEASURES) == [
        *(
            "offered",
            "turned_away",
            "waiting",
            "attendance",
            "registered",
            "broken_off",
            "results",
            "cost",
        )
    ]
    assert all(str(measure.definition).endswith(".") for measure in MEASURES.values())
