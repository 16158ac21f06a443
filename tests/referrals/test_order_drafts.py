"""Orders kept as drafts and found again; distance and interpreter; documents of agreements."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from activityplans.models import Service
from jobcentre.accounts.enums import Role
from jobcentre.casework.models import FormDraft
from referrals import transitions as orders
from referrals.comparison import alternatives, origin_of
from referrals.distance import kilometres, nearest_km
from referrals.models import AgreementDocument, Order, ProviderSite
from referrals.order_drafts import order_drafts
from referrals.transitions import agreements
from referrals.transitions import providers as register
from tests.factories import MONDAY
from tests.referrals.test_claims import agree

PLACE = {"street": "Gatan 1", "city": "Älvbro", "opening_hours": "8–16"}
STOCKHOLM, GOTHENBURG = (
    (Decimal("59.32938"), Decimal("18.06871")),
    (Decimal("57.70887"), Decimal("11.97456")),
)
TOKEN = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def case(town):
    return town.approved(town.consented(town.opened()))


def page_of(case) -> str:
    return reverse("referrals:send", args=[case.activities.get().ref])


def typed(town, **changes):
    return {
        "token": TOKEN,
        "provider": town.units["north_provider"].pk,
        "requirement": "Halv text",
        "save_draft": "1",
        **changes,
    }


# --- drafts --------------------------------------------------------------------------------------
@pytest.mark.row("T4")
def test_a_draft_is_kept_by_its_button_and_found_again(town, case, coach, log_in):
    client = log_in(coach)
    answer = client.post(page_of(case), typed(town))
    assert answer.url == reverse("referrals:orders")
    assert not Order.objects.exists()
    listed = client.get(answer.url).content.decode()
    assert page_of(case) in listed
    assert "Verkstad Norr" in listed
    assert "Halv text" in client.get(page_of(case)).content.decode()
    tab = client.get(reverse("casework:tab", args=[case.number, "orders"])).content.decode()
    assert "utkast sparat" in tab
    client.post(page_of(case), typed(town, requirement="Mera text"))  # and again
    assert FormDraft.objects.get().edit == 2


@pytest.mark.row("T4")
def test_a_draft_is_its_writers_alone_and_goes_when_the_order_is_sent(town, case, coach, log_in):
    log_in(coach).post(page_of(case), typed(town))
    assert order_drafts(town.user(Role.COACH, name="Mona")) == []
    assert len(order_drafts(coach)) == 1
    assert len(order_drafts(coach, case)) == 1
    assert order_drafts(coach, town.opened()) == []
    town.ordered(case)  # sent from another page: the text leads nowhere
    assert order_drafts(coach) == []


@pytest.mark.row("T4")
def test_a_draft_of_an_order_offered_elsewhere_is_found_until_the_answer(town, case, coach, log_in):
    order = town.ordered(case)
    page = reverse("referrals:elsewhere", args=[order.ref])
    south = town.units["south_provider"].pk
    log_in(coach).post(page, typed(town, provider=south))
    (draft,) = order_drafts(coach)
    assert (draft.url, draft.provider) == (page, "Verkstad Söder")
    staff = town.user(Role.PROVIDER_STAFF)
    orders.accept_order(order, first_day_on=MONDAY, contact="Bo", actor=staff, today=MONDAY)
    assert order_drafts(coach) == []


def test_a_draft_that_is_too_long_is_refused_and_says_so(town, case, coach, log_in):
    client = log_in(coach)
    answer = client.post(page_of(case), typed(town, requirement="x" * 200_001), follow=True)
    assert "för lång" in answer.content.decode()
    assert not FormDraft.objects.exists()


# --- interpreter ---------------------------------------------------------------------------------
@pytest.mark.row("T4")
def test_the_provider_reads_which_interpreter_is_wanted(town, case, coach, log_in):
    sent = typed(
        town,
        interpreter="Arabiska vid första mötet",
        goals="Ett",
        starts_on="2026-11-16",
        ends_before="2026-12-16",
        hours_per_week="20",
        basis="consent",
    )
    del sent["save_draft"]
    answer = log_in(coach).post(page_of(case), sent)
    assert answer.status_code == 302
    assert Order.objects.get().interpreter == "Arabiska vid första mötet"
    page = log_in(town.user(Role.PROVIDER_STAFF)).get(answer.url).content.decode()
    assert "Arabiska vid första mötet" in page


# --- distance ------------------------------------------------------------------------------------
def test_kilometres_are_those_of_the_map():
    assert round(kilometres(STOCKHOLM, GOTHENBURG)) == 397
    assert kilometres(STOCKHOLM, STOCKHOLM) == 0
    degree = kilometres((Decimal(59), Decimal(18)), (Decimal(60), Decimal(18)))
    assert round(degree, 2) == 111.19  # a degree of latitude: 2 pi 6371 / 360
    assert nearest_km(STOCKHOLM, [None, GOTHENBURG, STOCKHOLM]) == 0
    assert nearest_km(None, [GOTHENBURG]) is None
    assert nearest_km(STOCKHOLM, [None]) is None


@pytest.fixture
def listed_provider(town):
    service = Service.objects.get(key="work_training")
    details = {"form": "municipal", "organisation_number": "", "description": ""}
    return register.add_provider(
        town.units["north_provider"], details, [service], actor=None
    ), service


def placed(provider, point=None):
    latitude, longitude = point or (None, None)
    values = {**PLACE, "name": "Lokal", "latitude": latitude, "longitude": longitude}
    provider.refresh_from_db()
    return register.save_part(provider, "sites", None, values, actor=None, edit=provider.version)


@pytest.mark.row("T4")
def test_distance_is_from_the_district_else_the_centre_to_the_nearest_place(
    town, case, listed_provider, coach, log_in
):
    provider, service = listed_provider
    placed(provider)

    def distance():
        case.refresh_from_db()
        return alternatives(service, "later", MONDAY, origin_of(case))[0].distance_km

    assert distance() is None
    assert "Inte känt" in log_in(coach).get(page_of(case)).content.decode()
    placed(provider, GOTHENBURG)
    assert distance() is None  # nothing is known of where it begins
    for unit, point, kilometers in (
        (case.centre, STOCKHOLM, 397),
        (case.district, GOTHENBURG, 0),
    ):
        unit.latitude, unit.longitude = point
        unit.save()
        assert round(distance()) == kilometers
    assert "0,0 km" in log_in(coach).get(page_of(case)).content.decode().replace("\xa0", " ")
    ProviderSite.objects.update(ends_before=MONDAY)  # a place that is left counts no more
    assert distance() is None


def test_one_coordinate_alone_is_refused(town, listed_provider):
    provider, _service = listed_provider
    for point in ((Decimal(59), None), (None, Decimal(18)), (Decimal(91), Decimal(18))):
        with pytest.raises(ValidationError):
            placed(provider, point)
    district = town.units["north_district"]
    district.latitude = Decimal(59)
    with pytest.raises(ValidationError):
        district.full_clean()


# --- documents of agreements ---------------------------------------------------------------------
PDF = b"%PDF-1.7 avtal"


@pytest.fixture
def stored(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.mark.row("J11")
def test_a_document_is_kept_with_the_agreement_and_handed_out(town, stored, coach, log_in):
    agreement, manager = agree(town), town.user(Role.MANAGER)
    add = reverse("referrals:agreement_document_add", args=[agreement.pk])
    wrong = SimpleUploadedFile("avtal.pdf", b"<html>")
    client = log_in(manager)
    assert client.post(add, {"token": TOKEN, "title": "Avtal", "file": wrong}).status_code == 422
    assert not AgreementDocument.objects.exists()
    for _twice in range(2):
        file = SimpleUploadedFile("avtal.pdf", PDF)
        answer = client.post(add, {"token": TOKEN, "title": "Avtal 2026", "file": file})
        assert answer.url == reverse("referrals:agreement", args=[agreement.pk])
    document = AgreementDocument.objects.get()
    assert "avtal.pdf" not in document.file.name
    page = client.get(answer.url).content.decode()
    url = reverse("referrals:agreement_document", args=[document.ref])
    assert url in page
    handed = log_in(coach).get(url)
    assert b"".join(handed.streaming_content) == PDF
    assert "attachment" in handed["Content-Disposition"]
    assert log_in(town.user(Role.PROVIDER_STAFF)).get(url).status_code == 404
    assert add not in log_in(coach).get(answer.url).content.decode()


def test_only_those_who_keep_agreements_add_documents(town, stored, coach):
    with pytest.raises(PermissionDenied):
        agreements.add_document(
            agree(town), "Avtal", ContentFile(PDF, name="a.pdf"), "application/pdf", actor=coach
        )
    assert not list(stored.rglob("*.pdf"))
