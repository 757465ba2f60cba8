"""Pieces of ink are the same in 16 bits as in 32, on paper that is clean and on paper full of grain."""

import cv2
import numpy as np
import pytest

from extract.ocr import recognition
from extract.ocr.components import components

pytestmark = pytest.mark.skipif(not recognition.is_installed(), reason="the extra ocr is not installed")


@pytest.mark.parametrize(("share", "bits"), [(0.0, 16), (0.01, 16), (0.2, 32), (1.0, 16)])
def test_pieces_are_those_of_labels_as_long_as_can_be(share: float, bits: int) -> None:
    ink = np.where(np.random.default_rng(7).random((1200, 900)) < share, 255, 0).astype(np.uint8)
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8, ltype=cv2.CV_32S)
    found = components(ink)
    assert found.labels.dtype.itemsize * 8 == bits
    assert np.array_equal(found.labels, labels)
    assert np.array_equal(found.boxes, boxes)
    assert np.array_equal(found.only(np.ones(count, dtype=np.bool_)), ink)
    odd = np.arange(count) % 2 == 1
    assert np.array_equal(found.only(odd) > 0, labels % 2 == 1)
