from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = _("Intake")

    def ready(self):
        from intake import closing, deadlines, events, moving, opening, panels
        from intake.groups import staff_times
        from intake.referrals_in import meeting_steps
        from intake.youth import panels as youth_panels

        closing.register()
        deadlines.register()
        events.register()
        moving.register()
        opening.register()
        panels.register()
        staff_times.register()
        meeting_steps.register()
        youth_panels.register()
