"""A SQLite database with the schema of the code, migrated once and then copied.

Migrating takes twenty seconds, copying none. The copy is still asked to migrate, which finds
nothing left to do; it is made anew when anything that migrations are made from has changed.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from tooling import schema

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var"


def stored(folder: Path = FOLDER) -> Path:
    """Where the database of this code is kept; it need not be there yet."""
    return folder / f"test-schema-{schema.checksum(ROOT)[:20]}.sqlite3"


def load(file: Path, name: str) -> sqlite3.Connection | None:
    """Copy `file` into the SQLite database in memory called `name`.

    Returns the connection that keeps it alive; None when there is no file, or `name` is not in
    memory: nothing on a disk is ever written over.
    """
    if "mode=memory" not in name or not file.is_file():
        return None
    target = sqlite3.connect(name, uri=True)
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as source:
        source.backup(target)
    return target


def keep(file: Path) -> None:
    """Keep the schema of the connected SQLite database as `file`, and no older one beside it."""
    if connection.vendor != "sqlite" or file.is_file():
        return
    file.parent.mkdir(exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(unfinished)) as target:
        connection.connection.backup(target)
    for older in file.parent.glob("test-schema-*.sqlite3"):
        older.unlink(missing_ok=True)
    unfinished.replace(file)
