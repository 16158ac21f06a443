"""The set-up that bin/demo and bin/test share, on machines that lack something."""

import fcntl
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from jobcentre.settings.environment import VARIABLES
from tooling import relocate

ROOT = Path(__file__).resolve().parent.parent.parent
TOOLS = (
    *(
        "bash",
        "dirname",
        "mkdir",
        "df",
        "awk",
        "flock",
        "cat",
        "sha256sum",
        "grep",
        "rm",
        "sed",
        "tail",
    ),
    *("env", "find", "mv"),
)


class Machine:
    """A checkout with the commands only, on a machine whose programs the test chooses."""

    def __init__(self, folder: Path):
        self.root = folder / "checkout"
        self.programs = folder / "programs"
        self.programs.mkdir()
        shutil.copytree(
            ROOT / "bin", self.root / "bin", ignore=shutil.ignore_patterns("__pycache__")
        )
        for name in ("requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / name, self.root / name)
        for name in TOOLS:
            (self.programs / name).symlink_to(shutil.which(name))
        self.add("id", 'echo "${UID_HERE:-1000}"')
        self.environment = {
            "PATH": str(self.programs),
            "HOME": str(self.root),
            "SYSTEM_PYTHON": str(self.programs / "system-python3"),
        }

    def add(self, name: str, script: str) -> None:
        """A program of the machine, written in shell."""
        path = self.programs / name
        # Never through a link: what it points at is the real machine's own program.
        path.unlink(missing_ok=True)
        path.write_text(f"#!{shutil.which('bash')}\n{script}\n")
        path.chmod(0o755)

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            command,
            cwd=self.root,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def shell(self, script: str, **environment: str) -> subprocess.CompletedProcess:
        """Run `script` with the functions of the set-up."""
        return self.run(
            shutil.which("bash"), "-c", f". bin/tooling/setup.sh; make_var; {script}", **environment
        )


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_a_made_up_program_never_changes_the_real_one(machine, tmp_path):
    real = tmp_path / "real"
    real.write_text("untouched")
    (machine.programs / "linked").symlink_to(real)
    machine.add("linked", "echo made up")
    assert real.read_text() == "untouched"
    assert not (machine.programs / "linked").is_symlink()


def refused(finished: subprocess.CompletedProcess) -> str:
    """The one sentence of a command that would not start."""
    assert finished.returncode == 1, finished
    assert len(finished.stderr.strip().splitlines()) == 1, finished.stderr
    return finished.stderr.strip()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--port", "abc"], '--port takes a number from 1 to 65535, not "abc".'),
        (["--port", "70000"], '--port takes a number from 1 to 65535, not "70000".'),
        (["--port"], '--port takes a number from 1 to 65535, not "".'),
        (["--port", "80"], "Only root may listen on port 80;"),
        (["--quick"], "bin/demo does not know --quick; see bin/demo --help."),
    ],
)
def test_wrong_arguments(machine, words, sentence):
    assert refused(machine.run("bin/demo", *words)).startswith(sentence)
    assert not (machine.root / "var").exists()


def test_help_is_no_failure(machine):
    finished = machine.run("bin/demo", "--help")
    assert finished.returncode == 0
    assert "--fresh" in finished.stdout


def test_a_port_in_use(machine):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        assert refused(machine.run("bin/demo", "--port", str(port))).startswith(
            f"Port {port} is in use by another program"
        )


def test_a_second_demo_of_the_same_checkout(machine):
    (machine.root / "var").mkdir()
    with (machine.root / "var" / "demo.lock").open("w") as lock:
        lock.write("process 4711, port 8000\n")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert refused(machine.run("bin/demo")).startswith(
            "A demo of this checkout is running already (process 4711, port 8000)"
        )


def test_the_mark_of_a_demo_that_was_killed_is_no_hindrance(machine):
    (machine.root / "var").mkdir()
    (machine.root / "var" / "demo.lock").write_text("process 4711, port 8000\n")
    finished = machine.run("bin/demo", "--port", "8119")
    assert "running already" not in finished.stderr
    assert "Python 3.11 or newer is needed" in finished.stderr


@pytest.mark.parametrize("command", ["bin/demo", "bin/test"])
def test_no_python(machine, command):
    assert refused(machine.run(command)).startswith(
        "Python 3.11 or newer is needed and none was found; on Debian 12"
    )


