from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivityPlansConfig(AppConfig):
    name = "activityplans"
    verbose_name = _("Activity plans")

    def ready(self):
        from activityplans import approvals, closing, deadlines, events, panels

        events.register()
        deadlines.register()
        approvals.register()
        panels.register()
        closing.register()
