"""Names plausible for people in Sweden today, and identity numbers from the official test series.

The tax agency's published test numbers for births 1976-2013 have the birth serial 238 (women) and
239 (men) for every day; no other number is made.
"""

from datetime import date, timedelta
from random import Random

from jobcentre.casework.identity import check_digit

WOMEN = [
    "Samira",
    "Elin",
    "Fatuma",
    "Maria",
    "Hiwot",
    "Amina",
    "Anna",
    "Leila",
    "Sara",
    "Zahra",
    "Emma",
    "Olena",
    "Nadia",
    "Eva",
    "Rana",
    "Ida",
    "Mariam",
    "Lena",
    "Shirin",
    "Anna-Karin",
    "Hodan",
    "Karin",
    "Iryna",
    "Malin",
    "Rojin",
    "Yasmin",
    "Sofia",
    "Frida",
    "Selam",
    "Nour",
    "Katarina",
    "Ayan",
    "Linnéa",
    "Jasmina",
    "Hanna",
    "Meryem",
    "Ulrika",
    "Rim",
    "Åsa",
    "Wafaa",
]
MEN = [
    "Jonas",
    "Ali",
    "Daniel",
    "Oleksandr",
    "Anton",
    "Mehmet",
    "Ahmed",
    "Erik",
    "Yonas",
    "Mikael",
    "Omar",
    "Viktor",
    "Johan",
    "Hassan",
    "André",
    "Mohammed",
    "Lars",
    "Robel",
    "Karim",
    "Gustav",
    "Reza",
    "Peter",
    "Abdi",
    "Simon",
    "Bilal",
    "Magnus",
    "Ivan",
    "Tomas",
    "Samuel",
    "Farid",
    "Niklas",
    "Ibrahim",
    "Oskar",
    "Dawit",
    "Åke",
    "Jamal",
    "Fredrik",
    "Sergei",
    "Emil",
    "Khaled",
]
FAMILY = [
    "Haddad",
    "Ekholm",
    "Nyberg",
    "Rezai",
    "Sandström",
    "Kovalenko",
    "Warsame",
    "Tesfay",
    "Åkesson",
    "Viklund",
    "Yildiz",
    "Lindström",
    "Andersson",
    "Ibrahim",
    "Johansson",
    "Ahmed",
    "Karlsson",
    "Hassan",
    "Nilsson",
    "Öberg",
    "Bergdahl",
    "Rahimi",
    "Svensson",
    "Mohamed",
    "Petrovic",
    "Larsson",
    "Abdi",
    "Ström",
    "Demir",
    "Hosseini",
    "Ångström",
    "Mehari",
    "Söderberg",
    "Popescu",
    "Gustafsson",
    "Khalil",
    "Eriksson",
    "Barzani",
    "Lundgren",
    "Nowak",
    "Östlund",
    "Shevchenko",
    "Persson",
    "Farah",
    "Holm",
    "Tekle",
    "Wallin",
    "Özdemir",
    "Hedlund",
    "Salah",
]
LANGUAGES = (
    ("svenska", ""),
    ("svenska", ""),
    ("svenska", ""),
    ("arabiska", "arabiska"),
    ("somaliska", "somaliska"),
    ("tigrinja", "tigrinja"),
    ("dari", "dari"),
    ("ukrainska", ""),
    ("turkiska", ""),
    ("engelska", ""),
)
STREETS = ("Storgatan", "Kvarnvägen", "Björkstigen", "Hamngatan", "Ängsvägen", "Skolgatan")

FIRST_BIRTH, LAST_BIRTH = date(1976, 1, 1), date(2009, 12, 31)


class People:
    """Hands out made-up people, none of them twice. The same seed gives the same people."""

    def __init__(self, random: Random):
        self.random = random
        self.taken: set[str] = set()

    def number(self, is_woman: bool, youngest: date, oldest: date) -> str:
        """An unused test number of somebody born from `oldest` to `youngest`."""
        first, last = max(FIRST_BIRTH, oldest), min(LAST_BIRTH, youngest)
        while True:
            born = first + timedelta(days=self.random.randrange((last - first).days + 1))
            nine = f"{born:%y%m%d}{238 if is_woman else 239}"
            number = f"{born:%Y%m%d}{nine[6:]}{check_digit(nine)}"
            if number not in self.taken:
                self.taken.add(number)
                return number

    def person(self, today: date, *, is_young: bool = False) -> tuple[dict, str]:
        """The fields of a new person and the written identity number."""
        is_woman = self.random.random() < 0.5
        youngest = today - timedelta(days=17 * 366)
        oldest = today - timedelta(days=24 * 365) if is_young else FIRST_BIRTH
        language, interpreter = self.random.choice(LANGUAGES)
        given = self.random.choice(WOMEN if is_woman else MEN)
        return (
            {
                "given_name": given,
                "family_name": self.random.choice(FAMILY),
                "phone": f"070-174 06 {self.random.randrange(5, 100):02d}",
                "street": f"{self.random.choice(STREETS)} {self.random.randrange(1, 90)}",
                "postcode": "123 45",
                "city": "Älvbro",
                "first_language": language,
                "interpreter_language": interpreter if self.random.random() < 0.7 else "",
            },
            self.number(is_woman, youngest, oldest),
        )
