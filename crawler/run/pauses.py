"""The reactor is not held up by Python's garbage collector.

A full collection looks at every object of the process: 50 to 130 ms with Scrapy's modules alone, during which no host
is answered. What is there when the spider opens stays until the end, so the collector is told to let it be.
"""

import gc
import time
from typing import Any, Self

from scrapy import signals
from scrapy.crawler import Crawler

LONGEST_S = 0.01
"""After a collection of older objects that took longer, its survivors are let be as well: a night's queue may grow to
millions of objects, and nearly all of them are freed by their reference count."""

THRESHOLDS = (30_000, 0, 1)
"""New objects after which the youngest are looked through, and how often that is done without those that were left from
the time before; Python's are 700, 10, 10. A request has a hundred objects and is mostly done with after so many others.
With 5,000, 10, 10 looking through them took a tenth of the reactor's time, and up to 50 ms at once."""


class ShortPauses:
    """A Scrapy extension that keeps full collections short while the spider runs."""

    def __init__(self) -> None:
        self._begun_s = 0.0
        self._thresholds = gc.get_threshold()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build the extension; Scrapy calls this."""
        pauses = cls()
        crawler.signals.connect(pauses.begin, signal=signals.spider_opened)
        crawler.signals.connect(pauses.end, signal=signals.spider_closed)
        return pauses

    def begin(self) -> None:
        """Leave what is there out of all collections."""
        gc.freeze()
        gc.set_threshold(*THRESHOLDS)
        gc.callbacks.append(self._watch)

    def end(self) -> None:
        """Let the collector look at everything again."""
        gc.callbacks.remove(self._watch)
        gc.set_threshold(*self._thresholds)
        gc.unfreeze()

    def _watch(self, phase: str, info: dict[str, Any]) -> None:
        """Time each collection of older objects, on the clock of its thread; Python calls this before and after."""
        if phase == "start":
            self._begun_s = time.thread_time()
        elif info["generation"] and time.thread_time() - self._begun_s > LONGEST_S:
            gc.freeze()
