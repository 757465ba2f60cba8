"""Web pages: bytes to the report's paragraphs and tables, without the portal around them."""

from collections.abc import Iterator, Sequence

from lxml import etree

from extract.grid import build
from extract.headings import count_official
from extract.html.charset import claimed, replaced
from extract.html.content import find_content, is_form, section
from extract.html.meta import metadata
from extract.html.script_body import unfold
from extract.html.table import Line, Picture, Piece, Table
from extract.html.title import title_places
from extract.html.tree import Page, parse
from extract.html.walk import Walk
from extract.model import Block, Document, Finding, Paragraph

_TABLE_SECTIONS = (None, 2, 3, 4)
"""Sections that have a table (``None``: the page has no headings)."""

_MOST_PICTURES = 50
_SOURCE_CHARACTERS = 300
_SCRIPT_HEADINGS = 3
_ONE_CHARSET = {"gb2312": "gb18030", "gbk": "gb18030", "utf8": "utf-8", "big5": "big5hkscs", "x-gbk": "gb18030"}


def read_page(data: bytes, charset_hint: str) -> Document:
    """Read a web page.

    Paragraphs are the lines a browser shows, with white space folded; tables that only lay out text become paragraphs.
    Raises ``CorruptError`` for a page without content and ``TooBigError`` past the limits.
    """
    page = parse(data, charset_hint)
    walk, is_unfolded = _walked(page)
    stated = metadata(page.root, walk.pieces)
    content = find_content(walk.pieces, walk.spans)
    pieces = walk.pieces[content.start : content.end]
    titles = title_places(walk.pieces, walk.spans, content, [value for name, value in stated if "itle" in name])
    heads = [walk.pieces[place] for place in sorted(titles) if place < content.start]
    inside = {place - content.start for place in titles}
    notes = (*_charset_notes(page, data, charset_hint), *_page_notes(page, pieces, is_unfolded), *_pictures(pieces))
    return Document("text/html", (*_heads(heads), *_blocks(pieces, inside)), stated, notes)


def _walked(page: Page) -> tuple[Walk, bool]:
    """Walk a page; one that shows no section is walked with the report its script holds, if it holds one."""
    walk = Walk()
    walk.run(page.root)
    if any(section(piece) for piece in walk.pieces) or not unfold(page.root):
        return walk, False
    walk = Walk()
    walk.run(page.root)
    return walk, True


def _heads(pieces: Sequence[Piece]) -> Iterator[Block]:
    lines = [piece.text for piece in pieces if isinstance(piece, Line)]
    return (Paragraph(line, f"title {number}", "title") for number, line in enumerate(lines, 1))


def _blocks(pieces: Sequence[Piece], titles: set[int]) -> Iterator[Block]:
    lines = tables = 0
    for place, piece in enumerate(pieces):
        if isinstance(piece, Line):
            lines += 1
            yield Paragraph(piece.text, f"paragraph {lines}", "title" if place in titles else "body")
        elif isinstance(piece, Table):
            tables += 1
            yield build(piece.raw_rows(tables), f"table {tables}")


def _charset_notes(page: Page, data: bytes, hint: str) -> Iterator[Finding]:
    claim = claimed(data, hint)
    if claim and _ONE_CHARSET.get(claim, claim) != page.charset:
        yield Finding(
            "charset", "PASS", expected=claim, actual=page.charset, detail="the claimed charset is not the real"
        )
    lost = replaced(page.text)
    if lost:
        detail = f"{lost} characters could not be decoded as {page.charset}"
        yield Finding("charset", "NOT_ASSESSABLE", actual=page.charset, cause="source", detail=detail)


def _page_notes(page: Page, pieces: Sequence[Piece], is_unfolded: bool) -> Iterator[Finding]:
    if is_unfolded:
        yield Finding("script_body", "PASS", detail="read from a string of the page's script, which fills the page")
    if page.is_cut:
        yield Finding("markup", "NOT_ASSESSABLE", detail="nested too deeply: what follows was not read")
    if not any(section(piece) for piece in pieces) and any(map(_holds_report, page.root.iter("script"))):
        yield Finding("script_body", "NOT_ASSESSABLE", detail="the report stands in a script, which is not run")


def _holds_report(script: etree._Element) -> bool:
    return count_official(script.text or "") >= _SCRIPT_HEADINGS


def _pictures(pieces: Sequence[Piece]) -> Iterator[Finding]:
    """Report the pictures that stand where a table should: in a section of figures that has no table."""
    number: int | None = None
    pictures: dict[int | None, list[str]] = {}
    with_table = set()
    for piece in pieces:
        number = section(piece) or number
        if isinstance(piece, Picture):
            pictures.setdefault(number, []).append(piece.source)
        elif is_form(piece):
            with_table.add(number)
    for at_section in _TABLE_SECTIONS:
        if at_section not in with_table and not (at_section is None and number is not None):
            for source in pictures.get(at_section, [])[:_MOST_PICTURES]:
                yield Finding("picture", "NOT_ASSESSABLE", detail=source[:_SOURCE_CHARACTERS])