@pytest.mark.parametrize("command", ["bin/demo", "bin/test"])
def test_an_old_python_is_named(machine, command):
    machine.add("python3", "case $2 in *python_version*) echo 3.9.2 ;; *) exit 1 ;; esac")
    assert "only 3.9.2 was found" in refused(machine.run(command))
    assert not (machine.root / ".venv").exists()


def test_the_systems_own_python_comes_before_that_of_the_path(machine):
    machine.add("python3", "exit 0")
    machine.add("system-python3", "exit 0")
    assert machine.shell('find_python; echo "$python"').stdout.endswith("system-python3\n")
    machine.add("system-python3", "case $2 in *ensurepip*) exit 1 ;; *) exit 0 ;; esac")
    assert machine.shell('find_python; echo "$python"').stdout == "python3\n"


def test_too_little_disk(machine):
    machine.add("df", "printf 'head\\n/dev/a 100 99 42 99%% /\\n'")
    assert refused(machine.run("bin/demo")).startswith("Too little disk: 42 MB are free")


def test_a_python_without_venv_names_the_package(machine):
    machine.add(
        "python3",
        'case $2 in *ensurepip*) exit 1 ;; *"python%d.%d"*) echo python3.12 ;; *) exit 0 ;; esac',
    )
    machine.add("apt-get", "exit 1")
    assert refused(machine.run("bin/demo")).endswith(
        "run this and start again: sudo apt-get update && sudo apt-get install -y "
        "--no-install-recommends python3.12-venv"
    )


def with_packages_that_fail(machine: Machine, complaint: str) -> None:
    """A python3 that makes an environment whose pip ends with `complaint`."""
    machine.add(
        "python3",
        f"""case "$*" in *"-m venv"*)
  mkdir -p "$3/bin"
  printf '#!%s\\necho "{complaint}"; exit 1\\n' {shutil.which("bash")} >"$3/bin/python"
  {shutil.which("chmod")} +x "$3/bin/python" ;;
esac""",
    )


