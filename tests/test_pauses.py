"""The garbage collector while the spider runs: what was there before is let be, and so is what takes long."""

import gc
import time
from collections.abc import Iterator

import pytest

from crawler.run.pauses import LONGEST_S, THRESHOLDS, ShortPauses


@pytest.fixture
def pauses() -> Iterator[ShortPauses]:
    before, made = (gc.get_threshold(), tuple(gc.callbacks)), ShortPauses()
    made.begin()
    yield made
    made.end()
    assert (gc.get_threshold(), tuple(gc.callbacks)) == before
    assert gc.get_freeze_count() == 0


def test_what_was_there_before_is_not_looked_at(pauses: ShortPauses) -> None:
    assert gc.get_freeze_count() > 10_000
    assert gc.get_threshold() == THRESHOLDS


def test_survivors_of_a_long_collection_are_let_be_and_garbage_is_not(pauses: ShortPauses) -> None:
    gc.collect()
    before = gc.get_freeze_count()
    gc.collect()
    assert gc.get_freeze_count() <= before, "a short collection lets nothing more be"
    kept = [[number] for number in range(2_000_000)]
    for _ in range(1000):
        ring: list[object] = []
        ring.append(ring)
    assert gc.collect() > 0
    assert gc.get_freeze_count() > 1_800_000, f"all but what takes less than {LONGEST_S} s"
    del kept
    assert gc.get_freeze_count() < before + 1_000_000, "what is frozen is freed like everything else"


def test_what_comes_to_stay_makes_no_collection_long(pauses: ShortPauses) -> None:
    begun, took = [0.0], [0.0]

    def watch(phase: str, _: object) -> None:
        if phase == "start":
            begun[0] = time.thread_time()
        else:
            took.append(time.thread_time() - begun[0])

    gc.callbacks.insert(0, watch)
    queue = [({"number": number}, [number]) for number in range(500_000)]
    gc.callbacks.remove(watch)
    assert len(took) > 30
    begun[0] = time.thread_time()
    gc.unfreeze()
    gc.collect()
    assert max(took) < (time.thread_time() - begun[0]) / 5
    assert len(queue) == 500_000
