"""Reports that come as a string of JSON: what a portal's script would have shown."""

import json

import pytest

from extract.errors import CorruptError
from extract.formats.json import read as read_json
from extract.reading import read
from tests.site.portals import report

AGENCY = "星桥区体育局"


def answer(year: int, ensure_ascii: bool = False) -> bytes:
    body = report(AGENCY, year).partition("<body")[2].partition(">")[2].partition("</body>")[0]
    data = {"title": f"{AGENCY}{year}年政府信息公开工作年度报告", "infocontent": body}
    return json.dumps({"custom": {"data": data}}, ensure_ascii=ensure_ascii).encode()


@pytest.mark.parametrize("ensure_ascii", [False, True])
def test_the_string_is_read_as_the_page_would_be(ensure_ascii: bool) -> None:
    found, page = read(answer(2022, ensure_ascii), ""), read(report(AGENCY, 2022).encode(), "")
    assert found.media_type == "application/json"
    assert (found.outcome, found.agency, found.year) == ("ok", AGENCY, 2022)
    assert [(c.table, c.row, c.column, c.value) for c in found.cells] == [(c.table, c.row, c.column, c.value) for c in page.cells]  # fmt: skip


@pytest.mark.parametrize("data", [b"{}", b'{"custom": {"data": {"infocontent": ""}}}', b'{"a": "' + b"x" * 300])
def test_an_answer_without_a_report_is_no_document(data: bytes) -> None:
    with pytest.raises(CorruptError):
        read_json(data, "")
