"""Child processes that never outlive their parent."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

PR_SET_PDEATHSIG = 1


def _end_with(parent: int, sign: signal.Signals) -> Callable[[], None]:
    libc = ctypes.CDLL(None)

    def prepare() -> None:
        # Linux sends `sign` when the parent dies, also when it is killed and can do nothing itself.
        libc.prctl(PR_SET_PDEATHSIG, int(sign))
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def spawn(
    command: Sequence[str | Path], *, death_signal: signal.Signals = signal.SIGTERM, **options
) -> subprocess.Popen:
    """Start `command` in a process group of its own that ends when this process does.

    `options` go to Popen. The group keeps a Ctrl-C in the terminal from reaching the child, so
    that the parent decides the order in which things stop.
    """
    return subprocess.Popen(
        [str(word) for word in command],
        start_new_session=True,
        preexec_fn=_end_with(os.getpid(), death_signal),
        **options,
    )


def group_is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def stop(
    process: subprocess.Popen, *, sign: signal.Signals = signal.SIGTERM, patience: float = 8.0
) -> None:
    """Ask the group of `process` to end with `sign`; after `patience` seconds end it by force."""
    stop_all([process], sign=sign, patience=patience)


def stop_all(
    processes: Sequence[subprocess.Popen],
    *,
    sign: signal.Signals = signal.SIGTERM,
    patience: float = 8.0,
) -> None:
    """`stop` for several at once, so that they share the patience."""
    _signal_groups(processes, sign)
    deadline = time.monotonic() + patience
    try:
        while any(_lives(process) for process in processes) and time.monotonic() < deadline:
            time.sleep(0.05)
    finally:
        # Also when the patience of the person at the keyboard ended first.
        _signal_groups(processes, signal.SIGKILL)
    for process in processes:
        process.wait()


def _signal_groups(processes: Sequence[subprocess.Popen], sign: signal.Signals) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)


def _lives(process: subprocess.Popen) -> bool:
    # The leader is reaped first: a finished one that nobody waited for still counts as a group.
    return process.poll() is None or group_is_alive(process.pid)


def run(command: Sequence[str | Path], *, sign: signal.Signals = signal.SIGTERM, **options) -> int:
    """Run `command` to its end and return its exit code; stop it when this process is interrupted."""
    process = spawn(command, **options)
    try:
        return process.wait()
    except BaseException:
        stop(process, sign=sign)
        raise


def interrupt_on_signals() -> None:
    """Let TERM and HUP unwind the program like Ctrl-C does, so that every `finally` runs."""

    def interrupt(number, frame):
        raise KeyboardInterrupt

    for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(sign, interrupt)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
