from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = _("Referrals")

    def ready(self):
        from referrals import (
            activity_steps,
            closing,
            consents,
            deadlines,
            events,
            panels,
            report_deadlines,
            unanswered,
        )
        from referrals.courses import closing as course_closing
        from referrals.courses import events as course_events
        from referrals.methods import closing as method_closing
        from referrals.methods import events as method_events
        from referrals.methods import panels as method_panels

        events.register()
        deadlines.register()
        report_deadlines.register()
        unanswered.register()
        panels.register()
        closing.register()
        activity_steps.register()
        consents.register()
        method_events.register()
        method_panels.register()
        method_closing.register()
        course_events.register()
        course_closing.register()
