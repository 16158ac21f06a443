"""The demo's database is a whole one or none, however a run ends."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tooling import demo_database
from tooling.demo_database import Demo, has_users


def make_database(path: Path, users: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE accounts_user (id INTEGER)")
        connection.executemany("INSERT INTO accounts_user VALUES (?)", [(n,) for n in range(users)])
        connection.commit()


@pytest.fixture
def demo(tmp_path):
    (tmp_path / "requirements.lock").write_text("django==5.2")
    migrations = tmp_path / "intake" / "migrations"
    migrations.mkdir(parents=True)
    (migrations / "0001_initial.py").write_text("fields = 1")
    (tmp_path / "var" / "log").mkdir(parents=True)
    return Demo(tmp_path)


@pytest.fixture
def commands(demo, monkeypatch):
    """Stands in for manage.py: remembers what was asked; `seed_demo` adds a user to the database."""
    asked = []

    def manage(*words, database):
        asked.append((words[0], database.name))
        if words[0] == "seed_demo":
            make_database(database, users=1)
        return words[0] not in commands.failing

    commands = type("Commands", (), {"asked": asked, "failing": set()})
    monkeypatch.setattr(demo, "manage", manage)
    return commands


def test_a_database_has_users_only_when_somebody_can_log_in(tmp_path):
    database = tmp_path / "a.sqlite3"
    assert not has_users(database)
    database.write_bytes(b"")
    assert not has_users(database)
    database.write_bytes(b"not a database at all, but long enough to look at")
    assert not has_users(database)
    database.unlink()
    make_database(database, users=0)
    assert not has_users(database)
    demo_database.remove(database)
    make_database(database, users=1)
    assert has_users(database)


def test_the_finished_database_takes_the_place_of_the_old_one(demo, commands):
    make_database(demo.database, users=0)
    (demo.var / "media").mkdir()
    demo.make()
    assert has_users(demo.database)
    assert sorted(path.name for path in demo.var.iterdir()) == ["db.schema", "db.sqlite3", "log"]
    assert {name for _, name in commands.asked} == {demo.unfinished.name}


@pytest.mark.parametrize("step", ["migrate", "seed_demo"])
def test_what_was_there_stands_when_the_new_municipality_cannot_be_made(demo, commands, step):
    demo.make()
    document = demo.var / "media" / "a.pdf"
    document.parent.mkdir()
    document.write_bytes(b"%PDF")
    before = demo.database.read_bytes()
    commands.failing.add(step)
    with pytest.raises(SystemExit, match="could not be made"):
        demo.make()
    assert demo.database.read_bytes() == before
    assert document.is_file()
    assert demo.schema.is_file()


def test_documents_of_the_new_municipality_take_the_place_of_the_old_ones(
    demo, commands, monkeypatch
):
    (demo.var / "media").mkdir()
    (demo.var / "media" / "old.pdf").write_bytes(b"%PDF")
    made = demo.manage

    def manage(*words, database):
        demo.unfinished_media.mkdir(exist_ok=True)
        (demo.unfinished_media / "new.pdf").write_bytes(b"%PDF")
        return made(*words, database=database)

    monkeypatch.setattr(demo, "manage", manage)
    demo.make()
    assert [path.name for path in (demo.var / "media").iterdir()] == ["new.pdf"]
    assert not demo.unfinished_media.exists()


@pytest.mark.parametrize("step", ["migrate", "seed_demo"])
def test_a_failure_leaves_no_half_municipality(demo, commands, step):
    commands.failing.add(step)
    with pytest.raises(SystemExit, match="could not be made"):
        demo.make()
    assert [path.name for path in demo.var.iterdir()] == ["log"]


@pytest.mark.parametrize(
    ("free", "said"), [(0, "disk of .* is full"), (10**9, "setup.log says why")]
)
def test_why_is_said_even_when_the_log_could_not_be_written(
    demo, commands, monkeypatch, free, said
):
    commands.failing.add("seed_demo")
    usage = shutil.disk_usage(demo.var)._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    with pytest.raises(SystemExit, match=said):
        demo.make()


def test_an_unchanged_schema_is_not_migrated_again(demo, commands):
    demo.make()
    commands.asked.clear()
    demo.update()
    assert commands.asked == []
    (demo.root / "intake" / "migrations" / "0002_more.py").write_text("fields = 2")
    demo.update()
    assert commands.asked == [("migrate", "db.sqlite3")]


def test_data_of_another_version_is_kept_and_said_so(demo, commands):
    demo.make()
    (demo.root / "intake" / "migrations" / "0001_initial.py").write_text("fields = 3")
    commands.failing.add("migrate")
    with pytest.raises(SystemExit, match="--fresh starts over"):
        demo.update()
    assert has_users(demo.database)


def test_visitors_wait_in_a_demo_of_another_day(demo, commands, capsys):
    demo.make()
    commands.asked.clear()
    demo.fill_front_desks()
    assert commands.asked == [("demo_visitors", "db.sqlite3")]
    assert not capsys.readouterr().out.strip().startswith("Nobody")
    commands.failing.add("demo_visitors")
    demo.fill_front_desks()
    assert "Nobody waits" in capsys.readouterr().out
