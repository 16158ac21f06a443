"""Identity numbers in every form that people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobcentre.casework.identity import IdentityError, IdentityKind, check_digit, parse_identity
from tests.factories import official_number

TODAY = date(2026, 11, 16)
# The tax agency's published test numbers for births before 1976.
PUBLISHED = [
    "195903302783",
    "195906113187",
    "195907142599",
    "195908202673",
    "196001062626",
    "196010192679",
    "196011242820",
    "196011282834",
    "196102133177",
    "196103123227",
    "196106143495",
    "196110182547",
    "196207232882",
    "196208132834",
    "196210053143",
    "196210129794",
    "196303042391",
    "196305113174",
    "196310262628",
    "196312123240",
    "196402123191",
    "196405112985",
    "196410243056",
    "196411193086",
    "196504203792",
    "196506232880",
    "196508163257",
    "196509273386",
    "196601062620",
    "196604072683",
    "196609063091",
    "196612312394",
    "196710313195",
    "196711273026",
    "196711302635",
    "196712032884",
    "196807099228",
    "196807219289",
    "196807299257",
    "196810079290",
    "196907289299",
    "196908119289",
    "196909099290",
    "196909229285",
    "197002129273",
    "197002259294",
    "197006121144",
    "197011129280",
    "197101019045",
    "197102049280",
    "197103011032",
    "197110089294",
    "197201079295",
    "197203309286",
    "197205229292",
    "197210119280",
    "197303159250",
    "197306199287",
    "197311059286",
    "197311239292",
    "197404279288",
    "197407169296",
    "197408169246",
    "197409139297",
    "197501149285",
    "197504049292",
    "197508259293",
    "197511199288",
]


@pytest.mark.parametrize("number", PUBLISHED)
def test_published_test_numbers_are_right(number):
    assert parse_identity(number, TODAY).number == number


@pytest.mark.parametrize(
    "written",
    [
        *("19850301-2388", "198503012388", "850301-2388", "8503012388", "850301 2388"),
        *("850301–2388", "1985-03-01-2388", "1985-03-01 2388", "85-03-01-2388", "1985‑03‑01‑2388"),
        # As pasted from a page or a document: what is not seen is no part of the number.
        *("850301-2388\u200b", "\ufeff19850301-2388", "850301\u00ad-2388", "850301\u00a02388"),
        *("8503\u206001-2388", "\u200e850301-2388\u200f", "19850301\u202f2388"),
    ],
)
def test_one_number_in_many_forms(written):
    number = official_number(date(1985, 3, 1))
    written = written.replace("2388", number[8:])
    found = parse_identity(written, TODAY)
    assert (found.number, found.kind) == (number, IdentityKind.PERSONNUMMER)
    assert found.birth_date == date(1985, 3, 1)
    assert found.sex == "woman"
    assert found.masked == "850301-****"


@pytest.mark.parametrize("written", ["1985-03-012", "19850-301-2388", "1985-0301-2388", "-850301"])
def test_hyphens_stand_where_a_date_has_them(written):
    with pytest.raises(IdentityError):
        parse_identity(written, TODAY)


def test_a_coordination_number_is_born_sixty_days_earlier():
    digits = official_number(date(1985, 3, 1))
    nine = digits[2:6] + "61" + digits[8:11]
    from_nine = next(
        parse for last in "0123456789" if (parse := _try(f"19{nine}{last}")) is not None
    )
    assert from_nine.kind is IdentityKind.SAMORDNINGSNUMMER
    assert from_nine.birth_date == date(1985, 3, 1)


def _try(text):
    try:
        return parse_identity(text, TODAY)
    except ValueError:
        return None


def test_a_reserve_number_has_no_check_digit():
    for written in ("19880209T050", "880209-T050", "880209t050"):
        found = parse_identity(written, TODAY)
        assert (found.kind, found.number) == (IdentityKind.RESERVE, "19880209T050")
        assert found.sex == ""


@pytest.mark.parametrize(
    ("born", "year"),
    [
        ("250101", 1925),
        ("260301", 1926),  # has turned 100 this year
        ("261201", 1926),  # turns 100 later this year
        ("270101", 1827),  # no living person: refused as too far back
        ("991231", 1899),
    ],
)
def test_the_plus_sign_is_written_from_the_year_of_the_hundredth_birthday(born, year):
    today = date(2026, 11, 16)
    nine = f"{born}238"
    written = f"{born}+238{check_digit(nine)}"
    if year < 1850:
        with pytest.raises(IdentityError) as refused:
            parse_identity(written, today)
        assert refused.value.code == "past"
    else:
        assert parse_identity(written, today).birth_date.year == year


def test_the_century_is_the_latest_that_is_not_in_the_future():
    young = official_number(date(2005, 1, 2), woman=False)
    assert parse_identity(young[2:], TODAY).birth_date.year == 2005
    assert parse_identity(f"{young[2:8]}+{young[8:]}", TODAY).birth_date.year == 1905


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "empty"),
        ("12345", "form"),
        ("850230-1234", "date"),
        ("8503012381", "check_digit"),
        ("20990101-1234", "future"),
        ("x" * 41, "length"),
    ],
)
def test_what_is_wrong_is_said_in_swedish(written, code):
    with pytest.raises(IdentityError) as refused:
        parse_identity(written, TODAY)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@given(st.text(max_size=60))
def test_no_text_crashes(text):
    found = _try(text)
    assert found is None or parse_identity(found.formatted, TODAY) == found
