"""The queue of an installation without Redis, between a writer and a reader at the same moment."""

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport.virtual import BrokerState

from jobcentre.file_broker import SCHEME, Transport


@pytest.fixture(autouse=True)
def forget_bindings(monkeypatch):
    """A process remembers what it has bound; each test has a folder of its own."""
    monkeypatch.setattr(Transport, "global_state", BrokerState())


def connection(folder: Path) -> Connection:
    for name in ("queue", "control"):
        (folder / name).mkdir(exist_ok=True)
    options = {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "control"),
    }
    return Connection(f"{SCHEME}://", transport_options=options)


@pytest.mark.parametrize("text", ["", "Åsa Öström", "x" * 100_000])
def test_what_is_put_is_got_once(tmp_path, text):
    with connection(tmp_path) as opened:
        box = opened.SimpleQueue("notices")
        box.put({"text": text})
        assert box.get(block=False).payload == {"text": text}
        with pytest.raises(Empty):
            box.get(block=False)


def test_a_message_is_not_seen_before_it_is_whole(tmp_path, monkeypatch):
    """Whatever the writer does with files, a reader who looks right then finds no message yet."""
    with connection(tmp_path) as writing, connection(tmp_path) as reading:
        out, box = writing.SimpleQueue("notices"), reading.SimpleQueue("notices")
        looked = []
        opened, original = open, Path.write_text

        def look():
            with pytest.raises(Empty):
                box.get(block=False)
            looked.append(True)

        def slow_write(path, *args, **kwargs):
            with opened(path, "w"):
                look()
            return original(path, *args, **kwargs)

        monkeypatch.setattr(Path, "write_text", slow_write)
        out.put({"id": 1})
        monkeypatch.undo()
        assert looked
        assert box.get(block=False).payload == {"id": 1}


def test_a_binding_is_not_seen_before_it_is_whole(tmp_path, monkeypatch):
    """Web server and worker start at once: who publishes while the other binds finds no half."""
    with connection(tmp_path) as binding, connection(tmp_path) as publishing:
        binding.SimpleQueue("notices")
        channel, seen = publishing.channel(), []
        original = Path.write_text

        def slow_write(path, *args, **kwargs):
            path.touch()
            seen.append({row.queue for row in channel.get_table("notices")})
            return original(path, *args, **kwargs)

        monkeypatch.setattr(Path, "write_text", slow_write)
        binding.channel()._queue_bind("notices", "", "", "letters")
        assert seen == [{"notices"}]
        assert {row.queue for row in channel.get_table("notices")} == {"notices", "letters"}
