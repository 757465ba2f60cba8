"""Review tables in parts: one small table for each body, under a line that names it (（一）行政复议).

Such a table prints the five results alone. Its caption becomes its first row, as other reports print it.
"""

from collections.abc import Iterator
from dataclasses import replace

from extract.forms.canvas import is_text
from extract.forms.review import COLUMNS, TABLE
from extract.labels import Vocabulary, vocabulary
from extract.model import Block, Document, Grid, GridCell, Paragraph

_MOST_ROWS = 4
_MOST_CELLS = 32


def with_captions(document: Document) -> Document:
    """Return a document in which each review table of one body has the caption above it for its first row.

    The same document where such a table has no caption of its own, or two have one caption: captions may then stand below
    their tables, or be those of something else.
    """
    words = vocabulary()
    parts = [place for place, block in enumerate(document.blocks) if _is_of_one_body(block, words)]
    if not parts:
        return document
    captions = {place: caption for place in parts for caption in _captions(document.blocks[:place], words)}
    if len({body for _, body in captions.values()}) < len(parts):
        return document
    heads = {place: caption for place, (caption, _) in captions.items()}
    return replace(document, blocks=tuple(_captioned(document.blocks, heads)))


def _is_of_one_body(block: Block, words: Vocabulary) -> bool:
    """Say whether a block is a table with the results of one body and no word on which body it is."""
    if not isinstance(block, Grid) or not block.aligned or block.rows > _MOST_ROWS or len(block.cells) > _MOST_CELLS:
        return False
    texts = [cell.text for cell in block.cells if is_text(cell)]
    named = [name for text in texts if (name := words.column(text, TABLE)) is not None]
    return tuple(named) == COLUMNS and not any(words.row(text, (TABLE,)) or words.group(text) for text in texts)


def _captions(before: tuple[Block, ...], words: Vocabulary) -> Iterator[tuple[Paragraph, str]]:
    """Yield the line right above a table with the body it names, if it says nothing else."""
    for block in before[-1:]:
        if isinstance(block, Paragraph) and (label := words.row(block.text, (TABLE,))) is not None:
            yield block, label.row


def _captioned(blocks: tuple[Block, ...], captions: dict[int, Paragraph]) -> Iterator[Block]:
    for place, block in enumerate(blocks):
        yield _under(captions[place], block) if isinstance(block, Grid) and place in captions else block


def _under(caption: Paragraph, table: Grid) -> Grid:
    head = GridCell(0, 0, caption.text, caption.at, 1, table.columns)
    below = (cell._replace(row=cell.row + 1) for cell in table.cells)
    return replace(table, rows=table.rows + 1, cells=(head, *below))
