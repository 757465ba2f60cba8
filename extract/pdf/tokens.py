"""The tokens of PDF syntax, found with one regular expression (ISO 32000-1, 7.2 and 7.3).

pdfminer.six reads character classes one after the other and logs each step: three quarters of the time of a document.
The tokens are the same; where it drops the letter behind an unknown escape or a last odd hexadecimal digit, the
standard is followed.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import KWD, LIT, PSEOF, PSBaseParserToken, PSKeyword, PSLiteral, literal_name

from extract.errors import CorruptError

Operation = tuple[bytes, list[Any]]
"""An operator and the operands in front of it, as pdfminer represents them."""

_REGULAR = rb"[^#/%\[\]()<>{}\s\0]"
_NUMBER = rb"[-+]?(?:\d+(?:\.\d*)?|\.\d+)"
_TOKEN = re.compile(
    rb"(?>[\s\0]+|%[^\r\n]*)*+(?:"
    rb"(?P<number>" + _NUMBER + rb")"
    rb"|/(?P<name>(?:" + _REGULAR + rb"|\#)*)"
    rb"|(?P<keyword>[A-Za-z]" + _REGULAR + rb"*)"
    rb"|<(?P<hex>[0-9A-Fa-f\s\0]*)>"
    rb"|\((?P<plain>[^()\\]*)\)"
    rb"|(?P<string>\()"
    rb"|(?P<mark><<|>>|.))",
    re.DOTALL,
)
_NUMERIC_OPERATION = re.compile(rb"\s*+((?:" + _NUMBER + rb"\s++){0,6}+)([A-Za-z]" + _REGULAR + rb"*+|['\"])")
"""Most of a page: up to six numbers and an operator. One match then does the work of seven."""

_NAMED = rb"/[A-Za-z0-9.]++"
_ITEMS = re.compile(rb"\s*+((?:(?:" + _NUMBER + rb"(?=[\s/\]])|" + _NAMED + rb"(?=[\s/\]]))\s*+)*+)\]")
_ITEM = re.compile(rb"/?[^\s/]+")
"""What an array of nothing but numbers and plain names holds: the widths and names of a font's codes, hundreds each."""

_CONSTANTS = {b"true": True, b"false": False, b"null": None}
_CLOSES = {b"]": b"[", b">>": b"<<"}

