"""The network that recognises characters in a strip of text: from grey values to signs, with the certainty of each.

It is the model in rapidocr's package, run by onnxruntime without rapidocr's own decoding, which throws the other
candidates for a character away: of a lone ring the network cannot say whether it is the figure 0 or the letter O.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import cv2
import numpy as np
import onnxruntime
from numpy.typing import NDArray

from extract.ocr.picture import Pixels

_HEIGHT = 48
_NARROWEST = 48
"""Least width of what is recognised at once: most strips hold one number, and time goes with width."""

_AT_ONCE = 512
"""Width of the strips that are recognised together: eight of one number each take an eighth less time than alone; wide
ones take as long as alone, and more memory."""

_MIDDLE = 127.5  # grey values are given as -1 to 1
_RINGS = "0Oo"
"""Characters of one shape: the certainty of one of them is that of all, and what stands around decides which it is."""

_BLANK = 0
_QUIET = 4  # errors are raised, warnings about the model are of no use to anybody

Likelihoods = NDArray[np.float32]
"""For each strip, for each of the columns into which it is cut, the likelihood of each character."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A recognised character, how certain it is (0 to 1), and where its middle lies in its strip (0 left, 1 right)."""

    text: str
    score: float
    place: float


class Network:
    """The recogniser of one process; one thread, as several processes use the processors better."""

    def __init__(self, model: str) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _QUIET
        options.enable_cpu_mem_arena = False  # it keeps the largest tensors there ever were
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        [first] = self._session.get_inputs()
        self._input = first.name
        printed = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._characters = ("", *printed, " ")
        self._rings = [self._characters.index(ring) for ring in _RINGS]

    def read(self, strips: Sequence[Pixels]) -> list[tuple[Sign, ...]]:
        """Return the characters of each strip, left to right. Strips of one width are recognised together."""
        widths = [max(1, _HEIGHT * strip.shape[1] // strip.shape[0]) for strip in strips]
        read: dict[int, tuple[Sign, ...]] = {}
        for together in _together(widths):
            found = self._likelihoods([_sized(strips[number], widths[number]) for number in together])
            for number, likelihoods in zip(together, found, strict=True):
                share = widths[number] / max(widths[number], _NARROWEST)
                read[number] = _stripped(list(self._signs(likelihoods, len(likelihoods) * share)))
        return [read[number] for number in range(len(strips))]

    def _likelihoods(self, sized: Sequence[NDArray[np.float32]]) -> Likelihoods:
        given = np.stack([np.stack((one,) * 3) for one in sized])
        [found] = self._session.run(None, {self._input: given})
        return np.asarray(found, dtype=np.float32)

    def _signs(self, likelihoods: Likelihoods, length: float) -> Iterator[Sign]:
        """Yield a sign for each run of columns in which the same character is the likeliest, and is one at all."""
        first = 0
        for code, run in groupby(likelihoods.argmax(axis=1).tolist()):
            if code != _BLANK:
                yield Sign(
                    self._characters[code], self._score(likelihoods[first], code), min(1, (first + 0.5) / length)
                )
            first += len(list(run))

    def _score(self, likelihood: Likelihoods, code: int) -> float:
        score = likelihood[self._rings].sum() if code in self._rings else likelihood[code]
        return min(1.0, float(score))


def _together(widths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of strips that are recognised at once: of one width, as paper added to one changes its reading."""
    alike: dict[int, list[int]] = {}
    for number, width in enumerate(widths):
        alike.setdefault(max(width, _NARROWEST), []).append(number)
    for width, numbers in alike.items():
        most = max(1, _AT_ONCE // width)
        yield from (numbers[first : first + most] for first in range(0, len(numbers), most))


def _sized(strip: Pixels, width: int) -> NDArray[np.float32]:
    """Return a strip as the network takes it: of its height, from -1 to 1, on the right of a narrow one nothing."""
    sized = np.zeros((_HEIGHT, max(width, _NARROWEST)), dtype=np.float32)
    sized[:, :width] = cv2.resize(strip, (width, _HEIGHT)).astype(np.float32) / _MIDDLE - 1
    return sized


def _stripped(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """Leave out spaces at both ends."""
    printed = [number for number, sign in enumerate(signs) if sign.text != " "]
    return tuple(signs[printed[0] : printed[-1] + 1]) if printed else ()
