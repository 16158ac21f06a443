from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from jobcentre.accounts.enums import Language, Theme
from jobcentre.accounts.saved_views import PAGES


class LoginForm(AuthenticationForm):
    """E-mail and password; the same answer whether the address is known or not."""

    error_messages = {
        **AuthenticationForm.error_messages,
        "invalid_login": _("The e-mail address or the password is wrong. Try again."),
        "inactive": _("The e-mail address or the password is wrong. Try again."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["username"].widget.input_type = "email"

    def clean_username(self):
        return self.cleaned_data["username"].strip().lower()


class NextForm(forms.Form):
    """Where to go back to; only an address of our own."""

    next = forms.CharField(max_length=500, required=False)

    def clean_next(self):
        url = self.cleaned_data["next"]
        own = url_has_allowed_host_and_scheme(url, allowed_hosts=set(settings.ALLOWED_HOSTS))
        return url if own and url.startswith("/") else "/"


class PreferencesForm(NextForm):
    theme = forms.ChoiceField(choices=Theme.choices, required=False)
    language = forms.ChoiceField(choices=Language.choices, required=False)


class SwitchRoleForm(NextForm):
    membership = forms.IntegerField(min_value=1, max_value=2**62)


class SavedViewForm(forms.Form):
    """A name for the filters that are shown."""

    page = forms.ChoiceField(choices=[(page, page) for page in PAGES])
    query = forms.CharField(max_length=300, required=False)
    name = forms.CharField(label=_("Name of the view"), max_length=40)
    is_default = forms.BooleanField(required=False)
