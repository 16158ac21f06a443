"""One of everything for each relation: what the pages of the access matrix are asked for.

`own`, `colleague` and `protected` are cases of the north centre, `other` and `lent` of the south,
`lent` lent to the north today. The coach of `own` is the north's first coach; the circle of
`protected` holds nobody of the north. Which role
stands how to which of them is `STANDS`; to all others it has no relation and sees nothing.
"""

from datetime import date, time, timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from activityplans.models import AfPackage, PlanTemplate, RepeatedAbsence, Service, SupportStatement
from activityplans.statements import compile_statement
from activityplans.transitions.attendance import plan_sessions
from activityplans.transitions.packages import PackageInput, hand_over_package
from activityplans.transitions.templates import TemplateLineInput, add_template
from employers.fairs.transitions import add_employer
from employers.models import Fair
from employers.transitions import (
    note_contact,
    open_need,
    propose_placement,
    register_employer,
    save_profile,
)
from intake.enums import DeskKind, PassingGround, ScreenKind, VisitPurpose
from intake.lists.reading import read_sheet
from intake.models import PlannedEntrance
from intake.transitions import register_visit
from intake.transitions.desks import add_desk, add_screen
from intake.transitions.facts import add_fact
from intake.transitions.groups import Planned, plan_meeting, sign_up
from intake.transitions.lists import match_columns, upload_list
from intake.transitions.mapping import PartInput, add_part
from intake.transitions.progress import MeasureInput, record_measure
from intake.transitions.referrals_in import Sending, send_referral
from jobcentre.accounts.enums import Role
from jobcentre.casework.access.policy import Relation
from jobcentre.casework.enums import Area, ConsentPurpose, InvolvementKind, Source
from jobcentre.casework.models import ExitReason, StaffAbsence
from jobcentre.casework.transitions.appointments import book_appointment
from jobcentre.casework.transitions.cases import Leaving, close_case
from jobcentre.casework.transitions.clocks import pause_clock
from jobcentre.casework.transitions.contacts import ContactInput
from jobcentre.casework.transitions.contacts import note_contact as note_contact_outside
from jobcentre.casework.transitions.loans import Lending, lend_case
from jobcentre.casework.transitions.merging import merge_persons
from jobcentre.casework.transitions.records import (
    add_document,
    involve,
    write_note,
)
from jobcentre.notices.models import Notice
from referrals import transitions as orders
from referrals.enums import ReportKind
from referrals.methods.enums import Method
from referrals.models import Order
from referrals.transitions import agreements, courses, methods
from referrals.transitions import providers as register
from referrals.transitions.proposals import propose
from reporting import committee
from reporting.transitions import reports
from tests.factories import Town, claimed, noon
from tests.youth_world import young_objects

R = Relation
RELATIONS = ("own", "colleague", "other", "protected", "lent")
STANDS: dict[tuple[Role, str], set[Relation]] = {
    (Role.RECEPTION, "own"): {R.CENTRE},
    (Role.RECEPTION, "colleague"): {R.CENTRE},
    (Role.COACH, "own"): {R.OWN, R.CENTRE},
    (Role.COACH, "colleague"): {R.CENTRE},
    (Role.STUDY_COUNSELLOR, "own"): {R.INVOLVED},
    (Role.SOCIAL_SECRETARY, "own"): {R.UNIT},
    (Role.SOCIAL_SECRETARY, "colleague"): {R.UNIT},
    (Role.PROVIDER_STAFF, "own"): {R.INVOLVED},
    (Role.BUSINESS_COORDINATOR, "own"): {R.CONSENTED, R.INVOLVED},
    (Role.YOUTH_COORDINATOR, "own"): {R.YOUTH},
    (Role.MANAGER, "own"): {R.CENTRE},
    (Role.MANAGER, "colleague"): {R.CENTRE},
    (Role.RECEPTION, "lent"): {R.LENT},
    (Role.COACH, "lent"): {R.LENT},
    (Role.MANAGER, "lent"): {R.LENT},
}
COURSE = {
    "title": "Truckkort",
    "organiser": "Truckskolan",
    "leads_to": "Lagret.",
    "why": "Krävs.",
    "starts_on": date(2026, 12, 1),
    "ends_before": date(2026, 12, 4),
    "price": Decimal(6000),
}
PROFILE = {
    "headline": "Van bagare",
    "occupations": "bagare",
    "skills": "",
    "languages": "",
    "has_licence": False,
    "hours_per_week": 40,
}


