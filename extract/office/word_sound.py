"""Whether markup of a Word document is well-formed, asked once for each way of writing a block.

A document of blocks that are well-formed is so itself, and reports that one program wrote are of the same blocks.
"""

from functools import lru_cache

from extract.errors import CorruptError
from extract.office.package import refuse_damaged

_KEPT, _KEPT_CHARACTERS = 256, 4096


def is_sound(attributes: str, markup: str) -> bool:
    """Say whether markup is well-formed in a document whose root has these attributes, which declare its prefixes."""
    return (_kept if len(markup) <= _KEPT_CHARACTERS else _is_sound)(attributes, markup)


def _is_sound(attributes: str, markup: str) -> bool:
    try:
        refuse_damaged(f"<w:document{attributes}>{markup}</w:document>".encode(), "markup")
    except CorruptError:
        return False
    return True


_kept = lru_cache(maxsize=_KEPT)(_is_sound)
