"""What every page answers to every role: the expectations of the tests that walk them all.

What each role may comes from the policy; how each role stands to the objects of the world
(`tests/world.py`) and what each page answers to one who may are written here.
"""

from django.urls import URLPattern, URLResolver, get_resolver

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.pages import LOGGED_IN, NAMESPACES, PUBLIC, action_of
from jobcentre.casework.access.policy import AREAS, GRANTS, Relation
from jobcentre.casework.enums import Area
from jobcentre.casework.registries import case_panels
from tests.world import STANDS


def url_names(resolver=None, namespace="") -> list[tuple[str, list[str]]]:
    """(name, names of the arguments) of every URL but the admin's."""
    found = []
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            if each.namespace not in NAMESPACES:
                found += url_names(each, inner)
        elif isinstance(each, URLPattern) and each.name:
            found.append((f"{namespace}{each.name}", list(each.pattern.converters)))
    return found


def pages_with_an_object() -> list[str]:
    names = [
        name
        for name, arguments in url_names()
        if arguments and action_of(name) not in (PUBLIC, LOGGED_IN) and name != "casework:tab"
    ]
    # Withdrawing a consent, or ending a loan, changes what the rest of the walk would see.
    last = ("casework:consent_withdraw", "casework:loan_end")
    return sorted(names, key=lambda name: last.index(name) if name in last else -1)


