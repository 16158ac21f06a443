"""Ten rows cost the queries of one, on every page that lists something."""

from dataclasses import dataclass
from datetime import time, timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from activityplans.models import Service, Session
from activityplans.transitions.attendance import plan_sessions
from employers import transitions as employers
from employers.fairs.transitions import add_employer
from employers.models import Fair
from intake.enums import DeskKind, PassingGround, VisitPurpose
from intake.lists.models import ListImport
from intake.lists.reading import read_sheet
from intake.mapping.rules import Statement
from intake.models import MappingArea
from intake.transitions import register_visit
from intake.transitions.desks import add_desk
from intake.transitions.facts import add_fact
from intake.transitions.groups import Planned, plan_meeting, sign_up
from intake.transitions.lists import match_columns, upload_list
from intake.transitions.mapping import (
    MappingInput,
    PartInput,
    Written,
    add_part,
    save_mapping,
)
from intake.transitions.progress import MeasureInput, asked_of, record_measure
from intake.transitions.referrals_in import Sending, send_referral
from jobcentre.accounts.enums import Role
from jobcentre.accounts.models import Unit
from jobcentre.casework.deadlines import calendar, clock
from jobcentre.casework.enums import ConsentPurpose, Source, Track, TrackReason
from jobcentre.casework.models import Case, ExitReason, Language, Specialisation
from jobcentre.casework.transitions.appointments import book_appointment
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.casework.transitions.coaches import save_profile
from jobcentre.casework.transitions.contacts import ContactInput
from jobcentre.casework.transitions.contacts import note_contact as note_contact_outside
from jobcentre.casework.transitions.cover import cover_cases
from jobcentre.casework.transitions.handing_over import Handing, hand_over
from jobcentre.casework.transitions.hours import add_absence
from jobcentre.casework.transitions.loans import Lending, lend_case
from jobcentre.casework.transitions.persons import register_person
from jobcentre.casework.transitions.records import write_note
from jobcentre.casework.transitions.tracks import change_track
from jobcentre.notices.models import Notice
from referrals import transitions as orders
from referrals.enums import ReportKind
from referrals.transitions import agreements, courses, methods
from referrals.transitions import providers as register
from reporting.transitions.reports import order_report
from tests.factories import MONDAY, Town, claimed, noon
from tests.pages import ALONE, url_names
from tests.world import COURSE, PROFILE, sent_statement
from tests.youth_world import grow_young

pytestmark = [pytest.mark.django_db, pytest.mark.wide]


