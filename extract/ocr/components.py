"""Pieces of ink on a picture that hang together: the box of each, and which pixels are its own."""

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.picture import Pixels

_SHORT = 1 << 16
"""Numbers that 16 bits hold. Labels of 32 bits take three times as long, but a page full of grain needs them."""

_BEFORE = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], dtype=np.uint8)
"""The neighbours of a pixel that come before it, row by row."""


class Components(NamedTuple):
    """The number of the piece that each pixel belongs to, and a row for each piece: left, top, width, height, pixels.

    Number 0 is the paper.
    """

    labels: NDArray[Any]
    boxes: NDArray[np.int32]

    @property
    def longest(self) -> NDArray[np.int32]:
        """Width or height of each piece, whichever is greater."""
        return np.asarray(self.boxes[:, 2:4].max(axis=1), dtype=np.int32)

    def only(self, chosen: NDArray[np.bool_]) -> Pixels:
        """Return 255 where the chosen pieces are, 0 elsewhere. ``chosen`` has a value for each number; paper is never one."""
        values = np.where(chosen, 255, 0).astype(np.uint8)
        values[0] = 0
        if self.labels.dtype == np.int32:
            return np.asarray(values.take(self.labels), dtype=np.uint8)
        table = np.zeros(_SHORT, dtype=np.uint8)
        table[: len(values)] = values
        return np.asarray(cv2.LUT(self.labels, table), dtype=np.uint8)


def components(ink: Pixels) -> Components:
    """Return the pieces of ink that hang together, corners included."""
    first = cv2.countNonZero(cv2.subtract(ink, cv2.dilate(ink, _BEFORE)))
    if not first:
        return Components(np.zeros(ink.shape, np.uint16), np.array([[0, 0, *ink.shape[::-1], ink.size]], np.int32))
    kind = cv2.CV_16U if first < _SHORT - 1 else cv2.CV_32S
    _, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=kind)
    return Components(np.asarray(labels), np.asarray(boxes, dtype=np.int32))
