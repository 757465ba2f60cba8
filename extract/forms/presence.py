"""Whether a document may print the statistics table of the 2014 form at all: a cheap look before the search for it."""

from collections.abc import Iterable, Set
from functools import cache, lru_cache

from ahocorasick_rs import AhoCorasick, Implementation

from extract.forms.entries import TABLE
from extract.forms.figures import is_plain
from extract.forms.prose_tables import is_sentence
from extract.forms.shape import is_small
from extract.labels import Vocabulary, signs, without_hint
from extract.model import Document, Grid, Paragraph
from extract.text import compact

FEWEST_ROWS = 5
"""Rows that make a statistics table; fewer labels of it stand in other texts too."""

_KEPT = 128
_Words = tuple[str | None, ...]


def may_print_statistics(document: Document, words: Vocabulary, tables: Iterable[_Words] | None = None) -> bool:
    """Say whether a document has as many labels of the table as make one, whatever cells they stand in.

    Most documents have not, and looking at all their cells takes longer than reading their own form. ``tables`` are the
    words of its tables (``extract.forms.shape``) where they are known: without figures between them no label is missed.
    """
    in_lines = _labels_in("".join(compact(line) for line in _lines(document)), words)
    if tables is not None and _are_few(in_lines.union(*(_in_words(printed, words) for printed in tables))):
        return False
    grids = (block for block in document.blocks if isinstance(block, Grid))
    return not _are_few(in_lines.union(*(_in_grid(grid, words) for grid in grids)))


def _are_few(labels: Set[str]) -> bool:
    return len(labels) < FEWEST_ROWS


def _lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph) and not is_sentence(block.text)]


def _in_grid(grid: Grid, words: Vocabulary) -> Set[str]:
    """Return the labels in a table; no label goes on behind a number."""
    return _labels_in("".join("0" if is_plain(cell.text) else compact(cell.text) for cell in grid.cells), words)


def _in_words(printed: _Words, words: Vocabulary) -> Set[str]:
    return _in_small_table(printed, words) if is_small(printed) else _in_table(printed, words)


def _in_table(printed: _Words, words: Vocabulary) -> Set[str]:
    return _labels_in("".join(map(compact, filter(None, printed))), words)


_in_small_table = lru_cache(maxsize=_KEPT)(_in_table)


def _labels_in(whole: str, words: Vocabulary) -> frozenset[str]:
    """Return the labels in a compact text, with or without its hints in brackets."""
    printed = signs(whole) + signs(without_hint(whole))
    return frozenset(_labels(words).find_matches_as_strings(printed, overlapping=True))


@cache
def _labels(words: Vocabulary) -> AhoCorasick:
    """Return what finds the labels that no other table has, all in one pass."""
    labels = (label for label, rows in words.rows.items() if all(table == TABLE for table, _ in rows))
    return AhoCorasick(labels, implementation=Implementation.DFA)
