"""A report in pieces: an archive that holds its text in one file and its tables in others, read as one document."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.model import Block, Document, Paragraph, Reading

Piece = tuple[str, Document]
"""A file of an archive by its name, and what stands in it."""


def are_pieces(readings: Sequence[Reading]) -> bool:
    """Say whether readings can be those of one report's pieces: no fact contradicts, none has all of it, one of them at
    most has a text, and no table of the form is printed in two."""
    tables = [
        table for reading in readings for table in {cell.table for cell in reading.cells if cell.state != "absent"}
    ]
    is_one = _agree(reading.agency for reading in readings) and _agree(reading.year for reading in readings)
    texts = [reading for reading in readings if has_text(reading)]
    is_split = len(readings) > 1 and len(texts) < 2 and not any(reading.outcome == "ok" for reading in texts)
    return is_one and is_split and 0 < len(tables) == len(set(tables))


def has_text(reading: Reading) -> bool:
    """Say whether a reading has the text of any section; a table alone may have their headings."""
    return any(section.text.strip() for section in reading.sections)


def _agree(facts: Iterable[str | int | None]) -> bool:
    return len({fact for fact in facts if fact is not None}) < 2


def joined(media_type: str, pieces: Sequence[Piece]) -> Document:
    """Return the pieces, in their order, as one document; each place in it names its file."""
    return Document(
        media_type,
        tuple(_placed(block, name) for name, piece in pieces for block in piece.blocks),
        tuple(fact for _, piece in pieces for fact in piece.metadata),
        tuple(note for _, piece in pieces for note in piece.notes),
    )


def _placed(block: Block, name: str) -> Block:
    at = f"{name}: {block.at}"
    if isinstance(block, Paragraph):
        return block._replace(at=at)
    return replace(block, at=at, cells=tuple(cell._replace(at=f"{name}: {cell.at}") for cell in block.cells))
