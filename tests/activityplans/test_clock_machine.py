"""A plan, its answers and interruptions in any order: the clocks agree with a model that counts days.

The model shares nothing with the product: it walks the calendar day by day.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from jobcentre.casework.exceptions import Refused
from jobcentre.casework.models import Case, ClockPause, Deadline
from jobcentre.casework.transitions.clocks import PauseInput, change_pause, end_pause, pause_clock
from tests.factories import MONDAY, Town

DAY = timedelta(days=1)
RED_DAYS = {
    date(2026, 12, 24),
    date(2026, 12, 25),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 1, 6),
}


class PlanAndClocks(RuleBasedStateMachine):
    """One case from its first day, for some weeks."""

    @initialize()
    def begin(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.traveller = time_machine.travel(f"{MONDAY}T11:00:00+00:00", tick=False)
        self.traveller.start()
        self.town, self.today = Town(), MONDAY
        self.coach = self.town.user("coach")
        self.secretary = self.town.user("social_secretary")
        self.case = self.town.opened()
        self.pauses: dict[int, tuple[date, date | None]] = {}
        self.sent: list[tuple[int, date]] = []
        self.answered: dict[int, date] = {}
        self.waiting, self.in_force_from = None, None

    def teardown(self):
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.traveller.stop()

    # --- what happens ---
    @rule(days=st.integers(1, 5))
    def days_pass(self, days):
        self.today += days * DAY
        self.traveller.stop()
        self.traveller = time_machine.travel(f"{self.today}T11:00:00+00:00", tick=False)
        self.traveller.start()

    def _fits(self, first, back, but=None) -> bool:
        if first < MONDAY or (back is not None and back <= first):
            return False
        far = date.max
        return not any(
            first < (end or far) and start < (back or far)
            for pk, (start, end) in self.pauses.items()
            if pk != but
        )

    @rule(ago=st.integers(-4, 12), long=st.one_of(st.none(), st.integers(-1, 9)))
    def pause(self, ago, long):
        first = self.today - ago * DAY
        back = None if long is None else first + long * DAY
        try:
            with transaction.atomic():
                row = pause_clock(self.case, first, back, "illness", "", actor=self.coach)
        except Refused:
            assert not self._fits(first, back)
        else:
            assert self._fits(first, back)
            self.pauses[row.pk] = (first, back)

    @precondition(lambda self: self.pauses)
    @rule(
        which=st.integers(0, 20),
        ago=st.integers(-4, 12),
        long=st.one_of(st.none(), st.integers(0, 9)),
    )
    def change(self, which, ago, long):
        pk = sorted(self.pauses)[which % len(self.pauses)]
        first = self.today - ago * DAY
        back = None if long is None else first + long * DAY
        try:
            with transaction.atomic():
                change_pause(
                    ClockPause.objects.get(pk=pk),
                    PauseInput(first, back, "parental"),
                    actor=self.coach,
                )
        except Refused:
            assert not self._fits(first, back, but=pk)
        else:
            assert self._fits(first, back, but=pk)
            self.pauses[pk] = (first, back)

    @precondition(lambda self: any(end is None for _start, end in self.pauses.values()))
    @rule()
    def come_back(self):
        pk, (first, _end) = next(each for each in self.pauses.items() if each[1][1] is None)
        back = max(self.today, first + DAY)
        if self._fits(first, back, but=pk):
            end_pause(ClockPause.objects.get(pk=pk), back, actor=self.coach)
            self.pauses[pk] = (first, back)

    @precondition(lambda self: self.waiting is None)
    @rule()
    def send(self):
        self.waiting = self.town.submitted(self.case, self.today, change_reason="Nytt.")
        self.sent.append((self.waiting.pk, self.today))

    @precondition(lambda self: self.waiting is not None)
    @rule(state=st.sampled_from(["approved", "returned", "refused"]))
    def answer(self, state):
        version = self.case.plan_versions.get(pk=self.waiting.subject_id)
        self.town.approve(self.waiting, self.secretary, self.today, state=state, reason="Skäl.")
        self.answered[self.waiting.pk] = self.today
        if state == "approved":
            self.in_force_from = version.starts_on
        self.waiting = None

    # --- the model ---
    def _is_paused(self, day) -> bool:
        return any(a <= day and (b is None or day < b) for a, b in self.pauses.values())

    def _forever(self, day) -> bool:
        return any(b is None and a <= day for a, b in self.pauses.values())

    def _fifth(self, start, length, pausable):
        day, left = start, length
        while left:
            day += DAY
            if pausable and self._forever(day):
                return None
            is_open = day.weekday() < 5 and day not in RED_DAYS
            left -= is_open and not (pausable and self._is_paused(day))
        return day

    def _months(self, start, until):
        """The day `until` moved by a day for each paused day on the way, also of the way added."""
        day, left = start, (until - start).days
        while left or self._is_paused(day):
            if self._forever(day):
                return None
            left -= not self._is_paused(day)
            day += DAY
        return day

    @invariant()
    def clocks_agree(self):
        if not hasattr(self, "case"):
            return
        rows = {(row.kind, row.subject_key): row for row in Deadline.objects.filter(case=self.case)}
        plan = rows["plan", ""]
        assert plan.due_on == self._fifth(MONDAY, 5, True)
        assert plan.met_on == (self.sent[0][1] if self.sent else None)
        for pk, day in self.sent:
            row = rows["approval", f"approval:{pk}"]
            assert row.due_on == self._fifth(day, 2, False)
            assert row.met_on == self.answered.get(pk)
        assert rows["cap", ""].due_on == self._months(MONDAY, date(2028, 5, 16))
        running = Deadline.objects.running().filter(case=self.case, due_on__isnull=False)
        assert Case.objects.get(pk=self.case.pk).next_deadline_on == min(
            (row.due_on for row in running), default=None
        )

    @invariant()
    def one_plan_is_in_force_at_most(self):
        if hasattr(self, "case"):
            in_force = self.case.plan_versions.in_force()
            assert in_force.count() == (self.in_force_from is not None)


@pytest.mark.django_db
@pytest.mark.slow
@pytest.mark.row("J5")
@pytest.mark.row("J9")
def test_the_clocks_agree_with_a_model_that_counts_days():
    run_state_machine_as_test(
        PlanAndClocks,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
