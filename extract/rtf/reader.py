"""What the tokens of an RTF file do, one after another: text to the line, the cell and the fact that it belongs to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from extract.errors import CorruptError, TooBigError
from extract.html.table import PICTURE_MARK
from extract.limits import MAX_TEXT_CHARACTERS
from extract.model import Finding
from extract.office.table import Part
from extract.office.word.text import REPLACED
from extract.rtf.colours import Colours
from extract.rtf.fields import Fields
from extract.rtf.state import Manner, State, is_low
from extract.rtf.tables import Story
from extract.rtf.text import Fonts, Line, codec_of
from extract.rtf.tokens import Token

MAX_GROUPS = 1000
"""Deepest nesting of groups; Word writes below 30."""

_SKIPPED = frozenset(
    b"stylesheet listtable listoverridetable filetbl revtbl header headerl headerr headerf footer footerl footerr"
    b" footerf footnote annotation atnid atnauthor pict object objdata nonesttables nonshppict shprslt sp sn sv"
    b" template themedata colorschememapping datastore latentstyles xmlnstbl rsidtbl generator xe tc rxe private"
    b" bkmkstart bkmkend ud operator category keywords comment doccomm subject manager company hlinkbase".split()
)
_READ_THOUGH_STARRED = frozenset((b"shpinst", b"fldinst", b"shptxt", b"nesttableprops", b"listtext", b"do"))
_OF_TEXT = frozenset(b"par sect line page column cell nestcell row nestrow listtext pntext".split())
"""Words that end or number a line; in the code of a field they do not."""

_NEVER_NUMBERED = frozenset(b"loch hich dbch plain pard cell row intbl ltrch rtlch nestcell nestrow trowd".split())
"""Words that take no number: one that has any has swallowed the figures behind it."""

_PICTURES = frozenset((b"pict", b"object"))
FACTS = {b"title": "title", b"author": "author"}
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
    **dict.fromkeys((b"chpgn", b"chdate", b"chdpl", b"chdpa", b"chtime", b"sectnum"), REPLACED),
}


@dataclass(slots=True)
class Reader:
    """Takes the tokens in order; ``words`` has what each control word does.

    ``outer`` holds the states of the groups around the current one.
    """

    words: Mapping[bytes, Callable[["Reader", int | None], None]]
    story: Story = field(default_factory=Story)
    fonts: Fonts = field(default_factory=Fonts)
    colours: Colours = field(default_factory=Colours)
    fields: Fields = field(default_factory=Fields)
    line: Line = field(default_factory=Line)
    stated: dict[str, Line] = field(default_factory=lambda: {name: Line() for name in FACTS.values()})
    state: State = field(default_factory=State)
    outer: list[State] = field(default_factory=list)
    is_starred: bool = False
    has_picture: bool = False
    has_ordinal: bool = False
    to_skip: int = 0  # characters that only stand in for the Unicode escape before them
    characters: int = 0

    def take(self, token: Token) -> None:
        """Take the next token."""
        if token.kind == "open":
            self.open_group()
        elif token.kind == "close":
            self.close_group()
        elif token.kind == "word":
            self.word(token.value, token.number)
        elif token.kind == "symbol":
            self.symbol(token.value)
        else:
            self.text(token.value)

    def end(self) -> list[Part]:
        """Return everything that was read."""
        self.end_line(None)
        return self.story.end()

    def facts(self) -> Iterator[tuple[str, str]]:
        """Yield what the file states of itself, by its name."""
        for name, line in self.stated.items():
            text = line.take().strip()
            if text:
                yield f"rtf:{name}", text

    def notes(self) -> Iterator[Finding]:
        """Yield what was lost on the way."""
        if self.line.lost:
            detail = f"{self.line.lost} characters could not be decoded as {self.fonts.ansi}"
            yield Finding("charset", "NOT_ASSESSABLE", actual=self.fonts.ansi, cause="source", detail=detail)

    def open_group(self) -> None:
        """Begin a group: what changes in it ends with it."""
        if len(self.outer) == MAX_GROUPS:
            raise TooBigError(f"groups nested more than MAX_GROUPS = {MAX_GROUPS} deep")
        self.outer.append(self.state)
        self.is_starred = False

    def close_group(self) -> None:
        """End a group, and a field that began in it."""
        if self.fields.ends_at(len(self.outer)):
            self.line.flush()
            if self.fields.end(self.line.printed):
                self.line.add(REPLACED)
        self.state = self.outer.pop()
        self.to_skip = 0

    def word(self, name: bytes, number: int | None) -> None:
        """Take a control word. Raises ``CorruptError`` for one that is damaged."""
        starred, self.is_starred = self.is_starred, False
        if number is not None and name in _NEVER_NUMBERED:
            raise CorruptError(f"the word {name.decode()} takes no number, and has {number}")
        if name in _PICTURES and self.state.destination == "body":
            self.has_picture = True
        if name in _SKIPPED or (starred and name not in _READ_THOUGH_STARRED):
            self.change(destination="skip")
        elif self.state.destination == "skip" or (self.state.destination == "code" and name in _OF_TEXT):
            return
        elif name in _SIGNS:
            self.sign(_SIGNS[name])
        elif name in self.words:
            self.words[name](self, number)

    def symbol(self, name: bytes) -> None:
        """Take a control symbol."""
        if name == b"*":
            self.is_starred = True
        elif name in _SYMBOLS:
            self.sign(_SYMBOLS[name])

    def sign(self, text: str) -> None:
        """Add a sign that a word stands for, if it stands for no escape before it."""
        sink = self.sink()
        if self.to_skip:
            self.to_skip -= 1
        elif sink is not None:
            sink.add(text, self.manner())

    def text(self, data: bytes) -> None:
        """Add text in the code page of its font."""
        data, self.to_skip = data[self.to_skip :], max(0, self.to_skip - len(data))
        state, sink = self.state, self.sink()
        if sink is None:
            self.listed(data)
            return
        fonts = (state.east_font, state.font) if state.is_east else (state.font,)
        sink.add_bytes(data, self.fonts.codec(*fonts), self.manner())
        self.characters += len(data)
        if self.characters > 2 * MAX_TEXT_CHARACTERS:
            raise TooBigError(f"more than MAX_TEXT_CHARACTERS = {MAX_TEXT_CHARACTERS} characters")

    def listed(self, data: bytes) -> None:
        """Take text of the tables of fonts and colours."""
        if self.state.destination == "colours":
            self.colours.text(data)
        elif self.state.destination == "fonts":
            self.fonts.name(self.state.font, data)

    def manner(self) -> Manner:
        """Return how characters are printed now; only figures of tables are looked at that closely."""
        state = self.state
        if state.destination == "body" and state.apart:
            return "apart"
        if state.destination != "body" or state.level == 0:
            return "shown"
        if state.unseen or state.is_low or state.row.is_low or state.font in self.fonts.pictures:
            return "unseen"
        return "unseen" if state.ink and self.is_lost_in_ground() else "shown"

    def is_lost_in_ground(self) -> bool:
        """Say whether characters of the open cell have the colour of what is behind them."""
        grounds = (self.state.ground, self.state.line_ground, self.story.ground(self.state.row))
        return self.colours.is_lost(self.state.ink, grounds)

    def sink(self) -> Line | None:
        """Return the line that text goes to now, or ``None`` where nothing is printed."""
        if self.state.destination == "body":
            return None if self.state.is_hidden else self.line
        if self.state.destination == "code":
            return self.fields.code()
        return self.stated.get(self.state.destination)

    def change(self, **changes: Any) -> None:
        """Change some of what holds within the group."""
        self.state = self.state._replace(**changes)

    def unicode(self, number: int | None) -> None:
        """Add a character by its number; signs that stand in for it follow."""
        sink = self.sink()
        if sink is not None:
            sink.add(chr((number or 0) % 0x10000), self.manner())
        self.to_skip = self.state.fallback

    def font(self, number: int | None) -> None:
        """Choose a font."""
        self.change(font=number or 0)

    def charset(self, number: int | None) -> None:
        """Take the character set of a font in their table."""
        if self.state.destination == "fonts":
            self.fonts.state(self.state.font, number or 0)

    def code_page(self, number: int | None) -> None:
        """Take the code page of the file."""
        self.fonts.ansi = codec_of(number or 0)

    def plain(self, _: int | None) -> None:
        """Begin characters of which nothing is said."""
        self.state = self.state.plain()

    def plain_line(self, _: int | None) -> None:
        """Begin a paragraph of which nothing is said."""
        self.state = self.state.plain_line()

    def hide(self, number: int | None) -> None:
        """Begin or end what is hidden or deleted."""
        self.change(is_hidden=number != 0)

    def begin_field(self, _: int | None) -> None:
        """Begin a field in the group that is open."""
        self.line.flush()
        self.fields.begin(len(self.outer), self.line.printed)

    def number_line(self, _: int | None) -> None:
        """Note that the ordinal of the line is written in it."""
        self.has_ordinal = True

    def end_line(self, _: int | None) -> None:
        """End a line, unless its end is hidden: then the next one goes on in it."""
        if self.state.is_hidden:
            return
        self.story.end_line(self.state.level, self.finished())

    def end_cell(self, _: int | None) -> None:
        """End a cell."""
        self.story.end_cell(1, self.finished())

    def end_nested_cell(self, _: int | None) -> None:
        """End a cell of a table in a cell."""
        self.story.end_cell(max(2, self.state.level), self.finished())

    def end_row(self, _: int | None) -> None:
        """End a row."""
        self.story.end_row(1, self.state.row)

    def end_nested_row(self, _: int | None) -> None:
        """End a row of a table in a cell."""
        self.story.end_row(max(2, self.state.level), self.state.row)

    def finished(self) -> str:
        """Return the text of the line that ends; a picture or ordinal alone is marked, for it is not a blank."""
        self.to_skip = 0
        text, seen, is_numbered = self.line.take(), self.has_picture, self.has_ordinal
        self.has_picture = self.has_ordinal = False
        if self.state.list_number and self.state.level and not is_numbered and not any(map(str.isalpha, text)):
            return REPLACED + text  # its ordinal is printed, and not said
        return PICTURE_MARK if seen and not text.strip() else text

    def in_table(self, _: int | None) -> None:
        """Say that the paragraph stands in a table."""
        self.change(level=max(1, self.state.level))

    def nesting(self, number: int | None) -> None:
        """Take how many tables the paragraph stands in."""
        self.change(level=max(0, number or 0))

    def left_edge(self, number: int | None) -> None:
        """Take the left edge of a row."""
        self.change(row=replace(self.state.row, left=number or 0))

    def right_edge(self, number: int | None) -> None:
        """Take the right edge of a row's next cell."""
        self.change(row=self.state.row.ending(number or 0))

    def row_height(self, number: int | None) -> None:
        """Take the height of a row."""
        self.change(row=replace(self.state.row, is_low=is_low(number)))

    def define(self, **changes: Any) -> None:
        """Take what is said of a row's next cell."""
        pending = replace(self.state.row.pending, **changes)
        self.change(row=replace(self.state.row, pending=pending))
