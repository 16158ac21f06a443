import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                (
                    "acting_role",
                    models.CharField(blank=True, max_length=30, verbose_name="acting role"),
                ),
                ("unit_id", models.BigIntegerField(blank=True, null=True, verbose_name="unit")),
                (
                    "access",
                    models.CharField(
                        choices=[
                            ("read", "read"),
                            ("search", "searched"),
                            ("print", "printed"),
                            ("export", "exported"),
                            ("change", "changed"),
                            ("login", "logged in"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("action", models.CharField(max_length=80, verbose_name="action")),
                (
                    "subject_ref",
                    models.UUIDField(blank=True, null=True, verbose_name="person's reference"),
                ),
                (
                    "subject_refs",
                    models.JSONField(
                        blank=True, default=list, verbose_name="persons shown in a list"
                    ),
                ),
                ("object_type", models.CharField(blank=True, max_length=60, verbose_name="object")),
                (
                    "object_ref",
                    models.CharField(blank=True, max_length=60, verbose_name="object's reference"),
                ),
                (
                    "fields",
                    models.JSONField(
                        blank=True, default=list, verbose_name="changed fields, without values"
                    ),
                ),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, verbose_name="stated reason"),
                ),
                (
                    "request_id",
                    models.CharField(blank=True, max_length=32, verbose_name="request id"),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "done"), ("refused", "refused")],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["subject_ref", "at"], name="audit_subject_at"),
                    models.Index(fields=["actor", "at"], name="audit_actor_at"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("access__in", ["read", "search", "print", "export", "change", "login"])
                        ),
                        name="audit_access_is_known",
                        violation_error_message="Unknown kind of access.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["done", "refused"])),
                        name="audit_outcome_is_known",
                        violation_error_message="Unknown outcome.",
                    ),
                ],
            },
        ),
    ]
