"""Which part of a page is the report, and not the portal around it.

The smallest container that holds the first and the last official heading and every table of the form loses nothing and
leaks nothing (measured on four pages in portal shells: recall 1.0, leaked 0); without headings the part with most text
that is no link is taken. In doubt more is taken: a menu disturbs less than a missing table.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

from extract.headings import MAX_HEADING_CHARACTERS, heading_number
from extract.html.table import Line, Picture, Piece, Table
from extract.html.walk import Span

_FORM_WORDS = re.compile(r"规章|规范性文件|行政许可|信息公开申请|新收|结转|予以公开|复议|诉讼|主动公开|依申请")
_MIN_FORM_ROWS = 2

# Names that the portals' content systems give the element of an article (TRS, Hanweb, Kaipu, VSB, gkmlpt, Lonsun ...).
_CONTENT_NAME = re.compile(
    r"zoom|UCAP-CONTENT|vsb_content|v_news_content|TRS_(?:UE)?EDITOR|trs_editor_view|mainText|webeditorview|wenzhang"
    r"|(?:article|art|news|detail|xxgk|zw|gkml|pages?|bt|con|info)[-_]?(?:con|content|body|txt|text|detail)\b"
    r"|(?:content|con)[-_]?(?:detail|text|txt|div|body)\b|gkxl-article|m-txt-article|main-txt|news_cont_d_wrap|tyxxy_main",
    re.IGNORECASE,
)
_MOST = 0.6
_SOME = 0.3
_PICTURE_WEIGHT = 200  # a scanned page stands for about this much text
_SECTION_CHARACTERS = 200  # unlinked text worth climbing for; footers have less


@dataclass(frozen=True, slots=True)
class Weights:
    """Running sums over the pieces: characters outside links, and inside."""

    plain: tuple[int, ...]
    linked: tuple[int, ...]

    def plain_in(self, span: Span) -> int:
        """Return the characters of a span that belong to no link."""
        return self.plain[span.end] - self.plain[span.start]

    def linked_in(self, span: Span) -> int:
        """Return the characters of a span that belong to links."""
        return self.linked[span.end] - self.linked[span.start]


def weigh(pieces: Sequence[Piece]) -> Weights:
    """Sum up the text of a page's pieces."""
    sizes = [_size(piece) for piece in pieces]
    plain = accumulate((size for size, _ in sizes), initial=0)
    linked = accumulate((size for _, size in sizes), initial=0)
    return Weights(tuple(plain), tuple(linked))


def _size(piece: Piece) -> tuple[int, int]:
    if isinstance(piece, Line):
        return len(piece.text) - piece.linked, piece.linked
    if isinstance(piece, Picture):
        return _PICTURE_WEIGHT, 0
    return sum(map(len, chain.from_iterable(piece.texts))), 0


def find_content(pieces: Sequence[Piece], spans: Sequence[Span]) -> Span:
    """Return the span of the pieces that are the document."""
    whole = Span(0, len(pieces), "")
    containers = [span for span in spans if not span.is_title and span.end > span.start] + [whole]
    headings = {place: number for place, piece in enumerate(pieces) if (number := section(piece))}
    needed = [*headings, *(place for place, piece in enumerate(pieces) if is_form(piece))]
    chain = _holding(containers, min(needed, default=len(pieces)), max(needed, default=-1) + 1)
    if {1, 6} <= set(headings.values()):
        return chain[0]
    weights = weigh(pieces)
    return _climb(chain, weights) if headings else _without_headings(chain, weights, whole)


def section(piece: Piece) -> int | None:
    """Return the number of the section that a piece heads."""
    # White space goes before headings.py measures a line; twice its limit spares that for prose.
    if not isinstance(piece, Line) or len(piece.text) > 2 * MAX_HEADING_CHARACTERS:
        return None
    return heading_number(piece.text)


def is_form(piece: Piece) -> bool:
    """Say whether a piece is a table that speaks of the form's matters."""
    if not isinstance(piece, Table) or len(piece.texts) < _MIN_FORM_ROWS:
        return False
    return any(_FORM_WORDS.search(text) for row in piece.texts for text in row)


def _holding(containers: Sequence[Span], start: int, end: int) -> list[Span]:
    """Return the containers around a range, smallest first."""
    around = [span for span in containers if span.start <= start and end <= span.end]
    return sorted(around, key=lambda span: span.end - span.start)


def _climb(chain: Sequence[Span], weights: Weights) -> Span:
    """Take a larger container where it adds prose rather than links: some headings were not recognised."""
    chosen = chain[0]
    for parent in chain[1:]:
        plain = weights.plain_in(parent) - weights.plain_in(chosen)
        linked = weights.linked_in(parent) - weights.linked_in(chosen)
        if plain >= max(_SECTION_CHARACTERS, linked):
            chosen = parent
    return chosen


def _without_headings(containers: Sequence[Span], weights: Weights, whole: Span) -> Span:
    total = weights.plain_in(whole)
    named = [span for span in containers if _CONTENT_NAME.search(span.name) and weights.plain_in(span) >= _SOME * total]
    if named:
        return max(named, key=lambda span: (weights.plain_in(span), span.start - span.end))
    most = [span for span in containers if weights.plain_in(span) >= _MOST * total]
    return min(most, key=lambda span: span.end - span.start)
