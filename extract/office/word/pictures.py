"""Pictures of a Word document that stand where its tables should, or are all of it: scans pasted in, page by page."""

import posixpath
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from extract.errors import ExtractError
from extract.html.pictures import in_place_of_tables, pictures
from extract.html.table import PICTURE_MARK, Line, Picture, Piece, Table
from extract.model import Block, Document, Finding, Grid, Paragraph
from extract.ocr import recognition
from extract.office.package import Package, Relation

_MARK = "\ufffep"
"""Begins the line that stands for a picture. XML has no such sign."""


class Pictures:
    """The pictures outside the tables of a document, by the lines that stand for them."""

    def __init__(self, package: Package, relations: Mapping[str, Relation]) -> None:
        self._package, self._relations = package, relations
        self._names: dict[str, str] = {}

    def take(self, text: str, identifiers: Sequence[str]) -> Iterator[str]:
        """Yield the text of a paragraph, and a line for each of its pictures that the package holds."""
        names = [self._relations[one].target for one in identifiers if one in self._relations]
        if not names or text != PICTURE_MARK:
            yield text
        for name in names:
            line = f"{_MARK}{len(self._names)}"
            self._names[line] = name
            yield line

    def put(self, document: Document) -> Document:
        """Return a document with what its pictures show where a section of figures has no table.

        Raises ``NeedsOcrError`` for one that shows nothing else where recognition is not possible.
        """
        if not self._names:
            return document
        blocks = [block for block in document.blocks if isinstance(block, Grid) or block.text]
        pieces = [self._piece(block) for block in blocks]
        wanted = [place for place, _ in in_place_of_tables(pieces)]
        if all(isinstance(piece, Picture) for piece in pieces):
            recognition.ensure_possible()
        lost: list[Finding] = []
        for place in wanted:
            pieces[place] = self._held(blocks[place], lost)
        shown = pictures(pieces)
        printed = [part for place, block in enumerate(blocks) for part in shown.blocks.get(place, (block,))]
        return replace(document, blocks=tuple(map(self._named, printed)), notes=(*document.notes, *lost, *shown.notes))

    def _piece(self, block: Block) -> Piece:
        if isinstance(block, Grid):
            rows = (tuple(cell.text for cell in block.in_row(row)) for row in range(block.rows))
            return Table(tuple(rows), ())
        return Picture("") if block.text in self._names else Line(block.text)

    def _held(self, block: Block, lost: list[Finding]) -> Piece:
        """Return a picture as a web page holds one, an empty line for one that the package does not give."""
        name = self._names.get(block.text, "") if isinstance(block, Paragraph) else ""
        try:
            content = self._package.part(name)
        except ExtractError as error:
            content = None
            lost.append(Finding(recognition.PICTURE, "NOT_ASSESSABLE", detail=f"{posixpath.basename(name)}: {error}"))
        if content is None:
            return Line("")
        kind = posixpath.splitext(name)[1].strip(".").lower()
        return Picture(f"data:image/{kind if kind.isalpha() else 'x'};base64,{b64encode(content).decode()}")

    def _named(self, block: Block) -> Block:
        """Return a block that says that there is a picture where one was not read."""
        is_picture = isinstance(block, Paragraph) and block.text in self._names
        return block._replace(text=PICTURE_MARK) if isinstance(block, Paragraph) and is_picture else block
