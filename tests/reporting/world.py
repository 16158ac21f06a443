"""A small municipality made row by row, so that every figure can be counted by hand."""

from datetime import UTC, date, datetime, time, timedelta

from activityplans.models import Activity, Service, Session
from jobcentre.accounts.acting import act_as
from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User
from jobcentre.casework.enums import CaseStatus, Outcome
from jobcentre.casework.models import Approval, Case, Consent, Deadline, Exit, ExitReason, Person
from reporting.enums import FollowUpKind, FollowUpState
from reporting.figures.scope import Scope
from reporting.models import FollowUp

TODAY = date(2026, 7, 1)
FIRST, AFTER = date(2026, 1, 1), date(2026, 7, 1)
LONG_AGO = date(2025, 2, 3)


class World:
    def __init__(self):
        self.serial = 0
        self.town = Unit.objects.create(name="Provköping", kind=UnitKind.MUNICIPALITY)
        self.north = self._centre("Norr")
        self.south = self._centre("Söder")
        self.coach = self.user("Karin Norr", Role.COACH, self.north)
        self.coach_south = self.user("Sven Söder", Role.COACH, self.south)
        self.manager = self.user("Maria Chef", Role.MANAGER, self.town)
        self.manager_south = self.user("Sara Chef", Role.MANAGER, self.south)

    def _centre(self, name):
        return Unit.objects.create(name=name, kind=UnitKind.JOB_CENTRE, parent=self.town)

    def user(self, name, role, unit):
        email = f"{name.lower().replace(' ', '.').replace('ö', 'o')}@example.se"
        user = User.objects.create_user(email, "a-long-enough-password", name=name)
        membership = Membership.objects.create(
            user=user, role=role, unit=unit, valid_from=date(2020, 1, 1)
        )
        return act_as(user, membership)

    def person(self, sex="woman", born=date(1985, 5, 5), **more):
        self.serial += 1
        return Person.objects.create(
            given_name=f"Person{self.serial}",
            family_name="Prov",
            sex=sex,
            birth_date=born,
            registered_unit=self.north,
            **more,
        )

    def case(
        self,
        *,
        centre=None,
        source="af",
        track="direct",
        started=LONG_AGO,
        ended=None,
        person=None,
        **more,
    ):
        centre = centre or self.north
        person = person or self.person()
        self.serial += 1
        more.setdefault("coach", self.coach if centre == self.north else self.coach_south)
        return Case.objects.create(
            number=f"{started.year}-{self.serial:04d}",
            person=person,
            status=CaseStatus.CLOSED if ended else CaseStatus.OPEN,
            started_on=started,
            ended_on=ended,
            source=source,
            track=track,
            centre=centre,
            **more,
        )

    def left(self, reason, *, ended=date(2026, 3, 2), **more):
        """A closed case with its exit; reason None leaves it without one."""
        case = self.case(ended=ended, **more)
        if reason is not None:
            chosen = ExitReason.objects.get(key=reason)
            work = {}
            if chosen.outcome == Outcome.WORK:
                work = {"employment_form": "permanent", "extent_percent": 100, "subsidy": "none"}
            Exit.objects.create(
                case=case,
                reason=chosen,
                outcome=chosen.outcome,
                recorded_by=self.coach,
                **work,
            )
        return case

    def follow_up(self, case, months, state=FollowUpState.WAITING, occupation="", **more):
        kind = more.pop("kind", FollowUpKind.AFTER_EXIT)
        due = more.pop("due", date(2026, 6, 1))
        answered = state == FollowUpState.ANSWERED
        done = {}
        if state != FollowUpState.WAITING:
            done = {"answered_on": due, "recorded_by": self.coach, "note": "prov"}
        return FollowUp.objects.create(
            case=case,
            exit=case.exit,
            kind=kind,
            months=months,
            starts_on=due - timedelta(days=30),
            due_on=due,
            state=state,
            how="other" if answered else "",
            occupation=occupation if answered else "",
            **done,
        )

    def clock(self, case, due, *, kind="plan", **ends):
        return Deadline.objects.create(
            case=case,
            kind=kind,
            length=5,
            length_unit="workdays",
            started_on=ends.pop("started", case.started_on),
            due_on=due,
            waits_for="coach",
            **ends,
        )

    def approved(self, case, on):
        return Approval.objects.create(
            case=case,
            kind="plan",
            subject_key=f"plan:{case.pk}:{on}",
            subject_id=case.pk,
            subject_version=1,
            content_hash="0" * 64,
            unit=self.north,
            requested_by=self.coach,
            last_edited_by=self.coach,
            requested_on=on,
            state="approved",
            decided_by=self.manager,
            decided_on=on,
        )

    def session(self, case, on, outcome="not_registered"):
        activity, _made = Activity.objects.get_or_create(case=case, service=Service.objects.first())
        registered = {}
        if outcome != "not_registered":
            registered = {
                "registered_by": self.coach,
                "registered_at": datetime(2026, 6, 30, 9, tzinfo=UTC),
            }
        return Session.objects.create(
            case=case,
            activity=activity,
            on=on,
            starts_at=time(9),
            minutes=60,
            outcome=outcome,
            **registered,
        )

    def consent(self, case, purpose="follow_up", given=date(2026, 1, 2)):
        return Consent.objects.create(
            case=case, purpose=purpose, form="oral", given_on=given, recorded_by=self.coach
        )

    def scope(self, *centres, suppresses=False, starts_on=FIRST, ends_before=AFTER):
        centres = centres or (self.north, self.south)
        return Scope(
            starts_on,
            ends_before,
            tuple((centre.pk, centre.name) for centre in centres),
            TODAY,
            suppresses,
        )


def fill_exits(world):
    """Fifteen exits, one counted out, two unknown; seven of fourteen went on.

    North, from AF: five to work (one whose job did not last), one to studies, two to neither.
    North, income support: one to work, one unknown, one moved, one without any exit written.
    South, own initiative: one to work, two to neither.
    """
    for _n in range(4):
        world.left("work")
    lost = world.left("work_subsidised")
    world.follow_up(
        lost,
        1,
        FollowUpState.ANSWERED,
        "unemployed",
        kind=FollowUpKind.JOB_CHECK,
        due=date(2026, 4, 2),
    )
    world.left("studies")
    world.left("no_result")
    world.left("municipal_employment")
    for reason in ("own_business", "unknown", "moved", None):
        world.left(reason, source="income_support", track="support")
    for reason in ("work", "no_result", "care"):
        world.left(reason, source="own", track="later", centre=world.south)
    return lost


def fill_enough_to_show(world):
    """Those fifteen and 14 more: of AF six of twelve, of KAA five of ten, 13 of 28 in all."""
    fill_exits(world)
    for reason in ("studies", *3 * ("no_result",)):
        world.left(reason)
    for reason in (*5 * ("work",), *5 * ("no_result",)):
        world.left(reason, source="kaa", track="support")