# --- the objects of the pages --------------------------------------------------------------------
# The arguments of each page that are not just the number of a case, by their names in the world.
ARGUMENTS = {
    **dict.fromkeys(("casework:coach", "casework:hand_over_many"), ("coach",)),
    **dict.fromkeys(("casework:absence_of", "casework:absence_meetings"), ("coach",)),
    "casework:absence_end": ("absence",),
    "casework:note_correct": ("number", "note"),
    "casework:note_strike": ("number", "note"),
    "casework:consent_withdraw": ("number", "consent"),
    "casework:contact": ("number", "contact"),
    "casework:pause_change": ("number", "pause"),
    "casework:loan_end": ("number", "loan"),
    "casework:document": ("document",),
    "intake:fact_add": ("number", "fact_kind"),
    "intake:fact_remove": ("number", "fact"),
    "intake:mapping_uninvite": ("number", "guidance"),
    **{
        f"intake:{name}": ("visit",)
        for name in ("visit", "enrol", "call", "begin", "put_back", "identify")
    },
    **{f"casework:meeting{each}": ("meeting",) for each in ("", "_move", "_file")},
    **{
        f"intake:referral_in{each}": ("referral_in",)
        for each in ("", "_time", "_contact", "_end", "_person")
    },
    "intake:arrive": ("appointment",),
    **{
        f"intake:{name}": ("group",)
        for name in (
            *("group", "group_change", "group_cancel", "group_close", "group_attendance"),
            *("group_sign_up", "group_participants", "group_door"),
        )
    },
    **dict.fromkeys(("intake:place_cancel", "intake:place_file"), ("place",)),
    **{f"intake:person{each}": ("unenrolled",) for each in ("", "_number", "_protect")},
    "intake:merge": ("person", "twin"),
    "intake:merged": ("merge",),
    **{f"intake:{name}": ("list",) for name in ("list", "list_columns", "list_result")},
    "intake:list_row": ("list", "line"),
    "intake:entrance": ("number", "appointment"),
    "intake:meeting_entrance": ("meeting",),
    "intake:entrance_used": ("entrance",),
    "intake:sit_down": ("desk",),
    "intake:desk_close": ("desk",),
    **dict.fromkeys(("intake:screen_replace", "intake:screen_end"), ("screen",)),
    **{f"intake:{name}": ("centre",) for name in ("desk_add", "screen_add", "lobby_add")},
    **{f"activityplans:{name}": ("approval",) for name in ("decide", "forward", "answer_print")},
    **dict.fromkeys(("activityplans:follow_up", "activityplans:break_off"), ("activity",)),
    "activityplans:midway": ("activity",),
    **dict.fromkeys(("activityplans:package", "activityplans:package_print"), ("package",)),
    **dict.fromkeys(("activityplans:service", "activityplans:service_edit"), ("service",)),
    "activityplans:template_edit": ("template",),
    **dict.fromkeys(("activityplans:session", "activityplans:report_absence"), ("session",)),
    **dict.fromkeys(("referrals:session", "referrals:report_absence"), ("session",)),
    "activityplans:repeated_absence": ("repeated",),
    **{
        f"activityplans:statement{each}": ("statement",)
        for each in ("", "_print", "_correct", "_confirm")
    },
    "activityplans:statement_write": ("number", "month"),
    "referrals:send": ("activity",),
    **dict.fromkeys(("referrals:provider", "referrals:provider_edit"), ("provider",)),
    **{f"referrals:agreement{each}": ("agreement",) for each in ("", "_edit", "_decide")},
    "referrals:agreement_document_add": ("agreement",),
    "referrals:agreement_document": ("agreement_document",),
    "referrals:claim": ("claim",),
    **{
        f"referrals:method{each}": ("method",)
        for each in ("", "_contact", "_step", "_intensity", "_plan", "_lead", "_end")
    },
    **{f"referrals:course{each}": ("course",) for each in ("", "_decide", "_pay", "_withdraw")},
    "referrals:course_budget": ("centre", "year"),
    "referrals:method_correct": ("method", "method_contact"),
    **dict.fromkeys(("referrals:report_return", "referrals:report_complete"), ("order", "sent")),
    "referrals:provider_part_new": ("provider", "provider_part"),
    "referrals:provider_part": ("provider", "provider_part", "provider_site"),
    "employers:propose": ("need", "number"),
    "reporting:followup": ("follow_up",),
    "notices:open": ("notice",),
    **{
        f"intake:youth_{name}": ("young",)
        for name in (
            *("entry", "attempt", "occupation", "measure", "details", "assign", "again"),
            *("leave", "case", "contract_new", "unmask"),
        )
    },
    "intake:youth_measure_answer": ("young_measure",),
    "intake:youth_occupation_end": ("young_occupation",),
    **dict.fromkeys(("intake:youth_contract", "intake:youth_contract_end"), ("young_contract",)),
    **dict.fromkeys(("intake:youth_extract", "intake:youth_extract_file"), ("extract",)),
    **dict.fromkeys(("reporting:report", "reporting:report_file", "reporting:csv"), ("report",)),
    "reporting:quality_provider": ("provider",),
    **{
        f"employers:{name}": ("placement",)
        for name in ("placement", "answer", "begin", "end", "withdraw")
    },
    **{f"employers:{name}": ("employer",) for name in ("employer", "edit", "need_new")},
    "employers:fair": ("fair",),
    "employers:fair_remove": ("fair", "fair_employer"),
    **{f"employers:{name}": ("need",) for name in ("need", "need_edit", "need_close")},
    **{
        f"referrals:{name}": ("order",)
        for name in (
            *("order", "accept", "decline", "start"),
            *("withdraw", "report", "end", "sessions"),
            *("ask", "reply", "wait", "pause", "resume", "elsewhere"),
            *("propose", "proposal", "basis"),
        )
    },
}
FIXED = {"reporting:figure": ["open_cases"]}
TABS = [panel.key for panel in case_panels if panel.place == "tab"]
CENTRE_STAFF = (Role.RECEPTION, Role.COACH)
# What hangs on a centre and on no case, and who knows of it there.
OF_MANAGERS = {
    "report": {Role.MANAGER},
    "merge": {Role.MANAGER},
    "list": {Role.MANAGER, Role.RECEPTION},
    "group": {Role.MANAGER, *CENTRE_STAFF},
    "place": {Role.MANAGER, *CENTRE_STAFF},
    "fair": {Role.MANAGER, *CENTRE_STAFF},
}


def values_of(name: str, objects: dict) -> list | None:
    """The arguments of the page for one relation; None when the world has no such object."""
    if name in FIXED:
        return FIXED[name]
    values = [objects.get(key) for key in ARGUMENTS.get(name, ("number",))]
    return None if None in values else values


# Who stands how to a referral in from the northern unit to the northern centre.
REFERRED = {
    Role.RECEPTION: {Relation.CENTRE},
    Role.COACH: {Relation.CENTRE},
    Role.MANAGER: {Relation.CENTRE},
    Role.SOCIAL_SECRETARY: {Relation.UNIT},
}


# Somebody registered at the centre without a case: as long as there is none, the coach's own.
UNENROLLED = {
    Role.RECEPTION: {Relation.CENTRE},
    Role.COACH: {Relation.OWN},
    Role.MANAGER: {Relation.CENTRE},
}


