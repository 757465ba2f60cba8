"""Bytes to text: the bytes decide, and a header or meta tag that lies never wins.

Order: byte order mark, UTF-16 without one, UTF-8, Big5 when page or header says so and the bytes agree, GB 18030
(which contains GB 2312 and GBK), and at last whichever loses the fewest characters.
"""

import codecs
import re
import string
from collections.abc import Iterator

from extract.text import LOST

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_BIG5 = re.compile(r"(?i)big5|cp950|x-x-big5")
_CLAIM = re.compile(rb"""(?i)(?:charset|encoding)\s*+=\s*+["']?\s*+([a-z][-\w:.]*)""")
_BARE_NAME = re.compile(rb"([A-Za-z][-\w:]*)")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_LONG = re.compile("[\u0800-\U0010ffff]+")
"""Characters of three and four bytes in UTF-8."""

_CLAIM_WINDOW_BYTES = 4096
_SAMPLE_BYTES = 65536

# ASCII and the commonest characters that Big5 and GBK both have: a wrong reading of the bytes hardly ever hits them.
_EVERYDAY = frozenset(string.printable + "的一二三是不了人在有我公政府及年月日、，。：；（）")


def decode(data: bytes, hint: str = "") -> tuple[str, str]:
    """Return the text of ``data`` and the name of the charset used; never raises.

    ``hint`` is what a header claims (``gb2312`` or a whole Content-Type). Characters that could not be decoded
    become U+FFFD: see :func:`replaced`.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name
    # Some portals put a UTF-8 mark before GBK bytes, so this mark only goes; it does not decide.
    data = data.removeprefix(codecs.BOM_UTF8)
    for name in _candidates(data, hint):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            if name == "utf-8" and _nearly_utf8(data):
                return data.decode(name, "replace"), name
    return _least_damaged(data)


def replaced(text: str) -> int:
    """Count the characters of a decoded text that were lost (U+FFFD)."""
    return text.count(LOST)


def claimed(data: bytes, hint: str = "") -> str:
    """Return the charset that the header or else the page's own meta tag claims, in lower case, or an empty string."""
    header = hint.strip().encode("ascii", "replace")
    found = _CLAIM.search(header) or _BARE_NAME.fullmatch(header) or _CLAIM.search(data[:_CLAIM_WINDOW_BYTES])
    return found[1].decode("ascii", "ignore").lower() if found else ""


def _candidates(data: bytes, hint: str) -> Iterator[str]:
    wide = _wide(data)
    if wide:
        yield wide
    yield "utf-8"
    if (_BIG5.search(claimed(data)) or _BIG5.search(hint)) and _is_big5(data):
        yield "big5hkscs"
    yield "gb18030"


def _wide(data: bytes) -> str:
    """Name the order of UTF-16 without a mark, if it is that: zero bytes from digits and markup, and readable text."""
    sample = data[:_SAMPLE_BYTES]
    if len(sample) < 4 or sample.count(0) * 50 < len(sample):
        return ""
    for name in ("utf-16-le", "utf-16-be"):
        text = sample.decode(name, "replace")
        if _readable(text) * 5 >= len(text):
            return name
    return ""


def _is_big5(data: bytes) -> bool:
    """Big5 and GBK bytes are mostly legal in each other; only the right one gives everyday characters."""
    sample = data[:_SAMPLE_BYTES]
    return _readable(sample.decode("big5hkscs", "replace")) > _readable(sample.decode("gb18030", "replace"))


def _readable(text: str) -> int:
    return sum(1 for character in text if character in _EVERYDAY)


def _nearly_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few broken characters (a title cut in mid-character) from another charset."""
    start = _NOT_ASCII.search(data)
    sample = data[start.start() : start.start() + _SAMPLE_BYTES] if start else b""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(sample)
    bad = replaced(text)
    # In a page of another charset so many are lost that the others need not be counted.
    return 0 < bad * 10 <= len(text) - bad and bad * 10 <= sum(map(len, _LONG.findall(text))) - bad


def _least_damaged(data: bytes) -> tuple[str, str]:
    readings = [(data.decode(name, "replace"), name) for name in ("utf-8", "gb18030")]
    return min(readings, key=lambda reading: replaced(reading[0]))