_PARENTHESIS = re.compile(rb"[()]|\\.", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_SPACE = re.compile(rb"[\s\0]+")
_STRING_ENDS = ord(")")
_NULLS = bytes(4)
_WIPED = re.compile(rb"\s*+\0{4}(?!\0*\s*\Z)")
"""Zeros between tokens are white space, and at the end they fill a block; many of them elsewhere have been something else."""

_PICTURE_ENDS = re.compile(rb"EI(?=[\s\0]|\Z)")


def operations(data: bytes) -> Iterator[Operation]:
    """Yield the operations of a content stream; an inline picture is one ``EI`` with its dictionary as operand.

    Raises ``CorruptError`` for an inline picture without end, and for bytes that belong to no token: a figure that stood
    there would be a blank cell.
    """
    operands: list[Any] = []
    position, wiped = 0, _WIPED if _NULLS in data else None
    while position < len(data):
        found = _NUMERIC_OPERATION.match(data, position)
        if found is not None:
            operands += map(float, found[1].split())
            value: Any = found[2]
            position = found.end()
        else:
            if wiped is not None and wiped.match(data, position):
                raise CorruptError("a part of a content stream is wiped out")
            value, position = _operand(data, position)
            if not isinstance(value, PSKeyword):
                operands.append(value)
                continue
            value = value.name
        if value in _CONSTANTS:
            operands.append(_CONSTANTS[value])
        elif value == b"ID":
            yield b"EI", [_picture(operands)]
            operands, position = [], _behind_picture(data, position)
        else:
            if value != b"BI":
                yield value, operands
            operands = []


def _picture(operands: list[Any]) -> PDFStream:
    return PDFStream(_dictionary(operands), b"")


def _behind_picture(data: bytes, position: int) -> int:
    end = _PICTURE_ENDS.search(data, position)
    if end is None:
        raise CorruptError("an inline picture does not end")
    return end.end()


def _operand(data: bytes, position: int) -> tuple[Any, int]:
    """Return one object and where it ends; at the end of the data ``None``."""
    opened: list[tuple[bytes, list[Any]]] = []
    while (found := _TOKEN.match(data, position)) is not None:
        kind, position = found.lastgroup, found.end()
        value: Any
        if kind != "mark":
            value, position = _value(found, position)
        elif found["mark"] in _CLOSES.values():
            opened.append((found["mark"], []))
            continue
        elif opened and opened[-1][0] == _CLOSES.get(found["mark"]):
            mark, items = opened.pop()
            value = items if mark == b"[" else _dictionary(items)
        else:
            raise CorruptError(f"{found['mark']!r} in a content stream")
        if kind == "string" and data[position - 1] != _STRING_ENDS:
            raise CorruptError("a string in a content stream does not end")
        if not opened:
            return value, position
        opened[-1][1].append(value)
    return None, len(data)


def _dictionary(items: list[Any]) -> dict[str, Any]:
    return {literal_name(name): value for name, value in zip(items[::2], items[1::2], strict=False)}


def _value(found: re.Match[bytes], end: int) -> tuple[PSBaseParserToken, int]:
    """Return what a token stands for and where it ends; only strings with escapes end behind their match."""
    kind = found.lastgroup
    if kind == "number":
        number = found["number"]
        return (float(number) if b"." in number else int(number)), end
    if kind == "plain":
        return found["plain"], end
    if kind == "hex":
        digits = _SPACE.sub(b"", found["hex"]).decode("ascii")
        return bytes.fromhex(digits + "0" * (len(digits) % 2)), end
    if kind == "name":
        return _name(found["name"]), end
    if kind == "string":
        return _string(found.string, end)
    word = found["keyword"]
    return (word == b"true" if word in (b"true", b"false") else KWD(word)), end


def _items(text: bytes) -> list[int | float | PSLiteral]:
    """Return the values of an array of numbers and plain names."""
    words = _ITEM.findall(text)
    known = {word: _item(word) for word in set(words)}
    return [known[word] for word in words]


def _item(word: bytes) -> int | float | PSLiteral:
    if word.startswith(b"/"):
        return _name(word[1:])
    return float(word) if b"." in word else int(word)


def _name(raw: bytes) -> PSLiteral:
    plain = _NAME_ESCAPE.sub(lambda code: bytes.fromhex(code[1].decode("ascii")), raw) if b"#" in raw else raw
    try:
        return LIT(plain.decode("utf-8"))
    except UnicodeDecodeError:
        return LIT(plain)


def _string(data: bytes, start: int) -> tuple[bytes, int]:
    """Return a string with escapes or parentheses inside; ``start`` is behind its first parenthesis."""
    depth = 1
    for found in _PARENTHESIS.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if not depth:
            return _ESCAPE.sub(_unescaped, data[start : found.start()]), found.end()
    return _ESCAPE.sub(_unescaped, data[start:]), len(data)


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes((int(code, 8) & 0xFF,)) if b"0" <= code[:1] <= b"7" else _ESCAPED.get(code, code)


class FileParser(PDFParser):
    """pdfminer's parser of a file's objects, with the whole file as its buffer and the tokens from here."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        super().__init__(BytesIO(data))

    def seek(self, pos: int) -> None:
        """Go to a place in the file."""
        super().seek(pos)
        self.buf, self.bufpos, self.charpos = self._data, 0, pos

    def fillbuf(self) -> bool:
        """Raise ``PSEOF`` at the end of the file: there is nothing to fill."""
        if self.charpos >= len(self.buf):
            raise PSEOF("Unexpected EOF")
        return False

    def nexttoken(self) -> tuple[int, PSBaseParserToken]:
        """Return the next token and its place. Raises ``PSEOF`` at the end of the file."""
        while (found := _TOKEN.match(self._data, self.charpos)) is not None:
            start = found.start(found.lastgroup or 0)
            self.charpos = found.end()
            if found.lastgroup != "mark":
                value, self.charpos = _value(found, self.charpos)
                return start, value
            if found["mark"] == b"[" and (plain := _ITEMS.match(self._data, self.charpos)) is not None:
                self.charpos = plain.end()
                self.push((start, _items(plain[1])))  # where an array goes that was put together of its tokens
            elif found["mark"] not in (b"-", b"+", b"."):  # what is left of a broken number
                return start, KWD(found["mark"])
        raise PSEOF("Unexpected EOF")
