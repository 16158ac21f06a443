"""The product's own settings, with the floor view and Django's admin of the same models beside."""

from jobcentre.settings import *

ROOT_URLCONF = "tests.bench.urls"

TEMPLATES[0]["DIRS"] = [*TEMPLATES[0]["DIRS"], BASE_DIR / "tests" / "bench" / "templates"]
