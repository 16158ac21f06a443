from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from jobcentre.demo.frontdesk import tell_front_desks


class Command(BaseCommand):
    help = "Let visitors wait at the front desks of the made-up municipality today."

    def handle(self, *args, **options):
        if settings.APP_MODE == "production":
            raise CommandError("Visitors are never made up in production.")
        with translation.override("sv"), transaction.atomic():
            told = tell_front_desks(timezone.now())
        self.stdout.write(f"visitors at {told} centres")
