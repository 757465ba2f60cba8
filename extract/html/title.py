"""Which lines of a page are the report's title."""

from collections.abc import Iterable, Sequence

from extract.html.content import section
from extract.html.table import Line, Piece
from extract.html.walk import Span
from extract.identity.titles import is_agency, read_title
from extract.text import compact

_LONGEST = 60
_MOST_LINES = 3
_WINDOW = 12
"""Pieces of the content looked at: the title stands above the report, below at most a table of metadata lines."""


def title_places(pieces: Sequence[Piece], spans: Iterable[Span], content: Span, stated: Iterable[str]) -> set[int]:
    """Return the places of the title's lines: those at the head of the content, else in a heading element before it.

    ``stated`` are the titles of the page's head. A heading element outside the content counts only when it names a
    year or is one of these: portals print the column's name (政府信息公开年报) as a heading too.
    """
    first_section = next((place for place in range(content.start, content.end) if section(pieces[place])), content.end)
    last = min(first_section, content.start + _WINDOW)
    inside = _first_title(pieces, range(content.start, last))
    if inside:
        return inside
    known = {compact(text) for text in stated}
    marked = [
        span for span in spans if span.is_title and span.end <= first_section and span.end - span.start <= _MOST_LINES
    ]
    for span in sorted(marked, key=lambda span: span.start, reverse=True):
        places = _first_title(pieces, range(span.start, span.end))
        text = "".join(_text(pieces[place]) for place in sorted(places))
        if places and (read_title(text).year is not None or any(compact(text) in title for title in known)):
            return _with_agency(places, pieces, 0)
    return set()


def _first_title(pieces: Sequence[Piece], places: range) -> set[int]:
    """Return the first one to three lines on end that together read as a report's title."""
    for start in places:
        for count in range(1, _MOST_LINES + 1):
            lines = range(start, min(start + count, places.stop))
            if _is_title([_text(pieces[place]) for place in lines]):
                return _with_agency(set(lines), pieces, places.start)
    return set()


def _is_title(lines: Sequence[str]) -> bool:
    return all(_fits(line) for line in lines) and read_title("".join(lines)).kind != "unknown"


def _fits(line: str) -> bool:
    return 0 < len(line) <= _LONGEST and not any(mark in line for mark in "。；;：:>")


def _text(piece: Piece) -> str:
    return piece.text if isinstance(piece, Line) and piece.linked * 2 <= len(piece.text) else ""


def _with_agency(places: set[int], pieces: Sequence[Piece], first: int) -> set[int]:
    """Add the line above when it is an agency's name: the title is then printed in two lines."""
    above = min(places) - 1
    if above >= first and _fits(_text(pieces[above])) and is_agency(compact(_text(pieces[above]))):
        return {above, *places}
    return places
