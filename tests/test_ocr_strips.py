"""Strips of text that are recognised together, or come again, say what each says alone."""

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from extract.ocr import engine as engines
from extract.ocr import recognition
from extract.ocr.network import Network, Sign
from extract.ocr.picture import Pixels

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")

TEXTS = ("5", "17", "3", "0", "204", "17", "8", "1,936", "66", "4", "9", "2")


def strip(text: str) -> Pixels:
    paper = np.full((40, 24 + 18 * len(text)), 255, dtype=np.uint8)
    return np.asarray(cv2.putText(paper, text, (10, 30), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (0,), 2), dtype=np.uint8)


def said(signs: Sequence[Sign]) -> str:
    return "".join(sign.text for sign in signs)


def test_strips_read_together_say_what_each_says_alone() -> None:
    strips = list(map(strip, TEXTS))
    together, other = engines.Engine().read(strips), engines.Engine()
    alone = [other.read([one])[0] for one in strips]
    assert [said(signs) for signs in together] == [said(signs) for signs in alone] == list(TEXTS)
    pairs = [pair for signs in zip(together, alone, strict=True) for pair in zip(*signs, strict=True)]
    assert max(abs(one.score - same.score) for one, same in pairs) < 0.01


def test_a_strip_that_comes_again_is_read_once_as_long_as_it_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []
    read = Network.read

    def counted(network: Network, strips: Sequence[Pixels]) -> list[tuple[Sign, ...]]:
        given.append(len(strips))
        return read(network, strips)

    monkeypatch.setattr(Network, "read", counted)
    monkeypatch.setattr(engines, "_KEPT", 3)
    engine = engines.Engine()
    first = engine.read([strip("5"), strip("17"), strip("5")])
    assert list(map(said, first)) == ["5", "17", "5"]
    assert engine.read([strip("17")]) == [first[1]]
    assert list(map(said, engine.read(list(map(strip, ("3", "8", "4")))))) == ["3", "8", "4"]
    assert engine.read([strip("17"), strip("4")])[0] == first[1]
    assert given == [2, 0, 3, 1]
