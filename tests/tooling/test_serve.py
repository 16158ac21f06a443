"""The demo's programs run together and stop together."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tooling import processes, serve

# Serves the demo with programs of the test's choice; the arguments are the folder, the port, and how
# long the worker lives.
PROGRAM = f"""
import sys
sys.path.insert(0, {str(Path(serve.__file__).resolve().parent.parent)!r})
from pathlib import Path
from tooling import processes, serve
folder, port, life = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
serve.ROOT, serve.LOGS = folder, folder / "log"
serve.parts = lambda port: [
    serve.Part("web", ("http.server", str(port), "--bind", "127.0.0.1")),
    serve.Part("worker", ("worker", life)),
]
processes.interrupt_on_signals()
sys.exit(serve.serve(port))
"""
WORKER = """
import os, pathlib, sys, time
pathlib.Path("number").write_text(str(os.getpid()))
time.sleep(float(sys.argv[1]))
print("the worker gives up", flush=True)
sys.exit(3)
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "halsa").mkdir()
    (tmp_path / "worker.py").write_text(WORKER)
    (tmp_path / "manage.py").write_text("print('coach: a@b.example')")
    return tmp_path


def start(folder: Path, port: int, worker_seconds: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(folder), str(port), worker_seconds],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )


def read_until(stream, text: str) -> str:
    told = ""
    for line in stream:
        told += line
        if text in line:
            break
    return told


def is_gone(number: int) -> bool:
    deadline = time.monotonic() + 10
    while Path(f"/proc/{number}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not Path(f"/proc/{number}").exists()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_tells_address_and_logins_and_stops_everything(folder, sign):
    port = processes.free_port()
    with start(folder, port, "60") as process:
        told = read_until(process.stdout, "Ctrl-C")
        assert f"http://127.0.0.1:{port}/" in told
        assert "coach: a@b.example" in told
        urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
        process.send_signal(sign)
        process.communicate()
    assert process.returncode == 0
    assert is_gone(int((folder / "number").read_text()))
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/")


def test_when_one_ends_the_other_is_stopped_and_the_reason_told(folder):
    port = processes.free_port()
    with start(folder, port, "2") as process:
        _, complaint = process.communicate()
    assert process.returncode == 1
    assert "The worker ended by itself (code 3)" in complaint
    assert "the worker gives up" in complaint
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/")


def test_the_demo_runs_one_web_server_and_one_worker_with_its_scheduler():
    web, worker = serve.parts(8123)
    assert "127.0.0.1:8123" in web.command
    assert {"-B", "solo"} <= set(worker.command)
