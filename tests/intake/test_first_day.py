"""The first day: what is done and missing, each step saved by itself, nothing written over."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from intake import first_day, first_day_reminders
from intake.enums import AfStatus, FirstDayStep, RightsForm
from intake.models import (
    AfRegistration,
    ConsentRefusal,
    EmergencyNote,
    LanguageNeed,
    RightsGiven,
)
from intake.transitions import first_day as acts
from jobcentre.accounts.enums import Role
from jobcentre.audit.models import Entry
from jobcentre.casework.enums import AppointmentState, ConsentPurpose, ContactChannel
from jobcentre.casework.exceptions import Conflict, Refused
from jobcentre.casework.models import Appointment, Case, ContactWish
from jobcentre.casework.reminders import remind_of_tomorrow
from jobcentre.casework.transitions import clocks
from jobcentre.notices.models import Notice, OutboxMessage
from tests.factories import MONDAY, noon

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SPOKEN = acts.Languages("persiska", "engelska", "persiska")


def coach(town):
    return town.user(Role.COACH)


def missing(case, today=MONDAY):
    found = first_day.with_first_day(Case.objects.filter(pk=case.pk)).get()
    return first_day.missing(first_day.known_of(found), today)


def complete(town, case):
    """Everything of the first day."""
    actor = coach(town)
    acts.give_rights(
        case,
        given_on=case.started_on,
        form=RightsForm.ORAL,
        language="svenska",
        with_interpreter=False,
        actor=actor,
    )
    acts.check_af(case, status=AfStatus.REGISTERED, since=None, actor=actor, today=case.started_on)
    for purpose in first_day.ASKED_FIRST[:-1]:
        town.consented(case, purpose)
    acts.refuse_consent(case, ConsentPurpose.PROVIDERS, said_on=case.started_on, actor=actor)
    acts.wish_contact(case, ContactChannel.PHONE, only=False, times="", actor=actor)
    acts.settle_language(case, SPOKEN, actor=actor)
    acts.note_emergency(case, "", actor=actor)
    return case


class Checklist:
    """The checklist as the coach fills it in."""

    def __init__(self, client, case):
        self.client, self.case = client, case
        self.address = reverse("intake:rights", args=[case.number])

    def get(self):
        return self.client.get(self.address)

    def form(self, step):
        return next(each["form"] for each in self.get().context["steps"] if each["key"] == step)

    def post(self, step, opened=None, **values):
        form = opened or self.form(step)
        hidden = {name: form[name].value() for name in ("token", "step", "seen", "version")}
        sent = {name: value for name, value in hidden.items() if value is not None}
        return self.client.post(self.address, sent | values)


@pytest.fixture
def day(town, log_in):
    return Checklist(log_in(coach(town)), town.opened())


# --- what is missing -------------------------------------------------------------------------------
def test_step_after_step_less_is_missing(town):
    case = town.opened()
    assert missing(case) == list(FirstDayStep)
    complete(town, case)
    assert missing(case) == []


def test_a_case_from_before_the_application_is_asked_for_nothing(town, settings, log_in):
    """What was done then stands elsewhere; the checklist can be filled in all the same."""
    case = town.opened(on=MONDAY - 2 * DAY)
    page = reverse("casework:case", args=[case.number])
    client = log_in(coach(town), "en")
    lacking = "Not explained yet"
    for since, is_asked in ((MONDAY - 2 * DAY, True), (MONDAY - DAY, False), (None, True)):
        settings.FIRST_DAY_SINCE = since
        assert (lacking in client.get(page).content.decode()) is is_asked
        assert (
            bool(
                first_day.asked_of(
                    first_day.with_first_day(Case.objects.filter(pk=case.pk)).get(), MONDAY
                )
            )
            is is_asked
        )
    settings.FIRST_DAY_SINCE = MONDAY
    assert first_day_reminders.remind(MONDAY) == 0
    checklist = client.get(reverse("intake:rights", args=[case.number])).context["steps"]
    assert [each["is_done"] for each in checklist] == [False] * len(FirstDayStep)


def test_a_consent_that_has_run_out_is_asked_for_again(town):
    case = complete(town, town.opened())
    case.consents.filter(purpose="af").update(ends_before=MONDAY + 3 * DAY)
    assert missing(case) == []
    assert missing(case, MONDAY + 3 * DAY) == [FirstDayStep.CONSENTS]
    case.consents.filter(purpose="af").update(withdrawn_on=MONDAY)
    assert missing(case, MONDAY + 3 * DAY) == []


# --- the page ---------------------------------------------------------------------------------------
def test_each_step_is_saved_by_itself_and_shown_with_its_history(day):
    today = MONDAY.isoformat()
    assert "0 av 6 klara" in day.get().content.decode()
    rights = {"form": "oral", "given_on": today, "language": "persiska", "with_interpreter": "on"}
    assert day.post("rights", **rights).status_code == 302
    booked = (MONDAY + 9 * DAY).isoformat()
    assert day.post("af", status="will_register", booked_on=booked).status_code == 302
    for purpose, answer in (("af", "written"), ("income_support", "oral"), ("providers", "no")):
        sent = {"purpose": purpose, "answer": answer, "said_on": today}
        assert day.post("consents", **sent).status_code == 302
    wish = {"channel": "letter", "only": "on", "times": "Förmiddagar"}
    assert day.post("contact", **wish).status_code == 302
    language = {"first_language": "finska", "minority_language": "finnish"}
    assert day.post("language", **language, wants_translation="on").status_code == 302
    assert day.post("emergency", text="Syster Anna 08-465 004 07").status_code == 302
    shown = day.get().content.decode()
    assert "6 av 6 klara" in shown
    for words in ("Sa nej", "Förmiddagar", "Vill använda finska", "Syster Anna"):
        assert words in shown
    assert AfRegistration.objects.get().booked_on == MONDAY + 9 * DAY
    day.case.person.refresh_from_db()
    assert day.case.person.first_language == "finska"
    assert day.post("rights", **rights | {"language": "svenska"}).status_code == 302
    shown = day.get().content.decode()
    assert RightsGiven.objects.count() == 2
    assert "persiska" in shown
    assert "svenska" in shown
    assert Entry.objects.filter(action="rights.record", access="change").count() >= 5


def test_what_is_wrong_is_said_on_its_own_form(day):
    answers = (
        day.post("af", status="registered", booked_on="2026-12-01"),
        day.post("af", status="will_register", since="2026-11-01"),
        day.post("consents", purpose="af", answer="no", said_on="idag", ends_before="2026-12-01"),
        day.post("language", first_language="svenska", wants_translation="on"),
        day.post("emergency"),
        day.post("emergency", text="Anna", nobody="on"),
        day.post("rights", form="oral", given_on="2026-12-24", language="svenska"),
    )
    assert [answer.status_code for answer in answers] == [422] * 7
    assert missing(day.case) == list(FirstDayStep)


def test_a_consent_is_limited_to_one_receiver_and_each_is_withdrawn_by_itself(day, town):
    """Beside the kind of receiver: one clinic, and no other."""
    yes = {"purpose": "health", "answer": "oral", "said_on": "idag"}
    for name in ("Rosens vårdcentral", "Liljans vårdcentral"):
        assert day.post("consents", receiver=name, **yes).status_code == 302
    refused = [
        day.post("consents", receiver="rosens  VÅRDCENTRAL", **yes),
        day.post("consents", receiver="Rosens", **yes | {"answer": "no"}),
        day.post("consents", receiver="Rosens", **yes | {"purpose": "follow_up"}),
    ]
    assert [answer.status_code for answer in refused] == [422] * 3
    page = day.get().content.decode()
    assert "Rosens vårdcentral" in page
    assert page.count('name="consent"') == 2
    first = day.case.consents.get(receiver="Rosens vårdcentral")
    day.client.post(day.address, {"step": "withdraw", "consent": first.pk})
    assert list(day.case.consents.filter(withdrawn_on=None).values_list("receiver", flat=True)) == [
        "Liljans vårdcentral"
    ]
    # A consent to all of the kind is more than one to some of them.
    assert day.post("consents", **yes).status_code == 302
    assert day.post("consents", receiver="Tredje", **yes).status_code == 422


def test_a_consent_is_withdrawn_on_the_page_and_only_the_cases_own(day, town):
    town.consented(day.case, ConsentPurpose.AF)
    given = day.case.consents.get()
    other = town.consented(town.opened(), ConsentPurpose.AF).consents.get()
    assert (
        day.client.post(day.address, {"step": "withdraw", "consent": other.pk}).status_code == 404
    )
    day.client.post(day.address, {"step": "withdraw", "consent": given.pk})
    given.refresh_from_db()
    assert given.withdrawn_on == MONDAY
    assert "återkallat" in day.get().content.decode()
    sent = {"purpose": "af", "answer": "oral", "said_on": MONDAY.isoformat()}
    assert day.post("consents", **sent).status_code == 302
    refused = day.post("consents", **sent | {"answer": "no"})
    assert refused.status_code == 422
    assert "gäller" in refused.content.decode()


def test_what_somebody_else_has_written_since_is_told_and_not_written_over(day, town):
    opened = {step: day.form(step) for step in ("emergency", "language", "contact")}
    acts.note_emergency(day.case, "Bror Per", actor=coach(town))
    acts.settle_language(day.case, SPOKEN, actor=coach(town))
    acts.wish_contact(day.case, ContactChannel.SMS, only=False, times="", actor=coach(town))
    answers = (
        day.post("emergency", opened["emergency"], text="Syster Anna"),
        day.post("language", opened["language"], first_language="svenska"),
        day.post("contact", opened["contact"], channel="phone"),
    )
    for answer in answers:
        assert answer.status_code == 422
        assert "ändrat" in answer.content.decode()
    assert EmergencyNote.objects.get().text == "Bror Per"
    assert LanguageNeed.objects.count() == ContactWish.objects.count() == 1


def test_a_person_changed_elsewhere_is_a_conflict_too(day):
    opened = day.form("language")
    type(day.case.person).objects.update(version=9)
    assert day.post("language", opened, first_language="svenska").status_code == 422
    assert not LanguageNeed.objects.exists()


def test_a_closed_case_is_read_and_not_written(day, town):
    complete(town, day.case)
    Case.objects.update(status="closed", ended_on=MONDAY)
    assert day.get().status_code == 200
    with pytest.raises(Refused):
        acts.note_emergency(day.case, "Anna", actor=coach(town))
    with pytest.raises(Refused):
        acts.refuse_consent(day.case, "health", said_on=MONDAY, actor=coach(town))


def test_a_stale_row_is_refused_by_the_transition(town):
    case = town.opened()
    first = acts.check_af(
        case, status=AfStatus.NOT_REGISTERED, since=None, actor=None, today=MONDAY, seen=0
    )
    with pytest.raises(Conflict):
        acts.check_af(
            case, status=AfStatus.REGISTERED, since=None, actor=None, today=MONDAY, seen=0
        )
    acts.check_af(
        case, status=AfStatus.REGISTERED, since=None, actor=None, today=MONDAY, seen=first.pk
    )


# --- who reads what ---------------------------------------------------------------------------------
def test_whom_to_call_is_for_the_own_coach_and_those_who_open_the_sensitive_areas(town, log_in):
    case = town.opened()
    acts.note_emergency(case, "Syster Anna", actor=coach(town))
    tab = reverse("casework:tab", args=[case.number, "people"])
    assert "Syster Anna" in log_in(coach(town)).get(tab).content.decode()
    client = log_in(town.user(Role.COACH, name="Mona"))
    assert "Syster Anna" not in client.get(tab).content.decode()
    address = reverse("casework:open_sensitive", args=[case.number])
    token = client.get(address).context["form"]["token"].value()
    client.post(address, {"token": token, "reason": "Personen har fallit ihop i receptionen."})
    assert "Syster Anna" in client.get(tab).content.decode()
    for role in (Role.RECEPTION, Role.SOCIAL_SECRETARY, Role.MANAGER):
        assert "Syster Anna" not in log_in(town.user(role)).get(tab).content.decode()


def test_the_case_page_says_what_is_missing(town, log_in):
    case = town.opened()
    page = log_in(coach(town)).get(reverse("casework:case", args=[case.number])).content.decode()
    assert "Så vill personen bli nådd" in page
    complete(town, case)
    acts.wish_contact(case, ContactChannel.LETTER, only=True, times="Kvällar", actor=coach(town))
    page = log_in(coach(town)).get(reverse("casework:case", args=[case.number])).content.decode()
    assert "Så vill personen bli nådd" not in page
    assert "Kvällar" in page


# --- what follows from it ---------------------------------------------------------------------------
def test_who_wants_letters_only_is_not_reminded_by_mail(town):
    case = town.opened(email="eva@example.org")
    for channel, only, told in (
        (ContactChannel.LETTER, False, 1),
        (ContactChannel.LETTER, True, 0),
        (ContactChannel.EMAIL, True, 1),
    ):
        Appointment.objects.update(state=AppointmentState.CANCELLED)
        OutboxMessage.objects.all().delete()
        acts.wish_contact(case, channel, only=only, times="", actor=None)
        meeting = Appointment(
            case=case,
            person=case.person,
            with_user=case.coach,
            starts_at=noon(MONDAY + DAY),
            purpose="Planering",
            booked_by=case.coach,
        )
        meeting.save()
        assert remind_of_tomorrow(MONDAY) == told, (channel, only)


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 10), 0),  # Tuesday, one working day after
        (date(2026, 11, 11), 1),
        (date(2026, 11, 13), 1),  # two nights were missed
        (date(2026, 11, 14), 0),
        (date(2026, 11, 16), 1),  # five working days
        (date(2026, 11, 19), 0),
    ],
)
def test_the_coach_is_told_two_and_five_working_days_after(town, today, told):
    case = town.opened(on=date(2026, 11, 9))
    assert first_day_reminders.remind(today) == told
    assert first_day_reminders.remind(today) == 0
    found = Notice.objects.filter(key__startswith="first-day:")
    assert found.count() == told
    if told:
        assert "Språk" in found.get().text_sv
        assert "Language" in found.get().text_en
        assert found.get().url == reverse("intake:rights", args=[case.number])


def test_nobody_is_told_of_a_complete_or_interrupted_first_day(town):
    case = town.opened(on=MONDAY - 7 * DAY)
    clocks.pause_clock(case, MONDAY - 3 * DAY, None, "illness", "", actor=coach(town))
    complete(town, town.opened(on=MONDAY - 7 * DAY))
    assert first_day_reminders.remind(MONDAY) == 0
    assert town.opened(on=MONDAY - 7 * DAY)
    assert first_day_reminders.remind(MONDAY) == 1


def test_a_no_is_kept_when_a_yes_comes_later(town):
    case = town.opened()
    acts.refuse_consent(case, "health", said_on=MONDAY, actor=coach(town))
    town.consented(case, ConsentPurpose.HEALTH)
    assert ConsentRefusal.objects.count() == 1
    assert case.events.filter(kind__in=["consent.refused", "consent.given"]).count() == 2


@pytest.mark.parametrize("days", [90, 91])
def test_rights_are_not_explained_long_before_the_case(town, days):
    case = town.opened()
    told = {"form": RightsForm.ORAL, "language": "svenska", "with_interpreter": False}
    given_on = case.started_on - timedelta(days=days)
    if days == 90:
        given = acts.give_rights(case, given_on=given_on, actor=coach(town), **told)
        assert given.given_on == given_on
    else:
        with pytest.raises(Refused, match="90 dagar"):
            acts.give_rights(case, given_on=given_on, actor=coach(town), **told)