class Growing:
    """A town in which each `grow` tells the whole story of one more person, employer and report."""

    def __init__(self):
        self.town = Town()
        self.size = 0
        self.anchor = {}
        for role in Role:
            self.town.user(role)

    def grow(self) -> None:
        town, n = self.town, self.size
        coach = town.user(Role.COACH)
        case = town.consented(town.opened(given_name=f"Eva {n}"))
        town.approved(case)
        order = self._order(case)
        # A month that has ended has a session, and the one before has its statement.
        Session.objects.create(
            case=case, activity=order.activity, on=MONDAY - timedelta(days=32), starts_at=time(9),
            minutes=60, outcome="present", registered_by=coach, registered_at=timezone.now(),
        )  # fmt: skip
        sent_statement(case, MONDAY - timedelta(days=60), coach)
        clock.recompute(case)
        self._noted(case, coach)
        self._supported(case, coach)
        self._placed(case)
        town.submitted(town.opened(given_name=f"Nils {n}"))
        left = town.opened(given_name=f"Olle {n}", on=MONDAY - timedelta(days=90))
        leaving = Leaving(ExitReason.objects.get(key="studies"), MONDAY - timedelta(days=80))
        close_case(left, leaving, actor=coach, today=MONDAY, version=left.version)
        self.anchor["young"] = grow_young(town, n, self.anchor.get("young"))
        self._reported(n)
        self._registered_provider(n)
        claimed(order, self.anchor["agreement"])
        Notice.objects.create(user=coach, key=f"n{n}", text_sv=f"Något {n}.", text_en="Wait.")
        self._coached(town.user(Role.COACH, name=f"Coach {n}"))
        self._listed(n)
        self._young_listed(n)
        for _registration in range(2):
            twice = {"given_name": "Tove", "family_name": "Lika", "phone": "070-174 06 50"}
            register_person(twice, None, town.units["north"], actor=None)
        self.anchor.setdefault("case", case)
        self.anchor.setdefault("order", order)
        self.size += 1

    def _grouped(self) -> None:
        """One more information meeting for one case, one more person in the first meeting."""
        town, n = self.town, self.size
        if "grouped" not in self.anchor:
            self.anchor["grouped"] = town.opened(given_name="Grupp")
        first, desk = self.anchor["grouped"], town.user(Role.RECEPTION)
        starts_at = noon(MONDAY) + timedelta(days=1 + n)
        planned = Planned("rights", f"Rättigheter {n}", starts_at, 60, "Sal 1", 40, desk)
        meeting = plan_meeting(town.units["north"], planned, actor=desk)
        sign_up(meeting, first.person, case=first, actor=desk)
        sign_up(self.anchor.setdefault("group", meeting), town.person(), case=None, actor=desk)

    def _coached(self, colleague) -> None:
        """One more coach with a profile, cases and a day away, one more move and hand-over."""
        town, coach = self.town, self.town.user(Role.COACH)
        first = Case.objects.get(pk=self.anchor.get("moved", town.opened(given_name="Spår")).pk)
        self.anchor["moved"] = first
        save_profile(
            colleague, Language.objects.all()[:3], Specialisation.objects.all()[:2], actor=None
        )
        add_absence(colleague, MONDAY, MONDAY + timedelta(days=2), actor=colleague)
        track = Track.DIRECT if first.track != Track.DIRECT else Track.LATER
        moved = change_track(
            first, track, TrackReason.CLOSER, "", actor=coach, today=MONDAY, version=first.version
        )
        case = town.opened(given_name="Täckt", coach=colleague)
        cover_cases(
            [case], coach, MONDAY, MONDAY + timedelta(days=2), actor=town.user(Role.MANAGER)
        )
        away = self.anchor.setdefault("away", colleague)
        starts_at = noon(MONDAY) + timedelta(minutes=30 * self.size)
        book_appointment(case, away, starts_at, "Möte", actor=None, minutes=25)
        back_and_forth = ((coach, colleague), (colleague, coach))
        for _former, new in back_and_forth:
            hand_over(
                Case.objects.get(pk=moved.pk),
                Handing(new, "Läs planen."),
                actor=town.user(Role.MANAGER),
                today=MONDAY,
            )

    def _listed(self, n: int) -> None:
        """One more list, and one more row of the first one."""
        desk = self.town.user(Role.RECEPTION)
        sheet = read_sheet("lista.csv", b"Namn\nTove Lika\n")
        source = upload_list(self.town.units["north"], f"lista {n}.csv", sheet, actor=desk)
        source = match_columns(source, {"name": "Namn"}, actor=desk, today=MONDAY)
        first = self.anchor.setdefault("list", source)
        if first != source:
            row = source.rows.get()
            row.pk, row.source, row.line = None, first, 10 + n
            row.save(force_insert=True)

    def _young_listed(self, n: int) -> None:
        """One more list of the young, one more row of the first one, one more who is not on it."""
        who = self.town.user(Role.YOUTH_COORDINATOR)
        sheet = read_sheet("unga.csv", b"Namn;Personnummer\nTove Lika;\n")
        source = upload_list(
            self.town.units["youth"],
            f"unga {n}.csv",
            sheet,
            actor=who,
            origin="population",
            listed_on=MONDAY,
            is_full=True,
        )
        source = match_columns(source, source.matching, actor=who, today=MONDAY)
        first = self.anchor.setdefault("young_list", source)
        if first != source:
            row = source.rows.get()
            row.pk, row.source, row.line = None, first, 10 + n
            row.save(force_insert=True)
        ListImport.objects.filter(pk=first.pk).update(state="done", finished_at=timezone.now())

    def _order(self, case):
        staff = self.town.user(Role.PROVIDER_STAFF)
        order = self.town.ordered(case)
        accepted = {"first_day_on": MONDAY, "contact": "Bo", "although_full": True}
        orders.accept_order(order, **accepted, actor=staff, today=MONDAY)
        order = orders.start_order(order, started_on=MONDAY, actor=staff, today=MONDAY)
        plan_sessions(order.activity, [MONDAY], time(11), 180, "Verkstaden", actor=staff)
        return order

    def _noted(self, case, coach) -> None:
        """What hangs on the first case, and on the queue at the front desk."""
        n, first = self.size, self.anchor.get("case", case)
        self._mapped(coach)
        self._grouped()
        order = self.anchor.get("order") or first.orders.get()
        staff = self.town.user(Role.PROVIDER_STAFF)
        # Long enough to be seen on the case page, which shows its nine latest events only.
        write_note(first, f"Anteckning {n}. " + "Ringde, kommer på torsdag. " * 5, actor=coach)
        lending = Lending(
            host=self.town.units["south"],
            service=f"Verkstad {n}",
            reason="Finns bara där.",
            starts_on=MONDAY,
            ends_before=MONDAY + timedelta(days=30),
        )
        lend_case(case, lending, actor=coach, today=MONDAY)
        known = ContactInput("af", f"Handläggare {n}", phone="08-465 004 05")
        note_contact_outside(first, known, actor=coach, today=MONDAY)
        when = noon(MONDAY) + timedelta(minutes=10 * n)
        book_appointment(case, coach, when, "Planering", actor=coach, minutes=10)
        orders.write_message(order, f"Meddelande {n}", actor=staff, today=MONDAY)
        kept = orders.ReportInput(ReportKind.DEVIATION, f"Avvikelse {n}.", "Samtal förs.")
        report = orders.send_report(order, kept, actor=staff, today=MONDAY)
        orders.return_report(report, reason=f"Skriv mer {n}.", actor=coach, today=MONDAY)
        self.anchor.setdefault("sent", report)
        more = [MONDAY + timedelta(days=1 + n)]
        plan_sessions(order.activity, more, time(13), 60, "Verkstaden", actor=staff)
        register_visit(
            self.town.units["north"],
            VisitPurpose.PAPERS,
            actor=self.town.user(Role.RECEPTION),
            person=case.person,
        )
        add_desk(self.town.units["north"], f"Disk {n}", DeskKind.DESK, actor=None)
        send_referral(
            None,
            {"given_name": f"Remitterad {n}"},
            None,
            Sending(
                source=Source.INCOME_SUPPORT,
                centre=self.town.units["north"],
                ground=PassingGround.CONSENT,
                district=self.town.units["north_district"],
            ),
            actor=self.town.user(Role.SOCIAL_SECRETARY),
            today=MONDAY,
        )

    def _mapped(self, coach) -> None:
        """One more wording, fact, part and measure in the mapping of one case."""
        n = self.size
        if "mapped" not in self.anchor:
            self.anchor["mapped"] = self.town.opened(given_name="Karta")
        first = self.anchor["mapped"]
        wording = Written(Statement(text=f"Lydelse {n}"))
        area = MappingArea.objects.order_by("position")[n].key
        save_mapping(first, MappingInput({area: wording}), actor=coach, today=MONDAY)
        language = {"code": "b1", "text": f"Språk {n}"}
        add_fact(first, "language", language, actor=coach, today=MONDAY)
        said = PartInput("work", f"Bidrag {n}", MONDAY, "af", "Sara Ek", "AF")
        add_part(first, said, actor=coach, today=MONDAY)
        indicators = [row.key for row in asked_of("person", MONDAY)]
        steps = dict.fromkeys(indicators[: 1 + n], 3)  # the same day again, one more of them
        measured = MeasureInput("person", MONDAY, steps)
        record_measure(first, measured, actor=coach, today=MONDAY)

    def _supported(self, case, coach) -> None:
        """One more person with support by a method; one more contact, step, plan of the first."""
        n = self.size
        first = Case.objects.get(pk=self.anchor.get("case", case).pk)
        begun = methods.Start("mobilisation", f"Mål {n}.", MONDAY, 60)
        if "method" in self.anchor:
            methods.start_method(case, begun, actor=coach, today=MONDAY)
        support = self.anchor.get("method") or methods.start_method(
            first, begun, actor=coach, today=MONDAY
        )
        self.anchor["method"] = support
        courses.request_course(first, {**COURSE, "title": f"Kurs {n}"}, actor=coach, today=MONDAY)
        contact = {
            "on": MONDAY, "kind": "meeting", "minutes": 30, "with_whom": "person", "name": "",
            "text": f"Samtal {n}.",
        }  # fmt: skip
        methods.log_contact(support, contact, actor=coach, today=MONDAY)
        support.refresh_from_db()
        step = "group" if n % 2 == 0 else "future_plan"
        methods.take_step(
            support, step, on=MONDAY, outcome=f"Steg {n}.", actor=coach, today=MONDAY,
            edit=support.version,
        )  # fmt: skip
        wanted = methods.Start("supported", f"Jobb {n}.", MONDAY, 60)
        another = methods.start_method(first, wanted, actor=coach, today=MONDAY)
        methods.end_method(
            another, on=MONDAY, reason="on_own", note="", outcome="Klart.", actor=coach,
            today=MONDAY,
        )  # fmt: skip

    def _placed(self, case) -> None:
        """One more employer, one more need of the first one, one more placement and candidate."""
        town, n = self.town, self.size
        coordinator = town.user(Role.BUSINESS_COORDINATOR)
        employer = employers.register_employer(
            {"name": f"Bageri {n}"},
            coordinator=coordinator,
            unit=town.units["top"],
            actor=coordinator,
        )
        first = self.anchor.setdefault("employer", employer)
        desk, at = self.town.user(Role.RECEPTION), noon(MONDAY) + timedelta(days=1 + n, hours=3)
        planned = Planned("fair", f"Mässa {n}", at, 60, "Hallen", 40, desk)
        fair = Fair.objects.get(pk=plan_meeting(self.town.units["north"], planned, actor=desk).pk)
        add_employer(self.anchor.setdefault("fair", fair), employer, actor=coordinator)
        if n:
            add_employer(fair, first, actor=coordinator)
        employers.note_contact(first, MONDAY, "phone", f"Samtal {n}", actor=coordinator)
        need = employers.open_need(
            first,
            {"title": f"Bagare {n}", "kind": "job", "occupation": "bagare", "starts_on": MONDAY},
            actor=coordinator,
            today=MONDAY,
        )
        wanted = self.anchor.setdefault("need", need)
        town.consented(case, ConsentPurpose.COMPETENCE_BANK)
        employers.save_profile(
            case, {**PROFILE, "available_from": MONDAY}, actor=None, today=MONDAY
        )
        employers.propose_placement(case, wanted, "", actor=None, today=MONDAY)
        bank = town.consented(town.opened(given_name=f"Sök {n}"), ConsentPurpose.COMPETENCE_BANK)
        employers.save_profile(
            bank, {**PROFILE, "available_from": MONDAY}, actor=None, today=MONDAY
        )

    def _registered_provider(self, n: int) -> None:
        """One more provider, one more place, person, number and sub-supplier of the first one."""
        unit = self.town.units["north_provider"] if n == 0 else None
        if unit is None:
            top = self.town.units["top"]
            unit = Unit.objects.create(name=f"Utförare {n}", kind="provider", parent=top)
        training = Service.objects.get(key="work_training")
        details = {"form": "municipal", "organisation_number": "", "description": "Trä."}
        made = register.add_provider(unit, details, [training], actor=None)
        first = self.anchor.setdefault("provider", made)
        place = {"street": "Gatan 1", "city": "Älvbro", "opening_hours": "8–16"}
        week = {"service": training, "from_on": MONDAY + timedelta(days=7 * n), "places": n + 1}
        rows = {
            "sites": {"name": f"Lokal {n}", **place},
            "people": {"kind": "contact", "name": f"Bo {n}", "phone": "08-465 004 05"},
            "capacities": week,
            "sub_suppliers": {"name": f"Hjälp {n}", "does": "Prov", "starts_on": MONDAY},
        }
        for part, values in rows.items():
            first.refresh_from_db()
            register.save_part(first, part, None, values, actor=None, edit=first.version)
        services = [
            {
                "service": service,
                "requirement": "Handledare.",
                "price_model": "week",
                "price": 900,
                "steps": {},
            }
            for service in Service.objects.filter(at_provider=True)[: n + 1]
        ]
        terms = {
            "title": f"Avtal {n}",
            "starts_on": MONDAY,
            "ends_before": MONDAY + timedelta(days=365),
            "why": "Nytt.",
        }
        proposer, decider = self.town.user(Role.MANAGER), self.town.user(Role.MANAGER, "south")
        agreement = agreements.propose_agreement(made, f"AVT-{n}", terms, services, actor=proposer)
        held = self.anchor.setdefault("agreement", agreement)
        if held != agreement:
            held.refresh_from_db()
            agreements.propose_change(held, terms, services, actor=proposer, edit=held.version)
        agreements.decide_agreement(held.versions.first(), approves=True, reason="", actor=decider)
        if made != first:
            register.save_part(made, "capacities", None, week, actor=None, edit=1)

    def _reported(self, n: int) -> None:
        order_report(
            MONDAY - timedelta(days=90 + n),
            MONDAY,
            [self.town.units["north"]],
            "sv",
            actor=self.town.user(Role.MANAGER),
            today=MONDAY,
        )


