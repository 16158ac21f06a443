"""The queue of an installation without Redis: one file for each message, seen only when it is whole.

Kombu's own queue in files opens the file of a message before it writes it. A worker that looks in
between takes an empty message and ends. Here a file gets its name when its contents are in it.
"""

import fcntl
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

SCHEME = "wholefiles"


def write_whole(path: Path, content: str) -> None:
    """Write `content` to `path` so that others see all of it or what was there before."""
    unfinished = path.with_name(f".{path.name}.{uuid.uuid4()}")
    unfinished.write_text(content, encoding="utf-8")
    unfinished.replace(path)


class Channel(filesystem.Channel):
    """Reads as its parent does; writes messages and bindings whole."""

    def _put(self, queue, payload, **kwargs):
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        write_whole(Path(self.data_folder_out) / name, dumps(payload))

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        binding = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._binding_alone():
            bindings = self.get_table(exchange)
            if binding not in bindings:
                write_whole(self._exchange_file(exchange), dumps([binding, *bindings]))

    @contextmanager
    def _binding_alone(self):
        """Web server and worker start at the same moment, and both bind."""
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / "binding.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    Channel = Channel


TRANSPORT_ALIASES[SCHEME] = f"{__name__}:Transport"
