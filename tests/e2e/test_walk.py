"""One person from the front desk to the committee report, as the six roles, in a real browser."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.e2e.conftest import an_hour_today
from tests.factories import official_number

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# The areas that a new installation requires before a mapping is complete.
REQUIRED_AREAS = (
    *("education", "work", "wishes", "language", "digital", "travel", "job_search"),
    *("confidence", "contacts", "permit"),
)

# The order, and the plan that it is of: nothing is planned before the plan begins.
A_WEEK_GOES_BY = """
from datetime import timedelta
from activityplans.models import PlanLine, PlanVersion
from referrals.models import Order
days = ("sent_on", "starts_on", "answered_on", "accepted_on", "first_day_on", "started_on")
order = Order.objects.get(ref="{ref}")
lines = PlanLine.objects.filter(activity=order.activity_id)
versions = PlanVersion.objects.filter(lines__activity=order.activity_id)
for rows, names in (
    (Order.objects.filter(pk=order.pk), days),
    (lines, ("starts_on",)),
    (PlanVersion.objects.filter(pk__in=list(versions.values_list("pk", flat=True))), ("starts_on",)),
):
    for row in list(rows.values("pk", *names)):
        pk = row.pop("pk")
        rows.model.objects.filter(pk=pk).update(
            **{{name: day - timedelta(days=7) for name, day in row.items() if day}}
        )
