"""Whether markup of a Word document is well-formed, asked once for each way of writing a block or a piece of one.

A document of blocks that are well-formed is so itself, and reports that one program wrote are of the same blocks. Where
their cells lie otherwise, the blocks are of the same pieces: markup that is well-formed between the tags of the elements
open before it and those open behind it. Pieces each of which begins in what the one before it left open are well-formed
together (XML 1.0, 3.1).
"""

import re
from collections.abc import Sequence
from functools import lru_cache, partial

from extract.errors import CorruptError
from extract.kept import Kept
from extract.office.package import refuse_damaged

_KEPT, _KEPT_CHARACTERS = 256, 4096
_STACKS = 32
_DEEPEST = 32  # elements open in a block; libxml2 refuses more than 256
_MOST_NEW = 24
"""Pieces of a block that are asked about one by one; where more of them are new, the block is asked about as a whole."""

_TAG = re.compile(r'<(?P<slash>/?)(?P<name>[^\s/<>"]+)(?:[^<>"]|"[^<>"]*")*?(?P<is_empty>/?)>')
_Open = tuple[str, ...]


def is_sound(attributes: str, markup: str) -> bool:
    """Say whether markup is well-formed in a document whose root has these attributes, which declare its prefixes."""
    return (_kept if len(markup) <= _KEPT_CHARACTERS else _is_sound)(attributes, markup)


def are_sound(attributes: str, pieces: Sequence[str], text: str) -> bool:
    """Say whether pieces of markup with a text between each two are well-formed, the text being an element of its own."""
    stack: _Open | None = ()
    new = 0
    for piece in pieces:
        known = _behind(attributes, stack)
        new += piece not in known
        stack = known[piece] if new <= _MOST_NEW and len(piece) <= _KEPT_CHARACTERS else None
        if stack is None:
            return is_sound(attributes, text.join(pieces))
    return not stack


def _is_sound(attributes: str, markup: str) -> bool:
    try:
        refuse_damaged(f"<w:document{attributes}>{markup}</w:document>".encode(), "markup")
    except CorruptError:
        return False
    return True


_kept = lru_cache(maxsize=_KEPT)(_is_sound)


@lru_cache(maxsize=_STACKS)
def _behind(attributes: str, stack: _Open) -> Kept[_Open | None]:
    """Return which elements are open behind a piece of markup, if these are before it."""
    return Kept(partial(_open_behind, attributes, stack), _KEPT)


def _open_behind(attributes: str, before: _Open, piece: str) -> _Open | None:
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
