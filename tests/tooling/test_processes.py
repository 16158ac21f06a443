"""Nothing that was started outlives the one who started it."""

import subprocess
import sys
import time
from pathlib import Path

from tooling import processes

BIN = Path(processes.__file__).resolve().parent.parent
# Starts a child that ignores TERM, tells its number and sleeps.
STUBBORN_PARENT = """
import signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "print(1, flush=True); time.sleep(60)"],
    stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""


def lives(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def wait_until_gone(number: int) -> bool:
    deadline = time.monotonic() + 10
    while lives(number) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not lives(number)


def test_stopping_ends_the_children_of_a_child_too():
    process = processes.spawn([sys.executable, "-c", STUBBORN_PARENT], stdout=subprocess.PIPE)
    with process.stdout:
        grandchild = int(process.stdout.readline())
        assert lives(grandchild)
        processes.stop(process, patience=0.5)
    assert process.returncode is not None
    assert wait_until_gone(grandchild)


def test_a_child_ends_when_its_parent_is_killed():
    parent = f"""
import subprocess, sys, time
sys.path.insert(0, {str(BIN)!r})
from tooling import processes
print(processes.spawn([sys.executable, "-c", "import time; time.sleep(60)"]).pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE) as process:
        child = int(process.stdout.readline())
        assert lives(child)
        process.kill()
        process.wait()
        assert wait_until_gone(child)


def test_run_gives_the_exit_code():
    assert processes.run([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_run_stops_the_command_when_it_is_interrupted(tmp_path):
    number = tmp_path / "number"
    runner = f"""
import sys
sys.path.insert(0, {str(BIN)!r})
from tooling import processes
processes.interrupt_on_signals()
processes.run([sys.executable, "-c",
    "import os, pathlib, time; pathlib.Path({str(number)!r}).write_text(str(os.getpid())); time.sleep(60)"])
"""
    with subprocess.Popen([sys.executable, "-c", runner], stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 10
        while not (number.exists() and number.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        child = int(number.read_text())
        process.terminate()
        assert b"KeyboardInterrupt" in process.communicate()[1]
    assert wait_until_gone(child)
