from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from jobcentre.casework.deadlines.calendar import municipal_calendar
from jobcentre.workdays import Calendar, Period


class Command(BaseCommand):
    help = (
        "Print the day that lies N working days after a day (day one is the next working day), "
        "over Swedish holidays, the municipality's closed days and pauses."
    )

    def add_arguments(self, parser):
        parser.add_argument("start", help="the day to start from, as 2026-12-21")
        parser.add_argument("count", help="number of working days, 0 to 10000")
        parser.add_argument(
            "--pause",
            action="append",
            default=[],
            metavar="FIRST:BACK",
            help="a pause from its first day until, not including, the day back; may be repeated",
        )

    def handle(self, *args, start, count, pause, **options):
        first = _day(start)
        if not count.isascii() or not count.isdigit():
            raise CommandError(f"{count!r} is not a number of working days, 0 to 10000.")
        pauses = [_pause(text) for text in pause]
        try:
            found = self._calendar().add_workdays(first, int(count), pauses)
        except ValueError as error:
            raise CommandError(f"That cannot be computed: {error}.") from None
        self.stdout.write("-" if found is None else found.isoformat())

    def _calendar(self) -> Calendar:
        try:
            return municipal_calendar()
        except DatabaseError:
            # Before the first migration there is nothing that the municipality could have decided.
            self.stderr.write(
                "The database has no tables yet (manage.py migrate makes them): "
                "reckoned without the municipality's own closed days."
            )
            return Calendar()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is not a day; write it as 2026-12-21.") from None


def _pause(text: str) -> Period:
    first, separator, back = text.partition(":")
    if not separator:
        raise CommandError(f"{text!r} is not a pause; write it as 2026-12-22:2026-12-29.")
    try:
        return Period(_day(first), _day(back) if back else None)
    except ValueError:
        raise CommandError("The day back must be after the first day of the pause.") from None
