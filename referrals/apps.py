from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = _("Referrals")

    def ready(self):
        from referrals import closing, deadlines, events, panels, report_deadlines, unanswered

        events.register()
        deadlines.register()
        report_deadlines.register()
        unanswered.register()
        panels.register()
        closing.register()
