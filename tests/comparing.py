"""What the tests of every format compare: the reading of a rendered report with its truth."""

from collections.abc import Callable
from random import Random

from extract.reading import read
from tests.kit.truth import Truth, make_report
from tests.test_forms import failures, wrong


def truths(count: int) -> list[Truth]:
    """Make reports of both forms, sparse and dense, with gaps, marks, merged rows and remarks in turn."""
    return [
        make_report(
            number * 7 + 1,
            "2021" if number % 3 else "2019",
            "dense" if number % 2 else "sparse",
            blanks=number % 4 == 1,
            marks=number % 4 == 1,
            merged_other=number % 4 == 2,
            remarks=number % 4 == 3,
        )
        for number in range(count)
    ]


def assert_exact(data: bytes, truth: Truth) -> None:
    """Every cell has its state and value, no sum fails that should hold, and agency, year and date are right."""
    reading = read(data, "")
    assert wrong(reading, truth) == []
    assert failures(reading) == []
    identity = (reading.agency, reading.year, reading.template, reading.published)
    assert identity == (truth.agency, truth.year, truth.template, truth.published)


def assert_style_exact(render: Callable[[Truth, Random], bytes], count: int = 4) -> None:
    """Render reports in a style and read each back exactly."""
    for number, truth in enumerate(truths(count)):
        assert_exact(render(truth, Random(number)), truth)
