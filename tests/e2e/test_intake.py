"""The work of the centre before there is a plan, in a real browser: a morning at the desk, a referral
in, a mapping by two, a list with rows that fail. What a task costs is printed."""

from datetime import date, timedelta

import pytest

from tests.e2e.conftest import an_hour_today
from tests.e2e.counting import Counted
from tests.factories import official_number

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BUDGET = 8  # interactions from "somebody stands here" to "has a ticket"
NEW, NAMELESS, COMPANIES = 4, 13, 3


def written(day: date) -> str:
    """An official number as people write it."""
    number = official_number(day)
    return f"{number[2:8]}-{number[8:]}"


# --- a morning at the desk -----------------------------------------------------------------------
@pytest.mark.row("B9")
def test_a_morning_at_the_desk(desk, found):
    """Twenty visitors, three desks: everybody gets one ticket, nobody is called twice."""
    reception = desk("hodan.ali")
    page = reception.page
    waiting = page.locator("main tbody .ei-ticket")
    with page.expect_navigation():  # Rum 9 is free from now on
        page.locator(".ei-desk", has_text="Rum 9").get_by_role("button", name="Kom inte").click()
    before = waiting.count()
    costs = [_new_person(reception, n) for n in range(NEW)]
    costs += [_nameless(reception) for _n in range(NAMELESS)]
    costs += [_company(reception, n) for n in range(COMPANIES)]
    print("interactions to a ticket:", costs)
    assert max(costs) <= BUDGET
    tickets = waiting.all_inner_texts()
    assert len(tickets) == len(set(tickets)) == before + 20
    reception.look()
    # Three desks at once: one calls from the board, two coaches from the pages of visits.
    hrefs = page.locator("main tbody th a").evaluate_all("all => all.map(a => a.pathname)")
    coaches = [desk("martin.ohman"), desk("lisa.back")]
    places = ["Disk 2", "Rum 9"]
    served = [_call_next(reception)]
    for coach, place in zip(coaches, places, strict=True):
        served.append(_call(coach, hrefs[len(served)], place))
    _end_mine(reception)
    for coach in coaches:
        _end(coach)
    page.goto(reception.site.url + "/mottagning/")
    assert served == tickets[:3]
    assert waiting.all_inner_texts() == tickets[3:]
    assert found == []


def _new_person(reception, n: int) -> int:
    new = Counted(reception.page)
    new.fill("#id_q", written(date(1968, 1, 3) + timedelta(days=400 * n)))
    new.press("Hitta")
    new.fill("#id_given_name", f"{'ABDGKM'[n]}elvira")
    new.fill("#id_family_name", f"{'ABDGKM'[n]}orgonsson")
    new.choose("#id_purpose", "papers")
    new.press("Registrera personen")
    return len(new.done)


def _nameless(reception) -> int:
    nameless = Counted(reception.page)
    nameless.press("Ge en kölapp")
    return len(nameless.done)


def _company(reception, n: int) -> int:
    company = Counted(reception.page)
    company.follow("Företag eller träff")
    company.fill("#id_company_name", f"Morgonbolaget {n}")
    company.press("Ge en kölapp")
    return len(company.done)


def _call_next(reception) -> str:
    """The first in the queue is called to the desk where reception sits, and has come."""
    page = reception.page
    page.goto(reception.site.url + "/mottagning/")
    ticket = page.locator("main tbody .ei-ticket").first.inner_text()
    with page.expect_navigation():
        page.locator("#call-next").click()
    mine = page.locator(".ei-desk", has_text="(du)")
    assert ticket in mine.inner_text()
    with page.expect_navigation():
        mine.get_by_role("button", name="Har kommit").click()
    return ticket


def _end_mine(reception) -> None:
    page = reception.page
    with page.expect_navigation():
        page.locator(".ei-desk", has_text="(du)").get_by_role("link", name="Avsluta").click()
    _end(reception)


