"""What the catalogue says today is the first version of every service."""

from django.db import migrations

# Usual hours per week and the track that uses it most, by the service's code; "" is all tracks.
USUAL = {
    "mapping": (4, ""), "guidance": (1, ""), "advice": (1, "support"), "coaching": (2, ""),
    "matching": (2, "direct"), "sfi_test": (3, ""), "sfi_practice": (25, "later"),
    "motivation": (6, "support"), "job_club": (12, "direct"), "cv": (6, "direct"),
    "interview": (4, "direct"), "work_training": (20, "support"), "practice_try": (20, "support"),
    "practice_skills": (30, "later"), "practice_job": (40, "direct"), "short_course": (30, "direct"),
    "validation": (10, "later"), "long_education": (30, "later"), "af_programme": (20, ""),
    "recruitment": (3, "direct"), "start_own": (3, "later"), "housing": (1, ""),
}  # fmt: skip


def write_first_versions(apps, schema_editor):
    """What the catalogue says today is the first version of every service."""
    Service = apps.get_model("activityplans", "Service")
    ServiceVersion = apps.get_model("activityplans", "ServiceVersion")
    for service in Service.objects.all():
        hours, track = USUAL.get(service.key, (None, ""))
        service.usual_hours, service.track = hours, track
        service.save()
        ServiceVersion.objects.create(
            service=service,
            number=1,
            says={
                "label_sv": service.label_sv,
                "label_en": service.label_en,
                "description_sv": service.description_sv,
                "description_en": service.description_en,
                "activity_type": service.activity_type,
                "track": track,
                "usual_weeks": service.usual_weeks,
                "usual_hours": None if hours is None else f"{hours}.0",
                "at_provider": service.at_provider,
                "places": "",
                "given_by": "",
                "cost": None,
                "valid_from": service.valid_from.isoformat(),
                "valid_to": service.valid_to.isoformat() if service.valid_to else None,
                "target_groups": [],
            },
        )


class Migration(migrations.Migration):
    dependencies = [("activityplans", "0002_services")]
    operations = [migrations.RunPython(write_first_versions, migrations.RunPython.noop)]
