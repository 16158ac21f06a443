from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "jobcentre.casework"
    label = "casework"
    verbose_name = _("Casework")

    def ready(self):
        from jobcentre.casework import closing, deadline_kinds, events, panels

        events.register()
        closing.register()
        deadline_kinds.register()
        panels.register()
