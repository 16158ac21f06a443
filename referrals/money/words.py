"""Why an amount is what it is, in words for its page and the invoice basis."""

from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.ui import formats
from jobcentre.workdays import add_months
from referrals.enums import PriceModel, PriceStep
from referrals.models import Claim

EVIDENCE: dict[str, str | Promise] = {
    "started": gettext_lazy("The activity began"),
    "ended": gettext_lazy("The activity ended"),
    "final_report": gettext_lazy("The final report was sent"),
    "report": gettext_lazy("The monthly report was sent"),
    "ran": gettext_lazy("The activity went on from"),
    "job": gettext_lazy("The job began"),
    "held_1": gettext_lazy("The job was verified after 1 month"),
    "held_3": gettext_lazy("The job was verified after 3 months"),
    "held_6": gettext_lazy("The job was verified after 6 months"),
    "held_12": gettext_lazy("The job was verified after 12 months"),
}


def evidence_of(claim: Claim) -> list[tuple[str | Promise, date]]:
    """What shows that it is to be paid: (what, day), the first first."""
    found = [(EVIDENCE[what], date.fromisoformat(day)) for what, day in claim.evidence.items()]
    return sorted(found, key=lambda each: each[1])


def reckoning(claim: Claim) -> str:
    """How the amount was reached, a sentence."""
    price = formats.kronor(claim.unit_price)
    if claim.kind in PriceStep.values:
        shares = claim.priced_by.steps
        return _("%(share)s of the price of %(price)s.") % {
            "share": formats.percent(shares.get(claim.kind, 0)),
            "price": formats.kronor(claim.priced_by.price),
        }
    if claim.kind == PriceModel.MONTH:
        first_of = claim.starts_on.replace(day=1)
        whole = (add_months(first_of, 1) - first_of).days
        return _("%(days)s of the %(whole)s days of the month, at %(price)s a month.") % {
            "days": round(abs(claim.amount) * whole / claim.unit_price),
            "whole": whole,
            "price": price,
        }
    if claim.kind == PriceModel.HOUR:
        return _("%(hours)s of attendance at %(price)s an hour.") % {
            "hours": formats.hours(claim.quantity),
            "price": price,
        }
    if claim.kind == PriceModel.WEEK:
        return _("One week begun, at %(price)s a week.") % {"price": price}
    if claim.kind == PriceModel.PLACE:
        return _("A place for one month begun, at %(price)s a month.") % {"price": price}
    return _("The whole price, %(price)s.") % {"price": price}


def last_day(claim: Claim) -> date:
    """The last day of the period, as people say it."""
    return claim.ends_before - timedelta(days=1)