def at_the_desk(kind: str, role: Role, relation: str) -> set[Relation]:
    """How the role stands to a visit, a desk, a referral in or somebody without a case."""
    if kind == "unenrolled":
        return UNENROLLED.get(role, set()) if relation == "own" else set()
    if kind == "referral_in":
        return REFERRED.get(role, set()) if relation == "own" else set()
    near = ("own", "colleague") if kind == "visit" else ("own",)
    return {Relation.CENTRE} if role in CENTRE_STAFF and relation in near else set()


# What hangs on no person: who sees it at all.
SEEN_BY_ALL = {
    "employer": "employer.view",
    "need": "employer.view",
    "agreement": "agreement.view",
    "agreement_document": "agreement.view",
    "provider": "provider.view",
    "service": "catalogue.view",
    "template": "catalogue.view",
}


def of_a_centre(kind: str, role: Role, relation: str) -> set[Relation]:
    """The same for what hangs on a centre and on no case."""
    if kind == "fair" and role == Role.BUSINESS_COORDINATOR:
        return {Relation.ALL}
    may = role in OF_MANAGERS[kind] and relation == "own"
    return {Relation.CENTRE} if may else set()


def stands(name: str, role: Role, relation: str) -> set[Relation]:
    """How the role stands to the object of the page; empty when it does not know of it."""
    kind = ARGUMENTS.get(name, ("number",))[0]
    if name == "employers:propose":
        kind = "number"
    if name in FIXED:
        return {Relation.CENTRE}
    if kind in SEEN_BY_ALL:
        return {Relation.ALL} if GRANTS[SEEN_BY_ALL[kind]].get(role) else set()
    if action_of(name) == "screen.manage":
        managed = {Role.ADMINISTRATOR: {Relation.ALL}}
        if relation == "own":
            managed[Role.MANAGER] = {Relation.CENTRE}
        return managed.get(role, set())
    if kind in ("coach", "absence"):
        known = set(GRANTS["absence.note"]) if "absence" in name else {Role.MANAGER}
        near = role in known and relation in ("own", "colleague", "protected")
        return {Relation.CENTRE} if near else set()
    if kind in ("visit", "desk", "referral_in", "unenrolled"):
        return at_the_desk(kind, role, relation)
    of_young = kind.startswith("young") or kind == "extract"
    if of_young or (kind == "list" and role == Role.YOUTH_COORDINATOR):
        near = role == Role.YOUTH_COORDINATOR and relation == "own"
        return {Relation.UNIT} if near else set()
    if kind in OF_MANAGERS:
        return of_a_centre(kind, role, relation)
    if kind == "notice":
        return {Relation.ALL} if relation == "own" else set()
    if kind in ("follow_up", "person"):
        # The closed case, which is the second registration's too, has neither guidance, order,
        # placement nor consent, is no youth's and is lent to nobody.
        return STANDS.get((role, relation), set()) & {Relation.OWN, Relation.CENTRE, Relation.UNIT}
    return STANDS.get((role, relation), set())


def verdict(name: str, role: Role, relation: str) -> int:
    """200 when the policy gives the role the page for the object, else 403 or 404."""
    needed = GRANTS[action_of(name)].get(role, set())
    standing = stands(name, role, relation)
    if not needed or not standing:
        return 404
    return 200 if Relation.ALL in needed or needed & standing else 403


