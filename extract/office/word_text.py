"""The words of a WordprocessingML paragraph as they are printed: revisions accepted, field codes and hidden text out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from extract.html.table import PICTURE_MARK
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
OFF = ("0", "false", "off", "none")
"""Values that switch a property off."""

_SET_APART = frozenset(("w:strike", "w:dstrike"))
RAISED = ("superscript", "subscript")
"""Heights of characters that are not on the line."""

_REPLACED = "\ufffd"  # a sign of a symbol font: printed, but which one only the font knows
SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:sym": _REPLACED,
}
_SKIPPED = frozenset(
    (
        *("w:del", "w:moveFrom", "w:rt", "w:instrText", "w:delText", "m:rPr"),
        *("w:pPr", "w:rPr", "w:tblPr", "w:tblPrEx", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr"),
    )
)
_PICTURES = frozenset(("pic", "imagedata", "w:object"))


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


def value(node: etree._Element | None, name: str) -> str | None:
    """Return the ``w:val`` of a property, an empty string where it has none, ``None`` where the property is missing."""
    found = child(node, name)
    return None if found is None else attribute(found, "val") or ""


def values(node: etree._Element | None) -> dict[str, str]:
    """Return the ``w:val`` of each property by its name, an empty string where it has none."""
    return {} if node is None else {qualified(found): attribute(found, "val") or "" for found in reversed(node)}


def is_on(node: etree._Element | None, name: str) -> bool:
    """Say whether a property stands and is not switched off."""
    stated = value(node, name)
    return stated is not None and stated not in OFF


def chosen(alternatives: etree._Element) -> etree._Element | None:
    """Return the one of the alternatives that is printed: the same text box stands in both, drawn in two ways."""
    choices = [node for node in alternatives if qualified(node) in ("mc:Choice", "mc:Fallback")]
    with_text = (node for node in choices if any(qualified(inner) == "w:txbxContent" for inner in node.iter()))
    return next(with_text, choices[0] if choices else None)


@dataclass(slots=True)
class ParagraphText:
    """The text of a paragraph, the contents of text boxes anchored in it, and whether it shows a picture."""

    boxes: list[etree._Element] = field(default_factory=list)
    has_picture: bool = False
    _pieces: list[str] = field(default_factory=list)
    _fields: list[bool] = field(default_factory=list)  # for each open field, whether its code is still going on

    @property
    def text(self) -> str:
        """Return what is printed, lines separated by line feeds; a picture alone is marked, for it is not a blank."""
        text = "".join(self._pieces)
        return PICTURE_MARK if self.has_picture and not text.strip() else text

    def read(self, node: etree._Element) -> None:
        """Add all that is printed within an element."""
        for inner in node:
            name = qualified(inner)
            if name in _SKIPPED:
                continue
            if name in _HANDLERS:
                _HANDLERS[name](self, inner)
            elif name in SIGNS:
                self._add(SIGNS[name])
            else:
                self.has_picture = self.has_picture or name in _PICTURES
                self.read(inner)

    def _run(self, run: etree._Element) -> None:
        properties = child(run, "w:rPr")
        if properties is None:
            self.read(run)
        elif is_on(properties, "w:vanish"):
            self._fields_of(run)
        elif value(properties, "w:vertAlign") in RAISED or any(is_on(properties, name) for name in _SET_APART):
            # A footnote sign or struck-out figure beside a number must not become one of its digits.
            before = len(self._pieces)
            self.read(run)
            self._pieces[before:] = _bracketed("".join(self._pieces[before:]))
        else:
            self.read(run)

    def _fields_of(self, run: etree._Element) -> None:
        for inner in run:
            if qualified(inner) == "w:fldChar":
                self._field(inner)

    def _field(self, node: etree._Element) -> None:
        kind = attribute(node, "fldCharType")
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _words(self, node: etree._Element) -> None:
        self._add(node.text or "")

    def _box(self, node: etree._Element) -> None:
        self.boxes.append(node)

    def _alternatives(self, node: etree._Element) -> None:
        taken = chosen(node)
        if taken is not None:
            self.read(taken)

    def _add(self, text: str) -> None:
        if not any(self._fields):
            self._pieces.append(text)


def _bracketed(text: str) -> Iterator[str]:
    if text.strip():
        yield f"[{text}]"


_HANDLERS: dict[str, Callable[[ParagraphText, etree._Element], None]] = {
    "w:r": ParagraphText._run,
    "m:r": ParagraphText._run,
    "w:t": ParagraphText._words,
    "m:t": ParagraphText._words,
    "w:fldChar": ParagraphText._field,
    "w:txbxContent": ParagraphText._box,
    "mc:AlternateContent": ParagraphText._alternatives,
}
