"""One word per concept: Swedish words that the glossary avoids stand on no page."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
AVOIDED = {"jobbcent": "jobbtorg"}  # the beginning of the word, and the glossary's own


@pytest.mark.parametrize("word", AVOIDED)
def test_what_the_glossary_avoids_is_not_said(word):
    assert f"| {AVOIDED[word]} |" in (ROOT / "docs/glossary.md").read_text()
    found = [
        f"{path.relative_to(ROOT)}:{n}"
        for pattern in ("*/locale/sv/**/*.po", "*/*/locale/sv/**/*.po", "templates/**/*.*")
        for path in ROOT.glob(pattern)
        for n, line in enumerate(path.read_text().splitlines(), start=1)
        if word in line.casefold()
    ]
    assert not found
