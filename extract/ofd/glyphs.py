"""Glyphs that a text object names itself (CGTransform): what is printed is the glyph, whatever code stands beside it.

The fonts are not asked. But a glyph that stands for two different figures, or a space with two looks, gives a lying code
away.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from extract.ofd.values import number
from extract.office.package import local_name
from extract.pages.text import Char
from extract.pdf.ink import UNREADABLE
from extract.pdf.shown import is_sign

MIXED = "+"
"""Stands for the glyphs of characters that are not printed by one each."""


class Look(NamedTuple):
    """The place of a figure, sign or space among a page's characters, its font and glyph, and its code."""

    place: int
    font: str
    glyph: str
    code: str


def glyphs_of(node: etree._Element, most: int) -> Mapping[int, str]:
    """Return the glyphs that a text object of so many characters names, by the places of their characters."""
    found: dict[int, str] = {}
    for transform in node:
        if local_name(transform) == "CGTransform":
            found.update(_glyphs(transform, most))
    return found


def _glyphs(transform: etree._Element, most: int) -> Iterator[tuple[int, str]]:
    named = " ".join(child.text or "" for child in transform if local_name(child) == "Glyphs").split()
    start = int(number(transform.get("CodePosition") or "0"))
    count = int(number(transform.get("CodeCount") or transform.get("GlyphCount") or str(len(named) or 1)))
    places = range(start, min(start + count, most))
    if count == len(named):
        yield from zip(places, named, strict=False)
    else:
        yield from ((place, MIXED) for place in places)


def is_told_by_glyph(code: str) -> bool:
    """Tell whether a character matters here: one of a number, or one that looks like none at all."""
    return code.isspace() or is_sign(code)


def without_liars(pages: Sequence[tuple[list[Char], Sequence[Look]]]) -> None:
    """Make unreadable, among the characters of pages, those whose glyphs are also printed for other codes."""
    looks = [look for _, page in pages for look in page]
    disputed = set(_of_several_codes(looks))
    blank = dict(_glyph_of_spaces(looks))
    for chars, page in pages:
        for place, font, glyph, code in page:
            if (font, glyph) in disputed or (code.isspace() and blank[font, code] != glyph):
                chars[place] = chars[place]._replace(text=UNREADABLE)


def _of_several_codes(looks: Iterable[Look]) -> Iterator[tuple[str, str]]:
    codes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for _, font, glyph, code in looks:
        # Full-width and other forms of a digit, and the kinds of spaces, may share a glyph.
        codes[font, glyph].add(unicodedata.normalize("NFKC", code))
    return (look for look, found in codes.items() if len(found) > 1 and any(map(str.isdecimal, found)))


def _glyph_of_spaces(looks: Iterable[Look]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the glyph that each kind of space has most often in each font."""
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for _, font, glyph, code in looks:
        if code.isspace():
            counts[font, code][glyph] += 1
    return ((kind, found.most_common(1)[0][0]) for kind, found in counts.items())
