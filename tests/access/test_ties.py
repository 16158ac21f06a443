"""What ties a user to persons and cases by name: the one statement says what the models say."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from jobcentre.accounts.enums import Role
from jobcentre.casework.access.checks import forget_relations
from jobcentre.casework.access.ties import Ties, ties_of
from jobcentre.casework.enums import InvolvementKind
from jobcentre.casework.models import CircleMember, ConflictOfInterest, Involvement

pytestmark = pytest.mark.django_db


def by_the_models(user, today: date) -> Ties:
    """The same, asked of each model."""

    def involved(kind, **own):
        return frozenset(
            Involvement.objects.filter(kind=kind, starts_on__lte=today, **own).values_list(
                "case_id", "ends_before", "visible_before"
            )
        )

    def still(rows, index):
        return frozenset(row[0] for row in rows if row[index] is None or row[index] > today)

    return Ties(
        frozenset(ConflictOfInterest.objects.filter(user=user).values_list("person_id", flat=True)),
        frozenset(
            CircleMember.objects.filter(
                Q(ends_before=None) | Q(ends_before__gt=today), user=user, starts_on__lte=today
            ).values_list("person_id", flat=True)
        ),
        still(involved(InvolvementKind.COVER, user=user), 1),
        still(involved(InvolvementKind.HAND_OVER, user=user), 1),
        still(involved(InvolvementKind.METHOD, user=user), 1),
        still(
            involved(InvolvementKind.OTHER_CENTRE, unit__path__startswith=user.acting.unit.path),
            2,
        ),
    )


@pytest.fixture
def tied(town):
    """A coach with every tie on each side of each of its days; returns the coach."""
    coach = town.user(Role.COACH)
    other = town.user(Role.COACH, "south")
    today = town.today
    day = timedelta(days=1)
    spans = [
        (today - day, None),
        (today, today + day),
        (today - day, today),
        (today + day, None),
        (today - 9 * day, today - day),
    ]
    for user in (coach, other):
        ConflictOfInterest.objects.create(person=town.person(), user=user, declared_on=today)
        for starts_on, ends_before in spans:
            CircleMember.objects.create(
                person=town.person(), user=user, starts_on=starts_on, ends_before=ends_before
            )
            for kind in (
                InvolvementKind.COVER,
                InvolvementKind.HAND_OVER,
                InvolvementKind.METHOD,
                InvolvementKind.GUIDANCE,
            ):
                Involvement.objects.create(
                    case=town.opened(), kind=kind, user=user, label="x",
                    starts_on=starts_on, ends_before=ends_before,
                )  # fmt: skip
            Involvement.objects.create(
                case=town.opened(where="south"), kind=InvolvementKind.OTHER_CENTRE,
                unit=user.acting.unit, label="x", starts_on=starts_on, visible_before=ends_before,
            )  # fmt: skip
    return coach


def test_the_statement_says_what_the_models_say(tied, town):
    ties = ties_of(tied, town.today)
    assert ties == by_the_models(tied, town.today)
    assert [len(each) for each in (ties.conflicts, ties.circle, ties.covered)] == [1, 2, 2]
    assert [len(each) for each in (ties.handed_over, ties.job_coached, ties.lent)] == [2, 2, 2]


def test_they_are_remembered_while_a_request_is_answered_and_forgotten_with_the_relations(
    tied, town, django_assert_num_queries
):
    with django_assert_num_queries(2):  # outside a request nothing is kept
        ties_of(tied, town.today)
        ties_of(tied, town.today)
    tied.remembered_relations = {}
    with django_assert_num_queries(1):
        before = ties_of(tied, town.today)
        assert ties_of(tied, town.today) is before
    ConflictOfInterest.objects.filter(user=tied).delete()
    forget_relations(tied)
    assert not ties_of(tied, town.today).conflicts
