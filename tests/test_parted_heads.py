"""Tables whose header is a table of its own: its columns hold for those right behind it, in its own order."""

import pytest

from tests.comparing import assert_exact, truths
from tests.kit.mutants.prints import PRINTS
from tests.kit.story import story
from tests.kit.tables import Box, Rows
from tests.test_form_traps import NEW, ROWS, cells, never_another_number, reported, tr

FORMATS = ("html", "rtf")
SWAPPED = ("自然人", "科研机构", "商业企业", "社会公益组织", "法律服务机构", "其他", "总计")


def _parted(rows: Rows) -> list[Rows]:
    head = next(place for place, row in enumerate(rows) if any(box.is_value for box in row))
    return [rows[:head], rows[head:]] if len(rows[0]) > 1 else [rows]


def _page(*tables: str) -> bytes:
    shown = "".join(f"<table>{one}</table>" for one in tables)
    return f"<html><body><p>三、收到和处理政府信息公开申请情况</p>{shown}</body></html>".encode()


def _row(label: str, values: tuple[int, ...]) -> str:
    return tr(label, *values)


@pytest.mark.parametrize("name", FORMATS)
def test_they_are_read_as_one_table(name: str) -> None:
    for truth in truths(4):
        parts = ([part] if isinstance(part, str) else _parted(part) for part in story(truth))
        assert_exact(PRINTS[name][0](truth, [one for several in parts for one in several]), truth)


def test_an_order_of_its_own_holds_for_the_figures_too() -> None:
    rows = [_row(label, values) for label, values in ROWS.items()]
    data = _page(tr("项目", *SWAPPED), "".join(rows))
    first, second, third, *rest = ROWS[NEW]
    assert cells(data, "new") == reported((first, third, second, *rest))
    never_another_number(_page(tr(*SWAPPED), "".join(rows)), "new", (first, third, second, *rest))


def test_a_row_for_each_table_is_read_below_it() -> None:
    data = _page(tr("项目", *SWAPPED), *(_row(label, values) for label, values in ROWS.items()))
    first, second, third, *rest = ROWS[NEW]
    assert cells(data, "new") == reported((first, third, second, *rest))


def test_a_header_below_a_whole_table_heads_nothing() -> None:
    whole = tr("项目", *SWAPPED) + _row(NEW, ROWS[NEW])
    first, second, third, *rest = ROWS[NEW]
    assert cells(_page(whole, tr("项目", *SWAPPED)), "new") == reported((first, third, second, *rest))


def test_no_box_is_lost() -> None:
    rows = [[Box("项目"), *map(Box, SWAPPED)], [Box(NEW), *(Box(str(one), is_value=True) for one in ROWS[NEW])]]
    assert sum(map(len, _parted(rows))) == len(rows)
