"""Lists that come as XML: RSS, Atom, RDF, and the elements that a portal's own script asks for.

They are made into what JSON holds, so that one reader of lists is enough: an element is an object of its attributes and
children by local name, several children of one name are an array, an element with nothing but words is these.
"""

import re
from collections.abc import Iterator

from lxml import etree

from crawler.items import Page
from crawler.page.pages import base_of, tagged
from crawler.page.urls import join

MAX_DEPTH = 12
"""Deepest element read; a feed has its rows in the third level."""

_XML = re.compile(
    r"[\s\ufeff]*(?:(?=<\?xml\b)(?:<\?[^>]{0,300}\?>|\s|<!--(?:(?!-->).){0,2000}-->)*<(?!!doctype\s+html|html\b)"
    r"|<(?:rss|feed|rdf:RDF)\b)",
    re.IGNORECASE | re.DOTALL,
)
_DECLARATION = re.compile(r"(?<![\s\ufeff])[\s\ufeff]*+<\?xml\b[^>]{0,200}\?>", re.IGNORECASE)
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf)\+xml", re.IGNORECASE)
_ADDRESSES = frozenset({"href", "url", "link", "src"})


def is_xml_data(text: str) -> bool:
    """Tell whether a text begins as XML that is no page."""
    return _XML.match(text) is not None


def parse_xml(text: str) -> object:
    """Give what an XML answer holds; ``None`` where it cannot be read. Entities of its own and other files are never
    read, and where its end is missing what stands before is given."""
    # The declaration names the encoding in which it was sent; here it is decoded already.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, encoding="utf-8")
    body = _DECLARATION.sub("", text, count=1).lstrip("\ufeff \r\n\t")
    try:
        root = etree.fromstring(body.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root is None else _value(root, 0)


def feeds(page: Page) -> Iterator[str]:
    """Yield the addresses of the feeds that a page names in its head (``rel="alternate"``)."""
    for node in tagged(page)["link"]:
        alternate = "alternate" in (node.get("rel") or "").lower().split()
        url = join(base_of(page), node.get("href") or "") if alternate else None
        if url and _FEED_TYPE.match((node.get("type") or "").strip()):
            yield url


def _value(node: etree._Element, depth: int) -> object:
    """Give what an element holds; one that names a place and has words is a row of its own."""
    children = [child for child in node if isinstance(child.tag, str)] if depth < MAX_DEPTH else []
    held: dict[str, object] = {_name(str(name)): value for name, value in node.attrib.items()}
    text = (node.text or "").strip()
    if not children and not (held.keys() & _ADDRESSES):
        return text if text or not held else held
    if text:
        held.setdefault("title", text)
    for child in children:
        _add(held, child, _value(child, depth + 1))
    return held


def _add(held: dict[str, object], child: etree._Element, value: object) -> None:
    """Add a child: words as they are, what holds more as an array, of the links of Atom the address by its relation."""
    name = _name(str(child.tag))
    if name == "link" and isinstance(value, dict) and "href" in value:
        relation = value.get("rel", "alternate")
        held.setdefault(name if relation == "alternate" else f"{name}_{relation}", value["href"])
        return
    before = held.get(name)
    if isinstance(before, list):
        before.append(value)
    elif before is None:
        held[name] = value if isinstance(value, str) else [value]
    elif not isinstance(value, str):
        held[name] = [before, value]


def _name(tag: str) -> str:
    """Give the local part of a name with a namespace."""
    return tag.rpartition("}")[2]
