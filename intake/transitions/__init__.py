"""Who comes (`arrivals`), what becomes of a visit (`visits`), desks and screens (`desks`), the way
in for the protected (`entrances`), what is done at night (`nights`) and the first day with the
mapping (`first_day`). The only writers of a visit's and a mapping's state."""

from intake.transitions.arrivals import register_visit, register_visitor
from intake.transitions.first_day import (
    MappingInput,
    check_af,
    give_rights,
    save_mapping,
)
from intake.transitions.visits import enrol_visitor

__all__ = [
    "MappingInput",
    "check_af",
    "enrol_visitor",
    "give_rights",
    "register_visit",
    "register_visitor",
    "save_mapping",
]
