"""The words of a WordprocessingML paragraph as they are printed: revisions accepted, field codes and hidden text out."""

from collections.abc import Callable, Iterator, Mapping
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

_STRUCK = ("w:strike", "w:dstrike")
APART = frozenset(("w:vanish", *_STRUCK, "w:vertAlign"))
"""Properties of characters that are not shown, or not as part of their line."""

WHITE = "FFFFFF"
TINY = ("1", "2")
"""Half-points: a size of one point is the smallest that Word takes."""

PICTURE_FONTS = "dings"
"""What the names of Wingdings and Webdings have in common."""

RAISED = ("superscript", "subscript")
"""Heights of characters that are not on the line."""

REPLACED = "\ufffd"  # a sign of a symbol font: printed, but which one only the font knows
SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    "w:sym": REPLACED,
    **dict.fromkeys(
        ("w:pgNum", "w:dayShort", "w:dayLong", "w:monthShort", "w:monthLong", "w:yearShort", "w:yearLong"), REPLACED
    ),
}
_SKIPPED = frozenset(
    (
        *("w:del", "w:moveFrom", "w:rt", "w:delText", "m:rPr"),
        *("w:pPr", "w:rPr", "w:tblPr", "w:tblPrEx", "w:sdtPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr"),
    )
)
_PICTURES = frozenset(("pic", "imagedata", "w:object", "chart", "relIds", "contentPart", "textpath"))
"""Pictures, and what is drawn from another part or without text: charts, diagrams, ink, lettering."""

_NOTES = frozenset(("w:footnoteReference", "w:endnoteReference"))
CUSTOM_MARK = "customMarkFollows"
"""Says that the text of a note's run is its sign."""

_SHOWN_CODES = ("EQ", "SYMBOL", "MACROBUTTON", "GOTOBUTTON", "FORMDROPDOWN")
"""Fields that print what their code says (ECMA-376 part 1, 17.16.5), and have no result."""

_FORMULAS = (
    *("m:f", "m:sSup", "m:sSub", "m:sSubSup", "m:sPre", "m:rad", "m:nary", "m:limLow", "m:limUpp", "m:m", "m:eqArr"),
    *("m:func", "m:d", "m:bar", "m:groupChr", "m:acc"),
)
"""Parts of a formula in which signs do not stand one after another (ECMA-376 part 1, 22.1.2)."""


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
class _Field:
    """A field that has begun: whether its code is still going on, the code, and how much was printed before its result."""

    in_code: bool = True
    code: str = ""
    before: int = 0


@dataclass(slots=True)
class ParagraphText:
    """The text of a paragraph, the contents of text boxes anchored in it, and whether it shows a picture.

    ``styles`` as ``extract.office.word_styles`` gives them, and what the paragraph's own of them says.
    """

    styles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)
    boxes: list[etree._Element] = field(default_factory=list)
    has_picture: bool = False
    _pieces: list[str] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

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
        own = values(child(run, "w:rPr"))
        said = {**self.said, **self.styles.get(own.get("w:rStyle", ""), {}), **own}
        if _is_said(said, "w:vanish"):
            self._fields_of(run)
        elif _is_set_apart(run, said):
            self._apart(run)
        else:
            self.read(run)

    def _apart(self, node: etree._Element) -> None:
        # A footnote sign or struck-out figure beside a number must not become one of its digits.
        before = len(self._pieces)
        self.read(node)
        self._pieces[before:] = _bracketed("".join(self._pieces[before:]))

    def _fields_of(self, run: etree._Element) -> None:
        for inner in run:
            if qualified(inner) == "w:fldChar":
                self._field(inner)

    def _field(self, node: etree._Element) -> None:
        kind = attribute(node, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(before=len(self._pieces)))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if ended.before == len(self._pieces) and ended.code.strip().upper().startswith(_SHOWN_CODES):
                self._add(REPLACED)

    def _code(self, node: etree._Element) -> None:
        if self._fields:
            self._fields[-1].code += node.text or ""

    def _words(self, node: etree._Element) -> None:
        self._add(node.text or "")

    def _box(self, node: etree._Element) -> None:
        self.boxes.append(node)

    def _alternatives(self, node: etree._Element) -> None:
        taken = chosen(node)
        if taken is not None:
            self.read(taken)

    def _add(self, text: str) -> None:
        if not any(begun.in_code for begun in self._fields):
            self._pieces.append(text)


def _is_said(said: Mapping[str, str], name: str) -> bool:
    return said.get(name, OFF[0]) not in OFF


def _is_set_apart(run: etree._Element, said: Mapping[str, str]) -> bool:
    """Say whether a run stands beside its line, is struck out, or is a figure that nobody sees as one."""
    if said.get("w:vertAlign") in RAISED or any(_is_said(said, name) for name in _STRUCK):
        return True
    if _is_unseen(run, said) and "".join(map(str, run.itertext())).strip().isdigit():
        return True
    return any(qualified(inner) in _NOTES and attribute(inner, CUSTOM_MARK) not in (None, *OFF) for inner in run)


def _is_unseen(run: etree._Element, said: Mapping[str, str]) -> bool:
    """Say whether a run is white on white, a point high, or in a font of pictures."""
    if said.get("w:color", "").upper() == WHITE and not any(map(_is_shaded, (run, *run.iterancestors()))):
        return True
    fonts = child(child(run, "w:rPr"), "w:rFonts")
    return said.get("w:sz") in TINY or (
        fonts is not None and any(PICTURE_FONTS in str(font) for font in fonts.values())
    )


def _is_shaded(node: etree._Element) -> bool:
    """Say whether a run, paragraph, cell or table has a colour behind it."""
    properties = child(node, f"{qualified(node)}Pr")
    shade = child(properties, "w:shd")
    fill = "" if shade is None else (attribute(shade, "fill") or "").upper()
    return fill not in ("", "AUTO", WHITE) or child(properties, "w:highlight") is not None


def _bracketed(text: str) -> Iterator[str]:
    if text.strip():
        yield f"[{text}]"


_HANDLERS: dict[str, Callable[[ParagraphText, etree._Element], None]] = {
    "w:r": ParagraphText._run,
    "m:r": ParagraphText._run,
    "w:t": ParagraphText._words,
    "m:t": ParagraphText._words,
    "w:fldChar": ParagraphText._field,
    "w:instrText": ParagraphText._code,
    **dict.fromkeys(_FORMULAS, ParagraphText._apart),
    "w:txbxContent": ParagraphText._box,
    "mc:AlternateContent": ParagraphText._alternatives,
}
