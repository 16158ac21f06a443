"""The task runner. Tasks carry ids only; jobs and reminders are rows, the broker only wakes it up."""

import os

from celery import Celery

import jobcentre.file_broker  # noqa: F401  gives the queue in files its name

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobcentre.settings")

app = Celery("jobcentre")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["intake.youth"])