@dataclass(frozen=True)
class Listed:
    """A page with a list: whose, where, and what is posted (None: it is got)."""

    role: Role
    name: str
    args: tuple[str, ...] = ()  # keys of the anchor: the object's argument
    query: str = ""
    post: tuple[tuple[str, str], ...] | None = None
    htmx: bool = False

    def __str__(self) -> str:
        return f"{self.role}-{self.name}{self.query}{'-htmx' if self.htmx else ''}"


R = Role
LISTS = [
    Listed(R.COACH, "casework:now"),
    Listed(R.COACH, "intake:groups"),
    Listed(R.COACH, "intake:group_calendar"),
    Listed(R.RECEPTION, "intake:group", ("group",)),
    Listed(R.RECEPTION, "intake:group_participants", ("group",)),
    Listed(R.RECEPTION, "intake:group_sign_up", ("group",), post=(("q", "Nils"),)),
    Listed(R.COACH, "intake:case_sign_up", ("grouped",)),
    Listed(R.COACH, "casework:tab", ("grouped", "meetings")),
    Listed(R.COACH, "casework:tab", ("case", "methods")),
    Listed(R.COACH, "referrals:methods"),
    Listed(R.COACH, "referrals:courses"),
    Listed(R.COACH, "referrals:method", ("method",)),
    Listed(R.MANAGER, "casework:caseloads"),
    Listed(R.COACH, "casework:caseloads"),
    Listed(R.RECEPTION, "casework:absences"),
    Listed(R.RECEPTION, "casework:absence_of", ("away",)),
    Listed(R.MANAGER, "casework:absence_of", ("away",)),
    Listed(R.MANAGER, "casework:hand_over_many", ("coach",)),
    Listed(R.COACH, "casework:hand_over", ("moved",)),
    Listed(R.MANAGER, "casework:assign", ("case",)),
    Listed(R.COACH, "casework:track", ("moved",)),
    Listed(R.COACH, "casework:cases"),
    Listed(R.COACH, "casework:meetings"),
    Listed(R.COACH, "casework:loans"),
    Listed(R.RECEPTION, "casework:loans"),
    Listed(R.RECEPTION, "intake:referrals_in"),
    Listed(R.MANAGER, "casework:cases", query="?state=closed"),
    Listed(R.SOCIAL_SECRETARY, "casework:cases"),
    Listed(R.COACH, "casework:search", post=(("q", "Åberg"),)),
    Listed(R.RECEPTION, "casework:search", post=(("q", "Åberg"),), htmx=True),
    Listed(R.RECEPTION, "intake:desk"),
    Listed(R.RECEPTION, "intake:queue"),
    Listed(R.MANAGER, "intake:screens"),
    Listed(R.RECEPTION, "intake:lookup", post=(("q", "Eva"),)),
    Listed(R.RECEPTION, "intake:visits"),
    Listed(R.RECEPTION, "intake:duplicates"),
    Listed(R.MANAGER, "intake:duplicates"),
    Listed(R.YOUTH_COORDINATOR, "intake:youth_start"),
    Listed(R.YOUTH_COORDINATOR, "intake:youth_register"),
    Listed(R.YOUTH_COORDINATOR, "intake:youth_find", post=(("q", "Ek"),)),
    Listed(R.YOUTH_COORDINATOR, "intake:youth_entry", ("young",)),
    Listed(R.YOUTH_COORDINATOR, "intake:youth_contracts"),
    Listed(R.YOUTH_COORDINATOR, "intake:youth_kaa"),
    Listed(R.RECEPTION, "intake:lists"),
    Listed(R.RECEPTION, "intake:list", ("list",)),
    Listed(R.RECEPTION, "intake:list", ("list",), htmx=True),
    Listed(R.YOUTH_COORDINATOR, "intake:list", ("young_list",)),
    Listed(R.COACH, "activityplans:plans"),
    Listed(R.SOCIAL_SECRETARY, "activityplans:queue"),
    Listed(R.SOCIAL_SECRETARY, "activityplans:decided"),
    Listed(R.COACH, "referrals:orders"),
    Listed(R.COACH, "referrals:order", ("order",)),
    Listed(R.PROVIDER_STAFF, "referrals:order", ("order",)),
    Listed(R.COACH, "referrals:providers"),
    Listed(R.MANAGER, "referrals:agreements"),
    Listed(R.MANAGER, "referrals:agreement", ("agreement",)),
    Listed(R.MANAGER, "referrals:provider", ("provider",)),
    Listed(R.MANAGER, "referrals:claims"),
    Listed(R.PROVIDER_STAFF, "referrals:portal"),
    Listed(R.PROVIDER_STAFF, "referrals:own_claims"),
    Listed(R.PROVIDER_STAFF, "referrals:attendance"),
    Listed(R.PROVIDER_STAFF, "referrals:attendance_month"),
    Listed(R.COACH, "activityplans:attendance"),
    Listed(R.COACH, "activityplans:attendance_month"),
    Listed(R.COACH, "activityplans:statements"),
    Listed(R.SOCIAL_SECRETARY, "activityplans:statements"),
    Listed(R.BUSINESS_COORDINATOR, "employers:start"),
    Listed(R.RECEPTION, "employers:list"),
    Listed(R.BUSINESS_COORDINATOR, "employers:employer", ("employer",)),
    Listed(R.BUSINESS_COORDINATOR, "employers:fairs"),
    Listed(R.BUSINESS_COORDINATOR, "employers:fair", ("fair",)),
    Listed(R.RECEPTION, "intake:group", ("fair",)),
    Listed(R.BUSINESS_COORDINATOR, "employers:needs"),
    Listed(R.BUSINESS_COORDINATOR, "employers:need", ("need",)),
    Listed(R.COACH, "employers:need", ("need",)),
    Listed(R.COACH, "employers:fitting", ("case",)),
    Listed(R.COACH, "reporting:followups"),
    Listed(R.MANAGER, "reporting:followups", query="?state=coming"),
    Listed(R.MANAGER, "reporting:dashboard"),
    Listed(R.MANAGER, "reporting:figure", ("figure",)),
    Listed(R.MANAGER, "reporting:reports"),
    Listed(R.MANAGER, "reporting:reports", htmx=True),
    Listed(R.COACH, "notices:list"),
    Listed(R.ADMINISTRATOR, "accounts:units"),
    Listed(R.COACH, "casework:case", ("case",)),
    Listed(R.COACH, "casework:timeline", ("case",)),
    Listed(R.COACH, "casework:tab", ("case", "people")),
    Listed(R.COACH, "casework:tab", ("case", "attendance")),
    Listed(R.COACH, "casework:tab", ("case", "orders")),
    Listed(R.COACH, "casework:tab", ("mapped", "mapping")),
    Listed(R.COACH, "casework:tab", ("mapped", "progress")),
    Listed(R.COACH, "intake:mapping", ("mapped",)),
    Listed(R.COACH, "intake:mapping_history", ("mapped",)),
]


