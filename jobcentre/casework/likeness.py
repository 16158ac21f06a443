"""When two registrations may be of the same human, and why. Pure."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from jobcentre.casework.sounds import sound_key, sound_of
from jobcentre.text import phone_digits, search_text

MIN_PHONE = 7  # shorter numbers are switchboards and mistakes
ENOUGH = 20
CERTAIN = 100


class Why(TextChoices):
    """One thing that two registrations have in common, strongest first."""

    NUMBER = "number", _("same identity number")
    NAME = "name", _("same name")
    SOUND = "sound", _("name that sounds alike")
    GIVEN = "given", _("same given name")
    BIRTH = "birth", _("same birth date")
    PHONE = "phone", _("same phone")


# Alone enough: a number, a name, a phone. A birth date needs one of the others.
_WEIGHTS = {
    Why.NUMBER: CERTAIN,
    Why.NAME: 30,
    Why.SOUND: 20,
    Why.GIVEN: 8,
    Why.BIRTH: 15,
    Why.PHONE: 20,
}
# Two personal numbers are two humans (folkbokföringslagen 18 §), unless nearly everything agrees.
_DIFFERENT_NUMBERS = 40


@dataclass(frozen=True)
class Facts:
    """What is known of one registration. `numbers` are stored numbers of 12 characters, former
    ones too; `personal` is the current one when it is a personal number, else empty."""

    given_name: str
    family_name: str = ""
    birth_date: date | None = None
    phone: str = ""
    numbers: frozenset[str] = frozenset()
    personal: str = ""

    @property
    def sound(self) -> str:
        return sound_key(self.given_name, self.family_name)

    @property
    def phone_key(self) -> str:
        return phone_key(self.phone)


def phone_key(phone: str) -> str:
    """The digits by which a phone is compared; empty when there are too few."""
    digits = phone_digits(phone)
    return digits if len(digits) >= MIN_PHONE else ""


def reasons(one: Facts, other: Facts) -> tuple[Why, ...]:
    """What the two have in common, strongest first."""
    found = []
    if one.numbers & other.numbers:
        found.append(Why.NUMBER)
    name = search_text(one.given_name, one.family_name)
    if name == search_text(other.given_name, other.family_name):
        found.append(Why.NAME)
    elif one.sound and one.sound == other.sound:
        found.append(Why.SOUND)
    elif first_sound(one.given_name) and (
        first_sound(one.given_name) == first_sound(other.given_name)
    ):
        found.append(Why.GIVEN)
    if one.birth_date is not None and one.birth_date == other.birth_date:
        found.append(Why.BIRTH)
    if one.phone_key and one.phone_key == other.phone_key:
        found.append(Why.PHONE)
    return tuple(found)


def first_sound(given_name: str) -> str:
    """How the first given name sounds; empty when there is none."""
    words = given_name.split()
    return sound_of(words[0]) if words else ""


def weight(one: Facts, other: Facts) -> int:
    """How likely the two are the same human; from `ENOUGH` on they are proposed."""
    total = sum(_WEIGHTS[why] for why in reasons(one, other))
    if one.personal and other.personal and one.personal != other.personal:
        total -= _DIFFERENT_NUMBERS
    return total


def is_known_widely(why: tuple[Why, ...]) -> bool:
    """Whether the likeness is so strong that a person of another centre is shown: the number, or
    two facts beside each other. By a name alone only the own centre's persons are."""
    facts = {Why.NAME, Why.SOUND, Why.BIRTH, Why.PHONE} & set(why)
    return Why.NUMBER in why or len(facts) >= 2
