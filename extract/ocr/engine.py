"""RapidOCR with the models of its own package: where text stands in a picture, and what it says."""

from collections.abc import Sequence
from functools import cache
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import rapidocr

from extract.errors import NeedsOcrError
from extract.ocr.network import Network, Sign
from extract.ocr.picture import PixelBox, Pixels, paper_of

_FIND_DPI = 70
"""Resolution at which text is looked for. What stands in cells is found by its ink, so that this is enough; twice as much
takes four times as long."""

_KEPT = 2000
"""Strips whose reading is kept; a page has at most a few hundred."""

_LONGEST_SIDE = 3000
_STEP = 32


_Key = tuple[tuple[int, ...], bytes]
"""The size of a strip, and a digest of its pixels."""


class Engine:
    """Finds and reads text; one thread, as several processes use the processors better."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._ocr: Any = rapidocr.RapidOCR(params=parameters())
        self._network = Network(_model("rec"))
        self._read: dict[_Key, tuple[Sign, ...]] = {}

    def find(self, pixels: Pixels, dpi: float) -> list[PixelBox]:
        """Return the boxes of pieces of text."""
        scale = min(1.0, _FIND_DPI / dpi)
        small = np.asarray(cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        found = self._ocr(cv2.cvtColor(_padded(small), cv2.COLOR_GRAY2BGR), use_det=True, use_cls=False, use_rec=False)
        boxes = getattr(found, "boxes", None)
        return [] if boxes is None else [_around(box / scale) for box in boxes]

    def read(self, strips: Sequence[Pixels]) -> list[tuple[Sign, ...]]:
        """Return the characters of each strip, left to right; nothing for a strip in which none was recognised.

        A strip that comes again, pixel for pixel, is read once: pages drawn from text hold hundreds of equal zeros, and a
        page on which nothing was the table that it looked like is read again without it.
        """
        keys = [_key(strip) for strip in strips]
        unread = {key: strip for key, strip in zip(keys, strips, strict=True) if key not in self._read}
        self._read.update(zip(unread, self._network.read(list(unread.values())), strict=True))
        found = [self._read[key] for key in keys]
        for key in list(islice(self._read, max(0, len(self._read) - _KEPT))):
            del self._read[key]
        return found


@cache
def engine() -> Engine:
    """Return the engine of this process. Raises ``NeedsOcrError`` where its models are missing."""
    return Engine()


def _key(strip: Pixels) -> _Key:
    return strip.shape, blake2b(strip.tobytes(), digest_size=16).digest()


def _padded(pixels: Pixels) -> Pixels:
    """Add paper on the right and below up to the sizes the detector works with: it would stretch the picture to them."""
    height, width = pixels.shape
    paper = (int(paper_of(pixels)),)
    down, right = -height % _STEP, -width % _STEP
    return np.asarray(cv2.copyMakeBorder(pixels, 0, down, 0, right, cv2.BORDER_CONSTANT, value=paper), dtype=np.uint8)


def parameters() -> dict[str, object]:
    """Return the settings of rapidocr: one thread, the models of the package."""
    return {
        "Global.log_level": "critical",
        "Global.max_side_len": _LONGEST_SIDE,
        "Det.limit_type": "max",
        "Det.limit_side_len": _LONGEST_SIDE,
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Det.model_path": _model("det"),
        "Rec.model_path": _model("rec"),
    }


def _model(kind: str) -> str:
    """Return a model of the package: without a path, rapidocr would ask the network for what it does not find."""
    found = sorted((Path(rapidocr.__file__).parent / "models").glob(f"*_{kind}_*.onnx"))
    if not found:
        raise NeedsOcrError(f"rapidocr is installed without its model “{kind}”")
    return str(found[0])


def _around(corners: Any) -> PixelBox:
    left, top = corners.min(axis=0)
    right, bottom = corners.max(axis=0)
    return (max(0, int(left)), max(0, int(top)), int(right) + 1, int(bottom) + 1)
