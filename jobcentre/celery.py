"""The task runner. Tasks carry ids only; jobs and reminders are rows, the broker only wakes it up."""

import os

from celery import Celery
from celery.signals import worker_init

import jobcentre.file_broker  # noqa: F401  gives the queue in files its name
from jobcentre.loading import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobcentre.settings")

app = Celery("jobcentre")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["intake.youth"])


@worker_init.connect  # before the processes of a pool are split off, which share what is read in
def _settle(**_signal) -> None:
    settle()
