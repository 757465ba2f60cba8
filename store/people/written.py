"""CSV files that people write: seeds, decisions, corrections. What is wrong with one is named by its place.

Files are UTF-8 with a header. Line and column count from 1; the column is the field's number in the row, or the byte's
in its line; column 0 means the whole line.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One thing wrong with a file that people wrote."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.message}"


class PlaceError(ValueError):
    """What is wrong at a line and column of a file."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.line, self.column = line, column


def decoded(data: bytes) -> str:
    """Return a file's text without the byte order mark that spreadsheets write. Raises ``PlaceError``."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        message = f"byte {column} of the line is not UTF-8; save the file as UTF-8"
        raise PlaceError(line, column, message) from error


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, fields) of each row that is not empty. Raises ``PlaceError`` where the CSV itself breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise PlaceError(before + 1, 0, f"not readable as CSV: {error}") from error
        if row is None:
            return
        if any(field.strip() for field in row):
            yield before + 1, row
        before = reader.line_num


def checked(line: int, fields: list[str], header: tuple[str, ...]) -> None:
    """Raise ``PlaceError`` unless a row has a field for every name of the header."""
    if len(fields) != len(header):
        column = min(len(fields), len(header)) + (len(fields) > len(header))
        raise PlaceError(line, column, f"{len(fields)} fields where {len(header)} are due ({','.join(header)})")
