import gc
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from jobcentre.accounts.models import Unit
from jobcentre.demo import coaching, registered_twice
from jobcentre.demo.all_stories import tell_stories
from jobcentre.demo.frontdesk import tell_front_desks
from jobcentre.demo.world import build_world


class Command(BaseCommand):
    help = "Load the made-up municipality: five centres, about 600 cases over three years."

    def add_arguments(self, parser):
        parser.add_argument("--cases", type=int, default=530, help="number of cases, 40 to 5000")

    def handle(self, *args, cases, **options):
        if settings.APP_MODE == "production":
            raise CommandError("The demo municipality is never loaded in production.")
        if not 40 <= cases <= 5000:
            raise CommandError("Choose 40 to 5000 cases.")
        if Unit.objects.exists():
            raise CommandError(
                "The database already has a municipality; bin/demo --fresh starts over."
            )
        began = time.monotonic()
        gc.disable()  # a short-lived process: collecting garbage is a tenth of its time
        with translation.override("sv"), transaction.atomic():
            world = build_world(timezone.localdate())
            told = tell_stories(world, cases, timezone.localdate())
            registered_twice.tell(world, timezone.localdate())
            coaching.tell(world, timezone.localdate())
            tell_front_desks(timezone.now())
        self.stdout.write(f"{told} cases in five centres, {time.monotonic() - began:.0f} seconds")
