from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = _("Intake")

    def ready(self):
        from intake import deadlines, events, panels
        from intake.youth import panels as youth_panels

        deadlines.register()
        events.register()
        panels.register()
        youth_panels.register()
