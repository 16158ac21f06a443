from django.conf import settings
from django.core.management.base import BaseCommand

from jobcentre.accounts.views import demo_users


class Command(BaseCommand):
    help = "Print one login per role of the demo municipality."

    def handle(self, *args, **options):
        for user in demo_users():
            self.stdout.write(f"  {user['role']:<27} {user['email']:<34} {settings.DEMO_PASSWORD}")
