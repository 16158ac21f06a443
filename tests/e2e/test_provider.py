"""An order from the coach to the last krona, in a real browser: ordered by an approved plan, accepted,
attended, made longer by a proposal, reported, claimed by the ledger, reviewed and attested."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.row("J11"), pytest.mark.row("J12")]
PROVIDER, STAFF = "Yrkeshuset Älvbro", "farah.daoud"
DAYS = 14  # how long ago the order began when its attendance is registered

# A line that can be ordered in a plan in force of the coach, at a provider with an agreement by week.
ORDERABLE = """
from datetime import timedelta
from django.utils import timezone
from activityplans.models import Activity, PlanLine, PlanVersion
from jobcentre.casework.enums import Protection
from referrals.enums import PriceModel
from referrals.models import Agreement
today = timezone.localdate()
version = PlanVersion.objects.filter(
    state="approved", case__status="open", case__coach__email__startswith="karin.lindqvist",
    case__person__protection=Protection.NONE, case__pauses__isnull=True,
    starts_on__lte=today - timedelta(days={days}), ends_before__gt=today + timedelta(days=60),
).order_by("pk").first()
agreement = Agreement.objects.get(provider__unit__name="{provider}")
sold = agreement.in_force.services.filter(price_model=PriceModel.WEEK).order_by("pk").first()
activity = Activity.objects.create(case=version.case, service=sold.service)
PlanLine.objects.create(
    version=version, activity=activity, description="Praktik i kök.",
    expected_result="Klarar en arbetsdag.", provider=agreement.provider.unit,
    starts_on=today - timedelta(days={days}),
    ends_before=today + timedelta(days=45), hours_per_week=20, position=99,
)
open("{answer}", "w").write(f"{{version.case.number}} {{activity.ref}}")
"""
DAYS_GO_BY = """
from datetime import timedelta
from referrals.models import Order
order = Order.objects.get(ref="{ref}")
for name in ("sent_on", "starts_on", "answered_on", "accepted_on", "first_day_on", "started_on"):
    setattr(order, name, getattr(order, name) - timedelta(days={days}))
order.save()
"""
LEDGER = """
from django.utils import timezone
from referrals.transitions.claims import keep_ledger
keep_ledger(timezone.localdate())
"""


def _day(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def _run(site, code: str, **values) -> None:
    site.manage("shell", "-v", "0", "-c", code.format(**values))


def test_an_order_from_the_plan_to_the_attested_amount(desk, site, found, tmp_path):
    answer = tmp_path / "activity"
    _run(site, ORDERABLE, provider=PROVIDER, answer=answer, days=DAYS)
    number, activity = answer.read_text().split()
    coach, provider = desk("karin.lindqvist"), desk(STAFF)
    order = _order(coach, activity)
    _begin(provider, site, order)
    _attendance(provider, order)
    _longer(coach, provider, order)
    _end(provider, order)
    assert "Kassa och disk." in coach.go(order).text()
    _run(site, LEDGER)
    _money(desk, provider, number, order)
    assert found == []


def _order(coach, activity) -> str:
    """1. The coach compares, chooses and sends; the page of the order is where it leads."""
    coach.go(f"/aktiviteter/{activity}/bestall/")
    assert PROVIDER in coach.page.inner_text("#alternatives")
    coach.choose(provider=PROVIDER).fill(ends_before=_day(20))
    coach.page.locator("#id_basis_1").check()
    coach.send("Skicka beställningen")
    assert "Skriv varför det är nödvändigt" in coach.text()
    coach.fill(basis_reason="Uppgifterna behövs för praktiken.").send("Skicka beställningen")
    assert "Praktik i kök." in coach.text()
    return coach.page.url.removeprefix(coach.site.url)


def _begin(provider, site, order: str) -> None:
    """2. The provider finds the order before it, accepts and starts."""
    provider.go("/utforare/")
    assert provider.page.locator(f"a[href='{order}']").count() >= 1
    provider.go(order).follow("Tacka ja")
    provider.fill(first_day_on="idag", contact="Bo Ek").send("Tacka ja")
    provider.follow("Personen har börjat").send("Spara starten")
    assert "startad" in provider.text().lower()
    _run(site, DAYS_GO_BY, ref=order.split("/")[2], days=DAYS)


def _attendance(provider, order: str) -> None:
    """3. Two weeks of sessions are planned and registered, day by day."""
    provider.go(f"{order}tillfallen/")
    provider.fill(starts_on=_day(-DAYS), ends_before=_day(-1), hours="4")
    provider.tick("Måndag", "Onsdag", "Fredag").send("Planera tillfällena")
    missing = provider.go(order).page.locator("#attendance a[href*='?day=']")
    paths = [each.get_attribute("href") for each in missing.all()]
    assert len(paths) >= 5
    for path in paths:
        provider.go(path).send("Resten var närvarande")
    assert missing.count() == 0 or "inte registrera" not in provider.go(order).text()


def _longer(coach, provider, order: str) -> None:
    """4. The provider proposes more weeks, the coach says yes; both read the answer."""
    provider.go(order).follow("Föreslå en ändring")
    provider.tick("en förlängning").fill(day=_day(34), reason="Behöver två veckor till.")
    provider.page.get_by_role("button", name=re.compile("^Skicka")).first.click()
    provider.look()
    coach.go(order)
    assert "Behöver två veckor till." in coach.text()
    coach.go(f"{order}forslag/")
    coach.page.locator("#id_accepts_0").check()
    coach.fill(answer="Bra, fortsätt.")
    coach.page.locator("main form button[type=submit]").first.click()
    coach.look()
    for each in (coach, provider):
        assert "Bra, fortsätt." in each.go(order).text()


def _end(provider, order: str) -> None:
    """5. The final report says how it went with the goal; the order is ended."""
    provider.go(f"{order}avsluta/")
    provider.tick("det förväntade resultatet nåddes").choose(step_0="nått")
    provider.fill(done="Kassa och disk.", development="Tar eget ansvar.")
    provider.send("Avsluta och skicka rapporten")
    assert "avslutad" in provider.text().lower()


def _money(desk, provider, number: str, order: str) -> None:
    """6. The ledger has made the amounts; one reviews, the same does not attest, another does."""
    first, second = desk("eva.sundin"), desk("birger.holm")
    first.go("/ersattningar/?state=open")
    row = first.page.locator("#claims tr", has_text=number).first
    claim = row.locator("a[href^='/ersattningar/']").first.get_attribute("href")
    first.go(claim)
    assert "1 150" in first.text().replace("\xa0", " ").replace("\u202f", " ")
    first.send("Granskat")
    first.go(claim)
    assert "Du har granskat beloppet" in first.text()
    assert first.page.get_by_role("button", name="Attestera").count() == 0
    second.go(claim).send("Attestera")
    text = second.go(claim).text()
    assert "Eva Sundin" in text
    assert "Birger Holm" in text
    own = provider.go("/utforare/ersattning/").text()
    assert "AMN 2023/118" in own
