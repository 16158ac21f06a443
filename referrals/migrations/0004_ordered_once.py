from django.db import migrations, models
from django.db.models import Q

HOLDING = ["accepted", "started", "paused"]
GOING_ON = ["sent", "asked", "waiting", *HOLDING]
REASON = "Aktiviteten var beställd från flera utförare samtidigt."


def keep_one(apps, schema_editor):
    """Of orders of one activity that went on at the same time, the one that was accepted first is
    kept, else the one sent first; the others are taken back with the reason."""
    orders = apps.get_model("referrals", "Order").objects
    going_on = orders.filter(state__in=GOING_ON).order_by()
    many = going_on.values("activity").annotate(n=models.Count("pk")).filter(n__gt=1)
    for activity in list(many.values_list("activity", flat=True)):
        rows = sorted(
            going_on.filter(activity=activity),
            key=lambda row: (row.state not in HOLDING, row.accepted_on or row.sent_on, row.pk),
        )
        for row in rows[1:]:
            row.state, row.withdrawn_reason = "withdrawn", REASON
            row.ended_on = row.accepted_on or row.sent_on
            row.version += 1
            row.save(update_fields=["state", "withdrawn_reason", "ended_on", "version"])


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_claim_block_agreement")]

    operations = [
        migrations.RunPython(keep_one, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="order", name="order_once_at_a_time"),
        migrations.AddConstraint(
            model_name="order",
            constraint=models.UniqueConstraint(
                fields=["activity"],
                condition=Q(state__in=GOING_ON),
                name="order_once_at_a_time",
                violation_error_message="The activity is already ordered.",
            ),
        ),
    ]
