from django.db import migrations
from django.utils import timezone

# The letters as they were when this was written.
LETTERS = {"enrol": "A", "booked": "B", "company": "D"}
RESULTS = {"enrolled": "enrolled", "answered": "solved"}


def _ended(visit, seen):
    """The state of before in the words of the board. When somebody was called was not written:
    the call is put at the end, so that no waiting time is made shorter than it was."""
    if visit.state in RESULTS:
        visit.result = RESULTS[visit.state]
        visit.state = "done"
        visit.called_at = visit.ended_at
        visit.called_by_id = visit.registered_by_id
    elif visit.state == "sent_on" and visit.sent_to_id is None:
        visit.state = "left"
    elif visit.state == "waiting" and visit.person_id:
        if (visit.centre_id, visit.person_id) in seen:
            visit.state, visit.ended_at = "left", visit.arrived_at
        seen.add((visit.centre_id, visit.person_id))


def forwards(apps, schema_editor):
    """Give the visits of before a day, a ticket and a state of the board."""
    Visit = apps.get_model("intake", "Visit")
    numbers, seen = {}, set()
    # Newest first for the state (the newest of two open ones stays), oldest first for the tickets.
    for visit in Visit.objects.order_by("-arrived_at", "-pk"):
        _ended(visit, seen)
        if visit.kind == "company":
            visit.purpose, visit.person_id = "company", None
        elif visit.purpose in ("company", "other"):
            visit.purpose = "drop_in"
        if visit.kind == "person":
            visit.company_name = ""
        visit.save()
    for visit in Visit.objects.order_by("arrived_at", "pk"):
        visit.came_on = timezone.localtime(visit.arrived_at).date()
        visit.ticket_letter = LETTERS.get(visit.purpose, "C")
        key = (visit.centre_id, visit.came_on, visit.ticket_letter)
        visit.ticket_number = numbers[key] = numbers.get(key, 0) + 1
        visit.save()


class Migration(migrations.Migration):
    dependencies = [("intake", "0002_reception_board")]
    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]
