"""A file of a list read into rows of text: CSV in the usual spellings, or XLSX. Pure.

A file is read once, in memory, within limits, and never stored: what is not a list is refused with
a sentence. Formulas in a sheet are not computed; their last value counts.
"""

import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 10_000
MAX_COLUMNS = 60
MAX_CELL = 500
MAX_UNPACKED = 30 * 1024 * 1024
MAX_RATIO = 100  # unpacked to packed; a sheet of names and numbers is at most a third of it
MAX_MEMBERS = 500
DELIMITERS = ";,\t"


class NotAList(ValueError):
    """The file cannot be read as a list; the text says why in the user's language."""


@dataclass(frozen=True)
class Sheet:
    """The headings and the rows, each as long as the headings; `lines` are the rows' numbers in the
    file, as a spreadsheet counts them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def read_sheet(name: str, content: bytes) -> Sheet:
    """The list in a file called `name`. Raises NotAList."""
    if not content.strip():
        raise NotAList(_("The file is empty."))
    if len(content) > MAX_BYTES:
        raise NotAList(_("The file is larger than 5 MB."))
    suffix = name.rsplit(".", 1)[-1].casefold()
    is_zip = content.startswith(b"PK\x03\x04")
    if suffix == "xlsx" and is_zip:
        raw = _xlsx_rows(content)
    elif suffix in ("csv", "txt", "tsv") and not is_zip:
        raw = _csv_rows(content)
    else:
        raise NotAList(_("Only CSV and XLSX files are taken, with the content that the name says."))
    return _sheet(raw)


def _csv_rows(content: bytes) -> list[list[str]]:
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) > MAX_ROWS * 2:
                break
    except csv.Error as error:
        if "field limit" in str(error):
            raise NotAList(_long_cell(reader.line_num)) from None
        raise NotAList(
            _("Line %(line)d of the file has a quotation mark that is not closed.")
            % {"line": reader.line_num}
        ) from None
    return rows


def _long_cell(line: int) -> str:
    return _("Row %(line)d has a cell with more than %(n)d characters.") % {
        "line": line,
        "n": MAX_CELL,
    }


def _decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else Windows-1252 as Excel in Sweden writes it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise NotAList(_("The file is no text. Save it as CSV UTF-8 or as XLSX."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise NotAList(_("The file is no text. Save it as CSV UTF-8 or as XLSX.")) from None


def _delimiter(text: str) -> str:
    """The character that divides the headings: the one there is most of outside quotation marks."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", line)
    return max(DELIMITERS, key=lambda each: (bare.count(each), -DELIMITERS.index(each)))


def _xlsx_rows(content: bytes) -> list[list[str]]:
    _check_archive(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        rows = []
        for row in sheet.iter_rows(max_col=MAX_COLUMNS + 1, values_only=True):
            rows.append([_cell(value) for value in row])
            if len(rows) > MAX_ROWS * 2:
                break
        book.close()
    except (InvalidFileException, KeyError, IndexError, ValueError, TypeError, ParseError, OSError):
        raise NotAList(_("The file cannot be read as a sheet. Save it anew as XLSX.")) from None
    return rows


def _check_archive(content: bytes) -> None:
    """No bomb, no macro, no entity: asked before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            unpacked = sum(member.file_size for member in members)
            if len(members) > MAX_MEMBERS or unpacked > min(MAX_UNPACKED, MAX_RATIO * len(content)):
                raise NotAList(_("The file is too large when it is unpacked."))
            names = {member.filename.casefold() for member in members}
            if any("vbaproject" in name for name in names):
                raise NotAList(_("Files with macros are not taken."))
            for member in members:
                if member.filename.casefold().endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(4096).upper():
                            raise NotAList(
                                _("The file cannot be read as a sheet. Save it anew as XLSX.")
                            )
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError):
        raise NotAList(_("The file cannot be read as a sheet. Save it anew as XLSX.")) from None


def _cell(value) -> str:
    """A cell as people would have typed it: 199003141234.0 is a number, a date is a date."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _sheet(raw: list[list[str]]) -> Sheet:
    filled = [
        (line, [" ".join(cell.split()) for cell in row])
        for line, row in enumerate(raw, start=1)
        if any(cell.strip() for cell in row)
    ]
    if len(filled) < 2:
        raise NotAList(_("The file has headings at most, and no row."))
    headings = filled[0][1]
    while headings and not headings[-1]:
        headings.pop()
    width = len(headings)
    if not width or width > MAX_COLUMNS:
        raise NotAList(
            _("The first row must hold the headings, at most %(n)d.") % {"n": MAX_COLUMNS}
        )
    if any(len(heading) > MAX_CELL for heading in headings):
        raise NotAList(_long_cell(filled[0][0]))
    if len(filled) - 1 > MAX_ROWS:
        raise NotAList(_("The file has more than %(n)d rows. Divide it.") % {"n": MAX_ROWS})
    rows, lines = [], []
    for line, row in filled[1:]:
        if any(len(cell) > MAX_CELL for cell in row):
            raise NotAList(_long_cell(line))
        if any(row[width:]):
            raise NotAList(
                _("Row %(line)d has more cells than there are headings.") % {"line": line}
            )
        rows.append(tuple((row + [""] * width)[:width]))
        lines.append(line)
    return Sheet(tuple(headings), tuple(rows), tuple(lines))
