from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = _("Referrals")

    def ready(self):
        from referrals import closing, deadlines, events, panels

        events.register()
        deadlines.register()
        panels.register()
        closing.register()
