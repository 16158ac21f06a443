"""The session ends in the middle of a form: what was typed goes with the login, and nothing is lost."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from jobcentre.accounts import typed
from jobcentre.accounts.enums import Role
from jobcentre.casework.models import CaseEvent

PASSWORD = "tre gröna bokhyllor"
WRITTEN = 'Hon sa: <b>jag vill</b> "börja" nu.\n\n  Två rader till & en.'


@pytest.fixture
def coach(town):
    user = town.user(Role.COACH)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def case(town, coach):
    return town.opened(coach=coach)


def address(case) -> str:
    return f"/arenden/{case.number}/anteckning/"


def written(**more) -> dict:
    return {"token": str(uuid4()), "text": WRITTEN, **more}


def kept_in(answer) -> str:
    found = re.search(r'name="kept" value="([^"]+)"', answer.content.decode())
    return found[1] if found else ""


def logged_in(client, email, kept, password=PASSWORD):
    return client.post(
        "/konto/logga-in/", {"username": email, "password": password, "kept": kept, "next": "/"}
    )


def test_what_was_written_is_saved_after_the_login(case, coach, client):
    asked = client.post(address(case), written())
    assert (
        "What you wrote is kept" in asked.content.decode() or "finns kvar" in asked.content.decode()
    )
    assert not CaseEvent.objects.filter(kind="note.written").exists()
    wrong = logged_in(client, coach.email, kept_in(asked), "fel lösenord")
    answer = logged_in(client, coach.email, kept_in(wrong))
    fields = dict(answer.context["typed"].fields)
    assert (answer.context["typed"].path, fields["text"]) == (address(case), WRITTEN)
    assert f'action="{address(case)}"' in answer.content.decode()
    for _twice in range(2):
        assert client.post(address(case), fields).status_code == 302
    assert CaseEvent.objects.get(case=case, kind="note.written").text == WRITTEN


def test_another_user_than_the_writer_has_only_the_own_rights(case, town, client):
    other = town.user(Role.COACH, "south")
    other.set_password(PASSWORD)
    other.save()
    kept = kept_in(client.post(address(case), written()))
    answer = logged_in(client, other.email, kept)
    assert client.post(address(case), dict(answer.context["typed"].fields)).status_code == 404


@pytest.mark.parametrize("spoilt", ["", "nonsense", "changed", "old"])
def test_nothing_that_is_not_ours_is_carried(case, coach, client, spoilt):
    kept = kept_in(client.post(address(case), written()))
    assert kept
    later = timezone.now() + timedelta(seconds=typed.MAX_SECONDS + 1 if spoilt == "old" else 0)
    kept = {"old": kept, "changed": "x" + kept}.get(spoilt, spoilt)
    with time_machine.travel(later, tick=False):
        answer = logged_in(client, coach.email, kept)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_no_password_is_carried_and_an_empty_form_leads_to_the_login(case, client):
    answer = client.post("/konto/losenord/", {"old_password": "a", "new_password1": "b"})
    assert answer["Location"].startswith("/konto/logga-in/")
    assert client.post(address(case), {})["Location"].startswith("/konto/logga-in/")
    assert client.post(address(case), {"text": "x" * (typed.MAX_LENGTH + 1)}).status_code == 302


def test_another_site_cannot_put_words_into_the_login(case):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(address(case), written())
    assert answer.status_code == 403
    assert not kept_in(answer)


def test_a_draft_kept_while_one_types_is_led_to_the_login(case):
    """The script of the page knows by it that the session has ended, and says so beside the text."""
    answer = Client().post(address(case), written(), headers={"X-Draft": "keep"})
    assert answer.status_code == 302
    assert "/konto/logga-in/" in answer["Location"]