def look(client, listed: Listed, anchor: dict) -> tuple[list[str], int]:
    """The statements of the page and its size in bytes; the first time warms what is kept."""
    values = {
        "case": anchor["case"].number,
        "mapped": anchor["mapped"].number,
        "moved": anchor["moved"].number,
        "grouped": anchor["grouped"].number,
        "list": anchor["list"].ref,
        "young_list": anchor["young_list"].ref,
        "order": anchor["order"].ref,
        "employer": anchor["employer"].pk,
        "need": anchor["need"].pk,
        "figure": "open_cases",
        "young": anchor["young"].ref,
        "coach": anchor["case"].coach_id,
        "away": anchor["away"].pk,
        "group": anchor["group"].ref,
        "fair": anchor["fair"].ref,
        "provider": anchor["provider"].pk,
        "agreement": anchor["agreement"].pk,
        "method": anchor["method"].ref,
    }
    url = reverse(listed.name, args=[values.get(key, key) for key in listed.args]) + listed.query
    headers = {"HTTP_HX_REQUEST": "true"} if listed.htmx else {}
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            if listed.post is None:
                answer = client.get(url, **headers)
            else:
                answer = client.post(url, dict(listed.post), **headers)
        assert answer.status_code == 200, (listed, answer.status_code)
    return [each["sql"] for each in asked.captured_queries], len(answer.content)


