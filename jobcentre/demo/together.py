"""Many steps of the demo written as few statements."""

from collections.abc import Iterator
from contextlib import contextmanager

from jobcentre.audit.log import gathered_entries
from jobcentre.casework.deadlines import clock
from jobcentre.casework.timeline import events_together
from jobcentre.notices.writer import gathered_texts


@contextmanager
def told_together(lengths: clock.Lengths) -> Iterator[None]:
    """Clocks, events, the log and messages of what is told inside are written at its end."""
    with (
        clock.deferred(lengths),
        events_together(),
        gathered_entries.open(),
        gathered_texts.open(),
    ):
        yield
