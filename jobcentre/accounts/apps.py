from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "jobcentre.accounts"
    label = "accounts"
    verbose_name = _("Units and users")
