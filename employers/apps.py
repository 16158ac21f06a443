from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmployersConfig(AppConfig):
    name = "employers"
    verbose_name = _("Employers")

    def ready(self):
        from employers import closing, deadlines, events, group_companies, panels

        events.register()
        deadlines.register()
        panels.register()
        closing.register()
        group_companies.register()
