"""Figures of a form: whichever stands in a cell, the reader of the form goes the same way."""

import pytest

from extract.forms.figures import is_figure
from extract.labels import vocabulary


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "1,234",
        "３",
        "-4",
        "2.5",
        "9件",
        "3（其中1件）",
        "22（其中修订16件）",
        "3件（含网上2件）",
        "/",
        "—",
        "无",
        "……",
    ],
)
def test_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "规章",
        "1 2",
        "007",
        "减3",
        "3（其他）",  # the row 3.其他
        "3（行政复议）",  # heads the columns below it
        "3（上年2件）",  # a comparison
        "3（主动公开）",  # a label of the form of 2014 may go on in the next cell
        "3（甲（乙）",
        "3（" + "一" * 60 + "）",
    ],
)
def test_what_says_something_is_more_than_a_figure(text: str) -> None:
    assert not is_figure(text)


def test_no_label_of_the_form_is_a_figure() -> None:
    """What a shape leaves out names no row and no column."""
    words = vocabulary()
    labels = {*words.rows, *words.groups, *(label for known in words.columns.values() for label in known)}
    assert labels
    assert not any(map(is_figure, labels))
