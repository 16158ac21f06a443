"""A phone has digits, wherever one is typed; rows from before stay as they are."""

import pytest
from django.urls import reverse

from employers.forms import EmployerForm
from intake.reception.forms import IdentifyForm, VisitorForm
from intake.referrals_in.forms import SendForm, SentPersonForm
from intake.youth.forms import DetailsForm, RegisterForm
from jobcentre.accounts.enums import Role
from jobcentre.casework.contact_forms import ContactForm
from jobcentre.casework.fields import PhoneField
from jobcentre.casework.forms import PersonForm
from jobcentre.casework.models import Person
from referrals.forms.providers import PersonForm as ProviderPersonForm

FORMS = [
    *(VisitorForm, IdentifyForm, SendForm, SentPersonForm, RegisterForm, DetailsForm),
    *(ContactForm, PersonForm, EmployerForm, ProviderPersonForm),
]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.__module__}.{form.__name__}")
def test_every_phone_is_checked_by_one_field(form):
    assert isinstance(form.base_fields["phone"], PhoneField)


@pytest.mark.parametrize(
    ("language", "said"),
    [("sv", "Skriv ett telefonnummer med siffror"), ("en", "Write a phone number with digits")],
)
def test_a_word_is_no_phone(language, said, town, log_in):
    typed = {
        "token": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "given_name": "Zyx",
        "phone": "abc",
        "purpose": "question",
    }
    client = log_in(town.user(Role.RECEPTION), language)
    refused = client.post(reverse("intake:register"), typed)
    assert refused.status_code == 422
    assert said in refused.content.decode()
    assert 'value="abc"' in refused.content.decode()
    assert not Person.objects.exists()
