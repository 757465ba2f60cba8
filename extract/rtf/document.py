"""RTF: paragraphs and tables as printed. Word and WPS save it under .doc too; the first bytes tell.

Read is what reports use: tables with merged cells (nested ones too), text in code pages and Unicode, text boxes,
revisions accepted. Headers, footers, notes, pictures and embedded objects are left out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from extract.errors import CorruptError, TooBigError
from extract.html.table import PICTURE_MARK
from extract.limits import MAX_TEXT_CHARACTERS
from extract.model import Document, Finding
from extract.office.table import Part, lay_out
from extract.rtf.tables import RowDefinition, Story
from extract.rtf.text import Fonts, Line, codec_of
from extract.rtf.tokens import Token, tokens

MEDIA_TYPE = "application/rtf"

MAX_GROUPS = 1000
"""Deepest nesting of groups; Word writes below 30."""

_SIGNATURE = b"{\\rtf"
_SKIPPED = frozenset(
    b"colortbl stylesheet listtable listoverridetable filetbl revtbl header headerl headerr headerf footer footerl footerr"
    b" footerf footnote annotation atnid atnauthor pict object objdata nonesttables nonshppict shprslt sp sn sv fldinst"
    b" template themedata colorschememapping datastore latentstyles xmlnstbl rsidtbl generator xe tc rxe private"
    b" bkmkstart bkmkend ud operator category keywords comment doccomm subject manager company hlinkbase".split()
)
_READ_THOUGH_STARRED = frozenset((b"shpinst", b"shptxt", b"nesttableprops", b"listtext", b"do"))
_PICTURES = frozenset((b"pict", b"object"))
_FACTS = {b"title": "title", b"author": "author"}
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_SIGNS = {
    b"tab": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": " ",
    b"enspace": " ",
    b"qmspace": " ",
}


class _State(NamedTuple):
    """What holds within a group. ``destination``: body, skip, fonts, or the fact of the file being stated.

    (A named tuple: it changes with every third word of a file.)
    """

    destination: str = "body"
    font: int = -1
    east_font: int = -1
    is_east: bool = False
    fallback: int = 1
    is_hidden: bool = False
    is_apart: bool = False
    level: int = 0
    row: RowDefinition = RowDefinition()


def read_rtf(data: bytes) -> Document:
    """Read an RTF file. Raises ``CorruptError`` for damage and ``TooBigError`` past a limit."""
    start = data.find(_SIGNATURE)
    if start < 0:
        raise CorruptError("no RTF signature")
    reader = _Reader()
    for token in tokens(data[start:]):
        reader.take(token)
    blocks, notes = lay_out(reader.end())
    return Document(MEDIA_TYPE, blocks, tuple(reader.facts()), (*notes, *reader.notes()))


@dataclass(slots=True)
class _Reader:
    """Takes the tokens in order; ``outer`` holds the states of the groups around the current one."""

    story: Story = field(default_factory=Story)
    fonts: Fonts = field(default_factory=Fonts)
    line: Line = field(default_factory=Line)
    stated: dict[str, Line] = field(default_factory=lambda: {name: Line() for name in _FACTS.values()})
    state: _State = field(default_factory=_State)
    outer: list[_State] = field(default_factory=list)
    is_starred: bool = False
    has_picture: bool = False
    to_skip: int = 0  # characters that only stand in for the Unicode escape before them
    characters: int = 0

    def take(self, token: Token) -> None:
        if token.kind == "open":
            self.open_group()
        elif token.kind == "close":
            self.state = self.outer.pop()
            self.to_skip = 0
        elif token.kind == "word":
            self.word(token.value, token.number)
        elif token.kind == "symbol":
            self.symbol(token.value)
        else:
            self.text(token.value)

    def end(self) -> list[Part]:
        self.end_line(None)
        return self.story.end()

    def facts(self) -> Iterator[tuple[str, str]]:
        for name, line in self.stated.items():
            text = line.take().strip()
            if text:
                yield f"rtf:{name}", text

    def notes(self) -> Iterator[Finding]:
        if self.line.lost:
            detail = f"{self.line.lost} characters could not be decoded as {self.fonts.ansi}"
            yield Finding("charset", "NOT_ASSESSABLE", actual=self.fonts.ansi, cause="source", detail=detail)

    def open_group(self) -> None:
        if len(self.outer) == MAX_GROUPS:
            raise TooBigError(f"groups nested more than MAX_GROUPS = {MAX_GROUPS} deep")
        self.outer.append(self.state)
        self.is_starred = False

    def word(self, name: bytes, number: int | None) -> None:
        starred, self.is_starred = self.is_starred, False
        if name in _PICTURES and self.state.destination == "body":
            self.has_picture = True
        if name in _SKIPPED or (starred and name not in _READ_THOUGH_STARRED):
            self.change(destination="skip")
        elif self.state.destination == "skip":
            return
        elif name in _SIGNS:
            self.sign(_SIGNS[name])
        elif name in _WORDS:
            _WORDS[name](self, number)

    def symbol(self, name: bytes) -> None:
        if name == b"*":
            self.is_starred = True
        elif name in _SYMBOLS:
            self.sign(_SYMBOLS[name])

    def sign(self, text: str) -> None:
        sink = self.sink()
        if self.to_skip:
            self.to_skip -= 1
        elif sink is not None:
            sink.add(text, self.state.is_apart)

    def text(self, data: bytes) -> None:
        data, self.to_skip = data[self.to_skip :], max(0, self.to_skip - len(data))
        sink = self.sink()
        if sink is None:
            return
        state = self.state
        fonts = (state.east_font, state.font) if state.is_east else (state.font,)
        sink.add_bytes(data, self.fonts.codec(*fonts), state.is_apart)
        self.characters += len(data)
        if self.characters > 2 * MAX_TEXT_CHARACTERS:
            raise TooBigError(f"more than MAX_TEXT_CHARACTERS = {MAX_TEXT_CHARACTERS} characters")

    def sink(self) -> Line | None:
        """Return the line that text goes to now, or ``None`` where nothing is printed."""
        if self.state.destination == "body":
            return None if self.state.is_hidden else self.line
        return self.stated.get(self.state.destination)

    def change(self, **changes: Any) -> None:
        self.state = self.state._replace(**changes)

    def unicode(self, number: int | None) -> None:
        sink = self.sink()
        if sink is not None:
            sink.add(chr((number or 0) % 0x10000), self.state.is_apart)
        self.to_skip = self.state.fallback

    def font(self, number: int | None) -> None:
        self.change(font=number or 0)

    def charset(self, number: int | None) -> None:
        if self.state.destination == "fonts":
            self.fonts.state(self.state.font, number or 0)

    def code_page(self, number: int | None) -> None:
        self.fonts.ansi = codec_of(number or 0)

    def plain(self, _: int | None) -> None:
        self.change(font=-1, east_font=-1, is_east=False, is_hidden=False, is_apart=False)

    def hide(self, number: int | None) -> None:
        self.change(is_hidden=number != 0)

    def set_apart(self, number: int | None) -> None:
        self.change(is_apart=number != 0)

    def end_line(self, _: int | None) -> None:
        self.story.end_line(self.state.level, self.finished())

    def end_cell(self, _: int | None) -> None:
        self.story.end_cell(1, self.finished())

    def end_nested_cell(self, _: int | None) -> None:
        self.story.end_cell(max(2, self.state.level), self.finished())

    def end_row(self, _: int | None) -> None:
        self.story.end_row(1, self.state.row)

    def end_nested_row(self, _: int | None) -> None:
        self.story.end_row(max(2, self.state.level), self.state.row)

    def finished(self) -> str:
        """Return the text of the line that ends; a picture alone is marked, for it is not a blank."""
        self.to_skip = 0
        text, seen, self.has_picture = self.line.take(), self.has_picture, False
        return PICTURE_MARK if seen and not text.strip() else text

    def in_table(self, _: int | None) -> None:
        self.change(level=max(1, self.state.level))

    def nesting(self, number: int | None) -> None:
        self.change(level=max(0, number or 0))

    def left_edge(self, number: int | None) -> None:
        self.change(row=replace(self.state.row, left=number or 0))

    def right_edge(self, number: int | None) -> None:
        self.change(row=self.state.row.ending(number or 0))

    def goes_on(self, side: str) -> None:
        pending = replace(self.state.row.pending, **{side: True})
        self.change(row=replace(self.state.row, pending=pending))


_Handler = Callable[[_Reader, int | None], None]


def _setting(**changes: Any) -> _Handler:
    return lambda reader, _: reader.change(**changes)


_WORDS: dict[bytes, _Handler] = {
    b"fonttbl": _setting(destination="fonts"),
    **{word: _setting(destination=name) for word, name in _FACTS.items()},
    b"ansicpg": _Reader.code_page,
    b"f": _Reader.font,
    b"fcharset": _Reader.charset,
    b"af": lambda reader, number: reader.change(east_font=number or 0) if reader.state.is_east else None,
    b"dbch": _setting(is_east=True),
    b"loch": _setting(is_east=False),
    b"hich": _setting(is_east=False),
    b"uc": lambda reader, number: reader.change(fallback=max(0, 1 if number is None else number)),
    b"u": _Reader.unicode,
    b"plain": _Reader.plain,
    **dict.fromkeys((b"v", b"deleted"), _Reader.hide),
    **dict.fromkeys((b"super", b"sub", b"strike", b"striked"), _Reader.set_apart),
    b"nosupersub": _setting(is_apart=False),
    **dict.fromkeys((b"par", b"sect"), _Reader.end_line),
    **dict.fromkeys((b"line", b"page", b"column"), lambda reader, _: reader.sign("\n")),
    b"pard": _setting(level=0),
    b"intbl": _Reader.in_table,
    b"itap": _Reader.nesting,
    b"cell": _Reader.end_cell,
    b"nestcell": _Reader.end_nested_cell,
    b"row": _Reader.end_row,
    b"nestrow": _Reader.end_nested_row,
    b"trowd": _setting(row=RowDefinition()),
    b"trleft": _Reader.left_edge,
    b"cellx": _Reader.right_edge,
    b"clmrg": lambda reader, _: reader.goes_on("goes_on_left"),
    b"clvmrg": lambda reader, _: reader.goes_on("goes_on_above"),
}