"""


def _today() -> date:
    return timezone.localdate()


@pytest.mark.row("T1")
def test_a_person_walks_the_whole_path(desk, site, found):
    number = _front_desk(desk)
    coach = desk("karin.lindqvist")
    _first_day(coach, number)
    _plan(coach, number)
    _approval(desk, coach, number)
    _provider(desk, site, coach, number)
    _employer(desk, coach, number)
    _exit(coach, number)
    _report(desk, site)
    assert found == []


def _front_desk(desk) -> str:
    """1. Reception finds nobody by the number, registers the person and opens the case."""
    reception = desk("per.astrom")
    written = official_number(date(1984, 3, 1))
    reception.fill(q=f"{written[2:8]}-{written[8:]}")
    reception.send("Hitta")
    assert "1984" in reception.text()
    reception.fill(given_name="Ebba", family_name="Öström", phone="070-174 06 77")
    reception.send("Registrera personen")
    assert "Öppna ett ärende" in reception.text()
    reception.choose(source="försörjningsstödsenhet", district="Enskede", track="jobb på sikt")
    reception.page.get_by_label(re.compile("^Karin")).check()
    reception.tick("Försörjningsstöd")
    reception.fill(at=an_hour_today("22:30"))
    reception.send("Öppna ärendet och boka mötet")
    page = reception.page
    assert "Ebba Öström" in page.inner_text("h1")
    return re.search(r"/arenden/([0-9-]+)/", page.url).group(1)


def _first_day(coach, number) -> None:
    """2. Rights and duties, AF, consents, and the mapping from begun to completed."""
    coach.go(f"/arenden/{number}/")
    assert "5 arbetsdagar kvar" in coach.page.inner_text(".ei-clocks")
    coach.go(f"/arenden/{number}/forsta-dagen/")
    coach.tick("berättat och lämnat skriftligt")
    coach.send("Spara : Rättigheter och skyldigheter")
    coach.tick("inskriven på AF")
    coach.send("Spara : Arbetsförmedlingen (AF)")
    assert "2 av 6 klara" in coach.text()
    for purpose in ("utbyte med utförare", "profil i kompetensbanken", "kontakt efter avslutet"):
        coach.go(f"/arenden/{number}/samtycke/")
        coach.choose(purpose=purpose).tick("skriftligt")
        coach.send("Spara samtycket")
    coach.go(f"/arenden/{number}/kartlaggning/")
    coach.send("Gör kartläggningen klar")
    assert "Besvara de här områdena" in coach.text()
    for area in REQUIRED_AREAS:
        coach.page.select_option(f"#id_level_{area}", "4")
    coach.fill(summary="Van vid kafé. Vill arbeta heltid.")
    coach.send("Gör kartläggningen klar")
    assert "Van vid kafé" in coach.text()


def _plan(coach, number) -> None:
    """3. The plan is refused with reasons while it is incomplete, keeps what was typed, is sent."""
    # The activity went on before it was written down, so that there is attendance to register.
    begun = _today()
    coach.go(f"/arenden/{number}/plan/skriv/")
    coach.choose(**{"lines-0-service": "Arbetsträning", "lines-0-provider": "Café Bryggan"})
    coach.fill(
        **{
            "lines-0-hours_per_week": "30",
            "lines-0-starts_on": begun.isoformat(),
            "lines-0-ends_before": (_today() + timedelta(days=60)).isoformat(),
            "lines-0-description": "Tränar i kafé.",
            "lines-0-expected_result": "Klarar kassan.",
        }
    )
    coach.fill(
        own_search_hours="10",
        target_reason="Mer planeras efter hand.",
        starts_on=begun.isoformat(),
        ends_before=(_today() + timedelta(days=120)).isoformat(),
    )
    coach.send("Skicka för godkännande")
    assert "Skriv planens mål" in coach.text()
    assert coach.page.input_value("#id_lines-0-description") == "Tränar i kafé."
    coach.fill(goal="Arbete i kafé.")
    coach.send("Skicka för godkännande")
    assert "väntar på svar" in coach.text()


def _approval(desk, coach, number) -> None:
    """4. The social secretary returns the plan with a reason, then approves; the PDF is there."""
    secretary = desk("ingela.forsman")
    secretary.go("/planer/att-ta-stallning/")
    secretary.follow("Ebba Öström")
    secretary.page.get_by_text("Återsänd eller avslå").click()
    secretary.send("Återsänd till coachen")
    assert "Skriv varför" in secretary.text()
    secretary.page.locator("summary", has_text="Arbetsträning").click()
    secretary.page.get_by_label("Kommentar om Arbetsträning").fill("Skriv vilka dagar.")
    secretary.send("Återsänd till coachen")
    coach.go(f"/arenden/{number}/plan/skriv/")
    assert "Skriv vilka dagar." in coach.text()
    coach.fill(**{"lines-0-description": "Tränar i kafé måndag till fredag."})
    coach.send("Skicka för godkännande")
    secretary.go("/planer/att-ta-stallning/")
    secretary.follow("Ebba Öström")
    with secretary.page.expect_navigation():
        secretary.page.locator("button[value=approved]").click()
    assert "Ebba Öström: planen är godkänd" in secretary.page.inner_text("body")
    answer = coach.page.request.get(f"{coach.site.url}/arenden/{number}/plan/utskrift/")
    assert answer.body().startswith(b"%PDF")
    coach.go(f"/arenden/{number}/")
    assert "version 1 gäller" in coach.text()


def _provider(desk, site, coach, number) -> None:
    """5. Ordered, accepted, started, attendance registered, ended with a report."""
    coach.go(f"/arenden/{number}/del/orders/")
    coach.follow("Beställ: ")
    coach.send("Skicka beställningen")
    provider = desk("linnea.strom")
    provider.follow("Ebba Öström")
    order = provider.page.url.removeprefix(provider.site.url)
    provider.follow("Tacka ja")
    provider.fill(first_day_on="idag").send("Tacka ja")
    provider.follow("Personen har börjat")
    provider.send("Spara starten")
    site.manage("shell", "-v", "0", "-c", A_WEEK_GOES_BY.format(ref=order.split("/")[2]))
    provider.go(f"{order}tillfallen/")
    provider.fill(
        starts_on=(_today() - timedelta(days=7)).isoformat(),
        ends_before=(_today() - timedelta(days=1)).isoformat(),
        hours="3",
    )
    provider.tick("Måndag", "Onsdag", "Fredag").send("Planera tillfällena")
    _refused_while_unregistered(provider, order)
    missing = provider.page.locator("a[href*='?day=']")
    for path in [each.get_attribute("href") for each in missing.all()]:
        provider.go(path)
        provider.send("Resten var närvarande")
    _final_report(provider, order)
    assert "avslutad" in provider.text()


def _final_report(provider, order) -> None:
    provider.go(f"{order}avsluta/")
    provider.tick("det förväntade resultatet nåddes")
    provider.choose(step_0="nått")
    provider.fill(done="Kassa och servering.", development="Tar eget ansvar.")
    provider.send("Avsluta och skicka rapporten")


def _refused_while_unregistered(provider, order) -> None:
    """Nothing is concluded about a person while a session is unregistered."""
    _final_report(provider, order)
    assert "Registrera närvaron först" in provider.text()
    provider.go(order)


def _employer(desk, coach, number) -> None:
    """6. The coach writes the profile; the coordinator matches, asks and places."""
    coach.go(f"/arenden/{number}/profil/")
    coach.fill(headline="Van vid kassa.", occupations="lager, kafé", skills="Kassa och lager.")
    coach.send("Spara profilen")
    coordinator = desk("bjorn.hallgren")
    coordinator.go("/arbetsgivare/")
    coordinator.follow("Älvbro Lager")
    coordinator.follow("Nytt behov")
    coordinator.choose(kind="jobb")
    coordinator.fill(title="Lagerarbetare", occupation="lager")
    coordinator.fill(starts_on=_today().isoformat()).send("Spara behovet")
    coordinator.go("/behov/")
    coordinator.follow("Lagerarbetare")
    coordinator.follow("Föreslå: Ebba Öström")
    coordinator.send("Föreslå")
    coordinator.follow("Anteckna svaret")
    coordinator.tick("Ja").send("Spara svaret")
    coordinator.follow("Personen har börjat")
    coordinator.fill(supervisor="Anna Vik").send("Spara starten")
    coordinator.follow("Anteckna resultatet")
    coordinator.tick("anställd").send("Spara resultatet")
    assert "anställd" in coordinator.text()


def _exit(coach, number) -> None:
    """7. The exit needs the form of employment; follow-ups are planned with it."""
    coach.go(f"/arenden/{number}/avsluta/")
    coach.choose(reason="Arbete utan stöd")
    coach.send("Avsluta ärendet")
    assert "Välj anställningsform" in coach.text()
    coach.choose(employment_form="tillsvidare", subsidy="inget stöd").fill(extent_percent="100")
    coach.send("Avsluta ärendet")
    assert "uppföljningarna är planerade" in coach.text()


def _report(desk, site) -> None:
    """8. The manager's figures, and the report of a period as PDF and CSV."""
    manager = desk("eva.sundin")
    assert manager.page.locator(".ei-kpi").count() >= 1
    manager.go("/rapporter/")
    manager.page.locator("main form button[type=submit]").first.click()
    manager.page.wait_for_load_state()
    site.run_jobs()
    manager.go("/rapporter/")
    links = {
        kind: manager.page.locator(f"a[href$='/{kind}/']").first.get_attribute("href")
        for kind in ("pdf", "csv")
    }
    pdf = manager.page.request.get(site.url + links["pdf"])
    assert pdf.body().startswith(b"%PDF")
    csv = manager.page.request.get(site.url + links["csv"])
    assert csv.status == 200
    assert len(csv.text().splitlines()) > 8