# --- what a page answers to one who may ----------------------------------------------------------
ONLY_POST = {
    "activityplans:statement_confirm",
    "employers:fair_remove",
    *("intake:group_cancel", "intake:group_close", "intake:group_attendance"),
    "intake:place_cancel",
    "intake:youth_unmask",
    "casework:absence_end",
    *("casework:unmask", "casework:consent_withdraw", "notices:open", "casework:loan_end"),
    *("intake:fact_remove", "intake:mapping_uninvite"),
    *("intake:call", "intake:begin", "intake:put_back", "intake:arrive", "intake:sit_down"),
    *("intake:entrance_used", "intake:desk_close", "intake:lobby_add"),
    *("intake:screen_replace", "intake:screen_end"),
}
ONLY_GET = {
    *("activityplans:statement", "activityplans:statement_print"),
    *("activityplans:package", "activityplans:package_print", "activityplans:cap"),
    *("intake:group", "intake:place_file", "intake:group_participants", "intake:group_door"),
    *("intake:youth_entry", "intake:youth_extract", "intake:youth_extract_file"),
    *("casework:case", "casework:tab", "casework:timeline", "casework:document"),
    *("casework:meeting_file", "intake:referral_in"),
    *("intake:mapping_history", "intake:mapping_print"),
    *("activityplans:answer_print", "activityplans:service"),
    *("activityplans:plan", "activityplans:print", "activityplans:calendar"),
    *("employers:need", "employers:placement"),
    *("referrals:agreement", "referrals:provider", "referrals:method"),
    *("referrals:course", "referrals:agreement_document"),
    *("employers:fitting", "reporting:figure", "reporting:report", "reporting:quality_provider"),
    *("reporting:report_file", "reporting:csv", "intake:list_result"),
}
# A page may also depend on the areas that are open to the role.
NEEDS_AREA = {
    "casework:note_correct": Area.NOTES,
    "casework:document": Area.DOCUMENTS,
    "intake:mapping_history": Area.MAPPING,
}
# The activity is ordered already, and the order accepted.
LEADS_ON = {"activityplans:plan", "referrals:send", "referrals:elsewhere"}


def areas_of(role: Role, relation: str) -> frozenset[Area]:
    open_to = (AREAS[role].get(each, frozenset()) for each in STANDS.get((role, relation), set()))
    return frozenset().union(*open_to)


def allowed_status(name: str, role: Role, relation: str, method: str) -> int:
    """What the page answers to one who may: a form sent empty is shown again with its errors."""
    if name in ("intake:entrance", "intake:meeting_entrance"):
        return 404  # only a protected person has one, and nobody here is of that circle
    if name in NEEDS_AREA and NEEDS_AREA[name] not in areas_of(role, relation):
        return 404
    if name in LEADS_ON or (name, relation) == ("casework:open_sensitive", "own"):
        opens_already = name in LEADS_ON or Area.SENSITIVE in areas_of(role, relation)
        return 302 if opens_already else (200 if method == "get" else 422)
    if method == "get":
        return 200
    if name in ("casework:unmask", "intake:youth_unmask"):
        return 200
    if name == "intake:group_attendance":
        return 422
    return 302 if name in ONLY_POST else 422


def expected(name: str, role: Role, relation: str, method: str) -> int:
    if not GRANTS[action_of(name)].get(role):
        return 404
    if name in (ONLY_POST if method == "get" else ONLY_GET):
        return 405
    found = verdict(name, role, relation)
    return allowed_status(name, role, relation, method) if found == 200 else found


# --- pages without an object ---------------------------------------------------------------------
# (GET, POST of an empty form) where it is not 200 and 405.
ALONE = {
    "intake:group_new": (200, 422),
    "activityplans:service_new": (200, 422),
    "activityplans:template_new": (200, 422),
    "activityplans:stand_ins": (200, 422),
    "casework:my_profile": (200, 422),
    "intake:youth_new": (200, 422),
    "intake:youth_find": (200, 200),
    "intake:youth_kaa": (200, 422),
    "intake:pair_answer": (405, 302),
    "intake:lists": (200, 422),
    "start": (302, 405),
    "favicon": (302, 405),
    "set_language": (302, 302),
    "accounts:login": (302, 302),
    "accounts:logout": (405, 302),
    "accounts:preferences": (405, 302),
    "accounts:switch_role": (405, 404),
    "accounts:view_save": (405, 404),
    "accounts:password": (200, 200),
    "casework:my_hours": (200, 422),
    "casework:my_absence": (302, 422),
    "intake:referral_in_new": (200, 422),
    "notices:read": (405, 302),
    "ui:guide": (404, 405),  # the demo has it
    "casework:search": (200, 200),
    "intake:lookup": (200, 422),
    "intake:register": (302, 422),
    "intake:company": (200, 422),
    "intake:stand_up": (405, 302),
    "intake:show_lobby": (302, 405),
    "employers:new": (200, 422),
    "referrals:provider_new": (200, 422),
    "referrals:agreement_new": (200, 422),
    "referrals:attendance": (200, 422),
    "activityplans:attendance": (200, 422),
    "reporting:reports": (200, 422),
}
