"""CSV files that people write for the store: read whole, and every mistake named with file, line and column.

UTF-8 with a header, as seed files are. Line and column count from 1; column 0 means the whole line.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from store.errors import StoreError
from store.people.written import FileProblem, PlaceError, checked, decoded, rows

T = TypeVar("T")

MAX_FIELD_CHARACTERS = 2000
"""Longest field believed: a printed cell or a remark, not a page."""


class ReviewError(StoreError):
    """A file of decisions or corrections that cannot be used; ``problems`` has every mistake, in order."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
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
    problems: list[FileProblem] = []
    try:
        for line, fields in _rows(path, header):
            try:
                found.setdefault(parse(_named(line, fields, header)), line)
            except (FieldError, PlaceError) as error:
                problems.append(FileProblem(str(path), line, error.column, str(error)))
    except PlaceError as error:
        problems.append(FileProblem(str(path), error.line, error.column, str(error)))
    if problems:
        raise ReviewError(tuple(problems))
    return found


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header; a missing or empty file has none."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise PlaceError(1, 0, f"cannot be read: {error.strerror or error}") from error
    printed = rows(decoded(data))
    line, first = next(printed, (1, list(header)))
    if tuple(name.strip() for name in first) != header:
        raise PlaceError(line, 1, f"the header must be {','.join(header)}")
    yield from printed


def _named(line: int, fields: list[str], header: tuple[str, ...]) -> dict[str, str]:
    checked(line, fields, header)
    for column, field in enumerate(fields, start=1):
        if len(field) > MAX_FIELD_CHARACTERS:
            raise FieldError(column, f"{header[column - 1]} is longer than {MAX_FIELD_CHARACTERS} characters")
        if any((ord(letter) < 32 and letter not in "\n\r\t") or ord(letter) == 127 for letter in field):
            raise FieldError(column, f"{header[column - 1]} holds a control character")
    return dict(zip(header, (field.strip() for field in fields), strict=True))
