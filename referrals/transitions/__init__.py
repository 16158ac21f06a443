"""The only writers of the state of an order, and of what hangs on it."""

from referrals.transitions.between import (
    ask_about_order,
    pause_order,
    put_on_waiting_list,
    reply_about_order,
    resume_order,
)
from referrals.transitions.changed_basis import change_basis
from referrals.transitions.messages import write_message
from referrals.transitions.moves import ACTIONS, MOVES, available_moves
from referrals.transitions.orders import (
    OrderInput,
    accept_order,
    decline_order,
    offer_elsewhere,
    orderable_line,
    orderable_lines,
    send_order,
    start_order,
    withdraw_order,
)
from referrals.transitions.reports import (
    ReportInput,
    complete_report,
    end_order,
    provider_sees,
    reportable_months,
    return_report,
    send_report,
)
from referrals.transitions.sessions import last_on, plan_order_sessions

__all__ = [
    "ACTIONS",
    "MOVES",
    "OrderInput",
    "ReportInput",
    "accept_order",
    "ask_about_order",
    "available_moves",
    "change_basis",
    "complete_report",
    "decline_order",
    "end_order",
    "last_on",
    "offer_elsewhere",
    "orderable_line",
    "orderable_lines",
    "pause_order",
    "plan_order_sessions",
    "provider_sees",
    "put_on_waiting_list",
    "reply_about_order",
    "reportable_months",
    "resume_order",
    "return_report",
    "send_order",
    "send_report",
    "start_order",
    "withdraw_order",
    "write_message",
]
