"""An agreement proposed by one, approved or refused by another; and what is told before it ends."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobcentre.accounts.models import User
from jobcentre.audit import log
from jobcentre.audit.enums import Access
from jobcentre.casework.access.checks import require
from jobcentre.casework.concurrency import lock
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.saving import save_checked
from jobcentre.casework.stored_files import store
from jobcentre.notices.writer import NoticeText, notify_many
from jobcentre.replay import moment_now
from referrals.agreement_rules import steps_are_whole
from referrals.enums import AgreementState, OrderState, PriceModel
from referrals.models import (
    Agreement,
    AgreementDocument,
    AgreementService,
    AgreementVersion,
    Order,
    Provider,
)
from referrals.watchers import watchers

NOTICE_DAYS = (60, 14)  # before the last day for notice


@transaction.atomic
def propose_agreement(
    provider: Provider,
    reference: str,
    terms: Mapping,
    services: Iterable[Mapping],
    *,
    actor: User,
) -> Agreement:
    """A new agreement, in force when another has approved it.

    Raises ValidationError when the reference is taken or a term is wrong, Refused when no service
    is in it.
    """
    require(actor, "agreement.keep", None)
    agreement = Agreement(provider=provider, reference=reference)
    save_checked(agreement)
    _write(agreement, terms, services, actor)
    return agreement


@transaction.atomic
def propose_change(
    agreement: Agreement, terms: Mapping, services: Iterable[Mapping], *, actor: User, edit: int
) -> AgreementVersion:
    """Another wording; the one in force holds until somebody else has approved it.

    `edit` is the number of the latest version that the page showed; raises Conflict when there is
    a newer one, ValidationError when a proposal waits already.
    """
    agreement = lock(agreement, edit)
    require(actor, "agreement.keep", agreement)
    return _write(agreement, terms, services, actor)


def _write(agreement, terms, services, actor) -> AgreementVersion:
    services = list(services)
    if not services:
        raise Refused(_("Write at least one service."))
    agreement.version += 1
    version = AgreementVersion(
        agreement=agreement, number=agreement.version, proposed_by=actor, **terms
    )
    save_checked(version)
    agreement.save(update_fields=["version"])
    for each in services:
        by_steps = each["price_model"] == PriceModel.STEPS
        if by_steps and not steps_are_whole(each["steps"]):
            raise Refused(_("The shares of the steps must be 100 per cent together."))
        row = AgreementService(
            version=version, **{**each, "steps": each["steps"] if by_steps else {}}
        )
        save_checked(row)
    log.record(actor, "agreement.keep", access=Access.CHANGE, obj=version, fields=list(terms))
    return version


@transaction.atomic
def decide_agreement(
    version: AgreementVersion, *, approves: bool, reason: str, actor: User
) -> AgreementVersion:
    """Approve or refuse a proposed wording; final.

    Raises Refused when it is decided already, or when the actor proposed it (four eyes).
    """
    agreement = lock(version.agreement)
    version = lock(version)
    require(actor, "agreement.keep", agreement)
    if version.state != AgreementState.PROPOSED:
        raise Refused(
            _("The proposal is already %(state)s.") % {"state": version.get_state_display()}
        )
    if version.proposed_by_id == actor.pk:
        raise Refused(_("Somebody else than the one who proposed it decides."))
    version.state = AgreementState.APPROVED if approves else AgreementState.REFUSED
    version.decided_by, version.decided_at = actor, moment_now()
    version.reason = "" if approves else reason
    save_checked(version)
    if approves:
        agreement.in_force = version
        agreement.save(update_fields=["in_force"])
    log.record(actor, "agreement.keep", access=Access.CHANGE, obj=version, fields=["state"])
    notify_many(
        [
            NoticeText(
                user_id=version.proposed_by_id,
                key=f"agreement:{agreement.pk}:{version.number}:decided",
                sentence=gettext_lazy("Your proposal for the agreement %(reference)s was approved.")
                if approves
                else gettext_lazy("Your proposal for the agreement %(reference)s was refused."),
                payload={"reference": agreement.reference},
                url_name="referrals:agreement",
                url_arg=str(agreement.pk),
            )
        ]
    )
    return version


@transaction.atomic
def add_document(
    agreement: Agreement, title: str, file: File, content_type: str, *, actor: User
) -> AgreementDocument:
    """Store a checked file (the form has looked at size, kind and content) with the agreement."""
    require(actor, "agreement.keep", agreement)
    document = AgreementDocument(
        agreement=agreement, title=title, content_type=content_type, added_by=actor
    )
    store(document, file)
    save_checked(document)
    log.record(actor, "agreement.keep", access=Access.CHANGE, obj=document, fields=["file"])
    return document


def running_past(agreement: Agreement) -> Q:
    """Orders of the agreement's provider and services that hold a place past its last day."""
    version = agreement.in_force
    return Q(
        provider=agreement.provider.unit_id,
        activity__service__in=version.services.values("service"),
        state__in=OrderState.going_on(),
        ends_before__gt=version.ends_before,
    )


def tell_of_ends(today: date) -> int:
    """Tell those who watch over agreements before the last day for notice of one, and when it ends
    under running orders; returns how many notices were new. Safe to run again."""
    texts, told = [], watchers(today)
    edge = today + timedelta(days=366)
    for agreement in Agreement.objects.filter(
        in_force__ends_before__gt=today, in_force__ends_before__lt=edge
    ).select_related("in_force", "provider"):
        version = agreement.in_force
        left = (version.notice_on - today).days
        reached = [days for days in NOTICE_DAYS if 0 <= left <= days]
        if reached:
            sentence = gettext_lazy(
                "The last day for notice or extension of the agreement %(reference)s is %(day)s."
            )
            step = f"notice{min(reached)}"
            texts += _texts(agreement, step, sentence, version.notice_on, told)
        past = Order.objects.filter(running_past(agreement)).aggregate(
            n=Count("pk"), last=Max("ends_before")
        )
        if past["n"] and (version.ends_before - today).days <= max(NOTICE_DAYS):
            sentence = gettext_lazy(
                "The agreement %(reference)s ends %(day)s while orders run on after it."
            )
            texts += _texts(agreement, "running", sentence, version.ends_before, told)
    return notify_many(texts)


def _texts(
    agreement: Agreement, step: str, sentence, day: date, told: list[int]
) -> list[NoticeText]:
    version = agreement.in_force
    return [
        NoticeText(
            user_id=user_id,
            key=f"agreement:{agreement.pk}:{version.number}:{step}:{user_id}",
            sentence=sentence,
            payload={"reference": agreement.reference, "day": day},
            url_name="referrals:agreement",
            url_arg=str(agreement.pk),
            by_mail=True,
        )
        for user_id in told
    ]
