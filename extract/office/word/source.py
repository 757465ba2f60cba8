"""The main part of a DOCX as text: its body, and the elements that stand in a part of it one after another.

Only the common way of writing is known here: UTF-8, the prefix ``w``, no comments, CDATA sections or instructions. Then
``<`` begins a tag wherever it stands, and an element ends at one of the tags that have its name. Any other document is
left to a tree of elements.

A source has a sign for each byte of the part (Latin-1): only what is printed has to be made out, and that is a tenth of it.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from extract.office.word.nodes import WORD_NAMESPACES

ENCODING = "latin-1"
_WHITE = " \t\r\n"
_SPACE = r"[ \t\r\n]*"
"""White space of XML; that of regular expressions has signs that are not legal there."""

_ATTRIBUTES = r'(?:\s+[\w:.-]+="[^"<>]*")*'
_HEAD = re.compile(
    r"""(?:\xef\xbb\xbf)?(?:<\?xml version=(["'])1\.0\1(?: encoding=(["'])(?:UTF|utf)-8\2)?(?: standalone=(["'])(?:yes|no)\3)?"""
    rf"{_SPACE}\?>)?{_SPACE}"
    rf"<w:document(?P<attributes>{_ATTRIBUTES}){_SPACE}>{_SPACE}(?:<w:background{_ATTRIBUTES}\s*/>{_SPACE})?<w:body>"
)
_TAIL = re.compile(rf"</w:body>{_SPACE}</w:document>{_SPACE}")
_NAMESPACE = re.compile(rf'\sxmlns:w="(?:{"|".join(map(re.escape, WORD_NAMESPACES))})"')
_OPENING = re.compile(rf"{_SPACE}<(?P<name>[\w:.-]+){_ATTRIBUTES}\s*(?P<is_empty>/?)>")
_REFERENCE = re.compile(r"&(?:#x(?P<hex>[0-9A-Fa-f]{1,6})|#(?P<decimal>[0-9]{1,7})|(?P<name>lt|gt|amp|quot|apos));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_NUMBERS_OF_SIGNS = (range(0x20, 0xD800), range(0xE000, 0xFFFE), range(0x10000, 0x110000), (9, 10, 13))
"""What a reference may give (XML 1.0, 2.2)."""

_HEX = '="[0-9A-Fa-f]*"'
_PARA, _TEXT_ID = f"14:paraId{_HEX}", f"(?: w14:textId{_HEX})?"
_SAVED = f"(?: w:rsidR{_HEX})?(?: w:rsidRPr{_HEX})?(?: w:rsidRDefault{_HEX})?(?: w:rsidP{_HEX})?"
_SAVED_TOO = f"(?: w{_PARA})?{_TEXT_ID}(?: w:rsidTr{_HEX})?(?: w:rsidRDefault{_HEX})?(?: w:rsidP{_HEX})?"
_NUMBERED = re.compile(
    r" w(?:(?<=<w:[pr] w)|(?<=<w:tr w))"
    rf"(?:{_PARA}{_TEXT_ID}{_SAVED}|:rsidR{_HEX}(?: w:rsidRPr{_HEX})?{_SAVED_TOO}|:rsidRPr{_HEX}{_SAVED_TOO})(?=/?>)"
)
_NUMBERS = ("w:rsid", "w14:paraId")
"""What Word numbers its paragraphs, runs and rows with: no two are written alike."""

_PLAIN = r"(?:[ !#-%'-;=?-\\^-~]|[\xe3-\xe9][\x80-\xbf]{2}|\xef[\xbc\xbd][\x80-\xbf])*"
"""Signs that are legal in texts and attributes: ASCII, and U+3000 to U+9FFF and U+FF00 to U+FF7F in UTF-8."""

_REVISED = re.compile(
    rf' w:(?:(?<=<w:(?:ins|del) w:)|(?<=<w:moveTo w:)|(?<=<w:moveFrom w:))id="{_PLAIN}"'
    rf'(?: w:author="{_PLAIN}")?(?: w:date="{_PLAIN}")?(?: w16du:dateUtc="{_PLAIN}")?(?=/?>)'
)
_DELETED_TEXT = "<w:delText>"
_DELETED = re.compile(rf'{_DELETED_TEXT[:-1]}(?: xml:space="preserve")?>{_PLAIN}(?=</w:delText>)')
_AUTHOR = ' w:author="'
"""Who revised what, and what stood there before: nothing of it is printed, and no two are alike.

