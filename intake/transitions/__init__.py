"""Who comes (`arrivals`), what becomes of a visit (`visits`), desks and screens (`desks`), the way
in for the protected (`entrances`), what is done at night (`nights`), the first day (`first_day`), the
mapping (`mapping`, `facts`, `guidance`) and progression (`progress`). The only writers of a visit's and
a mapping's state."""

from intake.transitions.arrivals import register_visit, register_visitor
from intake.transitions.first_day import check_af, give_rights
from intake.transitions.visits import enrol_visitor

__all__ = [
    "check_af",
    "enrol_visitor",
    "give_rights",
    "register_visit",
    "register_visitor",
]
