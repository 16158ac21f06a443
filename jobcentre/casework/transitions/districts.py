"""The income-support unit of a case is that of its district, whenever that changes."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from jobcentre.accounts.models import Unit, User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.concurrency import lock
from jobcentre.casework.deadlines import clock
from jobcentre.casework.models import Case
from jobcentre.casework.saving import save_checked
from jobcentre.casework.timeline import record_event


def follow_district(district: Unit, *, actor: User | None) -> int:
    """The open cases of `district` go to the unit that has the district now, each in a transaction of
    its own, with what waits for an answer; returns how many there were.

    What has ended stays with the unit that answered for it.
    """
    unit = district.income_support_unit
    elsewhere = (
        Q(income_support_unit__isnull=False) if unit is None else ~Q(income_support_unit=unit)
    )
    if unit is not None:
        elsewhere |= Q(income_support_unit__isnull=True)
    ids = Case.objects.filter(elsewhere, district=district, status="open").order_by("pk")
    return sum(_follow(pk, district, actor) for pk in list(ids.values_list("pk", flat=True)))


@transaction.atomic
def _follow(pk: int, district: Unit, actor: User | None) -> bool:
    case = lock(Case(pk=pk))
    unit = district.income_support_unit
    if not case.is_open or case.district_id != district.pk or case.income_support_unit == unit:
        return False
    old, case.income_support_unit = case.income_support_unit, unit
    case.version += 1
    save_checked(case)
    record_event(
        case,
        "case.moved",
        actor=actor,
        payload={
            "old": str(old or "-"),
            "new": str(unit or "-"),
            "reason": _("%(district)s belongs to another income-support unit now.")
            % {"district": district.name},
        },
    )
    clock.recompute(case)
    log.record(
        actor,
        "case.move",
        access=Access.CHANGE,
        subject=case.person.ref,
        obj=case,
        fields=["income_support_unit"],
    )
    return True
