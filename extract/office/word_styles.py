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

_USED = re.compile(rb"""[pr]Style\s+w:val\s*=\s*["']([^"']*)["']""")
_DEEPEST = 12
"""Styles based on each other; Word allows 10."""

Styles = Mapping[str, Mapping[str, str]]


def telling_styles(package: Package, main_part: str, content: bytes) -> Styles:
    """Return what each style that a main part uses says of hiding, striking out and raising, by its identifier; those
    that say nothing are left out.

    Raises ``CorruptError`` for a part of styles that is not well-formed. It is not unpacked where none is used.
    """
    used = _used(content)
    links = package.relations(main_part).values() if used else ()
    name = next((link.target for link in links if link.kind == "styles"), "")
    styles = package.part(name) or b""
    if not any(said.removeprefix("w").encode() in styles for said in APART):
        return {}
    nodes = (node for node in parse_xml(styles, name) if qualified(node) == "w:style")
    stated = {attribute(node, "styleId") or "": node for node in nodes}
    said = {style: dict(_said(style, stated)) for style in used}
    return {style: found for style, found in said.items() if found}


def _used(content: bytes) -> frozenset[str]:
    plain = content.replace(b"\0", b"") if b"\0" in content[:4] else content  # UTF-16
    found = _USED.findall(plain) if b"Style" in plain else ()
    return frozenset(style.decode("utf-8", "replace") for style in found)


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
