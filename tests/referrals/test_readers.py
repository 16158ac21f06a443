"""Who reads an order: those who read the orders of its case. Who writes: its coach and its provider."""

import pytest
from django.core.exceptions import PermissionDenied

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.policy import AREAS, GRANTS, SEES
from jobcentre.casework.enums import Area, InvolvementKind
from jobcentre.casework.transitions.records import involve
from referrals import transitions as orders
from referrals.models import OrderMessage
from tests.factories import MONDAY

pytestmark = [pytest.mark.row("B7"), pytest.mark.row("J11")]
KEPT = orders.ReportInput("deviation", "BARA FÖR NÅGRA", "Samtal.")


@pytest.fixture
def order(town):
    staff = town.user(Role.PROVIDER_STAFF)
    found = town.ordered(town.approved(town.consented(town.opened(groups=("youth",)))))
    orders.accept_order(found, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    found = orders.start_order(found, started_on=MONDAY, actor=staff, today=MONDAY)
    orders.send_report(found, KEPT, actor=staff, today=MONDAY)
    return found


def test_the_page_is_read_by_those_who_read_the_tab():
    for role in Role:
        reads = {rel for rel in SEES[role] if Area.REFERRALS in AREAS[role].get(rel, ())}
        assert GRANTS["order.view"].get(role, set()) == reads, role


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.STUDY_COUNSELLOR, 404), (Role.YOUTH_COORDINATOR, 403), (Role.SOCIAL_SECRETARY, 404),
        (Role.BUSINESS_COORDINATOR, 404), (Role.MANAGER, 200), (Role.COACH, 200),
    ],
)  # fmt: skip
def test_the_report_is_not_read_by_others(town, order, log_in, role, status):
    reader = town.user(role)
    involve(order.case, InvolvementKind.GUIDANCE, label="V", starts_on=MONDAY, user=reader)
    page = log_in(reader).get(f"/bestallningar/{order.ref}/")
    assert page.status_code == status
    assert ("BARA FÖR NÅGRA" in page.content.decode()) == (status == 200)


@pytest.mark.parametrize(
    ("role", "name", "writes"),
    [
        (Role.COACH, "", True), (Role.PROVIDER_STAFF, "", True),
        (Role.COACH, "Kollega", False), (Role.MANAGER, "", False),
    ],
)  # fmt: skip
def test_only_the_coach_and_the_provider_write(town, order, log_in, role, name, writes):
    writer = town.user(role, name=name)
    client, path = log_in(writer), f"/bestallningar/{order.ref}/"
    assert ('name="text"' in client.get(path).content.decode()) == writes
    typed = {"text": "Hej.", "token": "5f0f8f1e-97f5-4c68-9b8d-0d0d3f6f5a09"}
    assert client.post(path, typed).status_code == (302 if writes else 403)
    assert OrderMessage.objects.count() == writes
    if not writes:
        with pytest.raises(PermissionDenied):
            orders.write_message(order, "Hej.", actor=writer, today=MONDAY)
