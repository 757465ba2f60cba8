"""The package of DOCX and XLSX: parts of a ZIP, read with their bytes counted, and XML without entities.

Only the parts asked for are unpacked, so entries that overlap, nest or lie about their size cost nothing.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType
from typing import cast

from lxml import etree

from extract.damage import damage_is_corrupt
from extract.errors import CorruptError, EncryptedError, TooBigError
from extract.office.plain_zip import Entry, entries_of, unpacked

MAX_PART_BYTES = 16 * 1024 * 1024
"""Largest part after unpacking. The text of a real report is below 2 MB; a tree takes up to 45 times its
bytes (measured), and a worker has 1.5 GiB."""

MAX_PACKAGE_BYTES = 32 * 1024 * 1024
"""Most bytes unpacked from one file."""

MAX_PARTS = 20_000
"""Most entries of a package; real ones have 10 to 200."""

_KEPT, _KEPT_BYTES = 64, 4096
_IS_ENCRYPTED = 0x1
_DOCTYPE = re.compile(rb"<!DOCTYPE|<\x00!\x00D\x00O\x00C\x00T\x00Y\x00P\x00E\x00|\x00<\x00!\x00D\x00O\x00C\x00T", re.I)


@dataclass(frozen=True, slots=True)
class Relation:
    """A link from one part to another: the last word of its type, and the name of the part."""

    kind: str
    target: str


class Package:
    """A package of parts. Raises ``CorruptError``, ``EncryptedError`` or ``TooBigError`` and nothing else.

    ``most_bytes`` may be unpacked from it in all, ``MAX_PACKAGE_BYTES`` if nothing is said.
    """

    def __init__(self, data: bytes, most_bytes: int | None = None) -> None:
        self._data = data
        self._left = MAX_PACKAGE_BYTES if most_bytes is None else most_bytes
        plain = entries_of(data)
        self._zip = None if plain is not None else _opened(data)
        entries = plain or (self._zip.infolist() if self._zip else [])
        if len(entries) > MAX_PARTS:
            raise TooBigError(f"more than MAX_PARTS = {MAX_PARTS} entries")
        self._entries = {_key(entry.filename): entry for entry in entries}
        if len(self._entries) < len(entries):
            _refuse_twins(_key(entry.filename) for entry in entries)

    def has(self, name: str) -> bool:
        """Tell whether there is a part of a name."""
        return _key(name) in self._entries

    def ending(self, name: str) -> str | None:
        """Return the name of the part nearest to the root that is called ``name``, or ``None``."""
        found = [key for key in self._entries if posixpath.basename(key) == _key(name)]
        return min(found, key=lambda key: (key.count("/"), key), default=None)

    def part(self, name: str) -> bytes | None:
        """Return a part's bytes, or ``None`` if there is none of that name."""
        entry = self._entries.get(_key(name))
        if entry is None:
            return None
        limit = min(MAX_PART_BYTES, self._left)
        content = unpacked(self._data, entry, limit) if isinstance(entry, Entry) else None
        if content is None:
            content = self._unpacked(name, limit)
        self._left -= len(content)
        return content

    def _unpacked(self, name: str, limit: int) -> bytes:
        """Return a part's bytes as ``zipfile`` gives them, or raise what it has against them."""
        self._zip = self._zip or _opened(self._data)
        entry = next(found for found in reversed(self._zip.infolist()) if _key(found.filename) == _key(name))
        if entry.flag_bits & _IS_ENCRYPTED:
            raise EncryptedError(f"{name} is encrypted")
        with damage_is_corrupt(name), self._zip.open(entry) as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise TooBigError(f"{name} unpacks to more than {limit} bytes (MAX_PART_BYTES, MAX_PACKAGE_BYTES)")
        return content

    def xml(self, name: str) -> etree._Element | None:
        """Return a part as a tree without comments, or ``None`` if there is none of that name."""
        content = self.part(name)
        return None if content is None else parse_xml(content, name)

    def relations(self, name: str) -> Mapping[str, Relation]:
        """Return the links of a part (of the package itself for an empty name) by their identifiers."""
        folder, base = posixpath.split(name)
        part = posixpath.join(folder, "_rels", f"{base}.rels")
        content = self.part(part)
        if content is None:
            return {}
        read = _kept_relations if len(content) <= _KEPT_BYTES else _relations
        return read(content, part, folder)

    def main_part(self, otherwise: str) -> str:
        """Return the name of the part that is the document."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and _key(relation.target) in self._entries:
                return relation.target
        return otherwise


def parse_xml(content: bytes, name: str) -> etree._Element:
    """Parse a part. Office formats have no document types, so none is accepted and no entity is ever declared."""
    refuse_doctype(content, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    with damage_is_corrupt(name):
        root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise CorruptError(f"{name} declares a document type")
    return root


def refuse_damaged(content: bytes, name: str) -> None:
    """Raise ``CorruptError`` for a part that ``parse_xml`` would refuse. No tree is built, which takes half the time."""
    refuse_doctype(content, name)
    parser = etree.XMLParser(target=cast("etree.ParserTarget", _Unheard()), resolve_entities=False, no_network=True)
    with damage_is_corrupt(name):
        etree.fromstring(content, parser)
    # Where a tree is built, lxml also refuses prefixes that are not declared; here it only writes them down.
    for error in parser.error_log.filter_from_errors():
        raise CorruptError(f"{name}: {error.message}")


class _Unheard:
    """A listener that hears nothing but the end."""

    def close(self) -> None:
        """Return nothing."""


def refuse_doctype(content: bytes, name: str) -> None:
    """Raise ``CorruptError`` for a part that declares a document type, before any parser sees it."""
    if b"!" in content and (b"<!" in content or b"<\x00!" in content) and _DOCTYPE.search(content):
        raise CorruptError(f"{name} declares a document type")


def local_name(node: etree._Element) -> str:
    """Return an element's name without its namespace (the transitional and the strict form differ only in that)."""
    return str(node.tag).rpartition("}")[2]


def attribute(node: etree._Element, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    return next((str(value) for key, value in node.items() if str(key).rpartition("}")[2] == name), None)


def _relations(content: bytes, name: str, folder: str) -> Mapping[str, Relation]:
    return MappingProxyType(dict(_links(parse_xml(content, name), folder)))


_kept_relations = lru_cache(maxsize=_KEPT)(_relations)
"""Files of one program have the same ones."""


def _links(root: etree._Element, folder: str) -> Iterator[tuple[str, Relation]]:
    for node in root:
        target = node.get("Target") or ""
        if node.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield node.get("Id") or "", Relation((node.get("Type") or "").rpartition("/")[2], path)


def _refuse_twins(names: Iterator[str]) -> None:
    """Raise ``CorruptError`` for two parts of one name: programs differ on which of them they show."""
    seen: set[str] = set()
    for name in names:
        if name in seen and not name.endswith("/"):
            raise CorruptError(f"two parts are called {name}")
        seen.add(name)


def _opened(data: bytes) -> zipfile.ZipFile:
    with damage_is_corrupt("package"):
        return zipfile.ZipFile(BytesIO(data))


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
