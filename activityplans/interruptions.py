from activityplans.transitions.sessions import follow_after_interruption
from jobcentre.casework.registries import InterruptionStep, interruption_steps


def register() -> None:
    interruption_steps.register(InterruptionStep("sessions", follow_after_interruption))
