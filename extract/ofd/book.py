"""The parts of an OFD file: its document, pages, templates and resources.

What is not read: attachments, and what signatures and the pictures of their seals say.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extract.errors import CorruptError, EncryptedError, TooBigError
from extract.limits import MAX_PDF_PAGES, MAX_UNPACKED_BYTES
from extract.ofd.values import box, is_true, number, refuse_text
from extract.office.package import Package, local_name
from extract.text import PICTURE_FONTS

_ENTRY = "OFD.xml"
_ENCRYPTIONS = "Encryptions.xml"
"""Names the parts that need a key (GM/T 0099-2020, 6); it stands beside OFD.xml."""

_FACTS = ("Title", "Author", "CreationDate")
_RESOURCES = ("PublicRes", "DocumentRes")
_LARGEST_PAGE_MM = 7000.0
_FRONT = "Foreground"

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Stamp:
    """The seal of a signature as it lies on a page: its box in millimetres, and the part that has its picture."""

    box: Box
    part: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its box (left, top, width, height in millimetres) and the part of it that is shown, its own and its
    templates' contents, the appearances of the annotations upon them, and the seals upon all."""

    box: Box
    shown: Box
    contents: tuple[etree._Element, ...]
    appearances: tuple[etree._Element, ...] = ()
    stamps: tuple[Stamp, ...] = ()


