"""Values as they are written in text files: plain digits, and a file that is on the disk when it is done."""

import csv
import os
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from store.exports.tables import Gap, Row


def plain(value: Any) -> str:
    """Return a value as text: empty for what is missing, a number in digits without an exponent, a text as it is."""
    if value is None or isinstance(value, Gap):
        return ""
    return format(Decimal(repr(value)), "f") if isinstance(value, float) else str(value)


def write_lines(path: Path, encoding: str, ending: str, rows: Iterable[Row], text: Callable[[Any], str]) -> None:
    """Write rows as CSV, each value through ``text``, and wait until they are on the disk."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, lineterminator=ending)
        writer.writerows([text(value) for value in row] for row in rows)
        file.flush()
        os.fsync(file.fileno())
