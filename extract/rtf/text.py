"""Characters of RTF: bytes in the code page of their font, Unicode escapes with their fallbacks, hidden text left out."""

import codecs
from dataclasses import dataclass, field

from extract.office.unseen import is_figure, set_apart
from extract.rtf.state import Manner
from extract.text import LOST, PICTURE_FONTS

CHINESE = "gb18030"

_FONT_CHARSETS = {128: "cp932", 129: "cp949", 134: CHINESE, 136: "big5hkscs"}
"""Character sets of fonts whose characters take two bytes; every other font uses the code page of the file."""

_CODE_PAGES = {936: CHINESE, 10008: CHINESE, 54936: CHINESE, 950: "big5hkscs", 65001: "utf-8"}


def codec_of(code_page: int) -> str:
    """Return the codec of a Windows code page; GB 18030 for one Python does not know."""
    name = _CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return CHINESE


@dataclass(slots=True)
class Fonts:
    """The code page of the file, the fonts that have their own, and those of pictures."""

    ansi: str = CHINESE
    codecs: dict[int, str] = field(default_factory=dict)
    pictures: set[int] = field(default_factory=set)

    def state(self, font: int, charset: int) -> None:
        """Take a font's character set from the font table."""
        if charset in _FONT_CHARSETS:
            self.codecs[font] = _FONT_CHARSETS[charset]

    def name(self, font: int, name: bytes) -> None:
        """Take (a part of) a font's name from the font table."""
        if PICTURE_FONTS.encode() in name:
            self.pictures.add(font)

    def codec(self, *fonts: int) -> str:
        """Return the codec of the first of these fonts that has one."""
        return next((self.codecs[font] for font in fonts if font in self.codecs), self.ansi)


@dataclass(slots=True)
class Line:
    """The line being read: bytes wait until their character is whole, half characters of UTF-16 until the other comes.

    ``printed`` counts all characters so far, also of the lines before."""

    pieces: list[str] = field(default_factory=list)
    lost: int = 0
    printed: int = 0
    _bytes: bytearray = field(default_factory=bytearray)
    _codec: str = CHINESE
    _manner: Manner = "shown"

    def add_bytes(self, data: bytes, codec: str, manner: Manner) -> None:
        """Add bytes of a code page."""
        if self._bytes and (codec, manner) != (self._codec, self._manner):
            self.flush()
        self._codec, self._manner = codec, manner
        self._bytes += data

    def add(self, text: str, manner: Manner = "shown") -> None:
        """Add characters; what is apart (raised, struck out), or a figure nobody sees, is put in brackets."""
        self.flush()
        is_apart = manner == "apart" or (manner == "unseen" and is_figure(text))
        self.pieces.append(set_apart(text) if is_apart else text)
        self.printed += len(text)

    def flush(self) -> None:
        """Decode the bytes that wait."""
        if self._bytes:
            data, manner = bytes(self._bytes), self._manner
            self._bytes.clear()
            text = data.decode(self._codec, "replace")
            self.lost += text.count(LOST)
            self.add(text, manner)

    def take(self) -> str:
        """Return the line and begin the next."""
        self.flush()
        text = "".join(self.pieces)
        self.pieces.clear()
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