class Book:
    """An open OFD file. Raises ``CorruptError``, ``EncryptedError`` or ``TooBigError`` and nothing else."""

    def __init__(self, data: bytes) -> None:
        self._package = Package(data, MAX_UNPACKED_BYTES)
        entry = self._package.ending(_ENTRY)
        self._root = posixpath.dirname(entry or "")
        if self._package.has(posixpath.join(self._root, _ENCRYPTIONS)):
            raise EncryptedError(f"{_ENCRYPTIONS}: parts of it need a key")
        self.bodies = _children(self._tree(entry or _ENTRY), "DocBody")
        if not self.bodies:
            raise CorruptError(f"{_ENTRY} names no document")
        self._main = self._current(entry or "")
        self._document = self._tree(self._main)
        common = _child(self._document, "CommonData")
        self._common = self._document if common is None else common
        self._templates: dict[str, etree._Element] = {}
        self._pictures: dict[str, str] = {}
        self._composites: dict[str, etree._Element] = {}
        self._parameters: dict[str, etree._Element] = {}
        self._spaces: dict[str, tuple[str, int]] = {}
        self._pictorial: set[str] = set()
        self._known: set[str] = set()
        self._annotated: dict[str, list[str]] = {}
        for page, parts in self._annotation_parts():
            self._annotated.setdefault(page, []).extend(parts)
        self._stamps: dict[str, list[Stamp]] = {}
        for page, stamp in self._stamped(entry or ""):
            self._stamps.setdefault(page, []).append(stamp)
        for name in _RESOURCES:
            self._add_resources(self._main, self._common, name)

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """What the file states of itself."""
        about = _child(self.bodies[0], "DocInfo")
        stated = ((name, _text(about, name)) for name in _FACTS) if about is not None else ()
        return tuple((f"ofd:{name}", text) for name, text in stated if text)

    @property
    def has_attachments(self) -> bool:
        """Whether other files are attached."""
        place = _text(self._document, "Attachments")
        name = self._part(self._main, place) if place else ""
        return bool(name) and self._package.has(name) and len(self._tree(name)) > 0

    def pages(self) -> Iterator[Page]:
        """Yield the pages, each unpacked when it is asked for."""
        listed = _child(self._document, "Pages")
        entries = [] if listed is None else _children(listed, "Page")
        if not entries:
            raise CorruptError("a document without pages")
        if len(entries) > MAX_PDF_PAGES:
            raise TooBigError(f"more than MAX_PDF_PAGES ({MAX_PDF_PAGES}) pages")
        for entry in entries:
            yield self._page(entry)

    def picture(self, identifier: str) -> str:
        """Return the part name of a picture, or an empty string."""
        return self._pictures.get(identifier, "")

    def composite(self, identifier: str) -> etree._Element:
        """Return the block a composite object draws. Raises ``CorruptError`` where it is lost: it may be a table."""
        if identifier not in self._composites:
            raise CorruptError(f"composite object {identifier!r} is not there")
        return self._composites[identifier]

    def is_pictorial(self, font: str) -> bool:
        """Tell whether a font has pictures for letters and figures."""
        return font in self._pictorial

    def parameters(self, identifier: str) -> etree._Element | None:
        """Return drawing parameters that objects name."""
        return self._parameters.get(identifier)

    def colour_space(self, identifier: str) -> tuple[str, int]:
        """Return the kind of a colour space (RGB where none is named; empty where it is not there) and its bits."""
        return self._spaces.get(identifier, ("", 8)) if identifier else ("RGB", 8)

    def data(self, name: str) -> bytes | None:
        """Return the bytes of a part."""
        return self._package.part(name)

    def _current(self, entry: str) -> str:
        """Return the name of the document, in the version that is the current one where several are kept."""
        kept = _child(self.bodies[0], "Versions")
        versions = [] if kept is None else _children(kept, "Version")
        current = next((node for node in versions if is_true(node, "Current", default=False)), None)
        if current is None:
            return self._part(entry, _text(self.bodies[0], "DocRoot"))
        name = self._part(entry, current.get("BaseLoc") or "")
        return self._part(name, _text(self._tree(name), "DocRoot"))

    def _page(self, entry: etree._Element) -> Page:
        name = self._part(self._main, entry.get("BaseLoc") or "")
        root = self._tree(name)
        _refuse_text_outside(root, "Content")
        self._add_resources(name, root, "PageRes")
        used = _children(root, "Template")
        placed = [(self._order(node), self._template(node.get("TemplateID") or "")) for node in used]
        below = [template for order, template in placed if order != _FRONT]
        above = [template for order, template in placed if order == _FRONT]
        box, shown = _boxes(
            (
                _child(root, "Area"),
                *(_child(page, "Area") for page in (*below, *above)),
                _child(self._common, "PageArea"),
            )
        )
        contents = (_child(page, "Content") for page in (*below, root, *above))
        drawn = tuple(content for content in contents if content is not None)
        identifier = entry.get("ID") or ""
        stamps = tuple(self._stamps.get(identifier, ()))
        return Page(box, shown, drawn, tuple(self._appearances(identifier)), stamps)

    def _order(self, used: etree._Element) -> str:
        """Return where a template lies among a page's layers; what the page does not say, the template's entry does."""
        return used.get("ZOrder") or self._template_entry(used.get("TemplateID") or "").get("ZOrder") or ""

    def _template_entry(self, identifier: str) -> etree._Element:
        for entry in _children(self._common, "TemplatePage"):
            if entry.get("ID") == identifier:
                return entry
        raise CorruptError(f"template {identifier!r} is not there")

    def _template(self, identifier: str) -> etree._Element:
        if identifier not in self._templates:
            name = self._part(self._main, self._template_entry(identifier).get("BaseLoc") or "")
            self._templates[identifier] = self._tree(name)
            self._add_resources(name, self._templates[identifier], "PageRes")
        return self._templates[identifier]

    def _annotation_parts(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the identifiers of pages with the parts that hold their annotations (GB/T 33190-2016, 15)."""
        place = _text(self._document, "Annotations")
        index = self._part(self._main, place)
        if not place or not self._package.has(index):
            return
        for page in _children(self._tree(index), "Page"):
            name = page.get("PageID")
            if not name:
                raise CorruptError("annotations of no page")
            yield name, [self._part(index, node.text or "") for node in _children(page, "FileLoc")]

    def _stamped(self, entry: str) -> Iterator[tuple[str, Stamp]]:
        """Yield the identifiers of pages with the seals upon them (GB/T 33190-2016, 18)."""
        place = _text(self.bodies[0], "Signatures")
        index = self._part(entry, place)
        signatures = _children(self._tree(index), "Signature") if place and self._package.has(index) else ()
        for name in (self._part(index, signature.get("BaseLoc") or "") for signature in signatures):
            root = self._tree(name)
            signed = _child(root, "SignedInfo")
            seal = None if signed is None else _child(signed, "Seal")
            # A seal that is no file of its own is kept with the value of the signature.
            part = self._part(name, _text(root, "SignedValue") if seal is None else _text(seal, "BaseLoc"))
            for stamp in () if signed is None else _children(signed, "StampAnnot"):
                yield stamp.get("PageRef") or "", Stamp(box(stamp.get("Boundary") or ""), part)

    def _appearances(self, page: str) -> Iterator[etree._Element]:
        """Yield what a page's annotations draw, those left out that are not shown."""
        for name in self._annotated.get(page, ()):
            root = self._tree(name)
            _refuse_text_outside(root, "Annot")
            for annotation in _children(root, "Annot"):
                if is_true(annotation, "Visible", default=True):
                    _refuse_text_outside(annotation, "Appearance")
                    yield from _children(annotation, "Appearance")

    def _add_resources(self, user: str, node: etree._Element, kind: str) -> None:
        for place in _children(node, kind):
            name = self._part(user, place.text or "")
            if name in self._known or not self._package.has(name):
                continue
            self._known.add(name)
            self._read_resources(name)

    def _read_resources(self, name: str) -> None:
        root = self._tree(name)
        folder = posixpath.join(posixpath.dirname(name), root.get("BaseLoc") or "", "")
        for media in _in_group(root, "MultiMedias", "MultiMedia"):
            self._pictures[media.get("ID") or ""] = self._part(folder, _text(media, "MediaFile"))
        for parameters in _in_group(root, "DrawParams", "DrawParam"):
            self._parameters[parameters.get("ID") or ""] = parameters
        for space in _in_group(root, "ColorSpaces", "ColorSpace"):
            bits = round(number(space.get("BitsPerComponent") or "8"))
            self._spaces[space.get("ID") or ""] = (space.get("Type") or "", min(max(bits, 1), 16))
        for font in _in_group(root, "Fonts", "Font"):
            if any(PICTURE_FONTS in (font.get(name) or "").lower() for name in ("FontName", "FamilyName")):
                self._pictorial.add(font.get("ID") or "")
        for unit in _in_group(root, "CompositeGraphicUnits", "CompositeGraphicUnit"):
            content = _child(unit, "Content")
            if content is not None:
                self._composites[unit.get("ID") or ""] = content

    def _part(self, user: str, place: str) -> str:
        """Return the name of a part that another one (or a folder, ending in a slash) names by its place."""
        place = place.strip().replace("\\", "/")
        if place.startswith("/"):
            return posixpath.normpath(posixpath.join(self._root, place.lstrip("/")))
        near = posixpath.normpath(posixpath.join(posixpath.dirname(user), place))
        # Some producers write places from the root of the package and leave out the slash.
        far = posixpath.normpath(posixpath.join(self._root, place))
        return far if not self._package.has(near) and self._package.has(far) else near

    def _tree(self, name: str) -> etree._Element:
        root = self._package.xml(name)
        if root is None:
            raise CorruptError(f"{name} is not there")
        return root


def _boxes(areas: tuple[etree._Element | None, ...]) -> tuple[Box, Box]:
    """Return the box of a page, and what is shown of it (ApplicationBox): all, where that is not said of it."""
    area = next((area for area in areas if area is not None and _text(area, "PhysicalBox")), None)
    found = box("" if area is None else _text(area, "PhysicalBox"))
    if not (0 < found[2] <= _LARGEST_PAGE_MM and 0 < found[3] <= _LARGEST_PAGE_MM):
        raise CorruptError(f"a page of {found[2]} x {found[3]} millimetres")
    stated = "" if area is None else _text(area, "ApplicationBox")
    shown = box(stated) if stated else found
    return found, shown if shown[2] > 0 and shown[3] > 0 else found


def _refuse_text_outside(root: etree._Element, holder: str) -> None:
    for node in root:
        if local_name(node) != holder:
            refuse_text(node)


def _children(node: etree._Element, name: str) -> list[etree._Element]:
    return [child for child in node if local_name(child) == name]


def _child(node: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in node if local_name(child) == name), None)


def _text(node: etree._Element, name: str) -> str:
    child = _child(node, name)
    return "" if child is None else (child.text or "").strip()


def _in_group(root: etree._Element, group: str, name: str) -> Iterator[etree._Element]:
    for found in _children(root, group):
        yield from _children(found, name)