Attributes are only taken out where they are all that a tag has, each of them once: one that has an attribute twice must
not become well-formed."""

_BACKGROUND = "<w:background"
_CONTROLS = bytes(set(range(32)) - set(b"\0\t\n\r"))
_SIMPLE_BYTES = 4 * 1024 * 1024
"""libxml2 refuses a text above 10 MB."""

_KEPT_NAMES = 64
_HEAD_CHARACTERS = 5000
"""Word numbers all paragraphs or none: the first ones tell."""


class UnusualError(Exception):
    """A document is written in another way than the common one."""


class WordSource(NamedTuple):
    """The attributes of the root, which declare the prefixes, and what stands in the body.

    ``is_simple``: it is well-formed if the root and the elements of the body are, each with other texts or none.
    """

    attributes: str
    body: str
    is_simple: bool

    def part_of(self, sources: Iterable[str]) -> bytes:
        """Return a main part that has nothing but some elements of the body."""
        return f"<w:document{self.attributes}><w:body>{''.join(sources)}</w:body></w:document>".encode(ENCODING)


class Element(NamedTuple):
    """Where an element stands in a source: its first tag begins at ``start``, its last tag at ``close``."""

    name: str
    start: int
    inside: int
    close: int
    end: int


def word_source(content: bytes) -> WordSource | None:
    """Return the text of a main part, if it is written in the common way."""
    text = content.decode(ENCODING)
    head = _HEAD.match(text)
    end = text.rfind("</w:body>")
    if head is None or not _has_one_prefix(head["attributes"]) or not _TAIL.fullmatch(text, end):
        return None
    body = text[head.end() : end]
    # Half-width signs are rare in these texts: looking for one alone takes a fiftieth of the time.
    has_others = ("!" in body and "<!" in body) or ("?" in body and "<?" in body)
    if has_others:
        return None
    evened = _evened(body, head["attributes"])
    is_simple = _BACKGROUND not in head[0] and len(content) <= _SIMPLE_BYTES
    return WordSource(head["attributes"], evened, is_simple)


def _has_one_prefix(attributes: str) -> bool:
    """Say whether ``w`` is the prefix of the vocabulary, and no other is."""
    declared = sum(attributes.count(namespace) for namespace in WORD_NAMESPACES)
    return declared == 1 and "&" not in attributes and _NAMESPACE.search(attributes) is not None


def _evened(text: str, attributes: str) -> str:
    """Write the same in the same way: a line ends with a line feed (XML 1.0, 2.11), and no element has a number or author.

    What is not well-formed does not become so.
    """
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(text.find(number, 0, _HEAD_CHARACTERS) >= 0 for number in _NUMBERS) and _is_declared(
        "w14", attributes, text
    ):
        text = _NUMBERED.sub("", text)
    if _AUTHOR in text and _is_declared("w16du", attributes, text):
        text = _DELETED.sub(_DELETED_TEXT, _REVISED.sub("", text))
    return text


def _is_declared(prefix: str, attributes: str, text: str) -> bool:
    return f"xmlns:{prefix}=" in attributes or f" {prefix}:" not in text


def text_of(source: str) -> str | None:
    """Return what a source of text says, with its references as characters; ``None`` where it may not be well-formed.

    What is legal: XML 1.0, 2.2 and 2.4. A ``\\0`` is taken for a mark.
    """
    raw = source.encode(ENCODING)
    if "<" in source or "]]>" in source or len(raw.translate(None, _CONTROLS)) < len(raw):
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if "\ufffe" in text or "\uffff" in text:
        return None
    return _unescaped(text) if "&" in text else text


def _unescaped(text: str) -> str | None:
    before, *pieces = _REFERENCE.split(text)
    if "&" in before or any("&" in piece for piece in pieces[3::4]):
        return None
    signs = [_sign(*pieces[place : place + 3]) for place in range(0, len(pieces), 4)]
    said = [sign + after for sign, after in zip(signs, pieces[3::4], strict=True) if sign is not None]
    return "".join([before, *said]) if len(said) == len(signs) else None


def _sign(hexadecimal: str | None, decimal: str | None, name: str | None) -> str | None:
    if name:
        return _NAMED[name]
    number = int(decimal or hexadecimal or "", 10 if decimal else 16)
    return chr(number) if any(number in legal for legal in _NUMBERS_OF_SIGNS) else None


def next_element(source: str, position: int) -> Element | None:
    """Return the next element, as if its end were the first tag that can end it; ``None`` at the end of the source.

    Raises ``UnusualError`` where anything else stands there.
    """
    opening = _OPENING.match(source, position)
    if opening is None:
        if source[position:].strip(_WHITE):
            raise UnusualError
        return None
    name, start, inside = opening["name"], opening.start("name") - 1, opening.end()
    if opening["is_empty"]:
        return Element(name, start, inside, inside, inside)
    close = source.find(f"</{name}>", inside)
    if close < 0:
        raise UnusualError
    return Element(name, start, inside, close, close + len(name) + 3)


def whole(source: str, element: Element) -> Element:
    """Return an element with its true end, which is another if elements of its name stand in it.

    Raises ``UnusualError`` where it cannot be told.
    """
    if not _opening(element.name).search(source, element.inside, element.close):
        return element
    depth = 0
    for tag in _tags(element.name).finditer(source, element.start):
        if tag["rest"] is None:
            break
        depth += -1 if tag["slash"] else 0 if tag["is_empty"] else 1
        if depth == 0:
            return element._replace(close=max(element.inside, tag.start()), end=tag.end())
    raise UnusualError


@lru_cache(maxsize=_KEPT_NAMES)
def _opening(name: str) -> re.Pattern[str]:
    return re.compile(rf"<{re.escape(name)}[\s/>]")


@lru_cache(maxsize=_KEPT_NAMES)
def _tags(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(?P<slash>/?){re.escape(name)}(?=[\s/>])(?P<rest>{_ATTRIBUTES}\s*(?P<is_empty>/?)>)?")
