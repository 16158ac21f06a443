"""The words of a PDF, read from its own fonts; enough for what WeasyPrint writes."""

import re
from io import BytesIO

import pikepdf

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")


def _letters(font) -> dict[int, str]:
    cmap = bytes(font.ToUnicode.read_bytes())
    letters = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _PAIR.findall(block):
            letters[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            for n in range(int(last, 16) - int(first, 16) + 1):
                letters[int(first, 16) + n] = chr(int(text, 16) + n)
    return letters


def words_of(pdf: bytes) -> str:
    """All text of the pages in the order it is written, with single spaces."""
    runs = []
    with pikepdf.open(BytesIO(pdf)) as document:
        for page in document.pages:
            fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
            letters: dict[int, str] = {}
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "Tf":
                    letters = fonts[str(operands[0])]
                elif str(operator) in ("Tj", "TJ"):
                    parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                    codes = b"".join(bytes(p) for p in parts if isinstance(p, pikepdf.String))
                    pairs = zip(codes[::2], codes[1::2], strict=True)
                    runs.append("".join(letters.get(a * 256 + b, "?") for a, b in pairs))
    return " ".join(" ".join(runs).split())
