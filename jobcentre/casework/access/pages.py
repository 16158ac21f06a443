"""The action of every URL, by its name. A URL without a row is refused and fails the matrix test."""

PUBLIC = "public"  # shown without logging in
LOGGED_IN = "logged_in"  # any user who is logged in, whatever the role

PAGES: dict[str, str] = {
    # --- wiring, accounts, notices ---------------------------------------------------------------
    "start": LOGGED_IN,
    "health": PUBLIC,
    "set_language": PUBLIC,
    "accounts:login": PUBLIC,
    "accounts:logout": LOGGED_IN,
    "accounts:preferences": LOGGED_IN,
    "accounts:switch_role": LOGGED_IN,
    "accounts:password": LOGGED_IN,
    "accounts:units": "reference_data",
    "notices:list": "notices",
    "notices:read": "notices",
    "notices:open": "notices",
    "ui:accent": PUBLIC,
    "ui:accessibility": PUBLIC,
    "ui:guide": PUBLIC,
    "ui:help": LOGGED_IN,
    # --- casework --------------------------------------------------------------------------------
    "casework:now": "case.list",
    "casework:cases": "case.list",
    "casework:search": "search",
    "casework:case": "case.view",
    "casework:tab": "case.view",
    "casework:timeline": "timeline.view",
    "casework:unmask": "number.unmask",
    "casework:person_edit": "person.edit",
    "casework:number_change": "person.number",
    "casework:protect": "person.protect",
    "casework:conflict": "conflict.declare",
    "casework:cover": "case.cover",
    "casework:extend": "case.extend",
    "casework:note": "note.write",
    "casework:note_correct": "note.write",
    "casework:note_strike": "note.strike",
    "casework:consent": "consent.record",
    "casework:consent_withdraw": "consent.record",
    "casework:document_add": "document.add",
    "casework:document": "document.view",
    "casework:appointment": "appointment.book",
    "casework:assign": "case.assign",
    "casework:move": "case.move",
    "casework:pause": "case.pause",
    "casework:pause_end": "case.pause",
    "casework:close": "case.close",
    "casework:open_sensitive": "case.open_sensitive",
    # --- intake ----------------------------------------------------------------------------------
    "intake:desk": "desk",
    "intake:lookup": "desk",
    "intake:visits": "visit.register",
    "intake:visit": "desk",
    "intake:register": "desk",
    "intake:enrol": "case.open",
    "intake:rights": "rights.record",
    "intake:mapping": "mapping.edit",
    # --- activity plans --------------------------------------------------------------------------
    "activityplans:plans": "plan.edit",
    "activityplans:queue": "plan.queue",
    "activityplans:decided": "plan.queue",
    "activityplans:decide": "plan.decide",
    "activityplans:plan": "plan.view",
    "activityplans:edit": "plan.edit",
    "activityplans:review": "plan.edit",
    "activityplans:print": "plan.print",
    "activityplans:follow_up": "activity.follow_up",
    "activityplans:catalogue": "catalogue.view",
    # --- employers -------------------------------------------------------------------------------
    "employers:start": "coordination",
    "employers:list": "employer.view",
    "employers:new": "employer.edit",
    "employers:employer": "employer.view",
    "employers:edit": "employer.edit",
    "employers:need_new": "employer.edit",
    "employers:needs": "employer.view",
    "employers:need": "employer.view",
    "employers:need_close": "employer.edit",
    "employers:propose": "placement.propose",
    "employers:placement": "placement.view",
    "employers:answer": "placement.decide",
    "employers:begin": "placement.decide",
    "employers:end": "placement.decide",
    "employers:withdraw": "placement.decide",
    "employers:profile": "competence.edit",
    "employers:fitting": "competence.edit",
    # --- referrals -------------------------------------------------------------------------------
    "referrals:orders": "order.send",
    "referrals:send": "order.send",
    "referrals:order": "order.view",
    "referrals:accept": "order.answer",
    "referrals:decline": "order.answer",
    "referrals:start": "order.answer",
    "referrals:withdraw": "order.withdraw",
    "referrals:report": "order.report",
    "referrals:end": "order.report",
    "referrals:sessions": "attendance.register",
    "referrals:portal": "portal",
    "referrals:attendance": "portal",
    # --- reporting -------------------------------------------------------------------------------
    "reporting:dashboard": "figures",
    "reporting:figure": "figures",
    "reporting:reports": "report",
    "reporting:report": "report",
    "reporting:report_file": "report",
    "reporting:csv": "report",
    "reporting:followups": "followup.list",
    "reporting:followup": "followup.record",
}

# Whole groups of URL names under one action.
NAMESPACES: dict[str, str] = {"admin": "reference_data"}


def action_of(view_name: str) -> str | None:
    """The action of a URL name, or None when the policy has no row for it."""
    if view_name in PAGES:
        return PAGES[view_name]
    return NAMESPACES.get(view_name.split(":", maxsplit=1)[0]) if ":" in view_name else None
