"""RTF as a stream of tokens (Word 2007 RTF Specification 1.9.1)."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from extract.errors import CorruptError

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,18})?[ ]?"
    rb"|\\'(?P<byte>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z'])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<newline>[\r\n]+)"
    rb"|(?P<text>(?:[\x81-\xfe][\x40-\x7e\x80-\xfe]|[^\\{}\r\n])+)",  # an unescaped GBK character may end in \ or {
    re.DOTALL,
)
_NEWLINES = (b"\n", b"\r")

Kind = Literal["open", "close", "word", "symbol", "text", "byte"]


class Token(NamedTuple):
    """A brace, a control word with its number, a control symbol, text, or one byte written as ``\\'d5``.

    (A named tuple: a file has tens of thousands.)
    """

    kind: Kind
    value: bytes
    number: int | None = None


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of a file up to its last closing brace.

    Raises ``CorruptError`` where no token can begin, and at the end when a group is still open: the file is cut short.
    """
    depth = place = 0
    while place < len(data):
        found = _TOKEN.match(data, place)
        if found is None:
            raise CorruptError(f"byte {place} begins no RTF token")
        place = found.end()
        token = _token(found)
        if token is None:
            continue
        if token.kind == "word" and token.value == b"bin":
            place += max(0, token.number or 0)
            continue
        depth += {"open": 1, "close": -1}.get(token.kind, 0)
        yield token
        if depth == 0:
            return
    raise CorruptError("the file is cut short: a group is still open")


def _token(found: re.Match[bytes]) -> Token | None:
    kind, value = str(found.lastgroup), found[found.lastgroup or 0]
    if kind == "newline":
        return None
    if kind in ("word", "number"):
        return Token("word", found["word"], None if found["number"] is None else int(found["number"]))
    if kind == "symbol":
        return Token("word", b"par") if value in _NEWLINES else Token("symbol", value)
    if kind == "brace":
        return Token("open" if value == b"{" else "close", value)
    return Token("byte", bytes.fromhex(value.decode("ascii"))) if kind == "byte" else Token("text", value)
