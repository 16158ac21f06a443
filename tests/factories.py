"""Situations for tests, made through the transitions that users press.

`Town` is a small municipality with two centres; its methods tell what happened to a person:
`opened`, `mapped`, `submitted`, `approved`, `ordered`, `protected`. Personal numbers come from the
official test series only.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from activityplans.models import Service
from activityplans.rules import latest_end
from activityplans.transitions import plans
from intake.mapping.rules import Statement
from intake.models import MappingArea
from intake.transitions import mapping
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.approvals import rules as approval_rules
from jobcentre.casework.approvals.writer import decide
from jobcentre.casework.deadlines import clock
from jobcentre.casework.enums import (
    ApprovalState,
    ConsentForm,
    ConsentPurpose,
    Protection,
    Source,
    Track,
)
from jobcentre.casework.identity import check_digit, parse_identity
from jobcentre.casework.models import Approval, Case, Person, TargetGroup
from jobcentre.casework.registries import approval_kinds
from jobcentre.casework.transitions import cases, persons, protection, records
from referrals import transitions as orders
from referrals.enums import PriceStep
from referrals.models import Claim

MONDAY = date(2026, 11, 16)  # an ordinary working week


def official_number(born: date, *, woman: bool = True) -> str:
    """A number of the official test series: birth serial 238 for women, 239 for men."""
    nine = f"{born:%y%m%d}{238 if woman else 239}"
    return f"{born:%Y%m%d}{nine[6:]}{check_digit(nine)}"


@dataclass
class Town:
    """Two centres with a district and an income-support unit each, two providers, all roles.

    `user(role, where)` returns a user who acts in that role; `where` is "north" or "south".
    """

    today: date = MONDAY
    units: dict[str, Unit] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    _people: int = 0

    def __post_init__(self):
        top = self._unit("top", "Testby kommun", UnitKind.MUNICIPALITY)
        self._unit("labour", "Arbetsmarknadsnämnden", UnitKind.COMMITTEE, top)
        self._unit("social", "Socialnämnden", UnitKind.COMMITTEE, top)
        self._unit("youth", "Ungdomsenheten", UnitKind.YOUTH, self.units["labour"])
        for where, name in (("north", "Norr"), ("south", "Söder")):
            centre = self._unit(
                where, f"Jobbtorg {name}", UnitKind.JOB_CENTRE, self.units["labour"]
            )
            support = self._unit(
                f"{where}_support",
                f"Försörjningsstöd {name}",
                UnitKind.INCOME_SUPPORT,
                self.units["social"],
            )
            self._unit(
                f"{where}_district",
                f"Stadsdel {name}",
                UnitKind.DISTRICT,
                centre,
                income_support_unit=support,
            )
            self._unit(f"{where}_provider", f"Verkstad {name}", UnitKind.PROVIDER, top)

    def _unit(self, key, name, kind, parent=None, **fields):
        self.units[key] = Unit.objects.create(name=name, kind=kind, parent=parent, **fields)
        return self.units[key]

    def unit_of(self, role: Role, where: str) -> Unit:
        return self.units[
            {
                Role.SOCIAL_SECRETARY: f"{where}_support",
                Role.PROVIDER_STAFF: f"{where}_provider",
                Role.YOUTH_COORDINATOR: "youth",
                Role.BUSINESS_COORDINATOR: "top",
                Role.STUDY_COUNSELLOR: "top",
                Role.ADMINISTRATOR: "top",
            }.get(role, where)
        ]

    def user(self, role: Role, where: str = "north", name: str = "") -> User:
        """The user of the role (one for each name); acts in it. Made at the first call."""
        role = Role(role)
        key = (role.value, f"{where}:{name}")
        if key not in self.users:
            user = User.objects.create(
                email=f"{role}.{where}.{name or 'first'}@example.org",
                name=name or f"{role.label} {where}",
                is_staff=role == Role.ADMINISTRATOR,
                is_superuser=role == Role.ADMINISTRATOR,
            )
            user.acting = Membership.objects.create(
                user=user,
                role=role,
                unit=self.unit_of(role, where),
                valid_from=self.today - timedelta(days=400),
            )
            self.users[key] = user
        return self.users[key]

    # --- situations ------------------------------------------------------------------------------
    def person(self, *, where: str = "north", **fields) -> Person:
        """A person with a number of the test series, registered at the centre."""
        self._people += 1
        born = date(1980, 1, 1) + timedelta(days=self._people)
        values = {"given_name": "Eva", "family_name": "Åberg", "phone": "070-174 06 50", **fields}
        return persons.register_person(
            values, parse_identity(official_number(born), self.today), self.units[where], actor=None
        )

    def opened(
        self,
        *,
        where: str = "north",
        on: date | None = None,
        coach: User | None = None,
        person: Person | None = None,
        source: str = Source.INCOME_SUPPORT,
        support_unit: bool = True,
        groups: tuple[str, ...] = ("income_support",),
        **person_fields,
    ) -> Case:
        """A case opened on `on` (today when absent) with the centre's coach."""
        case = cases.open_case(
            person or self.person(where=where, **person_fields),
            cases.Enrolment(
                centre=self.units[where],
                source=source,
                track=Track.LATER,
                target_groups=list(TargetGroup.objects.filter(key__in=groups)),
                district=self.units[f"{where}_district"] if support_unit else None,
                coach=coach or self.user(Role.COACH, where),
            ),
            actor=None,
            today=on or self.today,
        )
        return Case.objects.get(pk=case.pk)

    def mapped(self, case: Case, on: date | None = None) -> Case:
        """The mapping of the case is completed."""
        mapping.save_mapping(
            case,
            mapping.MappingInput(
                {
                    key: mapping.Written(Statement(level=3))
                    for key in MappingArea.objects.values_list("key", flat=True)
                },
                "Kan arbeta heltid.",
            ),
            actor=None,
            today=on or self.today,
            complete=True,
        )
        return case

    def plan_input(self, case: Case, on: date, **changes) -> plans.PlanInput:
        """A plan that can be sent, with one activity at the centre's provider."""
        where = "north" if case.centre_id == self.units["north"].pk else "south"
        line = plans.LineInput(
            service=Service.objects.get(key="work_training"),
            description="Tränar i verkstad.",
            expected_result="Klarar en hel dag.",
            starts_on=on,
            ends_before=on + timedelta(days=60),
            hours_per_week=Decimal(30),
            provider=self.units[f"{where}_provider"],
        )
        values = {
            "starts_on": on,
            "ends_before": latest_end(on),
            "goal": "Arbete i kök.",
            "own_search_hours": Decimal(10),
            "target_reason": "Mer planeras efter hand.",  # the activity ends before the plan
            "lines": [line],
            **changes,
        }
        return plans.PlanInput(**values)

    def submitted(self, case: Case, on: date | None = None, **changes) -> Approval:
        """A plan is written and sent for approval."""
        on = on or self.today
        version = plans.save_draft(case, self.plan_input(case, on, **changes), actor=None, today=on)
        return plans.submit_plan(version, actor=None, today=on)

    def approve(
        self,
        approval: Approval,
        decider: User,
        on: date | None = None,
        state: str = ApprovalState.APPROVED,
        reason: str = "",
    ) -> Approval:
        """`decider` takes a position on what stands now."""
        kind = approval_kinds[approval.kind]
        seen = approval_rules.content_hash(kind.content(kind.subject(approval)))
        return decide(
            approval, state, actor=decider, today=on or self.today, seen_hash=seen, reason=reason
        )

    def approved(self, case: Case, on: date | None = None, **changes) -> Case:
        """A plan is in force."""
        with clock.deferred(clock.Lengths.load()):  # computed once: most tests begin here
            approval = self.submitted(case, on, **changes)
            where = "north" if case.centre_id == self.units["north"].pk else "south"
            decider = (
                self.user(Role.SOCIAL_SECRETARY, where)
                if case.income_support_unit_id
                else self.user(Role.MANAGER, where)
            )
            self.approve(approval, decider, on)
        return case

    def consented(self, case: Case, purpose: str = ConsentPurpose.PROVIDERS) -> Case:
        records.give_consent(
            case,
            purpose,
            ConsentForm.WRITTEN,
            case.started_on,
            None,
            actor=case.coach and self.acting(case.coach),
        )
        return case

    def acting(self, user: User) -> User:
        """The same user as one who acts (a user read from a row does not)."""
        return next(known for known in self.users.values() if known.pk == user.pk)

    def ordered(self, case: Case, on: date | None = None):
        """The first activity of the plan in force is ordered from its provider."""
        on = on or self.today
        line = orders.orderable_lines(case)[0]
        return orders.send_order(
            line.activity,
            orders.OrderInput(
                provider=line.provider,
                requirement="Träna kassa och servering.",
                starts_on=on,
                ends_before=line.ends_before,
                hours_per_week=line.hours_per_week,
                although_full=True,
            ),
            actor=None,
            today=on,
        )

    def protected(self, person: Person, circle: list[User]) -> Person:
        return protection.protect_person(
            person, Protection.REGISTRATION, circle, actor=None, today=self.today
        )


def claimed(order, agreement) -> Claim:
    """The amount of the first step of an order, as the ledger makes it."""
    return Claim.objects.create(
        case=order.case,
        order=order,
        agreement=agreement,
        priced_by=agreement.versions.first().services.first(),
        key=PriceStep.STARTED,
        kind=PriceStep.STARTED,
        starts_on=order.started_on,
        ends_before=order.started_on + timedelta(days=1),
        quantity=1,
        unit_price=900,
        amount=900,
        evidence={"started": order.started_on.isoformat()},
    )


def noon(day: date) -> datetime:
    """Twelve o'clock of the day, Swedish time."""
    return timezone.make_aware(datetime.combine(day, time(12)))
