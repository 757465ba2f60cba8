"""Separated values (CSV): whether a text consists of them, by which sign, and its records.

Known by its content, for servers call such a file plain text: neighbouring records have as many fields as each other,
and each field is a value or words, where prose and printed tables have commas anywhere (1,234).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise

from extract.errors import CorruptError
from extract.text import heads_figures, parse_number

_SIGNS = (",", ";")
_SIGNS_OF_NAMED = (*_SIGNS, "\t", "|")
"""Those of a file that is called CSV; other texts with tabs or bars are tables printed for people."""

_FEWEST_RECORDS = 5
_MOST_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of a record, and the line of the file where it begins."""

    fields: tuple[str, ...]
    line: int


def is_separated(text: str) -> bool:
    """Say whether a text is a file of separated values, be it called so or not."""
    return any(_is_even(text, sign) for sign in _SIGNS)


def separator(text: str) -> str:
    """Return the sign that separates the fields of a file that is called CSV; a comma where none does it evenly."""
    return next((sign for sign in _SIGNS_OF_NAMED if _is_even(text, sign)), ",")


def records(text: str, sign: str) -> Iterator[Record]:
    """Yield the records that are not empty, or stand with as many fields right below names of columns. Raises ``CorruptError`` for a field that has no end."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=sign)
    line = 1
    above: list[str] = []
    try:
        for fields in reader:
            if any(map(str.strip, fields)) or (len(fields) == len(above) and heads_figures(above)):
                yield Record(tuple(fields), line)
            above = fields
            line = reader.line_num + 1
    except csv.Error as error:
        raise CorruptError(f"separated values, line {line}: {error}") from error


def _is_even(text: str, sign: str) -> bool:
    if text.count(sign) < _FEWEST_RECORDS:
        return False
    try:
        found = [record.fields for record in records(text, sign)]
    except CorruptError:
        return False
    several = [number for number, fields in enumerate(found) if len(fields) > 1]
    alike = {
        number
        for first, (one, two) in enumerate(pairwise(found))
        if len(one) == len(two) > 1
        for number in (first, first + 1)
        if _is_record(found[number])
    }
    return len(alike) >= max(_FEWEST_RECORDS, _MOST_ALIKE * len(several))


def _is_record(fields: tuple[str, ...]) -> bool:
    """Say whether no sign stands amid a number behind words (公报公开政府信息数 条 1,234)."""
    return not any(one[-1:].isdigit() and two[:1].isdigit() and not _is_value(one) for one, two in pairwise(fields))


def _is_value(field: str) -> bool:
    return parse_number(field).state != "unreadable"
