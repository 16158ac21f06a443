"""Files for spreadsheets, sent line by line."""

import csv
from decimal import Decimal


class _Echo:
    """A file that gives back what is written, for rows streamed one by one."""

    def write(self, value: str) -> str:
        return value


def line_writer():
    """A writer whose `writerow` returns the line: semicolons, as Swedish spreadsheets expect. The
    first line of a file begins with MARK, by which they see that it is UTF-8."""
    return csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")


MARK = "\ufeff"


def decimal_cell(value: Decimal | None, language: str) -> str:
    """A number as the spreadsheet of the language reads it: a comma in Swedish; "" for none."""
    text = "" if value is None else f"{value}"
    return text.replace(".", ",") if language == "sv" else text
