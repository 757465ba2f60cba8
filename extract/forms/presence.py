"""Whether a document may print the statistics table of the 2014 form at all: a cheap look before the search for it."""

from collections.abc import Iterable
from functools import cache

from extract.forms.entries import TABLE
from extract.forms.prose_tables import is_sentence
from extract.labels import Vocabulary, signs, without_hint
from extract.model import Block, Document, Grid
from extract.text import compact


def may_print_statistics(document: Document, words: Vocabulary, fewest: int) -> bool:
    """Say whether a document has as many labels of the table as ``fewest`` anywhere, whatever cells they stand in.

    Most documents have not, and looking at all their cells takes longer than reading their own form.
    """
    printed = _signs(document)
    return sum(label in printed for label in _labels(words)) >= fewest


def _signs(document: Document) -> str:
    """Return the text of a document in the normal form of labels, once with and once without its hints in brackets."""
    whole = "".join(compact(text) for block in document.blocks for text in _texts(block))
    return signs(whole) + signs(without_hint(whole))


def _texts(block: Block) -> Iterable[str]:
    if isinstance(block, Grid):
        return (cell.text for cell in block.cells)
    return () if is_sentence(block.text) else (block.text,)


@cache
def _labels(words: Vocabulary) -> tuple[str, ...]:
    """Return the labels that no other table has."""
    return tuple(label for label, rows in words.rows.items() if all(table == TABLE for table, _ in rows))
