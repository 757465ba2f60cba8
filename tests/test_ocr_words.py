"""A character of a title that two readings call different is none of both: an agency is not named by a guess."""

from collections.abc import Sequence

import numpy as np
import pytest

from extract.ocr import recognition
from extract.ocr.network import Sign

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

TITLE = "卫生健康局"


def signs(text: str, score: float) -> list[Sign]:
    """A line of which the third character is read with some certainty, the others with all."""
    return [Sign(char, score if at == 2 else 1.0, (at + 0.5) / len(text)) for at, char in enumerate(text)]


def title(first: Sequence[Sign], second: Sequence[Sign], cell: int | None = None) -> str:
    """Return what is made of two readings of one piece of text."""
    from typing import cast

    from extract.ocr.engine import Engine
    from extract.ocr.pieces import Piece
    from extract.ocr.words import read_words

    class Twice:
        readings = iter((first, second))

        def read(self, strips: Sequence[object]) -> list[Sequence[Sign]]:
            said = next(self.readings)
            return [said for _ in strips]

    page = np.full((100, 300), 255, np.uint8)
    [printed] = read_words([Piece((20, 20, 270, 70), 50.0, cell)], cast(Engine, Twice()), page)
    return "".join(sign.text for sign in printed.signs)


@pytest.mark.parametrize(
    ("first", "second", "read"),
    [
        ((TITLE, 0.9), (TITLE, 0.6), TITLE),
        (("卫生建康局", 0.9), (TITLE, 0.8), "卫生\ufffd康局"),
        ((TITLE, 0.9), ("卫生建康局", 0.8), "卫生\ufffd康局"),
        ((TITLE, 0.9), ("卫生建康局", 0.4), TITLE),
        ((TITLE, 0.97), ("卫生建康局", 0.9), TITLE),
        ((TITLE, 0.6), (TITLE, 0.6), "卫生\ufffd康局"),
    ],
)
def test_a_character_of_a_title_is_what_both_readings_say(
    first: tuple[str, float], second: tuple[str, float], read: str
) -> None:
    assert title(signs(*first), signs(*second)) == read


def test_labels_in_cells_keep_what_is_likely() -> None:
    assert title(signs(TITLE, 0.7), signs("卫生建康局", 0.7), cell=1) == TITLE