def sent_statement(case, on, coach) -> SupportStatement:
    """A statement of the month of `on`, sent, without a session to tell of."""
    month = on.replace(day=1)
    return SupportStatement.objects.create(
        case=case,
        month=month,
        state="sent",
        content=compile_statement(month, [], {}, "0"),
        content_hash="0" * 64,
        created_by=coach,
        sent_by=coach,
        sent_on=on,
        sent_at=timezone.now(),
    )


def handed_package(case, coach) -> AfPackage:
    """A package to AF on a rule of law, handed over."""
    written = PackageInput("Klarar halva dagar.", "Mer tid.", "AF Mätby", "law", "En regel.")
    return hand_over_package(case, written, actor=coach, today=timezone.localdate())


class World:
    """`cases[relation]`, and `objects[relation]`: what hangs on it, by the name of the argument."""

    def __init__(self, town: Town):
        self.town = town
        for role in Role:
            town.user(role)
        colleague = town.user(Role.COACH, name="Mona")
        self.cases = {
            "own": town.opened(given_name="Egon", groups=("income_support", "youth")),
            "colleague": town.opened(given_name="Kolbjörn", coach=colleague),
            "other": town.opened(given_name="Annan", where="south"),
            "protected": town.opened(given_name="Skyddad"),
            "lent": town.opened(given_name="Utlånad", where="south"),
        }
        self.objects: dict[str, dict[str, object]] = {}
        for relation, case in self.cases.items():
            self.objects[relation] = self._hanging_on(relation, case)
        for relation, young in young_objects(town).items():
            self.objects[relation].update(young)
        self._lend()
        self._employer_side()
        self._provider_side()
        for relation, where in (("own", "north"), ("other", "south")):
            self.objects[relation]["report"] = self._report(where)
        for relation, where in (("own", "north"), ("other", "south")):
            self.objects[relation]["merge"] = self._merge(where)
            self.objects[relation].update(list=self._list(where), line=2)
        self._notices()
        for relation, case in self.cases.items():
            coach = town.acting(case.coach)
            pause = pause_clock(
                case, case.started_on + timedelta(days=1), None, "illness", "", actor=coach
            )
            self.objects[relation]["pause"] = pause.pk
            # An interruption looks for absence anew, and there is none: noted by hand afterwards.
            self.objects[relation]["repeated"] = RepeatedAbsence.objects.create(
                case=case,
                first_on=town.today,
                reached_on=town.today,
                times=2,
                noticed_on=town.today,
            ).pk
        circle = [town.user(Role.MANAGER, "south")]
        town.protected(self.cases["protected"].person, circle)
        town.protected(self.left["protected"].person, circle)
        self._front_desk()

    @property
    def left(self):
        """The closed case of each relation, whose follow-ups are to be done."""
        return {relation: each["closed"] for relation, each in self.objects.items()}

    def _lend(self) -> None:
        """The own case is lent to the south, one of the south to the north, for a month."""
        town = self.town
        for relation, where in (("own", "south"), ("lent", "north")):
            case = self.cases[relation]
            lending = Lending(
                host=town.units[where],
                service="Digital verkstad",
                reason="Finns bara där.",
                starts_on=town.today,
                ends_before=town.today + timedelta(days=30),
            )
            loan = lend_case(case, lending, actor=town.acting(case.coach), today=town.today)
            self.objects[relation]["loan"] = loan.pk

    def _away(self, coach) -> int:
        """Days away that are over, so that nobody is away while the pages are walked."""
        first = self.town.today - timedelta(days=20)
        row, _made = StaffAbsence.objects.get_or_create(
            user=coach, starts_on=first, ends_before=first + timedelta(days=2)
        )
        return row.pk

    def _hanging_on(self, relation, case) -> dict[str, object]:
        """Plan, approval, order, note, document, visit, follow-up."""
        town = self.town
        where = "south" if relation in ("other", "lent") else "north"
        coach = town.acting(case.coach)
        town.consented(case)
        town.mapped(case)
        town.approved(case)
        document = add_document(
            case,
            "Intyg",
            ContentFile(b"%PDF-1.7 intyg", name="intyg.pdf"),
            "application/pdf",
            Area.DOCUMENTS,
            actor=coach,
        )
        hours = timedelta(hours=RELATIONS.index(relation))
        appointment = book_appointment(
            case, coach, noon(town.today) + hours, "Planering", actor=coach
        )
        if relation == "own":
            involve(
                case,
                InvolvementKind.GUIDANCE,
                label="Vägledning",
                starts_on=town.today,
                user=town.user(Role.STUDY_COUNSELLOR),
            )
        closed = self._closed(relation, where, coach)
        return {
            "number": case.number,
            "coach": case.coach_id,
            "absence": self._away(case.coach),
            "activity": case.activities.get().ref,
            "approval": case.approvals.get().pk,
            # Only one case of the centre is ordered, so that its provider knows one.
            **self._order(case, where, relation in ("own", "other")),
            "month": "2026-10",
            "statement": sent_statement(case, town.today - timedelta(days=60), coach).ref,
            "package": handed_package(case, coach).ref,
            "note": write_note(case, "Känsligt.", actor=coach).pk,
            "consent": case.consents.get().pk,
            "contact": note_contact_outside(
                case,
                ContactInput("af", "Sara Ek", phone="08-465 004 01"),
                actor=coach,
                today=town.today,
            ).pk,
            "document": document.ref,
            "appointment": appointment.pk,
            "meeting": appointment.ref,
            "visit": register_visit(
                town.units[where],
                VisitPurpose.PAPERS,
                actor=town.user(Role.RECEPTION, where),
                person=case.person,
            ).ref,
            **self._mapped_more(case, coach),
            "closed": closed,
            "person": case.person.ref,
            "twin": closed.person.ref,
            "follow_up": closed.follow_ups.order_by("due_on").first().ref,
            "placement": None,
            "report": None,
            **self._supported(case, coach),
        }

    def _supported(self, case, coach) -> dict[str, object]:
        """Support by a method, at the provider when the case is ordered, and a contact in its log."""
        today = self.town.today
        start = methods.Start(
            method=Method.MOBILISATION,
            aim="Egen vardag.",
            started_on=today,
            minutes_per_week=60,
            order=case.orders.first(),
        )
        support = methods.start_method(case, start, actor=coach, today=today)
        contact = {
            "on": today, "kind": "meeting", "minutes": 30, "with_whom": "person", "name": "",
            "text": "Samtal.",
        }  # fmt: skip
        logged = methods.log_contact(support, contact, actor=coach, today=today)
        course = courses.request_course(case, COURSE, actor=coach, today=today)
        return {
            "course": course.ref,
            "year": today.year,
            "method": support.ref,
            "method_contact": logged.pk,
        }

    def _mapped_more(self, case, coach) -> dict[str, object]:
        """A fact, a part of another party and a measure of progression in the mapping."""
        today = self.town.today
        said = PartInput("contacts", "Är inskriven.", today, "af", "Sara Ek", "AF")
        add_part(case, said, actor=coach, today=today)
        steps = {"goal": 3, "search": 2, "belief": 4}
        record_measure(case, MeasureInput("person", today, steps), actor=coach, today=today)
        guidance = case.involvements.filter(kind=InvolvementKind.GUIDANCE).first()
        language = {"code": "native", "text": "Svenska"}
        return {
            "fact_kind": "education",
            "fact": add_fact(case, "language", language, actor=coach, today=today).pk,
            "guidance": guidance and guidance.pk,
        }

    def _front_desk(self) -> None:
        """A desk and a screen of each centre, and the protected one's way in."""
        for relation, where in (("own", "north"), ("other", "south")):
            centre = self.town.units[where]
            self.objects[relation].update(
                centre=centre.pk,
                desk=add_desk(centre, "Disk 1", DeskKind.DESK, actor=None).pk,
                screen=add_screen(centre, ScreenKind.CHECK_IN, "Entrén", actor=None).pk,
            )
            self.objects[relation].update(self._group(relation, centre))
            self.objects[relation]["referral_in"] = send_referral(
                None,
                {"given_name": f"Remitterad {where}"},
                None,
                Sending(
                    source=Source.INCOME_SUPPORT,
                    centre=centre,
                    ground=PassingGround.CONSENT,
                    district=self.town.units[f"{where}_district"],
                ),
                actor=self.town.user(Role.SOCIAL_SECRETARY, where),
                today=self.town.today,
            ).ref
            self.objects[relation]["unenrolled"] = self.town.person(where=where).ref
        hidden = self.town.person(where="north", given_name="Utan ärende")
        self.objects["protected"]["unenrolled"] = self.town.protected(
            hidden, [self.town.user(Role.SOCIAL_SECRETARY)]
        ).ref
        protected = self.cases["protected"]
        self.objects["protected"]["entrance"] = PlannedEntrance.objects.create(
            appointment_id=self.objects["protected"]["appointment"],
            at=noon(self.town.today),
            entrance="Gårdsporten",
            agreed_by=protected.coach,
        ).pk

    def _group(self, relation: str, centre) -> dict[str, object]:
        """An information meeting of the centre, with somebody signed up who has no case."""
        where = "north" if relation == "own" else "south"
        leader = self.town.user(Role.RECEPTION, where)
        planned = Planned(
            "information", "Välkommen", noon(self.town.today) + timedelta(days=1), 60, "Sal 1", 10,
            leader,
        )  # fmt: skip
        meeting = plan_meeting(centre, planned, actor=leader)
        place = sign_up(meeting, self.town.person(where=where), case=None, actor=leader)
        at, employer = noon(self.town.today) + timedelta(days=1, hours=2), self._bakery(where)
        planned = Planned("fair", "Mässa", at, 60, "Hallen", 10, leader)
        fair = Fair.objects.get(pk=plan_meeting(centre, planned, actor=leader).pk)
        add_employer(fair, employer, actor=leader)
        return {
            "group": meeting.ref,
            "place": place.ref,
            "fair": fair.ref,
            "fair_employer": employer.pk,
        }

    def _bakery(self, where: str):
        coordinator = self.town.user(Role.BUSINESS_COORDINATOR)
        return register_employer(
            {"name": f"Brödbilen {where}"},
            coordinator=coordinator,
            unit=self.town.units["top"],
            actor=coordinator,
        )

    def _order(self, case, where, is_ordered: bool) -> dict[str, object]:
        """The order and its first session."""
        if not is_ordered:
            return {"order": None, "session": None, "sent": None}
        town = self.town
        staff = town.user(Role.PROVIDER_STAFF, where)
        order = town.ordered(case)
        accepted = {"first_day_on": town.today, "contact": "Bo", "although_full": True}
        orders.accept_order(order, **accepted, actor=staff, today=town.today)
        order = orders.start_order(order, started_on=town.today, actor=staff, today=town.today)
        days = [town.today + timedelta(days=n) for n in range(3)]
        plan_sessions(order.activity, days, time(9), 180, "Verkstaden", actor=staff)
        more = {"hours": Decimal(12), "reason": "Orkar mer."}
        propose(order, "hours", **more, actor=staff, today=town.today)
        written = orders.ReportInput(ReportKind.MONTHLY, "Kassa.", "Frågar.", month=town.today)
        report = orders.send_report(order, written, actor=staff, today=town.today)
        coach = town.acting(case.coach)
        orders.return_report(report, reason="Skriv mer.", actor=coach, today=town.today)
        session = order.activity.sessions.first()
        return {"order": order.ref, "session": session.pk, "sent": report.pk}

    def _closed(self, relation, where, coach):
        case = self.town.opened(
            given_name=f"Före {relation}",
            where=where,
            coach=coach,
            on=self.town.today - timedelta(days=60),
        )
        leaving = Leaving(
            ExitReason.objects.get(key="studies"), self.town.today - timedelta(days=20)
        )
        close_case(case, leaving, actor=coach, today=self.town.today, version=case.version)
        return case

    def _employer_side(self) -> None:
        town, today = self.town, self.town.today
        coordinator = town.user(Role.BUSINESS_COORDINATOR)
        employer = register_employer(
            {"name": "Bageriet"},
            coordinator=coordinator,
            unit=town.units["top"],
            actor=coordinator,
        )
        note_contact(employer, today, "visit", "Träff om vårens behov.", actor=coordinator)
        need = open_need(
            employer,
            {"title": "Bagare", "kind": "job", "occupation": "bagare", "starts_on": today},
            actor=coordinator,
            today=today,
        )
        own = self.cases["own"]
        town.consented(own, ConsentPurpose.COMPETENCE_BANK)
        save_profile(own, {**PROFILE, "available_from": today}, actor=None, today=today)
        placement = propose_placement(own, need, "", actor=None, today=today)
        for each in self.objects.values():
            each.update(employer=employer.pk, need=need.pk, service="cv", template=self.template)
        self.objects["own"]["placement"] = placement.pk

    def _provider_side(self) -> None:
        """A provider in the register with its premises."""
        training = Service.objects.get(key="work_training")
        details = {"form": "municipal", "organisation_number": "", "description": "Verkstad."}
        provider = register.add_provider(
            self.town.units["north_provider"], details, [training], actor=None
        )
        place = {"name": "Lokal", "street": "Gatan 1", "city": "Älvbro", "opening_hours": "8–16"}
        site = register.save_part(provider, "sites", None, place, actor=None, edit=1)
        terms = {
            "title": "Arbetsträning",
            "starts_on": self.town.today,
            "ends_before": self.town.today + timedelta(days=365),
            "why": "Nytt.",
        }
        priced = {"requirement": "Handledare.", "price_model": "week", "price": 900, "steps": {}}
        agreement = agreements.propose_agreement(
            provider,
            "AVT-1",
            terms,
            [{"service": training, **priced}],
            actor=self.town.user(Role.MANAGER, "south"),
        )
        contract = agreements.add_document(
            agreement,
            "Avtal",
            ContentFile(b"%PDF-1.7 avtal", name="avtal.pdf"),
            "application/pdf",
            actor=self.town.user(Role.MANAGER, "south"),
        )
        for each in self.objects.values():
            each.update(agreement_document=contract.ref)
            each.update(agreement=agreement.pk, claim=self._claim(each["order"], agreement))
            each.update(provider=provider.pk, provider_part="lokaler", provider_site=site.pk)

    @staticmethod
    def _claim(ref, agreement) -> int | None:
        """An amount of the order, waiting for its review."""
        if ref is None:
            return None
        return claimed(Order.objects.get(ref=ref), agreement).pk

    @property
    def template(self) -> str:
        """A template of plans, kept by all who keep the catalogue."""
        known = PlanTemplate.objects.first()
        if known is None:
            service = Service.objects.get(key="cv")
            line = TemplateLineInput(service, "Skriver cv.", "Ett cv.", weeks=4, hours_per_week=4)
            values = {"label_sv": "Grund", "label_en": "Base", "goal": "Arbete."}
            values["valid_from"] = self.town.today
            known = add_template(values, [], [line], actor=None)
        return known.key

    def _report(self, where: str):
        town, today = self.town, self.town.today
        job = reports.order_report(
            today - timedelta(days=90),
            today,
            [town.units[where]],
            "sv",
            actor=town.user(Role.MANAGER, where),
            today=today,
        )
        job = reports.claim(job.pk, timezone.now())
        rows = committee.figures_of(job, today, lambda _done, _of: None)
        reports.finish(job, rows, b"%PDF-1.7 rapport", as_of=today, now=timezone.now())
        return job.ref

    def _list(self, where: str):
        """A list that has been checked; its first row has no name."""
        town = self.town
        desk = town.user(Role.RECEPTION, where)
        sheet = read_sheet("lista.csv", b"Namn;Telefon\n;0701740650\nEva Berg;\n")
        source = upload_list(town.units[where], "lista.csv", sheet, actor=desk)
        columns = {"name": "Namn", "phone": "Telefon"}
        return match_columns(source, columns, actor=desk, today=town.today).ref

    def _young_list(self):
        """A list for the outreach register that has been checked; its first row has no name."""
        town = self.town
        coordinator = town.user(Role.YOUTH_COORDINATOR)
        sheet = read_sheet("unga.csv", b"Namn;Personnummer\n;200903042388\nLo Ek;\n")
        source = upload_list(
            town.units["youth"],
            "unga.csv",
            sheet,
            actor=coordinator,
            origin="population",
            listed_on=town.today,
        )
        return match_columns(source, source.matching, actor=coordinator, today=town.today).ref

    def _merge(self, where: str):
        """Two registrations of somebody at the centre, made one."""
        town = self.town
        kept, merged = town.person(where=where), town.person(where=where)
        manager = town.user(Role.MANAGER, where)
        return merge_persons(kept, merged, {}, actor=manager, now=timezone.now()).ref

    def _notices(self) -> None:
        """A notice for the first user of each role; `other` is a stranger's."""
        stranger = self.town.user(Role.MANAGER, "south")
        self.young_list = self._young_list()
        self.notices = {role: _notice(self.town.user(role), f"own:{role}") for role in Role}
        self.objects["other"]["notice"] = _notice(stranger, "stranger")

    def objects_for(self, role: Role, relation: str) -> dict[str, object]:
        """The objects of the relation; each role has notices of its own, the young have lists."""
        found = dict(self.objects[relation])
        if relation == "own":
            found["notice"] = self.notices[role]
            if role == Role.YOUTH_COORDINATOR:
                found["list"] = self.young_list
        return found


def _notice(user, key: str) -> int:
    return Notice.objects.create(user=user, key=key, text_sv="Något väntar.", text_en="Wait.").pk
