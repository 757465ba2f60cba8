"""Whether markup of a Word document is well-formed, asked once for each way of writing a block or a piece of one.

A document of blocks that are well-formed is so itself, and reports that one program wrote are of the same blocks. Where
their cells lie otherwise, the blocks are of the same pieces: markup that is well-formed between the tags of the elements
open before it and those open behind it. Pieces each of which begins in what the one before it left open are well-formed
together (XML 1.0, 3.1).
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from extract.errors import CorruptError
from extract.office.package import refuse_damaged
from extract.office.word.source import ENCODING

_KEPT, _KEPT_CHARACTERS = 256, 4096
_STACKS = 32
_DEEPEST = 32  # elements open in a block; libxml2 refuses more than 256
_MOST_NEW = 24
"""Pieces of a block that are asked about one by one; where more of them are new, the block is asked about as a whole."""

_TAG = re.compile(r'<(?P<slash>/?)(?P<name>[^\s/<>"]+)(?:[^<>"]|"[^<>"]*")*?(?P<is_empty>/?)>')


def is_sound(attributes: str, markup: str) -> bool:
    """Say whether markup is well-formed in a document whose root has these attributes, which declare its prefixes."""
    return (_kept if len(markup) <= _KEPT_CHARACTERS else _is_sound)(attributes, markup)


def are_sound(attributes: str, pieces: Sequence[str], text: str) -> bool:
    """Say whether pieces of markup with a text between each two are well-formed, the text being an element of its own."""
    stack = _stack(attributes, ())
    new = 0
    for piece in pieces:
        new += piece not in stack
        following = stack[piece] if new <= _MOST_NEW and len(piece) <= _KEPT_CHARACTERS else None
        if following is None:
            return is_sound(attributes, text.join(pieces))
        stack = following
    return not stack.names


class _Stack(dict[str, "_Stack | None"]):
    """Elements that are open in a block, and by the markup that may follow those open behind it."""

    def __init__(self, attributes: str, names: tuple[str, ...]) -> None:
        super().__init__()
        self.names = names
        self._attributes = attributes

    def __missing__(self, piece: str) -> "_Stack | None":
        if len(self) >= _KEPT:
            self.clear()
        names = _open_behind(self._attributes, self.names, piece)
        following = self[piece] = None if names is None else _stack(self._attributes, names)
        return following


_stack = lru_cache(maxsize=_STACKS)(_Stack)


def _is_sound(attributes: str, markup: str) -> bool:
    try:
        refuse_damaged(f"<w:document{attributes}>{markup}</w:document>".encode(ENCODING), "markup")
    except CorruptError:
        return False
    return True


_kept = lru_cache(maxsize=_KEPT)(_is_sound)


def _open_behind(attributes: str, before: tuple[str, ...], piece: str) -> tuple[str, ...] | None:
    """Return the elements open behind a piece; ``None`` where it is not well-formed, or where that cannot be told."""
    open_now = list(before)
    for tag in _TAG.finditer(piece):
        if tag["slash"]:
            if not open_now or open_now.pop() != tag["name"]:
                return None
        elif not tag["is_empty"]:
            open_now.append(tag["name"])
    begun = "".join(f"<{name}>" for name in before)
    ended = "".join(f"</{name}>" for name in reversed(open_now))
    is_whole = len(open_now) <= _DEEPEST and _is_sound(attributes, begun + piece + ended)
    return tuple(open_now) if is_whole else None
