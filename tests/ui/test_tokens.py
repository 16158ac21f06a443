"""The colours: both dark blocks alike, and every text and line seen (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text(encoding="utf-8")
SIGNS = ("ok", "soon", "late", "paused", "info", "note")
ACCENTS = sorted({"#0f5a6b", *re.findall(r"--kommun-accent: (#[0-9a-f]{6});", TOKENS)})
Colour = tuple[float, float, float]


def block(start: str) -> str:
    """The declarations of the first rule that begins with `start`."""
    place = TOKENS.index(start) + len(start)
    return TOKENS[place : TOKENS.index("}", place)]


def values(text: str) -> dict[str, str]:
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    return {name: value.strip() for name, value in re.findall(r"(--[\w-]+):\s*([^;]+);", text)}


LIGHT = values(block(":root {"))
DARK = LIGHT | values(block('\n[data-theme="dark"] {'))


def hex_colour(text: str) -> Colour:
    return tuple(int(text[i : i + 2], 16) / 255 for i in (1, 3, 5))


def resolve(name: str, theme: dict[str, str]) -> Colour:
    value = theme[name]
    if value.startswith("#"):
        return hex_colour(value + value[1:] if len(value) == 4 else value)
    if inner := re.fullmatch(r"var\((--[\w-]+)\)", value):
        return resolve(inner[1], theme)
    mix = re.fullmatch(r"color-mix\(in srgb, var\((--[\w-]+)\) (\d+)%, (#[0-9a-f]{3,6})\)", value)
    assert mix, f"{name}: {value} is not a colour that the test understands"
    ground = mix[3] if len(mix[3]) == 7 else "#" + "".join(c * 2 for c in mix[3][1:])
    share = int(mix[2]) / 100
    pairs = zip(resolve(mix[1], theme), hex_colour(ground), strict=True)
    return tuple(a * share + b * (1 - share) for a, b in pairs)


def luminance(colour: Colour) -> float:
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str, theme: dict[str, str]) -> float:
    light, dark = sorted(
        (luminance(resolve(one, theme)), luminance(resolve(other, theme))), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


TEXTS = [
    *((text, ground) for text in ("--text", "--muted") for ground in ("--canvas", "--surface")),
    *((text, "--sunken") for text in ("--text", "--muted")),
    *(("--text", ground) for ground in ("--raised", "--hover", "--accent-soft", "--mark-bg")),
    ("--faint", "--surface"),
    ("--disabled-text", "--disabled-bg"),
    ("--accent", "--surface"),
    ("--accent", "--canvas"),
    ("--accent-strong", "--accent-soft"),
    ("--on-accent", "--accent"),
    ("--on-late", "--late-fill"),
    ("--on-series-2", "--series-2"),
    ("--ok-text", "--add-bg"),
    ("--late-text", "--del-bg"),
    *((f"--{sign}-text", f"--{sign}-bg") for sign in SIGNS),
    *((f"--{sign}-text", "--surface") for sign in SIGNS),
]
LINES = [
    *(("--field-line", ground) for ground in ("--surface", "--canvas")),
    *(("--focus", ground) for ground in ("--surface", "--canvas", "--sunken", "--raised")),
    *((f"--{sign}-fill", "--surface") for sign in ("ok", "soon", "late", "paused", "info")),
    ("--series-axis", "--surface"),
]
THEMES = {"light": LIGHT, "dark": DARK}


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_texts_reach_four_and_a_half(text, ground, theme, accent):
    assert contrast(text, ground, THEMES[theme] | {"--kommun-accent": accent}) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_lines_and_signs_reach_three(line, ground, theme):
    assert contrast(line, ground, THEMES[theme]) >= 3


def test_the_measure_is_right():
    known = {"--a": "#000000", "--b": "#ffffff", "--c": "#767676"}
    assert contrast("--a", "--b", known) == pytest.approx(21)
    assert contrast("--c", "--b", known) == pytest.approx(4.54, abs=0.01)


def test_the_two_dark_blocks_are_the_same():
    by_system = values(block(':root:not([data-theme="light"]) {'))
    by_choice = values(block('\n[data-theme="dark"] {'))
    assert len(by_choice) > 40
    assert by_system == by_choice


def test_dark_changes_only_what_light_has():
    assert set(DARK) == set(LIGHT)


def test_every_token_in_use_exists():
    folder = Path(settings.BASE_DIR) / "static/css"
    used = {
        name
        for path in folder.rglob("*.css")
        if path.name != "paper.css"
        for name in re.findall(r"var\((--[\w-]+)", path.read_text(encoding="utf-8"))
    }
    assert used <= set(LIGHT)


def test_only_tokens_and_paper_name_a_colour():
    folder = Path(settings.BASE_DIR) / "static/css/components"
    for path in sorted(folder.glob("*.css")):
        assert not re.findall(
            r"#[0-9a-fA-F]{3,6}\b(?=[;\s,)])", path.read_text(encoding="utf-8")
        ), path.name
