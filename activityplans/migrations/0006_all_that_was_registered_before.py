"""A change of attendance keeps the minutes and the reason that stood before."""

from django.db import migrations, models

from activityplans.enums import AbsenceReason


class Migration(migrations.Migration):
    dependencies = [("activityplans", "0005_group_meetings_in_the_plan")]
    operations = [
        migrations.AddField(
            "attendancechange",
            "old_late_minutes",
            models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            "attendancechange",
            "old_reason",
            models.CharField(blank=True, choices=AbsenceReason.choices, default="", max_length=12),
        ),
    ]
