from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivityPlansConfig(AppConfig):
    name = "activityplans"
    verbose_name = _("Activity plans")

    def ready(self):
        from activityplans import (
            approvals,
            attendance_deadlines,
            attendance_events,
            closing,
            deadlines,
            events,
            groups,
            interruptions,
            new_plan_deadlines,
            package_deadlines,
            panels,
        )

        events.register()
        attendance_events.register()
        deadlines.register()
        attendance_deadlines.register()
        new_plan_deadlines.register()
        package_deadlines.register()
        approvals.register()
        panels.register()
        closing.register()
        interruptions.register()
        groups.register()
