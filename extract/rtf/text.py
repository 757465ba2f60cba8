"""Characters of RTF: bytes in the code page of their font, Unicode escapes with their fallbacks, hidden text left out."""

import codecs
from dataclasses import dataclass, field

from extract.text import LOST

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
    """The code page of the file, and the fonts that have their own."""

    ansi: str = CHINESE
    codecs: dict[int, str] = field(default_factory=dict)

    def state(self, font: int, charset: int) -> None:
        """Take a font's character set from the font table."""
        if charset in _FONT_CHARSETS:
            self.codecs[font] = _FONT_CHARSETS[charset]

    def codec(self, *fonts: int) -> str:
        """Return the codec of the first of these fonts that has one."""
        return next((self.codecs[font] for font in fonts if font in self.codecs), self.ansi)


@dataclass(slots=True)
class Line:
    """The line being read: bytes wait until their character is whole, half characters of UTF-16 until the other comes."""

    pieces: list[str] = field(default_factory=list)
    lost: int = 0
    _bytes: bytearray = field(default_factory=bytearray)
    _codec: str = CHINESE
    _apart: bool = False

    def add_bytes(self, data: bytes, codec: str, apart: bool) -> None:
        """Add bytes of a code page."""
        if self._bytes and (codec, apart) != (self._codec, self._apart):
            self.flush()
        self._codec, self._apart = codec, apart
        self._bytes += data

    def add(self, text: str, apart: bool = False) -> None:
        """Add characters; ``apart`` (raised or struck out) puts them in brackets, lest they join a number."""
        self.flush()
        self.pieces.append(f"[{text}]" if apart and text.strip() else text)

    def flush(self) -> None:
        """Decode the bytes that wait."""
        if self._bytes:
            data, apart = bytes(self._bytes), self._apart
            self._bytes.clear()
            text = data.decode(self._codec, "replace")
            self.lost += text.count(LOST)
            self.add(text, apart)

    def take(self) -> str:
        """Return the line and begin the next."""
        self.flush()
        text = "".join(self.pieces)
        self.pieces.clear()
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
