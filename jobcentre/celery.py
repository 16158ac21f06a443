"""The task runner. Tasks carry ids only; jobs and reminders are rows, the broker only wakes it up."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobcentre.settings")

app = Celery("jobcentre")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["intake.youth"])
