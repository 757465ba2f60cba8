"""Four times the rows take four times the work: no table grows so long that comparing its rows holds the reader up.

Work is counted in calls of functions, which no clock and no other program changes.
"""

import re
from collections.abc import Callable
from cProfile import Profile
from random import Random

import pytest

from extract.reading import read
from tests.kit import text_layouts
from tests.kit.html_styles import STYLES
from tests.kit.truth import make_report

pytestmark = pytest.mark.hostile

FEW, MANY = 300, 1200
MOST = 1.6 * MANY / FEW
"""How much more work so many more rows may be; 16 times it would be if each was compared with all."""


def text(layout: str) -> Callable[[], str]:
    return lambda: str(getattr(text_layouts, layout)(make_report(3, "2021", "dense"), Random(3)))


def page() -> str:
    return STYLES["clean"](make_report(3, "2021", "dense"), Random(3)).decode()


REPEATED = {
    "requests, tabs": (text("tabs"), r"(?m)^.*属于三类内部事务信息.*\n"),
    "requests, ragged": (text("ragged_tabs"), r"(?m)^.*属于四类过程性信息.*\n"),
    "requests, lines": (text("lines"), r"(?m)^.*属于行政执法案卷.*\n"),
    "brackets": (text("lines"), r"(?m)^.*（一）予以公开.*\n"),
    "header": (text("tabs"), r"(?m)^.*本年处理决定数量.*\n"),
    "bars": (text("pipes"), r"(?m)^.*行政许可.*\n"),
    "one cell a line": (text("cell_lines"), r"(?m)^.*行政许可.*\n"),
    "row": (page, r"<tr>(?:(?!</tr>).)*属于行政执法案卷.*?</tr>"),
    "cell": (page, r"<td[^>]*>\d+</td>"),
    "paragraph": (page, r"<p>.*?</p>"),
}


def calls(data: str) -> int:
    counted = Profile()
    counted.enable()
    read(data.encode())
    counted.disable()
    return sum(entry.callcount for entry in counted.getstats())


@pytest.mark.parametrize("name", REPEATED)
def test_work_grows_with_the_rows(name: str) -> None:
    make, pattern = REPEATED[name]
    report = make()
    found = re.search(pattern, report, re.S if pattern.startswith("<") else 0)
    assert found is not None
    once, few, many = (
        calls(report[: found.start()] + found[0] * times + report[found.end() :]) for times in (1, FEW, MANY)
    )
    assert many - once <= MOST * max(few - once, once)
