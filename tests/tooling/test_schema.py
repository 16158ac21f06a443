"""What a kept database is made from: when any of it changes, the database is made anew."""

import sqlite3
from contextlib import closing

import pytest

from tests import migrated
from tooling import schema


@pytest.fixture
def checkout(tmp_path):
    """A project whose one migration imports a module, which imports another."""
    files = {
        "requirements.lock": "django==5.2",
        "people/migrations/__init__.py": "",
        "people/migrations/0001_initial.py": "from people.triggers import SQL\nimport json\n",
        "people/triggers.py": "from people import names\nSQL = names.TABLE\n",
        "people/names.py": "TABLE = 'person'\n",
        "people/views.py": "PAGE = 1\n",
    }
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path


@pytest.mark.parametrize(
    "changed",
    [
        "requirements.lock",
        "people/migrations/0001_initial.py",
        "people/triggers.py",
        "people/names.py",
    ],
)
def test_it_is_another_when_a_migration_or_what_it_imports_changes(checkout, changed):
    before = schema.checksum(checkout)
    path = checkout / changed
    path.write_text(f"{path.read_text()}# changed\n")
    assert schema.checksum(checkout) != before


def test_it_is_the_same_when_a_page_changes(checkout):
    before = schema.checksum(checkout)
    (checkout / "people/views.py").write_text("PAGE = 2\n")
    assert schema.checksum(checkout) == before


def test_the_copy_is_what_was_kept(tmp_path):
    with closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as kept:
        kept.execute("CREATE TABLE person (name)")
    name = "file:copied?mode=memory&cache=shared"
    with closing(migrated.load(tmp_path / "kept.sqlite3", name)) as copy:
        assert copy.execute("SELECT count(*) FROM person").fetchone() == (0,)


def test_a_database_on_a_disk_is_never_written_over(tmp_path):
    with closing(sqlite3.connect(tmp_path / "kept.sqlite3")) as kept:
        kept.execute("CREATE TABLE person (name)")
    precious = tmp_path / "db.sqlite3"
    precious.write_bytes(b"precious")
    assert migrated.load(tmp_path / "kept.sqlite3", str(precious)) is None
    assert precious.read_bytes() == b"precious"
