"""Files that a Word document takes in where it is opened (``w:altChunk``, ECMA-376 part 1, 11.3.1): pages, web archives,
other Word documents and RTF.

Libraries that turn a page into a Word file in the browser write nothing else into its body (html-docx-js, 2013 on).
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from extract.errors import CorruptError
from extract.html.document import read_page
from extract.html.web_archive import read_archived_page
from extract.model import Block, Document, Grid, Paragraph
from extract.office.package import Package, Relation, attribute

_MARK = "\uffff"
"""Begins the line that stands for a chunk. XML has no such sign."""

_SHOWN_BYTES = 4096
PACKAGE = b"PK"
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|body|div|p|table)\b", re.IGNORECASE)
_ARCHIVE = re.compile(rb"^(?:mime-version|content-type):", re.IGNORECASE | re.MULTILINE)

Reader = Callable[[bytes], Document]


class Chunks:
    """The chunks of a document that were read, and how many were not; ``readers`` read some by what these begin with."""

    def __init__(self, package: Package, relations: Mapping[str, Relation], readers: Mapping[bytes, Reader]) -> None:
        self.unread = 0
        self._package, self._relations, self._readers = package, relations, readers
        self._read: dict[str, Document] = {}

    def take(self, node: etree._Element) -> str:
        """Return a line that stands for a chunk in its place, an empty one for a chunk of another kind.

        Raises an ``ExtractError`` for a damaged one, and past the limits.
        """
        relation = self._relations.get(attribute(node, "id") or "")
        content = self._package.part(relation.target) if relation is not None else None
        document = None if content is None else self._document(content)
        if relation is None or document is None:
            self.unread += 1
            return ""
        line = f"{_MARK}{len(self._read)}"
        blocks = tuple(_within(posixpath.basename(relation.target), block) for block in document.blocks)
        self._read[line] = replace(document, blocks=blocks)
        return line

    def put(self, document: Document) -> Document:
        """Return a document with the chunks where the lines stand for them."""
        if not self._read:
            return document
        blocks = tuple(self._blocks(document.blocks))
        stated = [fact for chunk in self._read.values() for fact in chunk.metadata]
        notes = [note for chunk in self._read.values() for note in chunk.notes]
        return replace(document, blocks=blocks, metadata=(*document.metadata, *stated), notes=(*document.notes, *notes))

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Block]:
        for block in blocks:
            chunk = None if isinstance(block, Grid) else self._read.get(block.text)
            if chunk is None:
                yield block
            else:
                yield from chunk.blocks

    def _document(self, content: bytes) -> Document | None:
        head = content[:_SHOWN_BYTES]
        reader = next((read for start, read in self._readers.items() if content.startswith(start)), None)
        try:
            if reader is not None or content.startswith(PACKAGE):
                return None if reader is None else reader(content)
            if _ARCHIVE.search(head):
                return read_archived_page(content)
            return read_page(content, "") if _PAGE.search(head) else None
        except CorruptError:
            return None


def _within(name: str, block: Block) -> Block:
    """Return a block whose places say in which file they are."""
    if isinstance(block, Paragraph):
        return block._replace(at=f"{name} {block.at}")
    cells = tuple(cell._replace(at=f"{name} {cell.at}") for cell in block.cells)
    return replace(block, cells=cells, at=f"{name} {block.at}")
