"""Build every hostile document, seeded and small: ``python -m tests.hostile.make_hostile FOLDER``.

Each has the outcomes that are right for it. Where several are, the document may be too much for one limit or another,
as the machine's speed goes; what no document may do is take longer than its time, or the pool with it.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.hostile import bombs_office as office
from tests.hostile import bombs_pdf, bombs_text
from tests.hostile.containers import encrypted, many_entries, overlapping, zipped

BROKEN = ("corrupt",)
BIG = ("too_big",)
LIMITED = ("too_big", "timeout", "memory", "crashed")
NOTHING = ("not_a_report", "corrupt")
"""Little enough to be read, and no report."""
BOUNDED = ("not_a_report", "partial", *BROKEN, *LIMITED)
"""Anything but a reading that passes for whole."""


@dataclass(frozen=True)
class Bomb:
    """A hostile document: how to build it, and how its reading may end."""

    build: Callable[[], bytes]
    outcomes: tuple[str, ...]


def _text(markup: str) -> Callable[[], bytes]:
    return lambda: markup.encode()


def _given(data: bytes) -> Callable[[], bytes]:
    return lambda: data


PDF: dict[str, Bomb] = {
    "nested-flate.pdf": Bomb(bombs_pdf.nested_flate, (*BROKEN, *LIMITED)),
    "characters-2m.pdf": Bomb(partial(bombs_pdf.characters, 2.4), BOUNDED),
    "lines-100k.pdf": Bomb(partial(bombs_pdf.lines, 100_000), ("needs_ocr", *BOUNDED)),
    "lines-crossing.pdf": Bomb(partial(bombs_pdf.grid_of_lines, 2000), BOUNDED),
    "pages-50k.pdf": Bomb(partial(bombs_pdf.pages, 50_000), LIMITED),
    "page-circle.pdf": Bomb(bombs_pdf.page_circle, BROKEN),
    "page-tree.pdf": Bomb(partial(bombs_pdf.page_tree, 5000), BROKEN),
    "xref-circle.pdf": Bomb(bombs_pdf.xref_circle, BOUNDED),
    "object-circle.pdf": Bomb(bombs_pdf.object_circle, BROKEN),
    "length-circle.pdf": Bomb(bombs_pdf.length_circle, BROKEN),
    "nested-arrays.pdf": Bomb(partial(bombs_pdf.nested_arrays, 200_000), BOUNDED),
    "nested-dictionaries.pdf": Bomb(partial(bombs_pdf.nested_dictionaries, 200_000), BOUNDED),
    "huge-numbers.pdf": Bomb(bombs_pdf.huge_numbers, BOUNDED),
    "operands.pdf": Bomb(partial(bombs_pdf.operands, 1_000_000), BOUNDED),
    "forms.pdf": Bomb(partial(bombs_pdf.forms, 12, 12), BIG),
    "object-stream.pdf": Bomb(partial(bombs_pdf.object_stream, 2_000_000_000), BOUNDED),
    "xref-stream.pdf": Bomb(partial(bombs_pdf.xref_stream, 2_000_000_000), BOUNDED),
    "locked.pdf": Bomb(partial(bombs_pdf.locked, b"secret"), ("encrypted",)),
    "locked-empty.pdf": Bomb(partial(bombs_pdf.locked, b""), ("not_a_report",)),
}

OFFICE: dict[str, Bomb] = {
    "laughs.docx": Bomb(partial(office.laughing, office.DOCX, "word/document.xml"), BROKEN),
    "laughs.xlsx": Bomb(partial(office.laughing, office.XLSX, "xl/worksheets/sheet1.xml"), BROKEN),
    "laughs.ofd": Bomb(partial(office.laughing, office.OFD, "OFD.xml"), BROKEN),
    "long-part.docx": Bomb(office.long_part, BIG),
    "wide-cells.docx": Bomb(office.wide_cells, BOUNDED),
    "many-wide-cells.docx": Bomb(office.many_wide_cells, BOUNDED),
    "nested-tables.docx": Bomb(partial(office.nested_tables, 5000), BOUNDED),
    "paragraphs.docx": Bomb(partial(office.paragraphs, 60_000), BOUNDED),
    "far-cells.xlsx": Bomb(office.far_cells, NOTHING),
    "many-cells.xlsx": Bomb(partial(office.many_cells, 300_000), BIG),
    "hidden-columns.xlsx": Bomb(office.hidden_columns, ("ok", *BOUNDED)),
    "merged-sheet.xlsx": Bomb(office.merged_whole_sheet, BOUNDED),
    "dimension.xlsx": Bomb(office.wide_dimension, ("ok",)),
    "locked.docx": Bomb(lambda: encrypted(office.DOCX), ("encrypted",)),
    "locked.xlsx": Bomb(lambda: encrypted(office.XLSX), ("encrypted",)),
    "locked.ofd": Bomb(lambda: encrypted(office.OFD), ("encrypted",)),
    **{name: Bomb(_given(data), BOUNDED) for name, data in bombs_text.ole_circles().items()},
}

ARCHIVES: dict[str, Bomb] = {
    "ratio.zip": Bomb(office.zip_bomb, BIG),
    "overlap.zip": Bomb(partial(overlapping, "a.html", office.HTML, 200), BROKEN),
    "nested.zip": Bomb(partial(office.nested, 5), BIG),
    "entries.zip": Bomb(partial(many_entries, 1_000_000), BIG),
    "understated.zip": Bomb(office.understated, BROKEN),
    "overstated.zip": Bomb(office.overstated, ("ok", *BROKEN)),
    "escaping.zip": Bomb(office.escaping, ("ok",)),
    "locked.zip": Bomb(lambda: encrypted(zipped(("a.html", office.HTML))), ("encrypted",)),
    "bomb.tar.gz": Bomb(office.tar_bomb, ("too_big", "unsupported")),
}

PAGES: dict[str, Bomb] = {
    "cells.html": Bomb(lambda: b"<table><tr>" + b"<td>1" * 1_000_000, BIG),
    "spans.html": Bomb(bombs_text.spans, BOUNDED),
    "levels.html": Bomb(lambda: bombs_text.inside("<div>" * 200_000), BOUNDED),
    "comment.html": Bomb(lambda: bombs_text.inside("<!--" + "-" * (30 << 20) + "-->"), ("ok", *BOUNDED)),
    "comment-open.html": Bomb(lambda: bombs_text.inside("<!--" + "x" * (30 << 20)), BOUNDED),
    "attribute.html": Bomb(lambda: bombs_text.inside("<p title='" + "x" * (10 << 20) + "'>x</p>"), ("ok", *BOUNDED)),
    "attribute-open.html": Bomb(lambda: bombs_text.inside("<p title='" + "x" * (10 << 20)), BOUNDED),
    "unclosed.html": Bomb(lambda: bombs_text.inside("<b><i><p>" * 100_000), ("ok", *BOUNDED)),
    "nested-tables.html": Bomb(lambda: bombs_text.inside("<table><tr><td>" * 20_000), BOUNDED),
    "laughs.html": Bomb(lambda: office.LAUGHS + b"<html><p>&j;</p></html>", NOTHING),
    "title.html": Bomb(lambda: f"<title>{'政府信息公开' * 500_000}2021年度报告</title><p>x</p>".encode(), BOUNDED),
    "deep.mht": Bomb(partial(bombs_text.nested_message, 20_000), BOUNDED),
    "parts.mht": Bomb(partial(bombs_text.many_parts, 50_000), BOUNDED),
    "packed.mht": Bomb(partial(bombs_text.packed_message, 30), BOUNDED),
    "groups.rtf": Bomb(partial(bombs_text.deep_groups, 2_000_000), BOUNDED),
    "binary.rtf": Bomb(bombs_text.binary_rtf, BOUNDED),
    "picture.png": Bomb(partial(bombs_text.png, 60_000, 60_000), ("too_big", "needs_ocr", *BROKEN)),
    "picture-hollow.png": Bomb(partial(bombs_text.png, 1000, 1000), ("needs_ocr", *BOUNDED)),
    "circle.tiff": Bomb(bombs_text.tiff_circle, ("needs_ocr", *BOUNDED)),
    "huge-picture.pdf": Bomb(bombs_pdf.huge_picture, ("needs_ocr", *BOUNDED)),
}

_PIECES = {
    "digits": "0", "spaces": " ", "wide-spaces": "　", "numbers": "1 ", "commas": "1,", "brackets": "（", "one": "一、",
    "chapters": "一、总体情况\n", "years": "2022年", "report": "政府信息公开工作年度报告", "pairs": "（1）", "dots": ".",
    "tabs": "\t", "breaks": "\n", "agencies": "人民政府", "labels": "行政许可 1\n", "marks": "/ ", "angle": "<", "entity": "&lt;",
}  # fmt: skip

TEXTS: dict[str, Bomb] = {
    f"{name}-{kind}": Bomb(partial(bombs_text.long_lines, piece, size), BOUNDED)
    for name, piece in _PIECES.items()
    for kind, size in (("long.txt", 1 << 17), ("long.html", 1 << 17))
}

NAUGHTS: dict[str, Bomb] = {
    f"{name}.{kind}": Bomb(_given(data), ("corrupt", "not_a_report", "unsupported"))
    for name, data in (("empty", b""), ("byte", b"%"), ("zero", b"\0"), ("zeros", bytes(5000)))
    for kind in ("pdf", "docx", "doc", "xls", "xlsx", "rtf", "mht", "html", "txt", "zip", "png", "ofd")
}

BOMBS = {**PDF, **OFFICE, **ARCHIVES, **PAGES, **TEXTS, **NAUGHTS}


def make(folder: Path) -> None:
    """Write every document under its name."""
    for name, bomb in BOMBS.items():
        (folder / name).write_bytes(bomb.build())


if __name__ == "__main__":
    make(Path(sys.argv[1]))
