import sys
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from jobcentre.accounts.enums import Role, UnitKind
from jobcentre.accounts.models import Membership, Unit, User


class Command(BaseCommand):
    help = (
        "Make the municipality and its first administrator in an empty installation. "
        "Asks for the password, or reads it from standard input."
    )

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument("name")

    def handle(self, *, email: str, name: str, **options):
        today = timezone.localdate()
        if Membership.objects.valid_on(today).filter(role=Role.ADMINISTRATOR).exists():
            raise CommandError("There is an administrator already, who gives others their roles.")
        try:
            with transaction.atomic():
                self._make(email, name, today)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from None
        self.stdout.write(f"{name} can log in as {email.lower()} and is administrator.")

    def _make(self, email: str, name: str, today) -> None:
        user = User(email=email.strip().lower(), name=name, is_staff=True)
        password = self._password()
        validate_password(password, user)
        user.set_password(password)
        user.full_clean()
        user.save()
        top = Unit.objects.filter(kind=UnitKind.MUNICIPALITY, parent=None).order_by("pk").first()
        if top is None:
            top = Unit(kind=UnitKind.MUNICIPALITY, name=settings.MUNICIPALITY_NAME)
            top.full_clean(exclude=["path"])
            top.save()
        role = Membership(user=user, role=Role.ADMINISTRATOR, unit=top, valid_from=today)
        role.full_clean()
        role.save()

    def _password(self) -> str:
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        password = getpass("Password (15 characters or more): ")
        if password != getpass("The same again: "):
            raise CommandError("The two were not the same; nothing was made.")
        return password
