"""What the schema of a database is made from: the migrations, and what they import."""

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path


def checksum(root: Path) -> str:
    """Of all migrations of the checkout at `root`: the project's own with every module of the
    project that they import, at any depth, and by the lock the libraries'."""
    total = hashlib.sha256()
    for path in [root / "requirements.lock", *sorted(sources(root))]:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.relative_to(root)} {content}\n".encode())
    return total.hexdigest()


def sources(root: Path) -> set[Path]:
    """The project's migrations and the project's modules that they import."""
    found = {*root.glob("*/migrations/*.py"), *root.glob("*/*/migrations/*.py")}
    waiting = list(found)
    while waiting:
        for name in _imported(waiting.pop()):
            module = _file_of(root, name)
            if module is not None and module not in found:
                found.add(module)
                waiting.append(module)
    return found


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file_of(root: Path, name: str) -> Path | None:
    """The file of a module of the project; None for one of a library, and for what is no module."""
    path = root.joinpath(*name.split("."))
    for file in (path.with_suffix(".py"), path / "__init__.py"):
        if file.is_file():
            return file
    return None
