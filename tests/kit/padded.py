"""Tables as programs write them that take the text of a web page: rows filled up with bars, blank cells left out or kept."""

from collections.abc import Callable

from tests.kit import form, tables
from tests.kit.tables import Rows
from tests.kit.truth import Truth

_TABLE_OF = {2: tables.disclosure, 3: tables.requests, 4: tables.review}


def padded(truth: Truth, style: str, *, keeps_blanks: bool) -> str:
    """Return a report whose tables are written in one of ``STYLES``."""
    parts = [truth.title]
    for number in range(1, 7):
        parts += [form.HEADINGS[number - 1], *truth.sections[number - 1]]
        if number in _TABLE_OF:
            parts += _written(_TABLE_OF[number](truth), STYLES[style], keeps_blanks)
    return "\n".join((*parts, truth.agency))


def _written(rows: Rows, write: Callable[[list[str], str], list[str]], keeps_blanks: bool) -> list[str]:
    width = tables.width(rows)
    lines = []
    for row in rows:
        texts = [box.text for box in row if box.text or keeps_blanks]
        lines += write(texts, "|" * (width - len(texts)))
    return lines


def _row(texts: list[str], padding: str) -> list[str]:
    return [" | ".join(texts) + f" | {padding}"]


def _between(texts: list[str], padding: str) -> list[str]:
    return ["| " + " | ".join(texts) + f" | {padding}"]


def _cells(texts: list[str], padding: str) -> list[str]:
    return [*(f"{text} |".strip() for text in texts), *filter(None, [padding])]


def _bars_below(texts: list[str], padding: str) -> list[str]:
    return [line for text in texts for line in (text, "|") if line] + list(filter(None, [padding]))


def _padding_below(texts: list[str], padding: str) -> list[str]:
    *others, last = texts
    return [*(line for text in others for line in (text, "|") if line), *filter(None, [last]), f"| {padding}".rstrip()]


def _wrapped(texts: list[str], padding: str) -> list[str]:
    """Put some cells on lines of their own, as those with a paragraph inside."""
    row = "".join(
        f"\n{text}\n| " if (place + len(text)) % 2 and text else f"{text} | " for place, text in enumerate(texts)
    )
    return [line for line in (row + padding).split("\n") if line.strip()]


STYLES = {
    "row": _row,
    "between": _between,
    "cells": _cells,
    "bars_below": _bars_below,
    "padding_below": _padding_below,
    "wrapped": _wrapped,
}
"""A row on a line; the same behind a bar; each cell on a line; each cell and its bar on lines of their own, without and with
what fills the row up behind the last; some cells on lines of their own."""