@pytest.mark.parametrize(
    ("complaint", "sentence"),
    [
        ("NewConnectionError: [Errno 101] Network is unreachable", "No network: the packages"),
        ("Temporary failure in name resolution", "No network: the packages"),
        ("OSError: [Errno 28] No space left on device", "The disk became full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "A downloaded package is not the one"),
        (
            "ERROR: something else",
            "The packages could not be installed, and nothing was kept: ERROR:",
        ),
    ],
)
def test_packages_that_cannot_be_installed_leave_nothing(machine, complaint, sentence):
    with_packages_that_fail(machine, complaint)
    assert refused(machine.run("bin/demo")).startswith(sentence)
    assert [path.name for path in machine.root.glob(".venv*")] == []


def test_packages_that_cannot_be_installed_leave_the_old_ones(machine):
    with_packages_that_fail(machine, "Network is unreachable")
    (machine.root / ".venv").mkdir()
    (machine.root / ".venv" / "lock.sha256").write_text("of another lock")
    refused(machine.run("bin/demo"))
    assert [path.name for path in machine.root.glob(".venv*")] == [".venv"]


@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_installation_leaves_nothing(machine, sign, code):
    with_packages_that_fail(machine, "never said")
    python = machine.programs / "python3"
    python.write_text(
        python.read_text().replace("echo", "echo $$ >pip-number; exec sleep 60; echo")
    )
    (machine.programs / "sleep").symlink_to(shutil.which("sleep"))
    with subprocess.Popen(
        ["bin/demo", "--port", "8119"],
        cwd=machine.root,
        env=machine.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # As from a terminal: a shell in the background would not see Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        number = machine.root / "pip-number"
        deadline = time.monotonic() + 10
        while not (number.exists() and number.read_text()) and time.monotonic() < deadline:
            time.sleep(0.05)
        os.killpg(process.pid, sign)
        told = process.communicate(timeout=20)[1]
    assert process.returncode == code
    assert ("nothing half done is left" in told) == (sign == signal.SIGINT)
    assert not Path(f"/proc/{int(number.read_text())}").exists()
    assert list(machine.root.glob(".venv*")) == []


def test_packages_are_in_place_when_the_stamp_has_the_checksum_of_the_lock(machine):
    stamp = machine.root / ".venv" / "lock.sha256"
    python = machine.root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    question = "packages_in_place requirements.lock && echo yes || echo no"
    assert machine.shell(question).stdout == "no\n"
    machine.shell(
        "(cd $root && sha256sum requirements.lock requirements-dev.lock) >$venv/lock.sha256"
    )
    assert machine.shell(question).stdout == "yes\n"
    (machine.root / "requirements.lock").write_text("changed")
    assert machine.shell(question).stdout == "no\n"
    assert "requirements-dev.lock" in stamp.read_text()


PRINT_CHECK = "venv=$root/.venv; print_libraries=(libnowhere.so.7); check_print_libraries"
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core"


def test_missing_print_libraries_without_the_right_to_install(machine):
    machine.add("apt-get", "echo must not run >&2; exit 1")
    machine.add("sudo", "exit 1")
    assert refused(machine.shell(PRINT_CHECK)) == (
        "Pango or fonts for printing are missing; run this and start again: sudo apt-get update && "
        f"sudo apt-get install -y --no-install-recommends {PACKAGES}"
    )


def test_missing_print_libraries_on_another_kind_of_system(machine):
    assert refused(machine.shell(PRINT_CHECK)) == (
        "Pango or fonts for printing are missing: install what this system calls "
        f"{PACKAGES} and start again."
    )


@pytest.mark.parametrize("user", ["0", "1000"])
def test_missing_print_libraries_are_installed_when_that_is_allowed(machine, user):
    machine.add("apt-get", 'echo "$*" >>asked')
    machine.add("sudo", 'shift; [ "$1" = true ] && exit 0; echo with-sudo >>asked; exec "$@"')
    (machine.programs / "true").symlink_to(shutil.which("true"))
    finished = machine.shell(PRINT_CHECK, UID_HERE=user)
    assert finished.returncode == 0, finished.stderr
    asked = (machine.root / "asked").read_text().splitlines()
    assert asked[-1].endswith(f"install -y --no-install-recommends {PACKAGES}")
    assert asked[:-1] == ([] if user == "0" else ["with-sudo"])


def test_an_installation_that_fails_is_tried_again_with_fresh_lists(machine):
    machine.add("apt-get", 'echo "$*" >>asked; exit 1')
    assert refused(machine.shell(PRINT_CHECK, UID_HERE="0")).startswith(
        "Pango or fonts for printing are missing, and apt could not install it"
    )
    asked = (machine.root / "asked").read_text().splitlines()
    assert [line.split()[2] for line in asked] == ["install", "update", "install"]


def test_local_settings_are_written_once_and_for_the_owner_only(machine):
    python = machine.root / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    file = machine.root / "var" / "local.env"
    machine.shell("write_local_settings")
    first = file.read_text()
    assert re.fullmatch(r"APP_MODE=demo\nSECRET_KEY=[\w-]{80}\n", first)
    assert file.stat().st_mode & 0o777 == 0o600
    machine.shell("write_local_settings")
    assert file.read_text() == first


def test_nothing_of_another_installation_leaks_in(machine):
    foreign = dict.fromkeys(VARIABLES, "elsewhere")
    told = machine.shell("forget_other_installations; env", **foreign).stdout
    seen = dict(line.split("=", 1) for line in told.splitlines() if "=" in line)
    kept = {name for name in VARIABLES if seen[name] == "elsewhere"}
    # What the demo sets itself, and what only changes its looks.
    assert kept == {
        *("APP_MODE", "BASE_URL", "SECRET_KEY", "LOG_LEVEL", "DEBUG_ERRORS"),
        *("EMAIL_FROM", "MUNICIPALITY_NAME", "MUNICIPALITY_ACCENT"),
    }


def test_an_environment_can_be_moved_before_it_is_used(tmp_path):
    old, new = tmp_path / ".venv.new", tmp_path / "a place" / ".venv"
    (old / "bin").mkdir(parents=True)
    (old / "pyvenv.cfg").write_text(f"command = python -m venv {old}\n")
    (old / "bin" / "tool").write_text(f"#!{old}/bin/python\nprint(1)\n")
    (old / "bin" / "binary").write_bytes(b"\x7fELF\0" + os.fsencode(old))
    (old / "bin" / "python").symlink_to(sys.executable)
    changed = relocate.relocate(old, new)
    assert [path.name for path in changed] == ["tool", "pyvenv.cfg"]
    assert (old / "bin" / "tool").read_text() == f"#!{new}/bin/python\nprint(1)\n"
    assert os.fsencode(old) in (old / "bin" / "binary").read_bytes()
