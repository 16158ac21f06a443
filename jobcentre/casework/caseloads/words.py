"""A proposal of a coach in words: what speaks for whom."""

from decimal import Decimal

from django.utils.translation import gettext as _

from jobcentre.casework.caseloads.rules import Proposal
from jobcentre.ui import formats


def room_in_words(room: Decimal) -> str:
    """How far from the target: "12 under target"."""
    if room == 0:
        return _("at the target")
    shown = formats.number(abs(room).normalize())
    return (_("%(n)s under target") if room > 0 else _("%(n)s over target")) % {"n": shown}


def reasons_of(proposal: Proposal) -> str:
    """Why the coach stands where they do: "speaks Somali, 12 under target"."""
    parts = []
    if proposal.load.is_away:
        parts.append(_("away today"))
    if proposal.language:
        parts.append(_("speaks %(language)s") % {"language": proposal.language})
    if proposal.specialisations:
        known = ", ".join(proposal.specialisations)
        parts.append(_("specialised in %(what)s") % {"what": known})
    parts.append(room_in_words(proposal.load.room))
    return ", ".join(parts)


def in_words(proposal: Proposal) -> str:
    """The coach with the reasons, as a choice in a form."""
    return f"{proposal.load.name} – {reasons_of(proposal)}"
