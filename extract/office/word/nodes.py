"""Elements of WordprocessingML: their names whatever the prefix, their properties and what those say."""

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from extract.office.package import attribute

WORD_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
"""Of the transitional and of the strict form."""

_PREFIXES = {
    **dict.fromkeys(WORD_NAMESPACES, "w:"),
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}
_WRAPPERS = frozenset(("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:smartTag", "w:customXml"))
_TRANSPARENT = _WRAPPERS | {"mc:AlternateContent"}
OFF = ("0", "false", "off", "none")
"""Values that switch a property off."""

PLACEHOLDER = "w:showingPlcHdr"
"""Says that what a content control shows nobody has typed."""


def qualified(node: etree._Element) -> str:
    """Return ``w:p``, ``m:r`` or ``mc:Choice``; of other vocabularies the bare name."""
    return _qualified(str(node.tag))


@lru_cache(maxsize=2048)
def _qualified(tag: str) -> str:
    namespace, _, name = tag.removeprefix("{").rpartition("}")
    return _PREFIXES.get(namespace, "") + name


def child(node: etree._Element | None, name: str) -> etree._Element | None:
    """Return the first child of that qualified name."""
    if node is not None:
        for found in node:
            if qualified(found) == name:
                return found
    return None


def children(node: etree._Element | None) -> dict[str, etree._Element]:
    """Return the children by their qualified names; the first of a name counts."""
    return {} if node is None else {qualified(found): found for found in reversed(node)}


def value(node: etree._Element | None, name: str) -> str | None:
    """Return the ``w:val`` of a property, an empty string where it has none, ``None`` where the property is missing."""
    found = child(node, name)
    return None if found is None else attribute(found, "val") or ""


def values(node: etree._Element | None) -> dict[str, str]:
    """Return the ``w:val`` of each property by its name, an empty string where it has none."""
    return {} if node is None else {qualified(found): attribute(found, "val") or "" for found in reversed(node)}


def number(node: etree._Element | None, name: str = "val") -> int:
    """Return an attribute as a whole number, 0 where it is none."""
    digits = "" if node is None else (attribute(node, name) or "").strip()
    return int(digits) if len(digits) < 10 and digits.removeprefix("-").isdecimal() else 0


def says(node: etree._Element | None) -> bool:
    """Say whether a property stands and is not switched off."""
    return node is not None and (attribute(node, "val") or "") not in OFF


def is_on(node: etree._Element | None, name: str) -> bool:
    """Say whether an element has a property that is not switched off."""
    return says(child(node, name))


def shows_placeholder(control: etree._Element) -> bool:
    """Say whether a content control shows a text that asks to be typed over."""
    return is_on(child(control, "w:sdtPr"), PLACEHOLDER)


def alternatives(element: etree._Element) -> list[etree._Element]:
    """Return the ways in which the same is drawn, best first."""
    return [node for node in element if qualified(node) in ("mc:Choice", "mc:Fallback")]


def chosen(element: etree._Element) -> etree._Element | None:
    """Return the one of the alternatives that is printed: the same text box stands in both, drawn in two ways."""
    choices = alternatives(element)
    with_text = (node for node in choices if any(qualified(inner) == "w:txbxContent" for inner in node.iter()))
    return next(with_text, choices[0] if choices else None)


def members(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of a container, those in content controls and insertions too."""
    for node in container:
        if qualified(node) in _TRANSPARENT:
            yield from unwrapped(node)
        else:
            yield node


def unwrapped(node: etree._Element) -> Iterator[etree._Element]:
    """Yield an element; instead of a content control or an insertion, or alternatives, what stands in it."""
    name = qualified(node)
    if name not in _TRANSPARENT:
        yield node
        return
    inner = node if name in _WRAPPERS else chosen(node)
    if inner is not None:
        yield from members(inner)
