"""A ruling line that seems to go on into a stroke of a character is cut where it ends; one that goes on is left."""

import numpy as np
import pytest

from extract.ocr.joints import within
from extract.ocr.overruns import apart_from, cut_at_heads, without_strokes

HEIGHT, WIDTH = 60, 400
ROW, ENDS_AT, GAP, STROKE = 30, 300, 3, 24
MOST, REACH = 70.0, 8


def drawn(*, gap: int, strokes: bool, beyond: bool = True) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Draw a horizontal line across two vertical ones, and the stroke in line with it behind the second."""
    page = np.full((HEIGHT, WIDTH), 255, np.uint8)
    page[ROW : ROW + 2, 40:ENDS_AT] = 0
    page[:, 40:42] = page[:, ENDS_AT - 2 : ENDS_AT] = 0
    if beyond:
        page[ROW : ROW + 2, ENDS_AT + gap : ENDS_AT + gap + STROKE] = 0
    if strokes:
        page[ROW + 4 : ROW + 7, ENDS_AT + 8 : ENDS_AT + 18] = 0
    return page


@pytest.mark.parametrize(
    ("gap", "strokes", "is_cut"), [(GAP, True, True), (GAP, False, False), (0, True, False), (0, False, False)]
)
def test_a_line_is_cut_behind_its_last_crossing_where_only_a_stroke_among_others_follows(
    gap: int, strokes: bool, is_cut: bool
) -> None:
    page = drawn(gap=gap, strokes=strokes)
    lines, crossing = np.zeros_like(page), np.zeros_like(page)
    lines[ROW : ROW + 2, 40 : ENDS_AT + gap + STROKE] = 255  # followed over the gap
    crossing[:, 40:42] = crossing[:, ENDS_AT - 2 : ENDS_AT] = 255
    ink = np.where(page < 128, 255, 0).astype(np.uint8)
    found = cut_at_heads(lines, crossing, page, ink, MOST, REACH)
    assert (found[ROW, 40:ENDS_AT] == 255).all()
    assert (found[ROW, ENDS_AT : ENDS_AT + gap + STROKE] == (0 if is_cut else 255)).all()


def test_a_stroke_that_ends_amid_a_row_is_cut_where_the_rest_of_its_character_stands_near_it() -> None:
    """The stroke at the left of 行 is alone for most of its length; a ruling line would go on to the next one."""
    page = drawn(gap=GAP, strokes=False)
    page[ROW + 12 : ROW + 15, ENDS_AT + GAP : ENDS_AT + GAP + STROKE] = 0
    for at, is_cut in ((WIDTH - 1, True), (ENDS_AT + GAP + STROKE + 2, False)):
        lines, crossing = np.zeros_like(page), np.zeros_like(page)
        lines[ROW : ROW + 2, 40 : ENDS_AT + GAP + STROKE] = 255
        crossing[:, 40:42] = crossing[:, ENDS_AT - 2 : ENDS_AT] = crossing[:, at] = 255
        ink = np.where(page < 128, 255, 0).astype(np.uint8)
        found = cut_at_heads(lines, crossing, page, ink, MOST, REACH)
        assert (found[ROW, ENDS_AT : ENDS_AT + GAP + STROKE] == (0 if is_cut else 255)).all()


@pytest.mark.parametrize(
    ("beside", "ends", "is_line"),
    [
        ((), (3, 47), True),
        ((-8, 8), (3, 47), False),
        ((8,), (3, 47), False),
        ((8,), (3, 36), False),
        ((), (3, 36), True),
    ],
)
def test_a_line_from_one_crossing_to_the_next_is_a_stroke_where_others_stand_beside_it(
    beside: tuple[int, ...], ends: tuple[int, int], is_line: bool
) -> None:
    """In rows no higher than their text a stroke of 予 goes from the line above to the one below, as a column's would."""
    page = np.full((60, 60), 255, np.uint8)
    lines, crossing = np.zeros_like(page), np.zeros_like(page)
    crossing[:, 3:5] = crossing[:, 45:47] = 255
    lines[ROW : ROW + 2, slice(*ends)] = 255
    page[(lines > 0) | (crossing > 0)] = 0
    for offset in beside:
        page[min(ROW, ROW + offset // 2) : max(ROW, ROW + 2 + offset // 2), 14:30] = 0
    ink = apart_from(np.where(page < 128, 255, 0).astype(np.uint8), crossing)
    assert bool(without_strokes(lines, crossing, page, ink, MOST, 4).any()) == is_line


@pytest.mark.parametrize(("inner", "is_line"), [((25,), True), ((), False)])
def test_a_line_through_several_rows_may_have_text_close_beside_it(inner: tuple[int, ...], is_line: bool) -> None:
    """Digits that fill their cells stand as close to a column's line as strokes of one character do to each other."""
    page = np.full((60, 60), 255, np.uint8)
    lines, crossing = np.zeros_like(page), np.zeros_like(page)
    for x in (3, *inner, 45):
        crossing[:, x : x + 2] = 255
    lines[ROW : ROW + 2, 3:47] = 255
    page[(lines > 0) | (crossing > 0)] = 0
    page[ROW + 5 : ROW + 8, 8:20] = page[ROW + 5 : ROW + 8, 30:40] = 0
    ink = apart_from(np.where(page < 128, 255, 0).astype(np.uint8), crossing)
    assert bool(without_strokes(lines, crossing, page, ink, MOST, 4).any()) == is_line


def test_what_sticks_out_beyond_the_last_crossing_does_not_keep_a_line_from_meeting_it() -> None:
    crossing = np.zeros((60, 200), np.uint8)
    crossing[:, 20:22] = crossing[:, 150:152] = 255
    assert within((20, 30, 145, 2), crossing, 4) == (21, 30, 129, 2)
    assert within((20, 30, 165, 2), crossing, 4) == (21, 30, 164, 2)  # the next row
    assert within((2, 30, 22, 2), crossing, 4) == (2, 30, 22, 2)  # one crossing
