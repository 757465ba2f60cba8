"""Styles of a Word document that hide characters or set them apart from the line: they do so wherever a run has them.

Only a few styles do (a footnote sign's, 窗体顶端); all others are not looked at. A style has what it says itself and else
what the style says that it is based on (ECMA-376 part 1, 17.7.4.3).
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from extract.office.package import Package, attribute, parse_xml
from extract.office.word_source import ENCODING
from extract.office.word_text import APART, child, qualified, value, values

_DEEPEST = 12
"""Styles based on each other; Word allows 10."""

Styles = Mapping[str, Mapping[str, str]]


def telling_styles(package: Package, main_part: str) -> Styles:
    """Return what each style says of hiding, striking out and raising, by its identifier; those that say nothing left out.

    Raises ``CorruptError`` for a part that is not well-formed.
    """
    links = package.relations(main_part).values()
    name = next((link.target for link in links if link.kind == "styles"), "")
    content = package.part(name) or b""
    if not any(said.removeprefix("w:").encode() in content for said in APART):
        return {}
    stated = {
        attribute(node, "styleId") or "": node for node in parse_xml(content, name) if qualified(node) == "w:style"
    }
    said = {style: dict(_said(style, stated)) for style in stated}
    return {style: found for style, found in said.items() if found}


def uses_of(styles: Iterable[str]) -> re.Pattern[str] | None:
    """Return the pattern of what a source has that uses one of these styles, a sign for each of its bytes."""
    names = "|".join(re.escape(style.encode().decode(ENCODING)) for style in styles)
    return re.compile(rf"""Style\s+w:val\s*=\s*["'](?:{names})["']""") if names else None


def _said(style: str, stated: Mapping[str, etree._Element]) -> Iterator[tuple[str, str]]:
    """Yield what a style says, the nearest last."""
    chain: list[etree._Element] = []
    while style in stated and len(chain) < _DEEPEST:
        chain.append(stated[style])
        style = value(stated[style], "w:basedOn") or ""
    for node in reversed(chain):
        yield from ((name, found) for name, found in values(child(node, "w:rPr")).items() if name in APART)
