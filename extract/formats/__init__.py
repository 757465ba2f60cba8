"""Document formats: one file each, found by walking this folder.

A format file defines ``FORMAT = Format(name, media_types, read)``. ``read`` turns bytes into a ``Document`` or
raises an ``ExtractError``; it never looks at the network, the clock or another format.
"""

from collections.abc import Callable
from dataclasses import dataclass

from extract.model import Document


@dataclass(frozen=True, slots=True)
class Format:
    """A document format: its name, the media types it claims (see ``extract.sniff``), and its reader."""

    name: str
    media_types: tuple[str, ...]
    read: Callable[[bytes, str], Document]
    """``read(data, charset_hint)``; the hint is what a header or a neighbour claimed, or an empty string."""
    second: Callable[[bytes, str], Document] | None = None
    """Another engine's reading of the same bytes, where there is one; it may raise the same errors."""
