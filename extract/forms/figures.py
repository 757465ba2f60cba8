"""Which texts are figures and nothing else: whatever figure stands in a cell, the reader of the form goes the same way.

A figure is a number, a number with its unit or a remark behind it, or a mark. It has to say nothing that the reader
looks for in a cell: a label of the form in a remark may head the cells below.
"""

import re
from functools import cache
from itertools import chain

from extract.changes import is_change
from extract.forms import disclosure, requests, review
from extract.forms.beside import HEADERS
from extract.forms.entries import TABLE as STATISTICS
from extract.labels import Vocabulary, key, signs, vocabulary
from extract.text import compact, is_count, parse_number

TABLES = (requests.TABLE, disclosure.TABLE, review.TABLE)
"""The tables of the form, that of 2014 left out."""

_LONGEST = 60
_PLAIN = re.compile(r"[-+0-9,.]+")


def is_plain(text: str) -> bool:
    """Say whether a text is a number of digits with their sign, point and commas alone."""
    if is_count(text):
        return True
    return len(text) <= _LONGEST and parse_number(text).state == "reported" and bool(_PLAIN.fullmatch(compact(text)))


def is_figure(text: str) -> bool:
    """Say whether a text is a figure that could be exchanged for any other."""
    if is_plain(text):
        return True
    # 3（减） is a number, but another one under 本年增/减.
    if len(text) > _LONGEST or parse_number(text).state not in ("reported", "mark") or is_change(text):
        return False
    return compact(text).count("(") <= 1 and not _says_something(text, vocabulary())


def _says_something(text: str, words: Vocabulary) -> bool:
    is_label = any(words.meanings(text, table) or words.column(text, table) for table in TABLES)
    is_head = is_label or words.group(text) is not None or key(text) in HEADERS
    return is_head or requests.compares(text) or _is_part_of_statistics(signs(compact(text)), words)


def _is_part_of_statistics(printed: str, words: Vocabulary) -> bool:
    """Say whether a text holds a label of the statistics table, or the beginning of one that could go on behind it."""
    tails = (printed[start:] for start in range(len(printed)))
    return any(tail in _beginnings(words) for tail in tails) or any(label in printed for label in _statistics(words))


@cache
def _statistics(words: Vocabulary) -> tuple[str, ...]:
    return tuple(label for label, rows in words.rows.items() if any(table == STATISTICS for table, _ in rows))


@cache
def _beginnings(words: Vocabulary) -> frozenset[str]:
    return frozenset(chain.from_iterable(_cut(label) for label in _statistics(words)))


def _cut(label: str) -> list[str]:
    return [label[:stop] for stop in range(1, len(label) + 1)]
