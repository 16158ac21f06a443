"""The languages of the second column."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """`code` is ISO 639, `name` what its speakers call it, `swedish` the Swedish name."""

    code: str
    name: str
    swedish: str
    is_right_to_left: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.is_right_to_left else "ltr"


LANGUAGES = {
    each.code: each
    for each in (
        Language("ar", "العربية", "arabiska", is_right_to_left=True),
        Language("en", "English", "engelska"),
        Language("fi", "suomi", "finska"),
        Language("so", "Soomaali", "somaliska"),
        Language("ti", "ትግርኛ", "tigrinska"),
        Language("uk", "українська", "ukrainska"),
    )
}
