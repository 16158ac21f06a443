from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("intake", "0003_visits_of_before")]
    operations = [
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("company_name", ""), ("kind", "person")),
                    models.Q(
                        ("kind", "company"),
                        ("person__isnull", True),
                        models.Q(
                            models.Q(("company_name", ""), _negated=True),
                            ("nameless_at__isnull", False),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="visit_is_of_somebody",
                violation_error_message="A visit is of a person or of a company.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "company"), ("purpose__in", ("company", "event"))),
                    models.Q(
                        ("kind", "person"),
                        models.Q(("purpose__in", ("company", "event")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="visit_errand_fits_the_visitor",
                violation_error_message="That errand is not for this kind of visitor.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ticket_letter", ""), ("ticket_number__isnull", True)),
                    models.Q(
                        ("ticket_letter__in", ["A", "B", "C", "D", "E"]),
                        ("ticket_number__gte", 1),
                        ("ticket_number__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="visit_ticket_is_letter_and_number",
                violation_error_message="A ticket is a letter and a number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("called_at__isnull", True),
                        ("ended_at__isnull", True),
                        ("met_at__isnull", True),
                        ("state", "waiting"),
                    ),
                    models.Q(
                        ("called_at__isnull", False),
                        ("ended_at__isnull", True),
                        ("met_at__isnull", True),
                        ("state", "called"),
                    ),
                    models.Q(
                        ("called_at__isnull", False),
                        ("ended_at__isnull", True),
                        ("met_at__isnull", False),
                        ("state", "meeting"),
                    ),
                    models.Q(
                        ("called_at__isnull", False), ("ended_at__isnull", False), ("state", "done")
                    ),
                    models.Q(("ended_at__isnull", False), ("state__in", ("left", "sent_on"))),
                    _connector="OR",
                ),
                name="visit_state_fits_its_times",
                violation_error_message="The state of the visit does not fit its times.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("called_at__isnull", True),
                        ("called_at__gte", models.F("arrived_at")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("met_at__isnull", True),
                        models.Q(
                            ("called_at__isnull", False), ("met_at__gte", models.F("called_at"))
                        ),
                        _connector="OR",
                    ),
                    models.Q(
                        ("ended_at__isnull", True),
                        ("ended_at__gte", models.F("arrived_at")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("ended_at__isnull", True),
                        ("called_at__isnull", True),
                        ("ended_at__gte", models.F("called_at")),
                        _connector="OR",
                    ),
                    models.Q(
                        ("ended_at__isnull", True),
                        ("met_at__isnull", True),
                        ("ended_at__gte", models.F("met_at")),
                        _connector="OR",
                    ),
                ),
                name="visit_times_are_in_order",
                violation_error_message="The times of a visit follow each other.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_at__isnull", True), ("called_by__isnull", True)),
                    models.Q(("called_at__isnull", False), ("called_by__isnull", False)),
                    _connector="OR",
                ),
                name="visit_called_by_somebody",
                violation_error_message="Somebody called the visitor.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "done"), models.Q(("result", ""), _negated=True)),
                    models.Q(models.Q(("state", "done"), _negated=True), ("result", "")),
                    _connector="OR",
                ),
                name="visit_done_has_a_result",
                violation_error_message="Say how the visit ended.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("result", "enrolled"), _negated=True),
                    ("case__isnull", False),
                    _connector="OR",
                ),
                name="visit_enrolled_has_a_case",
                violation_error_message="An enrolment has a case.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent_on"), _negated=True),
                    ("sent_to__isnull", False),
                    _connector="OR",
                ),
                name="visit_sent_on_to_somebody",
                violation_error_message="Choose the colleague.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registered_by__isnull", False), ("screen__isnull", False), _connector="OR"
                ),
                name="visit_registered_by_somebody",
                violation_error_message="A visit is registered by a user or a tablet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("nameless_at__isnull", True),
                    models.Q(
                        ("answer", ""),
                        ("case__isnull", True),
                        ("company_name", ""),
                        ("ended_at__isnull", False),
                        ("language", ""),
                        ("person__isnull", True),
                        ("visitor_name", ""),
                    ),
                    _connector="OR",
                ),
                name="visit_nameless_has_no_name",
                violation_error_message="A visit made nameless has no name left.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ticket_letter", ""), _negated=True),
                fields=("centre", "came_on", "ticket_letter", "ticket_number"),
                name="visit_ticket_once_a_day",
                violation_error_message="The ticket is already given.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "called", "meeting"))),
                fields=("centre", "person"),
                name="visit_one_open_for_each_person",
                violation_error_message="The person is already in the queue.",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("called", "meeting"))),
                fields=("desk",),
                name="desk_has_one_visitor",
                violation_error_message="Another visitor is already called there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.UniqueConstraint(
                fields=("centre", "name"),
                name="desk_name_once_in_a_centre",
                violation_error_message="The centre already has a desk or room of that name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.UniqueConstraint(
                fields=("staffed_by",),
                name="desk_one_for_each_user",
                violation_error_message="You already sit at another desk.",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="desk_has_a_name",
                violation_error_message="Give the desk a name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="desk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("staffed_at__isnull", True), ("staffed_by__isnull", True)),
                    models.Q(("staffed_at__isnull", False), ("staffed_by__isnull", False)),
                    _connector="OR",
                ),
                name="desk_is_staffed_since_a_time",
                violation_error_message="Say since when somebody sits there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedentrance",
            constraint=models.CheckConstraint(
                condition=models.Q(("entrance", ""), _negated=True),
                name="entrance_is_named",
                violation_error_message="Say which entrance.",
            ),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("centre", "kind", "name"),
                name="screen_name_once_in_use",
                violation_error_message="The centre already has a screen of that name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("token", ""), _negated=True)
                ),
                name="screen_has_name_and_address",
                violation_error_message="A screen has a name and an address.",
            ),
        ),
        migrations.AddConstraint(
            model_name="screen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True),
                    ("ended_at__gte", models.F("made_at")),
                    _connector="OR",
                ),
                name="screen_ends_after_it_was_made",
                violation_error_message="A screen ends after it was made.",
            ),
        ),
    ]
