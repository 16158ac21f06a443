"""Who may do what: the one table. Roles and relations, never role alone.

`GRANTS` says for each action which relations to the case (or unit) give a role the right.
`AREAS` says which parts of a visible case a role may read. `PAGES` gives each URL its action; a
URL without a row is refused and fails the matrix test. The rules are those of
docs/security.md; nothing else in the code decides access.
"""

from enum import StrEnum

from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import Area


class Relation(StrEnum):
    """How the acting user stands to a case, or to what hangs on a unit."""

    OWN = "own"  # the user is the coach, or stands in for the coach today
    FORMER = "former"  # the user was the coach and reads on until the hand-over meeting
    CENTRE = "centre"  # the case's home centre is within the acting unit
    UNIT = "unit"  # the case's income-support unit is the acting unit
    INVOLVED = "involved"  # an involvement of the acting unit or user is valid today
    CONSENTED = "consented"  # consent to the competence bank is in force
    METHOD = "method"  # the user is the job coach of a support by a method that goes on
    LENT = "lent"  # the person is lent to a centre within the acting unit today
    YOUTH = "youth"  # a youth case of the municipality
    ALL = "all"  # needs no case


R = Relation
RECEPTION, COACH, COUNSELLOR = Role.RECEPTION, Role.COACH, Role.STUDY_COUNSELLOR
SOCIAL, PROVIDER = Role.SOCIAL_SECRETARY, Role.PROVIDER_STAFF
COORDINATOR, YOUTH = Role.BUSINESS_COORDINATOR, Role.YOUTH_COORDINATOR
MANAGER, ADMINISTRATOR = Role.MANAGER, Role.ADMINISTRATOR

# Which cases a role sees at all. Everything that hangs on a case follows from this.
SEES = {
    RECEPTION: {R.CENTRE, R.LENT},
    COACH: {R.CENTRE, R.OWN, R.FORMER, R.LENT, R.METHOD},
    COUNSELLOR: {R.INVOLVED},
    SOCIAL: {R.UNIT},
    PROVIDER: {R.INVOLVED},
    COORDINATOR: {R.CONSENTED, R.INVOLVED},
    YOUTH: {R.OWN, R.YOUTH, R.FORMER},
    MANAGER: {R.CENTRE, R.LENT},
    ADMINISTRATOR: set(),
}

_EVERYONE = {role: {R.ALL} for role in Role}
_CASEWORKERS = {
    COACH: {R.CENTRE, R.OWN, R.FORMER},
    COUNSELLOR: {R.INVOLVED},
    YOUTH: {R.OWN, R.YOUTH, R.FORMER},
    MANAGER: {R.CENTRE},
}
# The centre that a person is lent to knows what it needs for its service, on those days.
_AND_HOST = {
    **_CASEWORKERS,
    COACH: _CASEWORKERS[COACH] | {R.LENT},
    MANAGER: {R.CENTRE, R.LENT},
}
# A job coach reads what the work with the person needs.
_AND_JOB_COACH = {**_AND_HOST, COACH: _AND_HOST[COACH] | {R.METHOD}}
_OWN = {COACH: {R.OWN}, YOUTH: {R.OWN}}
_OWN_OR_MANAGER = {**_OWN, MANAGER: {R.CENTRE}}

