"""The languages of the second column."""

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class Language:
    """`code` is ISO 639, `name` what its speakers call it, `swedish` and
    `english` what the staff call it."""

    code: str
    name: str
    swedish: str
    english: str
    is_right_to_left: bool = False

    @property
    def label(self) -> str:
        """Its name in the language of the page."""
        return self.english if (get_language() or "sv").startswith("en") else self.swedish

    @property
    def direction(self) -> str:
        return "rtl" if self.is_right_to_left else "ltr"


LANGUAGES = {
    each.code: each
    for each in (
        Language("ar", "العربية", "arabiska", "Arabic", is_right_to_left=True),
        Language("en", "English", "engelska", "English"),
        Language("fi", "suomi", "finska", "Finnish"),
        Language("so", "Soomaali", "somaliska", "Somali"),
        Language("ti", "ትግርኛ", "tigrinska", "Tigrinya"),
        Language("uk", "українська", "ukrainska", "Ukrainian"),
    )
}
