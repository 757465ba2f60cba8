"""CSV files that people write for the store: read whole, and every mistake named with file, line and column.

UTF-8 with a header, as seed files are. Line and column count from 1; column 0 means the whole line.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from store.errors import StoreError

T = TypeVar("T")

MAX_FIELD_CHARACTERS = 2000
"""Longest field believed: a printed cell or a remark, not a page."""


@dataclass(frozen=True, slots=True)
class ReviewProblem:
    """One thing wrong with a file that people wrote."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{place}: {self.message}"


class ReviewError(StoreError):
    """A file of decisions or corrections that cannot be used; ``problems`` has every mistake, in order."""

    def __init__(self, problems: tuple[ReviewProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class FieldError(ValueError):
    """What is wrong with a row, and in which column (counted from 1; 0 for the whole row)."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.column = column


def read_reviews(path: Path, header: tuple[str, ...], parse: Callable[[dict[str, str]], T]) -> dict[T, int]:
    """Return what the rows of a file say, each once with its line, or nothing when there is no such file.

    ``parse`` makes one row and raises ``FieldError``. Raises ``ReviewError`` with every mistake of the file.
    """
    found: dict[T, int] = {}
    problems: list[ReviewProblem] = []
    for line, row in _rows(path, header):
        try:
            if isinstance(row, FieldError):
                raise row
            found.setdefault(parse(row), line)
        except FieldError as error:
            problems.append(ReviewProblem(str(path), line, error.column, str(error)))
    if problems:
        raise ReviewError(tuple(problems))
    return found


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str] | FieldError]]:
    text = _text(path)
    if isinstance(text, tuple):
        yield text
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        first = next(reader, list(header))
        if tuple(name.strip() for name in first) != header:
            yield 1, FieldError(1, f"the header must be {','.join(header)}")
            return
        before = reader.line_num
        for fields in reader:
            if any(field.strip() for field in fields):
                yield before + 1, _row(fields, header)
            before = reader.line_num
    except csv.Error as error:
        yield max(reader.line_num, 1), FieldError(0, f"not readable as CSV: {error}")


def _text(path: Path) -> str | tuple[int, FieldError]:
    """Give a file's text without the byte order mark that spreadsheets write; a missing file is empty."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return 1, FieldError(0, f"cannot be read: {error.strerror or error}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        return line, FieldError(column, f"byte {column} of the line is not UTF-8; save the file as UTF-8")


def _row(fields: list[str], header: tuple[str, ...]) -> dict[str, str] | FieldError:
    if len(fields) != len(header):
        column = min(len(fields), len(header)) + (len(fields) > len(header))
        return FieldError(column, f"{len(fields)} fields where {len(header)} are due ({','.join(header)})")
    for column, field in enumerate(fields, start=1):
        if len(field) > MAX_FIELD_CHARACTERS:
            return FieldError(column, f"{header[column - 1]} is longer than {MAX_FIELD_CHARACTERS} characters")
        if any((ord(letter) < 32 and letter not in "\n\r\t") or ord(letter) == 127 for letter in field):
            return FieldError(column, f"{header[column - 1]} holds a control character")
    return dict(zip(header, (field.strip() for field in fields), strict=True))
