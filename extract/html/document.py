"""Web pages: bytes to the report's paragraphs and tables, without the portal around them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lxml import etree

from extract.headings import count_official
from extract.html.blocks import heads_blocks, tables_of_blocks
from extract.html.charset import claimed, replaced
from extract.html.content import find_content, section
from extract.html.meta import metadata
from extract.html.pictures import pictures
from extract.html.preformatted import tables_in_text
from extract.html.script_body import unfold
from extract.html.styled import settle_styles
from extract.html.table import Line, Picture, Piece
from extract.html.title import title_places
from extract.html.tree import Page, drop_empty_rows, parse
from extract.html.walk import Walk
from extract.model import Block, Document, Finding, Paragraph
from extract.traditional import NOTE, is_traditional, simplified

_SCRIPT_HEADINGS = 3
_ONE_CHARSET = {"gb2312": "gb18030", "gbk": "gb18030", "utf8": "utf-8", "big5": "big5hkscs", "x-gbk": "gb18030"}


def read_page(data: bytes, charset_hint: str) -> Document:
    """Read a web page.

    Paragraphs are the lines a browser shows, with white space folded; tables that only lay out text become paragraphs.
    Raises ``CorruptError`` for a page without content and ``TooBigError`` past the limits.
    """
    page = _parsed(data, charset_hint)
    walk, is_unfolded = _walked(page)
    stated = metadata(page.root, walk.pieces)
    content = find_content(walk.pieces, walk.spans)
    pieces = walk.pieces[content.start : content.end]
    titles = title_places(walk.pieces, walk.spans, content, [value for name, value in stated if "itle" in name])
    heads = [walk.pieces[place] for place in sorted(titles) if place < content.start]
    inside = {place - content.start for place in titles}
    shown = pictures(pieces)
    notes = (*_charset_notes(page, data, charset_hint), *_page_notes(page, pieces, is_unfolded), *shown.notes)
    instead = {**shown.blocks, **tables_in_text(pieces, inside, page.text)}
    return Document("text/html", (*_heads(heads), *_blocks(pieces, inside, instead)), stated, notes)


def _parsed(data: bytes, hint: str) -> Page:
    """Parse a page; one in traditional characters as the simplified page it was made of. ``text`` is what is printed."""
    page = parse(data, hint)
    if not is_traditional(page.text):
        return page
    return replace(parse(simplified(page.text).encode(), "utf-8"), charset=page.charset, text=page.text)


def _walked(page: Page) -> tuple[Walk, bool]:
    """Walk a page; one that shows no section is walked with the report its script holds, if it holds one."""
    drop_empty_rows(page.root)
    settle_styles(page.root, page.text)
    walk = _with_tables_of_blocks(page)
    if any(section(piece) for piece in walk.pieces) or not unfold(page.root):
        return walk, False
    return _with_tables_of_blocks(page), True


def _with_tables_of_blocks(page: Page) -> Walk:
    """Walk a page, and again where blocks outside tables are a table of the form: its styles are settled as a table's."""
    walk = Walk()
    walk.run(page.root)
    if any(isinstance(piece, Line) and heads_blocks(piece.text) for piece in walk.pieces):
        ragged = tables_of_blocks(page.root)
        if ragged is not None:
            settle_styles(page.root, page.text)
            walk = Walk()
            walk.run(page.root, ragged)
    return walk


def _heads(pieces: Sequence[Piece]) -> Iterator[Block]:
    lines = [piece.text for piece in pieces if isinstance(piece, Line)]
    return (Paragraph(line, f"title {number}", "title") for number, line in enumerate(lines, 1))


def _blocks(pieces: Sequence[Piece], titles: set[int], instead: Mapping[int, tuple[Block, ...]]) -> Iterator[Block]:
    lines = tables = 0
    for place, piece in enumerate(pieces):
        if place in instead or isinstance(piece, Picture):
            yield from instead.get(place, ())
        elif isinstance(piece, Line):
            lines += 1
            yield Paragraph(piece.text, f"paragraph {lines}", "title" if place in titles else "body")
        else:
            tables += 1
            yield piece.grid(tables)


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
    if is_traditional(page.text):
        yield NOTE
    if is_unfolded:
        yield Finding("script_body", "PASS", detail="read from a string of the page's script, which fills the page")
    if page.is_cut:
        yield Finding("markup", "NOT_ASSESSABLE", detail="nested too deeply: what follows was not read")
    if not any(section(piece) for piece in pieces) and any(map(_holds_report, page.root.iter("script"))):
        yield Finding("script_body", "NOT_ASSESSABLE", detail="the report stands in a script, which is not run")


def _holds_report(script: etree._Element) -> bool:
    return count_official(script.text or "") >= _SCRIPT_HEADINGS