@pytest.fixture(scope="module")
def measured(module_transaction, client_of):
    """(statements, bytes) of every list with one row, and with ten."""
    growing = Growing()
    clients = {role: client_of(growing.town.user(role)) for role in Role}
    measures = []
    # The closed days of a page are read again each minute, whenever that falls.
    with patch.object(calendar, "_SECONDS", 3600):
        cache.clear()
        for size in (1, 10):
            while growing.size < size:
                growing.grow()
            measures.append(
                {each: look(clients[each.role], each, growing.anchor) for each in LISTS}
            )
    return measures


@pytest.mark.parametrize("listed", LISTS, ids=str)
def test_ten_rows_cost_the_queries_of_one(listed, measured):
    one, ten = (each[listed] for each in measured)
    assert ten[1] > one[1], "the ten rows are not on the page: the test shows nothing"
    more = [sql for sql in ten[0] if ten[0].count(sql) > 1 or sql not in one[0]]
    assert len(ten[0]) <= len(one[0]), "\n".join(sql[:300] for sql in more)


def test_queries_that_grow_are_found(measured):
    """The measure counts: the same page with a query for each row would have nine more."""
    one, ten = (each[LISTS[1]] for each in measured)
    assert 1 < len(one[0]) < 40
    assert len([*ten[0], *["SELECT 1"] * 9]) > len(one[0])


