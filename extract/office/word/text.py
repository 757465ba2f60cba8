"""The words of a WordprocessingML paragraph as they are printed: revisions accepted, field codes and hidden text out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from extract.html.table import PICTURE_MARK
from extract.office.package import attribute
from extract.office.word.floats import SHAPES, Reach, reach_of
from extract.office.word.look import Levels, is_hidden, is_set_apart
from extract.office.word.nodes import alternatives, child, children, chosen, qualified, shows_placeholder, value
from extract.office.word.styles import Styles

REPLACED = "\ufffd"  # a sign of a symbol font: printed, but which one only the font knows
SIGNS = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "-",
    **dict.fromkeys(("w:sym", "w:subDoc"), REPLACED),
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

_FILES = {"blip": "embed", "imagedata": "id"}
"""What names the file of a picture, and its attribute that does."""

SHOWN_CODES = (
    *("EQ", "SYMBOL", "MACROBUTTON", "GOTOBUTTON", "FORMDROPDOWN", "FORMCHECKBOX", "AUTONUM", "LISTNUM", "ADVANCE"),
    *("BIDIOUTLINE", "DISPLAYBARCODE", "MERGEBARCODE"),
    *("=", "PAGE", "NUMPAGES", "SECTION", "SEQ", "QUOTE", "DOCPROPERTY", "DOCVARIABLE", "MERGEFIELD", "DATE", "TIME"),
)
"""Fields that print what their code says (ECMA-376 part 1, 17.16.5), or move it, and have no result; and those that print
what is worked out, where the file keeps no result."""

_FORMULAS = (
    *("m:f", "m:sSup", "m:sSub", "m:sSubSup", "m:sPre", "m:rad", "m:nary", "m:limLow", "m:limUpp", "m:m", "m:eqArr"),
    *("m:func", "m:d", "m:bar", "m:groupChr", "m:acc"),
)
"""Parts of a formula in which signs do not stand one after another (ECMA-376 part 1, 22.1.2)."""


@dataclass(slots=True)
class _Field:
    """A field that has begun: whether its code is still going on, the code, and how much was printed before its result."""

    in_code: bool = True
    code: str = ""
    before: int = 0


@dataclass(slots=True)
class ParagraphText:
    """The text of a paragraph, the contents of text boxes anchored in it, whether it shows a picture, and what floats.

    ``pictures`` are the identifiers of those that are files of the package.

    ``around`` is what the styles of its table and its own say.
    """

    styles: Styles = field(default_factory=Styles)
    around: Levels = ()
    boxes: list[etree._Element] = field(default_factory=list)
    has_picture: bool = False
    pictures: list[str] = field(default_factory=list)
    floats: list[Reach] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return what is printed, lines separated by line feeds; a picture alone is marked, for it is not a blank.

        Of a field whose code goes on in the next paragraph it is not known what is code there.
        """
        text = "".join(self._pieces) + REPLACED * any(begun.in_code for begun in self._fields)
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
                self.pictures += filter(None, (attribute(inner, _FILES[name]),)) if name in _FILES else ()
                self.read(inner)

    def _run(self, run: etree._Element) -> None:
        own = children(child(run, "w:rPr"))
        levels = (*self.around, self.styles.of_run(value(child(run, "w:rPr"), "w:rStyle")))
        hidden = is_hidden(levels, own)
        if hidden:
            self._fields_of(run)
        elif hidden is None or is_set_apart(run, levels, own):
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
            if ended.before == len(self._pieces) and ended.code.strip().upper().startswith(SHOWN_CODES):
                self._add(REPLACED)

    def _simple_field(self, node: etree._Element) -> None:
        before = len(self._pieces)
        self.read(node)
        if before == len(self._pieces) and (attribute(node, "instr") or "").strip().upper().startswith(SHOWN_CODES):
            self._add(REPLACED)

    def _code(self, node: etree._Element) -> None:
        if self._fields:
            self._fields[-1].code += node.text or ""

    def _turned(self, node: etree._Element) -> None:
        """Add text whose signs may be printed from the right to the left."""
        if attribute(node, "val") == "ltr":
            self.read(node)
        else:
            self._apart(node)

    def _annotated(self, node: etree._Element) -> None:
        """Add text with small signs above it; a figure there is printed beside the text's own."""
        self.read(node)
        above = "".join(str(text) for hint in node.iter("{*}rt") for text in hint.itertext())
        if any(map(str.isdigit, above)):
            self._add(f"[{above}]")

    def _words(self, node: etree._Element) -> None:
        self._add(node.text or "")

    def _box(self, node: etree._Element) -> None:
        self.boxes.append(node)

    def _floating(self, node: etree._Element) -> None:
        reach = reach_of(node)
        if reach is not None:
            self.floats.append(reach)
        self.read(node)

    def _control(self, node: etree._Element) -> None:
        if shows_placeholder(node):
            self._apart(node)
        else:
            self.read(node)

    def _alternatives(self, node: etree._Element) -> None:
        """Add what one of the alternatives prints; programs that know others print something else where they differ."""
        taken = chosen(node)
        if taken is not None:
            self.read(taken)
            texts = {"".join(str(text.text) for text in found.iter("{*}t")) for found in alternatives(node)}
            if len(texts - {""}) > 1:
                self._add(REPLACED)

    def _add(self, text: str) -> None:
        if not any(begun.in_code for begun in self._fields):
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
    "w:instrText": ParagraphText._code,
    "w:fldSimple": ParagraphText._simple_field,
    **dict.fromkeys(_FORMULAS, ParagraphText._apart),
    **dict.fromkeys(("w:bdo", "w:dir"), ParagraphText._turned),
    "w:ruby": ParagraphText._annotated,
    "w:txbxContent": ParagraphText._box,
    "mc:AlternateContent": ParagraphText._alternatives,
    "w:sdt": ParagraphText._control,
    **dict.fromkeys(("anchor", *SHAPES), ParagraphText._floating),
}
