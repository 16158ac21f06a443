"""The queue of an installation without Redis, between a writer and a reader at the same moment."""

from multiprocessing import get_context
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


def bind_often(folder: Path) -> None:
    for _each in range(60):
        Transport.global_state = BrokerState()
        with connection(folder) as opened:
            opened.SimpleQueue("notices").close()


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


def test_two_that_bind_at_the_same_moment_do_not_disturb_each_other(tmp_path):
    context = get_context("spawn")
    others = [context.Process(target=bind_often, args=(tmp_path,)) for _each in range(2)]
    for other in others:
        other.start()
    for other in others:
        other.join(120)
    assert [other.exitcode for other in others] == [0, 0]
    with connection(tmp_path) as opened:
        box = opened.SimpleQueue("notices")
        box.put({"id": 2})
        assert box.get(block=False).payload == {"id": 2}
