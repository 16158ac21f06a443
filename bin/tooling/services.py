"""A PostgreSQL and a Redis of one's own for the length of a test run."""

import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tooling import processes

START_SECONDS = 30


class Unavailable(Exception):
    """Why a service cannot be used here, as a sentence's end: "PostgreSQL is not installed"."""


class Broken(Exception):
    """A service that is installed did not start; the text says what it said."""


def version_of(program: str | Path) -> str:
    """The first version number that `program --version` prints."""
    text = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(\.\d+)*", text)
    return found.group() if found else "?"


def postgresql_folder() -> Path:
    """The folder with the newest PostgreSQL server programs. Raises Unavailable when there is none."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    folders.sort(key=lambda folder: int(re.findall(r"\d+", str(folder))[0]), reverse=True)
    folders += [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part]
    folders.append(Path("/usr/local/bin"))
    for folder in folders:
        if os.access(folder / "initdb", os.X_OK) and os.access(folder / "postgres", os.X_OK):
            return folder
    raise Unavailable("PostgreSQL is not installed (sudo apt-get install -y postgresql)")


def has_postgresql() -> bool:
    """Whether a PostgreSQL server is installed."""
    try:
        postgresql_folder()
    except Unavailable:
        return False
    return True


def _server_user() -> dict:
    # PostgreSQL refuses to run as root.
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        raise Unavailable("PostgreSQL does not run as root and there is no user postgres") from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _wait_for_port(port: int, process: subprocess.Popen, log: Path, name: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Broken(f"{name} did not start: {log.read_text(errors='replace')[-2000:]}")


@contextmanager
def postgresql() -> Iterator[str]:
    """Yield the address of an empty PostgreSQL whose user may create databases.

    It listens on a free port of 127.0.0.1, asks for a password made up for this run, keeps nothing
    safe on disk (a crash loses it) and is gone afterwards. Raises Unavailable, Broken.
    """
    programs, user = postgresql_folder(), _server_user()
    with tempfile.TemporaryDirectory(prefix="jobcentre-postgresql-") as name:
        folder = Path(name)
        password, data, log = secrets.token_hex(16), folder / "data", folder / "server.log"
        secret = folder / "password"
        secret.write_text(password)
        log.touch()
        if user:
            for path in (folder, secret, log):
                os.chown(path, user["user"], user["group"])
        made = subprocess.run(
            [
                *(programs / "initdb", "-D", data, "-U", "tests", "--pwfile", secret, "--no-sync"),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"),
            ],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            **user,
        )
        if made.returncode:
            raise Broken(f"initdb failed: {made.stderr.strip()[-2000:]}")
        port = processes.free_port()
        settings = {
            "port": port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            # Tables that were never analysed look large, and compiling a query costs more than it.
            "jit": "off",
            "max_connections": 100,
        }
        with log.open("ab") as output:
            server = processes.spawn(
                [
                    *(programs / "postgres", "-D", data),
                    *(word for key, value in settings.items() for word in ("-c", f"{key}={value}")),
                ],
                death_signal=signal.SIGINT,
                cwd=folder,
                stdout=output,
                stderr=output,
                **user,
            )
        try:
            _wait_for_port(port, server, log, "PostgreSQL")
            yield f"postgresql://tests:{password}@127.0.0.1:{port}/postgres"
        finally:
            # SIGINT is PostgreSQL's fast shutdown: connections are cut, nothing is waited for.
            processes.stop(server, sign=signal.SIGINT)


@contextmanager
def redis() -> Iterator[str]:
    """Yield the address of an empty Redis on a free port of 127.0.0.1. Raises Unavailable, Broken."""
    program = shutil.which(
        "redis-server", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/bin"
    )
    if program is None:
        raise Unavailable("Redis is not installed (sudo apt-get install -y redis-server)")
    with tempfile.TemporaryDirectory(prefix="jobcentre-redis-") as name:
        port, log = processes.free_port(), Path(name) / "server.log"
        with log.open("wb") as output:
            server = processes.spawn(
                [
                    *(program, "--bind", "127.0.0.1", "--port", str(port), "--dir", name),
                    *("--save", "", "--appendonly", "no", "--daemonize", "no"),
                ],
                stdout=output,
                stderr=output,
            )
        try:
            _wait_for_port(port, server, log, "Redis")
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            processes.stop(server)


def chromium() -> str:
    """The browser for the browser tests. Raises Unavailable when there is none."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if program := shutil.which(name):
            return program
    raise Unavailable("Chromium is not installed (sudo apt-get install -y chromium)")
