"""The start page and the menu of each role: wiring over all the apps."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Role


@dataclass(frozen=True)
class Item:
    label: str | Promise
    url_name: str
    icon: str


@dataclass(frozen=True)
class Group:
    title: str | Promise
    items: tuple[Item, ...]


_CASES = Item(_("My cases"), "casework:cases", "users")
_NOW = Item(_("Now"), "casework:now", "home")
_CATALOGUE = Item(_("Services"), "activityplans:catalogue", "graduation-cap")
_EMPLOYERS = Item(_("Employers"), "employers:list", "building")
_PROVIDERS = Item(_("Providers"), "referrals:providers", "factory")
_AGREEMENTS = Item(_("Agreements"), "referrals:agreements", "file-check")
_METHODS = Item(_("Methods"), "referrals:methods", "route")
_COURSES = Item(_("Quick courses"), "referrals:courses", "coins")
_CLAIMS = Item(_("Compensation"), "referrals:claims", "coins")
_QUALITY = Item(_("Quality of providers"), "reporting:quality", "scale")
_MEETINGS = Item(_("Meetings"), "casework:meetings", "calendar")
_GROUPS = Item(_("Groups and events"), "intake:groups", "presentation")
_REFERRALS_IN = Item(_("Referrals in"), "intake:referrals_in", "inbox")
_SEARCH = Item(_("Find a person"), "casework:search", "search")
_FOLLOW_UPS = Item(_("Follow-ups"), "reporting:followups", "flag")
_SCREENS = Item(_("Desks and screens"), "intake:screens", "monitor")
_TWICE = Item(_("Registered twice?"), "intake:duplicates", "merge")
_LISTS = Item(_("Lists of persons"), "intake:lists", "upload")
_LOANS = Item(_("Lent between centres"), "casework:loans", "building")
_AWAY = Item(_("Who is away"), "casework:absences", "calendar-clock")
_STATEMENTS = Item(_("Statements"), "activityplans:statements", "file-check")
_QUEUE = Item(_("To decide"), "activityplans:queue", "inbox")

MENUS: dict[Role, tuple[Group, ...]] = {
    Role.RECEPTION: (
        Group("", (Item(_("Front desk"), "intake:desk", "ticket"), _REFERRALS_IN, _SEARCH)),
        Group(
            _("Register"),
            (
                Item(_("Visits"), "intake:visits", "users"),
                _MEETINGS,
                _AWAY,
                _GROUPS,
                _TWICE,
                _LISTS,
                _LOANS,
                Item(_("Agreed entrances"), "intake:entrances", "key"),
                _EMPLOYERS,
            ),
        ),
    ),
    Role.COACH: (
        Group(
            "",
            (_NOW, _CASES, _MEETINGS, Item(_("Plans"), "activityplans:plans", "clipboard-check")),
        ),
        Group(
            _("Together"),
            (
                Item(_("Orders and answers"), "referrals:orders", "route"),
                Item(_("Attendance"), "activityplans:attendance", "list-checks"),
                _METHODS,
                _COURSES,
                _STATEMENTS,
                _GROUPS,
                _EMPLOYERS,
                _PROVIDERS,
                _CATALOGUE,
                _FOLLOW_UPS,
                _LOANS,
            ),
        ),
    ),
    Role.STUDY_COUNSELLOR: (Group("", (_NOW, _CASES, _SEARCH, _CATALOGUE, _PROVIDERS)),),
    Role.SOCIAL_SECRETARY: (
        Group(
            "",
            (
                _QUEUE,
                _STATEMENTS,
                _REFERRALS_IN,
                Item(_("My persons"), "casework:cases", "users"),
            ),
        ),
        Group(
            _("History"),
            (Item(_("Decided plans"), "activityplans:decided", "check-circle"), _CATALOGUE),
        ),
    ),
    Role.PROVIDER_STAFF: (
        Group(
            "",
            (
                Item(_("Now"), "referrals:portal", "home"),
                Item(_("Attendance"), "referrals:attendance", "clipboard-check"),
                _METHODS,
                Item(_("Compensation"), "referrals:own_claims", "coins"),
            ),
        ),
    ),
    Role.BUSINESS_COORDINATOR: (
        Group(
            "",
            (
                Item(_("Now"), "employers:start", "home"),
                _EMPLOYERS,
                Item(_("Needs"), "employers:needs", "handshake"),
                Item(_("Fairs"), "employers:fairs", "presentation"),
            ),
        ),
    ),
    Role.YOUTH_COORDINATOR: (
        Group(
            _("Youth outreach"),
            (
                Item(_("Now"), "intake:youth_start", "home"),
                Item(_("Outreach register"), "intake:youth_register", "users"),
                Item(_("Education contracts"), "intake:youth_contracts", "graduation-cap"),
                Item(_("KAA register"), "intake:youth_kaa", "book-open"),
                Item(_("What the young need"), "intake:youth_needs", "chart"),
                _LISTS,
            ),
        ),
        Group(
            _("Cases"),
            (
                Item(_("Clocks of my cases"), "casework:now", "clock"),
                _CASES,
                _MEETINGS,
                _SEARCH,
                _CATALOGUE,
                _EMPLOYERS,
                _PROVIDERS,
            ),
        ),
    ),
    Role.MANAGER: (
        Group(
            "",
            (
                Item(_("Overview"), "reporting:dashboard", "chart"),
                Item(_("Cases"), "casework:cases", "users"),
                Item(_("Caseloads"), "casework:caseloads", "scale"),
                _QUEUE,
                Item(_("Reports"), "reporting:reports", "file-text"),
                _FOLLOW_UPS,
            ),
        ),
        Group(
            _("Around"),
            (
                _AWAY,
                _GROUPS,
                _TWICE,
                _LISTS,
                _LOANS,
                _EMPLOYERS,
                _PROVIDERS,
                _METHODS,
                _COURSES,
                _AGREEMENTS,
                _CLAIMS,
                _QUALITY,
                _CATALOGUE,
                _SCREENS,
            ),
        ),
    ),
    Role.ADMINISTRATOR: (
        Group(
            "",
            (
                Item(_("Units and users"), "accounts:units", "building"),
                Item(_("Code lists"), "admin:index", "settings"),
                _CATALOGUE,
                _PROVIDERS,
                _SCREENS,
            ),
        ),
    ),
}

START: dict[Role, str] = {
    Role.RECEPTION: "intake:desk",
    Role.COACH: "casework:now",
    Role.STUDY_COUNSELLOR: "casework:now",
    Role.SOCIAL_SECRETARY: "activityplans:queue",
    Role.PROVIDER_STAFF: "referrals:portal",
    Role.BUSINESS_COORDINATOR: "employers:start",
    Role.YOUTH_COORDINATOR: "intake:youth_start",
    Role.MANAGER: "reporting:dashboard",
    Role.ADMINISTRATOR: "accounts:units",
}


def menu_of(role: Role, current_path: str) -> list[dict]:
    """The groups of the side menu; the longest address that fits is the current one."""
    groups = [
        {
            "title": group.title,
            "items": [
                {"label": item.label, "url": reverse(item.url_name), "icon": item.icon}
                for item in group.items
            ],
        }
        for group in MENUS[role]
    ]
    fitting = [
        item for group in groups for item in group["items"] if current_path.startswith(item["url"])
    ]
    if fitting:
        max(fitting, key=lambda item: len(item["url"]))["is_current"] = True
    for group in groups:
        for item in group["items"]:
            item.setdefault("is_current", False)
            item.setdefault("count", None)
            item.setdefault("is_late", False)
    return groups
