"""Whether somebody may come on own initiative is the municipality's decision, on every path."""

from uuid import uuid4

import pytest

from intake.enums import VisitPurpose
from intake.lists import rules
from intake.lists.enums import RowState, Verdict
from intake.lists.reading import read_sheet
from intake.models import ReferralIn
from intake.transitions import list_runs, lists, register_visit
from intake.transitions.referrals_in import Sending, send_referral
from jobcentre.accounts.enums import Role
from jobcentre.casework.enums import Source
from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, EnrolmentRule, Person
from tests.factories import MONDAY

pytestmark = [pytest.mark.django_db, pytest.mark.row("J1")]
SENTENCE = "Kommunen tar inte emot någon på eget initiativ"
REFUSED = "on own initiative|på eget initiativ"


@pytest.fixture
def closed_to_own():
    """The municipality asks that somebody refers."""
    EnrolmentRule.objects.update(own_initiative=False)


def own(town) -> Sending:
    return Sending(source=Source.OWN, centre=town.units["north"], ground="request")


def send(town):
    return send_referral(
        None, {"given_name": "Eva"}, None, own(town), actor=town.user(Role.COACH), today=MONDAY
    )


def test_it_is_enough_until_the_municipality_says_otherwise(town):
    assert EnrolmentRule.objects.get().own_initiative
    assert send(town).source == Source.OWN
    assert town.opened(source=Source.OWN, given_name="Bo").source == Source.OWN


def test_the_transitions_refuse_it(town, closed_to_own):
    with pytest.raises(Refused, match=REFUSED):
        send(town)
    with pytest.raises(Refused, match=REFUSED):
        town.opened(source=Source.OWN)
    assert not Person.objects.filter(given_name="Eva", referrals_in__isnull=False).exists()
    assert town.opened(source=Source.AF, given_name="Bo").source == Source.AF


def sent(**fields) -> dict:
    return {"token": str(uuid4()), "given_name": "Eva", "source": "own", **fields}


def test_the_referral_says_so_and_keeps_what_was_written(town, log_in, closed_to_own):
    client = log_in(town.user(Role.COACH))
    assert 'value="own"' not in client.get("/remisser/ny/").content.decode()
    answer = client.post("/remisser/ny/", sent(ground="request", wishes="Vill köra buss"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert SENTENCE in page
    assert "Vill köra buss" in page
    EnrolmentRule.objects.update(own_initiative=True)
    assert 'value="own"' in client.get("/remisser/ny/").content.decode()
    client.post("/remisser/ny/", sent(ground="request", wishes="Vill köra buss"))
    assert ReferralIn.objects.get().source == Source.OWN


def test_the_desk_says_so(town, log_in, closed_to_own):
    desk = town.user(Role.RECEPTION)
    visit = register_visit(
        town.units["north"], VisitPurpose.ENROL, actor=desk, person=town.person()
    )
    client, url = log_in(desk), f"/besok/{visit.ref}/skriv-in/"
    page = client.get(url).content.decode()
    assert 'value="own"' not in page
    assert '<option value="" selected>' in page  # nobody else is chosen in its place
    answer = client.post(url, sent(at="13:30", track="direct"))
    assert answer.status_code == 422
    assert SENTENCE in answer.content.decode()
    assert not Case.objects.exists()


def test_a_list_says_so_before_and_when_it_is_registered(town, closed_to_own):
    desk = town.user(Role.RECEPTION)
    head = "Namn;Remitterad av;Grund"
    sheet = read_sheet(
        "lista.csv", f"{head}\nEva Ek;eget initiativ;begäran\nBo Al;AF;samtycke".encode()
    )
    EnrolmentRule.objects.update(own_initiative=True)
    source = lists.upload_list(town.units["north"], "lista.csv", sheet, actor=desk)
    matching = rules.guessed(sheet.headings)
    lists.match_columns(source, matching, actor=desk, today=MONDAY)
    assert source.rows.counted("verdict") == {Verdict.NEW: 2}
    # Decided between the check and the registration.
    EnrolmentRule.objects.update(own_initiative=False)
    batch = list_runs.Batch.of(source, list(source.rows.order_by("line")), desk, MONDAY)
    batch.decide()
    assert [row.state for row in batch.rows] == [RowState.FAILED, RowState.DONE]
    assert SENTENCE in batch.rows[0].told_sv
    lists.match_columns(source, matching, actor=desk, today=MONDAY)
    eva, bo = source.rows.order_by("line")
    assert (eva.verdict, bo.verdict) == (Verdict.WRONG, Verdict.NEW)
    assert SENTENCE in eva.told_sv
