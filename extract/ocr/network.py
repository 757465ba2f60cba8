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

_MIDDLE = 127.5  # grey values are given as -1 to 1
_RINGS = "0Oo"
"""Characters of one shape: the certainty of one of them is that of all, and what stands around decides which it is."""

_BLANK = 0
_QUIET = 4  # errors are raised, warnings about the model are of no use to anybody

Likelihoods = NDArray[np.float32]
"""For each of the columns into which a strip is cut, the likelihood of each character."""


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

    def read(self, strip: Pixels) -> tuple[Sign, ...]:
        """Return the characters of a strip, left to right."""
        height, width = strip.shape
        across = max(1, _HEIGHT * width // height)
        likelihoods = self._likelihoods(strip, across)
        share = across / max(across, _NARROWEST)
        return _stripped(list(self._signs(likelihoods, len(likelihoods) * share)))

    def _likelihoods(self, strip: Pixels, across: int) -> Likelihoods:
        sized = np.zeros((_HEIGHT, max(across, _NARROWEST)), dtype=np.float32)
        sized[:, :across] = cv2.resize(strip, (across, _HEIGHT)).astype(np.float32) / _MIDDLE - 1
        [found] = self._session.run(None, {self._input: np.stack((sized,) * 3)[np.newaxis]})
        return np.asarray(found[0], dtype=np.float32)

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


def _stripped(signs: Sequence[Sign]) -> tuple[Sign, ...]:
    """Leave out spaces at both ends."""
    printed = [number for number, sign in enumerate(signs) if sign.text != " "]
    return tuple(signs[printed[0] : printed[-1] + 1]) if printed else ()