GRANTS: dict[str, dict[Role, set[Relation]]] = {
    # --- no case ---------------------------------------------------------------------------------
    "start": _EVERYONE,
    "notices": _EVERYONE,
    "preferences": _EVERYONE,
    "reference_data": {ADMINISTRATOR: {R.ALL}},
    "search": {role: {R.ALL} for role in Role if role != ADMINISTRATOR},
    # --- the case --------------------------------------------------------------------------------
    "case.list": {
        COACH: {R.CENTRE, R.OWN},
        COUNSELLOR: {R.INVOLVED},
        SOCIAL: {R.UNIT},
        YOUTH: {R.OWN, R.YOUTH},
        MANAGER: {R.CENTRE},
    },
    "case.view": {RECEPTION: {R.CENTRE, R.LENT}, SOCIAL: {R.UNIT}, **_AND_JOB_COACH},
    "case.open": {RECEPTION: {R.CENTRE}, COACH: {R.CENTRE}, YOUTH: {R.ALL}},
    "case.edit": _OWN_OR_MANAGER,
    "case.assign": {RECEPTION: {R.CENTRE}, MANAGER: {R.CENTRE}},
    "case.hand_over": _OWN_OR_MANAGER,
    "case.move": _OWN_OR_MANAGER,
    "case.lend": _OWN_OR_MANAGER,
    "loan.end": {COACH: {R.OWN, R.LENT}, YOUTH: {R.OWN}, MANAGER: {R.CENTRE, R.LENT}},
    "loan.list": {
        RECEPTION: {R.CENTRE, R.LENT},
        COACH: {R.CENTRE, R.OWN, R.LENT},
        MANAGER: {R.CENTRE, R.LENT},
    },
    "case.pause": _OWN_OR_MANAGER,
    "case.close": _OWN_OR_MANAGER,
    "case.open_sensitive": {COACH: {R.CENTRE}, MANAGER: {R.CENTRE}},
    "number.unmask": {RECEPTION: {R.CENTRE, R.LENT}, SOCIAL: {R.UNIT}, **_AND_HOST},
    "person.edit": {RECEPTION: {R.CENTRE}, **_OWN_OR_MANAGER},
    "person.protect": {MANAGER: {R.CENTRE}},
    "person.number": {RECEPTION: {R.CENTRE}, **_OWN_OR_MANAGER},
    "duplicates": {RECEPTION: {R.CENTRE}, COACH: {R.CENTRE}, MANAGER: {R.CENTRE}},
    "person.merge": {MANAGER: {R.CENTRE}},
    # A youth coordinator's lists fill the outreach register of the unit, and no other.
    "person.import": {RECEPTION: {R.CENTRE}, YOUTH: {R.UNIT}, MANAGER: {R.CENTRE}},
    "conflict.declare": {RECEPTION: {R.CENTRE, R.LENT}, SOCIAL: {R.UNIT}, **_AND_HOST},
    "case.cover": _OWN_OR_MANAGER,
    "case.extend": {MANAGER: {R.CENTRE}},
    "note.write": {
        COACH: {R.OWN, R.CENTRE, R.FORMER, R.LENT},
        COUNSELLOR: {R.INVOLVED},
        YOUTH: {R.OWN, R.FORMER},
    },
    "note.strike": {MANAGER: {R.CENTRE}},
    "consent.record": _OWN,
    "contact.record": _OWN,
    "document.add": _OWN,
    "document.view": {SOCIAL: {R.UNIT}, **_CASEWORKERS},
    "caseload.view": {COACH: {R.CENTRE}, MANAGER: {R.CENTRE}},
    "caseload.manage": {MANAGER: {R.CENTRE}},
    "profile.edit": {COACH: {R.ALL}, YOUTH: {R.ALL}},
    "hours.edit": {COACH: {R.ALL}, YOUTH: {R.ALL}, COUNSELLOR: {R.ALL}},
    # The days a colleague is away, never why, and what becomes of the meetings of those days.
    "absence.note": {RECEPTION: {R.CENTRE, R.LENT}, MANAGER: {R.CENTRE, R.LENT}},
    "appointment.book": {
        RECEPTION: {R.CENTRE, R.LENT},
        COACH: {R.CENTRE, R.OWN, R.LENT},
        YOUTH: {R.OWN},
    },
    "timeline.view": {SOCIAL: {R.UNIT}, **_AND_JOB_COACH},
    # --- intake ----------------------------------------------------------------------------------
    "desk": {RECEPTION: {R.CENTRE}},
    "visit.register": {RECEPTION: {R.CENTRE}, COACH: {R.CENTRE}},
    "screen.manage": {MANAGER: {R.CENTRE}, ADMINISTRATOR: {R.ALL}},
    "entrance.agree": {RECEPTION: {R.CENTRE}, COACH: {R.OWN}},
    "referral_in.send": {
        SOCIAL: {R.UNIT},
        RECEPTION: {R.CENTRE},
        COACH: {R.CENTRE},
        YOUTH: {R.UNIT},
    },
    "referral_in.view": {
        SOCIAL: {R.UNIT},
        RECEPTION: {R.CENTRE},
        COACH: {R.CENTRE},
        YOUTH: {R.UNIT},
        MANAGER: {R.CENTRE},
    },
    "referral_in.book": {
        SOCIAL: {R.UNIT},
        RECEPTION: {R.CENTRE},
        COACH: {R.CENTRE},
        YOUTH: {R.UNIT},
    },
    # The sender puts obvious errors right while nobody has the case.
    "referral_in.correct": {SOCIAL: {R.UNIT}, YOUTH: {R.UNIT}},
    "referral_in.follow": {RECEPTION: {R.CENTRE}, COACH: {R.CENTRE}, MANAGER: {R.CENTRE}},
    "referral_in.end": {
        SOCIAL: {R.UNIT},
        RECEPTION: {R.CENTRE},
        COACH: {R.CENTRE},
        MANAGER: {R.CENTRE},
    },
    "group.view": {RECEPTION: {R.CENTRE}, COACH: {R.CENTRE}, MANAGER: {R.CENTRE}},
    "group.manage": {RECEPTION: {R.CENTRE}, COACH: {R.CENTRE}, MANAGER: {R.CENTRE}},
    "group.sign_up": {
        RECEPTION: {R.CENTRE},
        COACH: {R.CENTRE, R.OWN},
        MANAGER: {R.CENTRE},
        YOUTH: {R.OWN},
    },
    "rights.record": _OWN,
    "mapping.view": _CASEWORKERS,
    "mapping.edit": _OWN,
    "mapping.print": _OWN,
    "mapping.contribute": {COUNSELLOR: {R.INVOLVED}, **_OWN},
    "progress.rate": _OWN,
    "occupation.search": {COACH: {R.ALL}, COUNSELLOR: {R.ALL}, YOUTH: {R.ALL}},
    # The outreach register hangs on the youth unit, not on a case.
    "youth.view": {YOUTH: {R.UNIT}},
    "youth.write": {YOUTH: {R.UNIT}},
    "youth.contract": {YOUTH: {R.UNIT}},
    "youth.extract": {YOUTH: {R.UNIT}},
    # --- activity plans --------------------------------------------------------------------------
    "catalogue.view": {
        COACH: {R.ALL},
        COUNSELLOR: {R.ALL},
        SOCIAL: {R.ALL},
        YOUTH: {R.ALL},
        MANAGER: {R.ALL},
        ADMINISTRATOR: {R.ALL},
    },
    "catalogue.keep": {MANAGER: {R.ALL}, ADMINISTRATOR: {R.ALL}},
    "plan.view": {SOCIAL: {R.UNIT}, **_AND_HOST},
    "plan.edit": _OWN,
    "plan.queue": {SOCIAL: {R.UNIT}, MANAGER: {R.CENTRE}},
    "plan.decide": {SOCIAL: {R.UNIT}, MANAGER: {R.CENTRE}},
    "plan.print": {SOCIAL: {R.UNIT}, **_CASEWORKERS},
    "activity.follow_up": _OWN,
    "attendance.view": {SOCIAL: {R.UNIT}, **_AND_HOST},
    "attendance.register": {PROVIDER: {R.INVOLVED}, **_OWN},
    "attendance.day": _OWN,
    "attendance.report": _OWN,
    "attendance.handle": _OWN,
    "attendance.provide": {PROVIDER: {R.INVOLVED}},
    "package.write": _OWN,
    "package.view": _OWN_OR_MANAGER,
    "statement.view": {SOCIAL: {R.UNIT}, **_OWN_OR_MANAGER},
    "statement.list": {SOCIAL: {R.UNIT}, **_OWN_OR_MANAGER},
    "statement.write": _OWN,
    "statement.receive": {SOCIAL: {R.UNIT}},
    # --- referrals -------------------------------------------------------------------------------
    "order.send": _OWN,
    # Those who read orders and reports of the case (AREAS).
    "order.view": {
        PROVIDER: {R.INVOLVED},
        COACH: {R.CENTRE, R.OWN, R.FORMER, R.METHOD},
        YOUTH: {R.OWN, R.FORMER},
        MANAGER: {R.CENTRE},
    },
    "order.message": {PROVIDER: {R.INVOLVED}, **_OWN},
    "order.answer": {PROVIDER: {R.INVOLVED}},
    "order.report": {PROVIDER: {R.INVOLVED}},
    "order.withdraw": _OWN_OR_MANAGER,
    # The log of contacts is the working notes of those who carry out the support.
    "method.view": {
        PROVIDER: {R.INVOLVED},
        COACH: {R.OWN, R.FORMER, R.METHOD},
        YOUTH: {R.OWN, R.FORMER},
        MANAGER: {R.CENTRE},
    },
    "method.start": _OWN,
    "method.work": {PROVIDER: {R.INVOLVED}, COACH: {R.OWN, R.METHOD}, YOUTH: {R.OWN}},
    "method.end": {COACH: {R.OWN, R.METHOD}, YOUTH: {R.OWN}},
    # Asked for by one and decided by another: the transition and the database see to it.
    "course.view": {COACH: {R.OWN, R.FORMER}, YOUTH: {R.OWN, R.FORMER}, MANAGER: {R.CENTRE}},
    "course.request": _OWN,
    "course.decide": {MANAGER: {R.CENTRE}},
    "course.pay": {MANAGER: {R.CENTRE}},
    "course.withdraw": _OWN_OR_MANAGER,
    "course.budget": {MANAGER: {R.CENTRE}},
    "portal": {PROVIDER: {R.INVOLVED}},
    "provider.view": {
        COACH: {R.ALL},
        COUNSELLOR: {R.ALL},
        YOUTH: {R.ALL},
        MANAGER: {R.ALL},
        ADMINISTRATOR: {R.ALL},
    },
    "provider.keep": {MANAGER: {R.ALL}, ADMINISTRATOR: {R.ALL}},
    "agreement.view": {COACH: {R.ALL}, YOUTH: {R.ALL}, MANAGER: {R.ALL}},
    # Proposed by one manager and decided by another: the transition and the database see to it.
    "agreement.keep": {MANAGER: {R.ALL}},
    # An amount is reviewed by one and attested by another; the transition and the database see to it.
    "claim.view": {MANAGER: {R.CENTRE}},
    "claim.attest": {MANAGER: {R.CENTRE}},
    # The provider's own amounts, without any person.
    "claim.own": {PROVIDER: {R.INVOLVED}},
    # --- employers -------------------------------------------------------------------------------
    "employer.view": {
        COORDINATOR: {R.ALL},
        COACH: {R.ALL},
        YOUTH: {R.ALL},
        MANAGER: {R.ALL},
        RECEPTION: {R.ALL},
    },
    "coordination": {COORDINATOR: {R.ALL}},
    "employer.edit": {COORDINATOR: {R.ALL}},
    # Which employers come to a fair, and how many persons are signed up; never who they are.
    "fair.keep": {
        COORDINATOR: {R.ALL},
        RECEPTION: {R.CENTRE},
        COACH: {R.CENTRE},
        MANAGER: {R.CENTRE},
    },
    "placement.view": {COORDINATOR: {R.CONSENTED, R.INVOLVED}, **_CASEWORKERS},
    "placement.propose": {COORDINATOR: {R.CONSENTED, R.INVOLVED}, **_OWN},
    "placement.decide": {COORDINATOR: {R.INVOLVED}, **_OWN},
    "competence.edit": _OWN,
    "competence.search": {COORDINATOR: {R.CONSENTED, R.INVOLVED}, COACH: {R.OWN, R.CENTRE}},
    # --- reporting -------------------------------------------------------------------------------
    "followup.list": _CASEWORKERS,
    "followup.record": _OWN_OR_MANAGER,
    "figures": {MANAGER: {R.CENTRE}},
    "report": {MANAGER: {R.CENTRE}},
    # Providers serve every centre, and the figures name nobody: as in the comparison of an order.
    "quality": {MANAGER: {R.ALL}},
}

