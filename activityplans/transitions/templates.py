"""Templates of plans kept: written, changed, ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from activityplans.filling import kept
from activityplans.models import PlanTemplate, Service, TemplateLine
from activityplans.schedule import Slot, clashes, hours_of
from activityplans.transitions.catalogue import free_key
from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.saving import save_checked

FIELDS = (
    *("label_sv", "label_en", "track", "goal", "support_needs", "own_search_hours"),
    *("applications", "applications_per", "valid_from", "valid_to"),
)

# What a line of the template says as it is written.
PLAIN = (*("service", "description", "expected_result", "weeks", "after_weeks", "is_followed_up"),)


@dataclass(frozen=True)
class TemplateLineInput:
    """An activity of a template; with `times` the hours follow from them."""

    service: Service
    description: str
    expected_result: str
    weeks: int
    after_weeks: int = 0
    hours_per_week: Decimal | None = None
    times: tuple[Slot, ...] = ()
    is_followed_up: bool = False


@transaction.atomic
def add_template(
    values: Mapping, groups, lines: Sequence[TemplateLineInput], *, actor: User | None
) -> PlanTemplate:
    """A new template. Raises Refused without an activity."""
    require(actor, "catalogue.keep", None)
    template = PlanTemplate(key=free_key(PlanTemplate, values["label_sv"]), **values)
    return _write(template, groups, lines, actor)


@transaction.atomic
def change_template(
    template: PlanTemplate,
    values: Mapping,
    groups,
    lines: Sequence[TemplateLineInput],
    *,
    actor: User | None,
    edit: int,
) -> PlanTemplate:
    """The template proposes something else from now on; plans written from it stay as they are.

    Raises Conflict when it was changed since the page was opened, Refused without an activity.
    """
    template = lock(template)
    require(actor, "catalogue.keep", None)
    if template.edit != edit:
        raise Conflict(
            _("Somebody else has changed this since you opened it. What you wrote is still here.")
        )
    template.edit += 1
    for name, value in values.items():
        setattr(template, name, value)
    return _write(template, groups, lines, actor)


def _write(template: PlanTemplate, groups, lines, actor: User | None) -> PlanTemplate:
    if not lines:
        raise Refused(_("Add at least one activity."))
    save_checked(template)
    template.target_groups.set(groups)
    template.lines.all().delete()
    for position, line in enumerate(lines, start=1):
        if clashes({"": line.times}):
            raise Refused(
                _("%(service)s: two times of the same day overlap.") % {"service": line.service}
            )
        save_checked(
            TemplateLine(
                template=template,
                position=position,
                times=kept(line.times),
                hours_per_week=hours_of(line.times) if line.times else line.hours_per_week,
                **{name: getattr(line, name) for name in PLAIN},
            )
        )
    log.record(
        actor,
        "catalogue.keep",
        access=Access.CHANGE,
        obj=template,
        fields=[*FIELDS, "target_groups", "lines"],
    )
    return template
