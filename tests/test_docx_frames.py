"""A layout table is read cell by cell as the body is, and gives what the walk over all its elements gives."""

from random import Random

import pytest

from extract.errors import CorruptError
from extract.formats.docx import read
from extract.model import Block
from tests.kit import docx
from tests.kit.docx import cell, grid, package, paragraph, run
from tests.kit.truth import make_report

INNER = f"<w:tbl>{grid([900] * 2)}<w:tr>{cell(paragraph('规章'))}{cell(paragraph('1'))}</w:tr></w:tbl>"
ONE_CELL = f"<w:tbl>{grid([900])}<w:tr>{cell(paragraph('7'))}</w:tr></w:tbl>"
MERGED = "<w:tc><w:tcPr><w:hMerge w:val='continue'/></w:tcPr><w:p/></w:tc>"
STRUCK = "<w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>8</w:t></w:r></w:p>"
INSERTED = f"<w:ins w:id='1' w:author='a'>{run('9')}</w:ins>"

ROWS = {
    "a table in a cell": f"<w:tr>{cell(paragraph('left'))}{cell(INNER + paragraph('below'))}</w:tr>",
    "one boxed figure": f"<w:tr>{cell(paragraph('left'))}{cell(ONE_CELL + '<w:p/>')}</w:tr>",
    "both": f"<w:tr>{cell(ONE_CELL + paragraph('a'))}{cell(INNER + paragraph('b'))}</w:tr>",
    "two rows": f"<w:tr>{cell(INNER + '<w:p/>')}</w:tr><w:tr>{cell(paragraph('x'))}{cell(INNER + '<w:p/>')}</w:tr>",
    "a deleted row": f"<w:tr><w:trPr><w:del w:id='3'/></w:trPr>{cell(INNER)}</w:tr><w:tr>{cell(INNER)}</w:tr>",
    "a hidden row": f"<w:tr><w:trPr><w:hidden/></w:trPr>{cell(paragraph('x'))}</w:tr><w:tr>{cell(INNER)}</w:tr>",
    "cells merged in the old way": f"<w:tr>{cell(INNER + paragraph('a'))}{MERGED}</w:tr>",
    "a frame in a frame": f"<w:tr>{cell(f'<w:tbl>{grid([9] * 2)}<w:tr>{cell(INNER)}{cell(INNER)}</w:tr></w:tbl>')}</w:tr>",
    "what is not plain": f"<w:tr>{cell(INNER + STRUCK + f'<w:p>{INSERTED}</w:p>')}</w:tr>",
    "a control around the table": f"<w:tr>{cell(f'<w:sdt><w:sdtContent>{INNER}</w:sdtContent></w:sdt>')}</w:tr>",
}


def blocks(body: str) -> tuple[Block, ...]:
    return read(package(paragraph("before") + body + paragraph("after")), "").blocks


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_frames_give_what_the_walk_gives(rows: str) -> None:
    frame = f"<w:tbl>{grid([900] * 2)}{rows}</w:tbl>"
    # In a content control a block is walked over.
    assert blocks(frame) == blocks(f"<w:sdt><w:sdtContent>{frame}</w:sdtContent></w:sdt>")


@pytest.mark.parametrize("seed", range(2))
def test_a_report_in_frames_is_the_report(seed: int) -> None:
    truth = make_report(seed, "2021", "dense")
    framed, bare = (read(docx.STYLES[name](truth, Random(seed)), "").blocks for name in ("layout", "clean"))
    assert framed == bare


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<w:tcPr>", "<w:tcPr></w:tcPr><w:tcPr>&x;"),
        ("</w:tr>", "</w:ins></w:tr>"),
        ("left", "left</w:t></w:t>"),
        ("规章", "规\x01章"),
        ("<w:p>", '<w:p w:x="1" w:x="1">'),
        ("<w:tr>", "<w:tr>\x0c"),
    ],
)
def test_damage_in_a_frame_is_damage(old: str, new: str) -> None:
    frame = f"<w:tbl>{grid([900] * 2)}{ROWS['a table in a cell']}</w:tbl>"
    assert len(blocks(frame)) == 5
    for count in (1, -1):
        with pytest.raises(CorruptError):
            blocks(frame.replace(old, new, count))
