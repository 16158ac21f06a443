"""Logging in and out, the idle session, and too many wrong passwords."""

import pytest
import time_machine
from django.conf import settings as configured
from django.test import Client

from jobcentre.accounts.enums import Role
from jobcentre.accounts.middleware import LAST_SEEN_KEY
from jobcentre.audit.models import Entry
from tests.factories import MONDAY

PASSWORD = "tre gröna bokhyllor"
WRONG = "E-postadressen eller lösenordet är fel"


@pytest.fixture
def coach(town):
    user = town.user(Role.COACH)
    user.set_password(PASSWORD)
    user.save()
    return user


def try_to_log_in(client, email, password=PASSWORD, **headers):
    return client.post("/konto/logga-in/", {"username": email, "password": password}, **headers)


def at(clock: str):
    return time_machine.travel(f"{MONDAY.isoformat()}T{clock}+00:00", tick=False)


def test_the_right_password_leads_to_the_start_page_and_is_logged(coach, client):
    answer = try_to_log_in(client, coach.email.upper())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/")["Location"] == "/nu/"
    entry = Entry.objects.get(access="login")
    assert entry.actor == coach


def test_what_is_wrong_is_not_said(coach, client, town):
    gone = town.user(Role.MANAGER)
    gone.set_password(PASSWORD)
    gone.is_active = False
    gone.save()
    answers = [
        try_to_log_in(client, coach.email, "fel"),
        try_to_log_in(client, "nobody@example.org"),
        try_to_log_in(client, gone.email),
    ]
    for answer in answers:
        assert answer.status_code == 200
        assert WRONG in answer.content.decode()
    assert not Entry.objects.filter(access="login").exists()


def test_only_an_address_of_our_own_is_led_on_to(coach, client):
    for target, led in (("/arenden/", "/arenden/"), ("https://evil.example/", "/")):
        fresh = Client()
        answer = fresh.post(
            "/konto/logga-in/",
            {"username": coach.email, "password": PASSWORD, "next": target},
        )
        assert answer["Location"] == led


def test_logging_out_ends_the_session_and_empties_the_browser(coach, log_in):
    client = log_in(coach)
    answer = client.post("/konto/logga-ut/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "/konto/logga-in/" in client.get("/nu/")["Location"]


def test_a_session_that_is_idle_ends(coach, log_in):
    with at("08:00:00"):
        client = log_in(coach)
        assert client.get("/nu/").status_code == 200
    with at("08:29:00"):
        assert client.get("/nu/").status_code == 200
    with at("08:58:59"):
        assert client.get("/nu/").status_code == 200
    with at("09:29:01"):
        assert "/konto/logga-in/" in client.get("/nu/")["Location"]
        assert LAST_SEEN_KEY not in client.session


def test_a_page_that_only_asks_for_news_keeps_no_session_alive(coach, log_in):
    with at("08:00:00"):
        client = log_in(coach)
        client.get("/nu/")
    with at("08:25:00"):
        assert client.get("/nu/", HTTP_X_POLL="1").status_code == 200
    with at("08:31:00"):
        assert "/konto/logga-in/" in client.get("/nu/")["Location"]


def test_no_session_lives_longer_than_a_working_day(coach, log_in):
    with at("06:00:00"):
        client = log_in(coach)
        client.get("/nu/")
        assert client.session.get_expiry_age() <= 10 * 60 * 60
        assert client.session.get_expire_at_browser_close()


# --- too many wrong passwords --------------------------------------------------------------------
@pytest.fixture
def throttled(settings):
    """Production counts wrong passwords; the other tests do not."""
    settings.AXES_ENABLED = True
    return configured.AXES_FAILURE_LIMIT


def test_after_ten_wrong_passwords_the_right_one_waits(coach, town, throttled):
    other = town.user(Role.RECEPTION)
    other.set_password(PASSWORD)
    other.save()
    with at("08:00:00"):
        for _time in range(throttled):
            try_to_log_in(Client(), coach.email, "fel")
        refused = try_to_log_in(Client(), coach.email)
        assert refused.status_code == 429
        assert "Vänta en stund" in refused.content.decode()
        english = Client(headers={"accept-language": "en"})
        assert "Wait a while" in try_to_log_in(english, coach.email).content.decode()
        assert try_to_log_in(Client(), other.email).status_code == 302
        elsewhere = try_to_log_in(Client(), coach.email, REMOTE_ADDR="192.0.2.7")
        assert elsewhere.status_code == 302
    with at("08:16:00"):
        assert try_to_log_in(Client(), coach.email).status_code == 302


def test_nine_wrong_passwords_lock_nobody_out(coach, throttled):
    for _time in range(throttled - 1):
        assert try_to_log_in(Client(), coach.email, "fel").status_code == 200
    assert try_to_log_in(Client(), coach.email).status_code == 302


# --- the password --------------------------------------------------------------------------------
@pytest.mark.parametrize("new", ["fjorton tecken", "1q2w3e4r5t6y7u8i9o0p", "Gunhild Bokhyllare"])
def test_a_weak_password_is_refused(new, coach, log_in):
    coach.name = "Gunhild Bokhyllare"
    coach.save()
    words = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    answer = log_in(coach).post("/konto/losenord/", words)
    coach.refresh_from_db()
    assert answer.status_code == 200
    assert coach.check_password(PASSWORD)


def test_a_password_is_changed_with_the_old_one_only(coach, log_in):
    client = log_in(coach)
    new = "fyra blå bokhyllor"
    words = {"old_password": "fel", "new_password1": new, "new_password2": new}
    assert client.post("/konto/losenord/", words).status_code == 200
    assert client.post("/konto/losenord/", {**words, "old_password": PASSWORD}).status_code == 302
    coach.refresh_from_db()
    assert coach.check_password(new)
    assert client.get("/nu/").status_code == 200  # this session goes on


@pytest.mark.parametrize(("demo", "goes_on"), [(True, 302), (False, 200)])
def test_users_of_a_demo_exist_in_a_demo_only(coach, client, settings, demo, goes_on):
    """A demo's database that is started as a real site lets nobody in with the known password."""
    coach.email = "karin.lindqvist@demo.invalid"
    coach.save()
    settings.DEMO_MODE = demo
    sent = {"username": coach.email, "password": PASSWORD}
    assert client.post("/konto/logga-in/", sent).status_code == goes_on


def test_a_session_of_a_demo_ends_with_the_demo(coach, log_in, settings):
    settings.DEMO_MODE = True
    coach.email = "karin.lindqvist@demo.invalid"
    coach.save()
    browser = log_in(coach)
    assert browser.get("/nu/").status_code == 200
    settings.DEMO_MODE = False
    assert browser.get("/nu/").status_code == 302
