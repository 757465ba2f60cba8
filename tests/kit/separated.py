"""A report as separated values: narrative, tables and notes one after the other, as sheets are saved."""

import csv
from collections.abc import Callable, Sequence
from io import StringIO
from random import Random
from typing import Any

from tests.kit import tables, variants
from tests.kit.story import story
from tests.kit.tables import Rows
from tests.kit.truth import Truth


def written(parts: Sequence[str | Rows], is_padded: bool = True, **manner: Any) -> str:
    """Write lines and tables as records; ``is_padded`` ones have as many fields as each other."""
    stream = StringIO()
    writer = csv.writer(stream, **manner)
    width = max(tables.width(part) for part in parts if part and not isinstance(part, str))
    for part in parts:
        rows = [[part]] if isinstance(part, str) else [[box.text for box in row] for row in variants.unmerged(part)]
        writer.writerows([*row, *([""] * (width - len(row) if is_padded else 0))] for row in rows)
    return stream.getvalue()


def _sheet(truth: Truth, _rng: Random) -> bytes:
    return written(list(story(truth))).encode("utf-8-sig")


def _of_windows(truth: Truth, _rng: Random) -> bytes:
    """Write it as Excel does under Chinese Windows, each merged cell copied to its positions."""
    return written(variants.varied(truth, "repeated")).encode("gb18030")


def _ragged(truth: Truth, _rng: Random) -> bytes:
    return written(list(story(truth)), is_padded=False, delimiter=";", lineterminator="\n").encode()


def _quoted(truth: Truth, _rng: Random) -> bytes:
    return written(variants.varied(truth, "crowded"), quoting=csv.QUOTE_ALL).encode("utf-16")


STYLES: dict[str, Callable[[Truth, Random], bytes]] = {
    "sheet": _sheet,
    "of_windows": _of_windows,
    "ragged": _ragged,
    "quoted": _quoted,
}
