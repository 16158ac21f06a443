"""Loaded by pytest before Django's settings are: tests run in test mode, whatever the machine says.

`var/local.env` holds the settings of the demo of this checkout; none of them reaches a test.
"""

import os
from pathlib import Path

LOCAL_FILE = Path(__file__).resolve().parent.parent.parent / "var" / "local.env"

if LOCAL_FILE.is_file():
    for line in LOCAL_FILE.read_text(encoding="utf-8").splitlines():
        name = line.partition("=")[0].strip()
        if name and not name.startswith("#"):
            os.environ.setdefault(name, "")
os.environ["APP_MODE"] = "test"
