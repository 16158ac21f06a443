"""A whole name in a text, told from common words."""

import pytest

from referrals.rules import has_whole_name

pytestmark = pytest.mark.row("T4")


@pytest.mark.parametrize(
    ("text", "given", "family", "is_there"),
    [
        ("Anna Berg kom i tid.", "Anna", "Berg", True),
        ("anna  berg kom", "Anna", "Berg", True),
        ("Kom med\nAnna\nBerg.", "Anna", "Berg", True),
        ("Anna Bergs schema", "Anna", "Berg", True),
        ("Annas Bergs schema", "Anna", "Berg", True),
        ("Anna Berg's schedule", "Anna", "Berg", True),
        ("Berg, Anna", "Anna", "Berg", True),
        ("Berg Anna, grupp 2", "Anna", "Berg", True),
        ("Rene Osterlund var borta", "René", "Österlund", True),
        ("RENÉ ÖSTERLUND", "Rene", "Osterlund", True),
        ("Anna Berg hjälpte till", "Anna Maria", "Berg", True),
        ("Anna-Karin Berg", "Anna-Karin", "Berg", True),
        ("Anna Karin Berg Lind", "Anna-Karin", "Berg-Lind", True),
        ("Johanna Bergström kom", "Anna", "Berg", False),
        ("Anna Bergström kom", "Anna", "Berg", False),
        ("Anna hjälpte till", "Anna", "Berg", False),
        ("Annas bror", "Anna", "Berg", False),
        ("Gick upp på ett berg. Anna väntade.", "Anna", "Berg", False),
        ("Gick upp på ett berg, Anna väntade.", "Anna", "Berg", False),
        ("Vill bo nära sjön och lund", "Bo", "Lund", False),
        ("Anna. Berg finns här.", "Anna", "Berg", False),
        ("Anna och Berg", "Anna", "Berg", False),
        ("Berg", "", "Berg", False),
        ("", "Anna", "Berg", False),
    ],
)
def test_a_whole_name_is_found_and_words_are_not(text, given, family, is_there):
    assert has_whole_name(text, given, family) is is_there
