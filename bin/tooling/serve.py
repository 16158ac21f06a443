"""Run the demo's web server and worker together until told to stop, or until one of them ends."""

import argparse
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tooling import processes

ROOT = Path(__file__).resolve().parent.parent.parent
LOGS = ROOT / "var" / "log"
START_SECONDS = 60


@dataclass(frozen=True)
class Part:
    """One program of the demo. `command` follows `python -m`; what it says goes to its log."""

    name: str
    command: tuple[str, ...]

    @property
    def log(self) -> Path:
        return LOGS / f"{self.name}.log"

    def start(self) -> subprocess.Popen:
        with self.log.open("wb") as log:
            return processes.spawn(
                [sys.executable, "-m", *self.command],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )


def parts(port: int) -> list[Part]:
    return [
        Part(
            "web",
            (
                *("gunicorn", "jobcentre.wsgi:application", "--bind", f"127.0.0.1:{port}"),
                *("--worker-class", "gthread", "--threads", "8", "--graceful-timeout", "4"),
                *("--no-control-socket", "--log-level", "warning"),
            ),
        ),
        # The filesystem broker serves one worker; beat lives in it, so there is nothing else to stop.
        Part(
            "worker",
            (
                *("celery", "-A", "jobcentre", "worker", "-P", "solo", "-B", "-l", "WARNING"),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ),
        ),
    ]


def ended(running: dict[Part, subprocess.Popen]) -> Part | None:
    return next((part for part, process in running.items() if process.poll() is not None), None)


def answers(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def report_end(part: Part, code: int) -> int:
    lines = part.log.read_text(encoding="utf-8", errors="replace").splitlines()[-8:]
    print(
        f"\nThe {part.name} ended by itself (code {code}); the end of {part.log}:", file=sys.stderr
    )
    print("\n".join(f"  {line}" for line in lines), file=sys.stderr)
    return 1


def serve(port: int) -> int:
    """Start everything, say where it is, wait. Returns the exit code; nothing is left running."""
    LOGS.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{port}/"
    running: dict[Part, subprocess.Popen] = {}
    try:
        for part in parts(port):
            running[part] = part.start()
        logins = subprocess.run(
            [sys.executable, ROOT / "manage.py", "demo_logins"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        deadline = time.monotonic() + START_SECONDS
        while not answers(f"{address}halsa/"):
            if part := ended(running):
                return report_end(part, running[part].returncode)
            if time.monotonic() > deadline:
                print(
                    f"The web server does not answer; {LOGS / 'web.log'} says more.",
                    file=sys.stderr,
                )
                return 1
            time.sleep(0.2)
        print(f"\nEn ingång is running at {address}\n")
        print(logins.stdout.rstrip() or logins.stderr.rstrip())
        print("\nCtrl-C stops it. The data stays; bin/demo --fresh starts over.", flush=True)
        while (part := ended(running)) is None:
            time.sleep(0.3)
        return report_end(part, running[part].returncode)
    except KeyboardInterrupt:
        print("\nStopping ...", flush=True)
        return 0
    finally:
        processes.stop_all(list(running.values()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    port = parser.parse_args().port
    processes.interrupt_on_signals()
    return serve(port)


if __name__ == "__main__":
    sys.exit(main())
