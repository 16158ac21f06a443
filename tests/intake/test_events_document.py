"""docs/events.md says of every event of intake what the timeline says."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from intake import events
from jobcentre.casework.registries import EventKind, event_kinds

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "events.md"
ROW = re.compile(r"^\| `(?P<key>[a-z_.]+)` \| (?P<rest>.*) \|$")


def documented() -> dict[str, str]:
    found = (ROW.match(line) for line in DOCUMENT.read_text().splitlines())
    return {each["key"]: each["rest"] for each in found if each}


def as_row(kind: EventKind) -> str:
    sentence = re.sub(r"%\((\w+)\)[sd]", r"[\1]", str(kind.sentence))
    return f"{kind.label} | {sentence} | {kind.area.label}"


def of_intake() -> list[EventKind]:
    """The kinds that intake registers, told by their keys in its file."""
    source = Path(events.__file__).read_text()
    keys = re.findall(r'EventKind\(\s*"([a-z_.]+)"', source)
    return [event_kinds[key] for key in keys]


def test_the_table_has_every_event_and_no_other():
    assert list(documented()) == [kind.key for kind in of_intake()]


@pytest.mark.parametrize("kind", of_intake(), ids=lambda kind: kind.key)
def test_the_table_says_what_the_timeline_says(kind):
    with override("en"):
        assert documented()[kind.key] == as_row(kind)
