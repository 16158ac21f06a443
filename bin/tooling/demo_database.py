"""Make the demo's database, or bring the one that is there up to date.

The made-up municipality is built in a file of its own and renamed when it is complete, so a
database that is there is a whole one, however an earlier run ended.
"""

import argparse
import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tooling import processes, schema

ROOT = Path(__file__).resolve().parent.parent.parent
FULL = 2_000_000  # bytes left: less than one more write of the database needs


def has_users(database: Path) -> bool:
    """Whether `database` is a SQLite file in which somebody can log in."""
    if not database.is_file():
        return False
    try:
        with closing(
            sqlite3.connect(f"file:{quote(str(database))}?mode=ro", uri=True)
        ) as connection:
            return (
                connection.execute("SELECT EXISTS (SELECT 1 FROM accounts_user)").fetchone()[0] == 1
            )
    except sqlite3.DatabaseError:
        return False


def remove(database: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{database}{ending}").unlink(missing_ok=True)


def publish(finished: Path, database: Path) -> None:
    """Give `finished` the name of `database`, with everything in the one file."""
    with closing(sqlite3.connect(finished)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    remove(database)
    finished.replace(database)
    remove(finished)


class Demo:
    """The demo's data under `var`: database, stored documents, written mail, queued tasks."""

    def __init__(self, root: Path):
        self.root = root
        self.var = root / "var"
        self.database = self.var / "db.sqlite3"
        self.unfinished = self.var / "demo-in-the-making.sqlite3"
        self.unfinished_media = self.var / "demo-in-the-making-media"
        # What the schema of the database was made from; see `tooling.schema`.
        self.schema = self.var / "db.schema"
        self.log = self.var / "log" / "setup.log"

    def manage(self, *words: str, database: Path) -> bool:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{quote(str(database))}"}
        if database == self.unfinished:
            environment.setdefault("MEDIA_ROOT", str(self.unfinished_media))
        with self.log.open("ab") as log:
            return not processes.run(
                [sys.executable, self.root / "manage.py", *words],
                cwd=self.root,
                env=environment,
                stdout=log,
                stderr=log,
            )

    def clear(self) -> None:
        self.schema.unlink(missing_ok=True)
        remove(self.database)
        for name in ("media", "mail", "queue", "queue-control"):
            shutil.rmtree(self.var / name, ignore_errors=True)

    def clear_unfinished(self) -> None:
        remove(self.unfinished)
        shutil.rmtree(self.unfinished_media, ignore_errors=True)

    def _why(self) -> str:
        """What stopped a step, as a sentence's end. On a full disk the log too may stay empty."""
        if shutil.disk_usage(self.var).free < FULL:
            return f"the disk of {self.var} is full"
        return f"{self.log} says why"

    def make(self) -> None:
        """What was there before stands until the new municipality is whole.

        Raises SystemExit with one sentence when the municipality could not be made.
        """
        print("Making the demo municipality (a minute or two) ...", flush=True)
        self.clear_unfinished()
        try:
            done = self.manage(
                "migrate", "--no-input", "-v", "0", database=self.unfinished
            ) and self.manage("seed_demo", database=self.unfinished)
            if not done:
                raise SystemExit(f"The demo municipality could not be made; {self._why()}.")
            self.clear()
            if self.unfinished_media.is_dir():
                self.unfinished_media.replace(self.var / "media")
            publish(self.unfinished, self.database)
            self.schema.write_text(schema.checksum(self.root))
        finally:
            self.clear_unfinished()

    def update(self) -> None:
        """Raises SystemExit when the database is of a version that cannot be brought up to date."""
        if self.schema.is_file() and self.schema.read_text() == schema.checksum(self.root):
            return
        if not self.manage("migrate", "--no-input", "-v", "0", database=self.database):
            raise SystemExit(
                f"The demo's data is from another version and could not be brought up to date "
                f"({self.log} says why); bin/demo --fresh starts over."
            )
        self.schema.write_text(schema.checksum(self.root))

    def fill_front_desks(self) -> None:
        """Let visitors wait today, whenever the municipality was made; a demo starts without, too."""
        if not self.manage("demo_visitors", database=self.database):
            print(f"Nobody waits at the front desks today; {self.log} says why.", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fresh", action="store_true")
    fresh = parser.parse_args().fresh
    processes.interrupt_on_signals()
    demo = Demo(ROOT)
    demo.log.parent.mkdir(parents=True, exist_ok=True)
    demo.log.write_bytes(b"")
    if fresh or not has_users(demo.database):
        demo.make()
    else:
        demo.update()
        demo.fill_front_desks()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit(130) from None
