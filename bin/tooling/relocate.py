"""Make a virtual environment believe that it lies somewhere else, before it is moved there."""

import os
import sys
from pathlib import Path


def relocate(environment: Path, new_place: Path) -> list[Path]:
    """Replace the path of `environment` in its scripts and pyvenv.cfg by `new_place`.

    Returns the changed files. Binary files are left alone; none of them holds the path.
    """
    old, new = os.fsencode(environment), os.fsencode(new_place)
    changed = []
    for path in [*sorted((environment / "bin").iterdir()), environment / "pyvenv.cfg"]:
        if path.is_symlink() or not path.is_file():
            continue
        content = path.read_bytes()
        if old in content and b"\0" not in content:
            path.write_bytes(content.replace(old, new))
            changed.append(path)
    return changed


if __name__ == "__main__":
    relocate(Path(sys.argv[1]), Path(sys.argv[2]))