def _call(coach, path: str, place: str) -> str:
    coach.page.goto(coach.site.url + path)
    ticket = coach.page.inner_text("h1").split(" · ")[0]
    coach.choose(desk=place)
    for button in ("Kalla", "Har kommit"):
        with coach.page.expect_navigation():
            coach.page.locator("main").get_by_role("button", name=button, exact=True).click()
    return ticket


def _end(who) -> None:
    who.tick("Löst i disken")
    with who.page.expect_navigation():
        who.page.get_by_role("button", name="Avsluta besöket").click()


# --- referral in ---------------------------------------------------------------------------------
@pytest.mark.row("J1")
def test_a_referral_in_from_the_sender_to_the_open_case(desk, found):
    secretary = desk("ingela.forsman")
    secretary.go("/remisser/")
    send = Counted(secretary.page)
    send.follow("Skicka en person")
    send.fill("#id_identity", written(date(1979, 5, 2)))
    send.fill("#id_given_name", "Vendela")
    send.fill("#id_family_name", "Remissdotter")
    secretary.choose(district="Enskede")
    send.done.append("choose the district")
    send.press("Skicka och erbjud en tid")
    # The ground is missing: nothing is lost, nothing is sent.
    assert secretary.look().page.url.endswith("/remisser/ny/")
    assert secretary.page.input_value("#id_given_name") == "Vendela"
    secretary.page.check("main input[name=ground][value=consent]")
    send.done.append("choose the ground")
    send.press("Skicka och erbjud en tid")
    secretary.look()
    first = secretary.page.locator("main input[type=radio][name=free]").first
    first.check()
    send.done.append("choose the time")
    send.press("Boka mötet")
    secretary.look()
    send.within("a referral in with the first meeting", 11)
    assert "Första mötet" in secretary.text()
    sent = secretary.page.url
    # The desk knows who comes, and the case that opens meets the referral.
    reception = desk("per.astrom")
    reception.go("/remisser/")
    assert "Vendela Remissdotter" in reception.text()
    reception.go("/mottagning/")
    reception.fill(q="Vendela Remissdotter").send("Hitta")
    with reception.page.expect_navigation():
        reception.page.get_by_role("button", name="Det är den här personen").first.click()
    assert "Öppna ett ärende" in reception.text()
    assert reception.page.locator("#id_district option:checked").inner_text().startswith("Enskede")
    reception.choose(track="jobb på sikt").tick("Försörjningsstöd")
    reception.fill(at=an_hour_today("21:30"))  # none is proposed at night or on a Sunday
    reception.send("Öppna ärendet och boka mötet")
    assert "Vendela Remissdotter" in reception.page.inner_text("h1")
    secretary.page.goto(sent)
    assert "Personen har kommit" in secretary.look().text()
    assert found == []


# --- a mapping by two ----------------------------------------------------------------------------
@pytest.mark.row("J4")
def test_a_mapping_over_two_sessions_by_two(desk, site, found):
    """Typed is kept over a reload; what another has written meanwhile is shown, not written over."""
    coach = desk("yusuf.osman")
    site.manage("shell", "-v", "0", "-c", STAND_IN)
    coach.go("/arenden/?whose=mine")
    links = coach.page.locator("main a[href^='/arenden/2']").all()
    numbers = [each.get_attribute("href").split("/")[2] for each in links]
    # The stand-in is not in every case: a conflict of interest, somebody else who stands in.
    ask = desk("lisa.back").page.request
    number = next(
        each for each in numbers if ask.get(f"{site.url}/arenden/{each}/kartlaggning/").ok
    )
    page = f"/arenden/{number}/kartlaggning/"
    first = coach.go(page).page
    count = Counted(first)
    count.choose("#id_level_work", "4")
    first.locator("#id_text_work").fill("")
    first.locator("#id_text_work").press_sequentially("Körde buss i tio år.")
    count.done.append("write #id_text_work")
    first.locator("[data-draft-line]", has_text="Utkast sparat").wait_for()
    first.reload()
    assert first.input_value("#id_text_work") == "Körde buss i tio år."
    # The stand-in writes in the same area and in another, and is first.
    other = desk("lisa.back").go(page)
    other.page.fill("#id_text_work", "Har kört lastbil.")
    other.page.fill("#id_text_wishes", "Vill köra buss igen.")
    _save(other)
    _save(coach)
    assert "Lisa Bäck har skrivit det här" in coach.look().text()
    assert "Har kört lastbil." in coach.text()
    assert first.input_value("#id_text_work") == "Körde buss i tio år."
    count.fill("#id_text_work", "Har kört lastbil, och buss i tio år.")
    _save(coach)
    count.done += ["save", "save again"]
    count.within("an area of the mapping that two write in", 5)
    other.go(page)
    assert other.page.input_value("#id_text_work") == "Har kört lastbil, och buss i tio år."
    assert other.page.input_value("#id_text_wishes") == "Vill köra buss igen."
    history = coach.go(f"{page}historik/").text()
    assert "Har kört lastbil." in history
    assert "Lisa Bäck" in history
    assert found == []