_COACH_OWN = frozenset(Area)
_COLLEAGUE = frozenset(
    {
        Area.HEADER,
        Area.CLOCKS,
        Area.APPOINTMENTS,
        Area.CONTACT,
        Area.MAPPING_SUMMARY,
        Area.PLAN,
        Area.ATTENDANCE,
        Area.REFERRALS,
        Area.EMPLOYERS,
        Area.DOCUMENTS,
        Area.OUTCOME,
    }
)
_HOST = frozenset(
    {
        Area.HEADER,
        Area.CLOCKS,
        Area.APPOINTMENTS,
        Area.CONTACT,
        Area.MAPPING_SUMMARY,
        Area.PLAN,
        Area.ATTENDANCE,
    }
)
_JOB_COACH = _HOST | {Area.REFERRALS, Area.PROVIDER_NOTES, Area.EMPLOYERS}
_MANAGER = frozenset(Area) - {Area.SENSITIVE, Area.NOTES}
AREAS: dict[Role, dict[Relation, frozenset[Area]]] = {
    RECEPTION: {
        R.CENTRE: frozenset({Area.HEADER, Area.APPOINTMENTS}),
        R.LENT: frozenset({Area.HEADER, Area.APPOINTMENTS}),
    },
    COACH: {
        R.OWN: _COACH_OWN,
        R.FORMER: _COACH_OWN,
        R.CENTRE: _COLLEAGUE,
        R.LENT: _HOST,
        R.METHOD: _JOB_COACH,
    },
    COUNSELLOR: {
        R.INVOLVED: frozenset(
            {Area.HEADER, Area.CLOCKS, Area.APPOINTMENTS, Area.MAPPING_SUMMARY, Area.PLAN}
        )
    },
    SOCIAL: {
        R.UNIT: frozenset(
            {
                Area.HEADER,
                Area.CLOCKS,
                Area.CONTACT,
                Area.MAPPING_SUMMARY,
                Area.PLAN,
                Area.ATTENDANCE,
                Area.OUTCOME,
            }
        )
    },
    PROVIDER: {R.INVOLVED: frozenset({Area.REFERRALS, Area.ATTENDANCE, Area.PROVIDER_NOTES})},
    COORDINATOR: {
        R.CONSENTED: frozenset({Area.EMPLOYERS}),
        R.INVOLVED: frozenset({Area.EMPLOYERS}),
    },
    YOUTH: {
        R.OWN: _COACH_OWN,
        R.FORMER: _COACH_OWN,
        R.YOUTH: frozenset({Area.HEADER, Area.CLOCKS}),
    },
    MANAGER: {R.CENTRE: _MANAGER, R.LENT: _HOST},
    ADMINISTRATOR: {},
}

# What an opened sensitive area adds, for a stated reason and 60 minutes.
OPENED_AREAS = frozenset({Area.SENSITIVE, Area.NOTES, Area.MAPPING})
