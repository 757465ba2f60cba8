"""Rows and tables cut otherwise than the form has them: （六）其他 for 其他处理, review tables in parts under captions."""

from random import Random

import pytest

from extract.reading import read
from tests.comparing import assert_exact
from tests.kit import form, html_page, tables
from tests.kit.html_styles import STYLES, report_page
from tests.kit.html_tables import table
from tests.kit.tables import Box
from tests.kit.truth import Truth, make_report
from tests.test_forms import wrong

AGENCY = ("云岭市水务局", "990100")
OTHER = "（六）其他处理"
BARE = "（六）其他"
CAPTIONS = (
    ("（一）行政复议", "1.未经复议直接起诉", "2.复议后起诉"),
    ("行政复议情况", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）："),
)


def page(truth: Truth) -> str:
    return STYLES["clean"](truth, Random(1)).decode()


def part(truth: Truth, body: str) -> str:
    """Print the review table of one body, with its results alone."""
    heads = [Box(label) for _, label in form.REVIEW_COLUMNS]
    return table([heads, [Box(truth.text("review", body, column)) for column, _ in form.REVIEW_COLUMNS]])


def in_parts(truth: Truth, captions: tuple[str, ...], *, below: bool = False) -> bytes:
    """Print the review table as one small table for each body, its caption above it or below."""
    bodies = [body for body, _ in form.REVIEW_ROWS]
    pairs = [(f"<p>{caption}</p>", part(truth, body)) for caption, body in zip(captions, bodies, strict=True)]
    printed = "\n".join("\n".join(reversed(pair) if below else pair) for pair in pairs)
    others = (table(tables.disclosure(truth)), table(tables.requests(truth)))
    return html_page.page(truth, Random(1), report_page(truth, *others, printed)).encode()


@pytest.mark.parametrize("template", ["2019", "2021"])
def test_a_row_of_other_outcomes_cut_short(template: str) -> None:
    truth = make_report(7, "2019" if template == "2019" else "2021", "dense", agency=AGENCY, merged_other=True)
    assert_exact(page(truth).replace(OTHER, BARE).encode(), truth)


def test_a_row_that_the_agency_added_is_named_and_takes_nothing_from_the_forms_own() -> None:
    truth = make_report(7, "2019", "dense", agency=AGENCY)
    added = f"<tr><td colspan=2>{BARE}</td>{'<td>0</td>' * len(form.REQUEST_COLUMNS)}</tr>"
    row = next(line for line in page(truth).splitlines() if OTHER in line)
    reading = read(page(truth).replace(row, f"{row}\n{added}").encode(), "")
    assert wrong(reading, truth) == []
    assert [finding.rule for finding in reading.findings if finding.verdict != "PASS"] == ["unknown_label"]


@pytest.mark.parametrize("captions", CAPTIONS)
def test_review_tables_under_captions(captions: tuple[str, ...]) -> None:
    for seed in (3, 4):
        truth = make_report(seed, "2021", "dense", agency=AGENCY, blanks=seed == 4)
        assert_exact(in_parts(truth, captions), truth)


@pytest.mark.parametrize(
    "captions",
    [("行政复议", "行政复议", "复议后起诉"), ("行政复议", "行政诉讼", "复议后起诉"), ("", "行政复议", "复议后起诉")],
)
def test_captions_that_do_not_tell_each_table_apart_are_not_believed(captions: tuple[str, ...]) -> None:
    reading = read(in_parts(make_report(3, "2021", "dense", agency=AGENCY), captions), "")
    assert all(cell.state == "absent" for cell in reading.cells if cell.table == "review")
    assert any(finding.rule == "header" for finding in reading.findings)


def test_captions_below_their_tables_are_not_believed() -> None:
    reading = read(in_parts(make_report(3, "2021", "dense", agency=AGENCY), CAPTIONS[0], below=True), "")
    assert all(cell.state == "absent" for cell in reading.cells if cell.table == "review")