# Pages without an object that list nothing whose number grows with use.
NO_LIST = {
    "reporting:quality",  # sums by provider; tests/reporting/test_quality.py has ten times the orders
    "reporting:quality_file",  # the same sums
    "accounts:password",
    "activityplans:catalogue",  # the code list of services
    "activityplans:templates",  # the code list of templates, each with its own lines
    "activityplans:template_new",
    "activityplans:service_new",
    "activityplans:stand_ins",  # the few of a unit who are away
    "casework:my_absence",
    "casework:my_hours",  # one's own few absences
    "casework:my_profile",  # two code lists
    "employers:new",
    "referrals:provider_new",
    "referrals:agreement_new",
    "referrals:course_file",  # one statement, sent line by line
    "referrals:claim_file",  # one statement, sent line by line
    "referrals:own_claim_file",  # the same
    "favicon",
    "health",
    "intake:group_new",
    "intake:entrances",  # the few agreed entrances of protected people
    "intake:company",
    "intake:referral_in_new",
    "intake:occupations",  # twenty of a list in the code
    "intake:youth_new",
    "intake:youth_needs",  # ten kinds of needs
    "ui:accent",
    "ui:accessibility",
    "ui:help",
}


def unmeasured(names) -> set[str]:
    """Pages without an object that are neither measured nor said to list nothing."""
    shown = {name for name in names if ALONE.get(name, (200, 405))[0] == 200}
    return shown - NO_LIST - {listed.name for listed in LISTS}


def test_every_list_is_measured():
    assert unmeasured(name for name, arguments in url_names() if not arguments) == set()
    assert unmeasured(["casework:cases", "casework:new_list"]) == {"casework:new_list"}