def _save(who) -> None:
    with who.page.expect_navigation():
        who.page.locator(".ei-actionbar button[name=save]").click()


STAND_IN = """
from datetime import timedelta
from django.utils import timezone
from jobcentre.accounts.acting import act_as
from jobcentre.accounts.models import User
from jobcentre.casework.models import Case
from jobcentre.casework.transitions.cover import cover_cases
manager = User.objects.get(email="maria.kallio@demo.invalid")
act_as(manager, manager.memberships.get())
today = timezone.localdate()
cases = Case.objects.visible_to(manager).filter(
    status="open", coach__email="yusuf.osman@demo.invalid", person__protection="none"
)
lisa = User.objects.get(email="lisa.back@demo.invalid")
cover_cases(list(cases), lisa, today, today + timedelta(days=10), actor=manager)
"""


# --- a list --------------------------------------------------------------------------------------
@pytest.mark.row("U1")
def test_a_list_with_rows_that_fail_is_tried_again(desk, site, tmp_path, found):
    reception = desk("noor.al-amin")
    file = tmp_path / "Lista höst.csv"
    rows = [
        f"Listina;Radsson;{written(date(1991, 2, 4))};070-174 06 61",
        f"Felix;Radberg;{written(date(1992, 3, 5))[:-1]}x;",
        ";Utan;;",
        "Greta;Radlund;;ring hem",
    ]
    file.write_bytes("\n".join(["Förnamn;Efternamn;Personnr;Telefon", *rows]).encode("cp1252"))
    reception.go("/listor/")
    count = Counted(reception.page)
    reception.page.set_input_files("#id_file", file)
    count.done.append("choose the file")
    count.press("Läs in filen")
    reception.look()
    count.press("Kontrollera varje rad")
    assert "Ny person: 1" in reception.look().text()
    count.press("Registrera listan")
    count.within("a list from the file to the worker", 5)
    address = reception.page.url.removeprefix(site.url)
    _work(site)
    reception.go(address)
    text = reception.text()
    assert "Registrerad: 1" in text
    assert "Inte registrerad: 3" in text
    again = Counted(reception.page)
    reception.page.locator("main tbody a", has_text="Utan").click()
    again.done.append("open the row")
    reception.page.wait_for_load_state()
    reception.look()
    again.fill("#id_given_name", "Ulla")
    again.press("Spara och kontrollera raden")
    reception.look()
    again.press("Försök igen med raderna som är kvar")
    reception.look()
    again.within("a row that failed, mended and registered", 4)
    _work(site)
    reception.go(address)
    assert "Registrerad: 2" in reception.text()
    assert "Inte registrerad: 2" in reception.text()
    # Looked for at the desk, each is there once.
    reception.go("/mottagning/").fill(q="Ulla Utan").send("Hitta")
    assert reception.page.locator("main .ei-person", has_text="Ulla Utan").count() == 1
    assert found == []


def _work(site) -> None:
    """What the worker does when it wakes up."""
    site.manage("shell", "-v", "0", "-c", "import intake.lists.tasks as t; t.run_waiting_lists()")
