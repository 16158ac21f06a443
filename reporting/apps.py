from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    verbose_name = _("Follow-up and reports")

    def ready(self):
        from reporting import closing, deadlines, events, job_facts, panels

        events.register()
        deadlines.register()
        panels.register()
        closing.register()
        job_facts.register()
