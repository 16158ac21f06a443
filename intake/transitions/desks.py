"""Desks, rooms and screens: who sits where, which addresses are in use."""

from django.db import transaction
from django.utils.translation import gettext as _

from intake.enums import SERVED_STATES, ScreenKind
from intake.models import Desk, Screen, Visit
from intake.transitions.traces import AtCentre, log_change
from jobcentre.accounts.models import Unit, User
from jobcentre.casework.access.checks import require
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.replay import moment_now


@transaction.atomic
def take_desk(desk: Desk, *, actor: User) -> Desk:
    """Sit down at a desk; the one who sat there, and the desk one sat at before, are free."""
    require(actor, "visit.register", desk)
    _stand_up(actor)
    desk = Desk.objects.select_for_update().get(pk=desk.pk)
    if not desk.is_active:
        raise Refused(_("Choose a desk or room of this centre."))
    desk.staffed_by, desk.staffed_at = actor, moment_now()
    save_checked(desk)
    log_change(actor, "desk.take", desk, fields=["staffed_by"])
    return desk


@transaction.atomic
def leave_desk(*, actor: User) -> None:
    """Stand up: nobody sits at the desk any more."""
    for desk in _stand_up(actor):
        log_change(actor, "desk.leave", desk, fields=["staffed_by"])


def _stand_up(actor: User) -> list[Desk]:
    desks = list(Desk.objects.select_for_update().filter(staffed_by=actor))
    for desk in desks:
        desk.staffed_by = desk.staffed_at = None
        save_checked(desk)
    return desks


@transaction.atomic
def add_desk(centre: Unit, name: str, kind: str, *, actor: User | None) -> Desk:
    """A new desk or room of the centre; one that was closed under that name is opened again."""
    require(actor, "screen.manage", AtCentre(centre))
    desk = Desk.objects.select_for_update().filter(centre=centre, name=name).first()
    if desk is not None and desk.is_active:
        raise Refused(_("The centre already has a desk or room of that name."))
    desk = desk or Desk(centre=centre, name=name)
    desk.kind, desk.is_active = kind, True
    save_checked(desk)
    log_change(actor, "desk.add", desk, fields=["name"])
    return desk


@transaction.atomic
def close_desk(desk: Desk, *, actor: User) -> Desk:
    """Nobody is called there any more. Raises Refused while a visitor is."""
    require(actor, "screen.manage", desk)
    desk = Desk.objects.select_for_update().get(pk=desk.pk)
    if Visit.objects.filter(desk=desk, state__in=SERVED_STATES).exists():
        raise Refused(_("%(place)s has a visitor; wait until it is free.") % {"place": desk.name})
    desk.is_active = False
    desk.staffed_by = desk.staffed_at = None
    save_checked(desk)
    log_change(actor, "desk.close", desk, fields=["is_active"])
    return desk


@transaction.atomic
def add_screen(centre: Unit, kind: str, name: str, *, actor: User | None) -> Screen:
    """A new screen or tablet with an address of its own. A centre has one lobby screen address,
    shown on as many screens as one likes."""
    require(actor, "screen.manage", AtCentre(centre))
    Unit.objects.select_for_update(no_key=True).get(pk=centre.pk)
    in_use = Screen.objects.in_use().filter(centre=centre, kind=kind)
    if kind == ScreenKind.LOBBY and in_use.exists():
        raise Refused(_("The centre has an address for its screens; replace it instead."))
    if in_use.filter(name=name).exists():
        raise Refused(_("The centre already has a screen of that name."))
    screen = Screen(centre=centre, kind=kind, name=name, made_by=actor)
    save_checked(screen)
    log_change(actor, "screen.add", screen, fields=["token"])
    return screen


@transaction.atomic
def end_screen(screen: Screen, *, actor: User) -> Screen:
    """The address works no more."""
    require(actor, "screen.manage", screen)
    screen = Screen.objects.select_for_update().get(pk=screen.pk)
    if screen.ended_at is not None:
        raise Refused(_("The address is already out of use."))
    screen.ended_at = max(moment_now(), screen.made_at)
    save_checked(screen)
    log_change(actor, "screen.end", screen, fields=["ended_at"])
    return screen


@transaction.atomic
def replace_screen(screen: Screen, *, actor: User) -> Screen:
    """A new address in place of the old one, which works no more from this moment."""
    old = end_screen(screen, actor=actor)
    return add_screen(old.centre, old.kind, old.name, actor=actor)
